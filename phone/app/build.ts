/**
 * The companion as files that any host can serve, from any folder: `phone/dist`. A service worker keeps all of them on the phone from the first visit on; a
 * newer version waits until the wearer takes it (offline.ts).
 */
import { fileURLToPath } from "node:url"
import { build, type InlineConfig } from "vite"
import { VitePWA } from "vite-plugin-pwa"

const APP_FOLDER = fileURLToPath(new URL(".", import.meta.url))
export const BUILT_FOLDER = fileURLToPath(new URL("../dist", import.meta.url))

const TEAL = "#0b6e74"
const GROUND = "#f3f5f7"

/** @param folder is emptied before. @throws Error when a source does not compile */
export async function buildApp(folder = BUILT_FOLDER): Promise<void> {
  await build(buildConfig(folder))
}

function buildConfig(folder: string): InlineConfig {
  return {
    root: APP_FOLDER,
    base: "./",
    configFile: false,
    envDir: false,
    logLevel: "warn",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      outDir: folder,
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      // As data: addresses, files would need a looser content security policy.
      assetsInlineLimit: 0,
    },
    plugins: [
      VitePWA({
        strategies: "generateSW",
        registerType: "prompt",
        injectRegister: false,
        includeManifestIcons: false,
        manifest: {
          name: "Patella",
          short_name: "Patella",
          description: "Your runs from the sensor above your knee",
          lang: "en-GB",
          start_url: "./",
          scope: "./",
          display: "standalone",
          theme_color: TEAL,
          background_color: GROUND,
          categories: ["fitness", "health"],
          icons: [
            { src: "icon.svg", sizes: "any", type: "image/svg+xml" },
            { src: "icon-192.png", sizes: "192x192", type: "image/png" },
            { src: "icon-512.png", sizes: "512x512", type: "image/png" },
            { src: "icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
          ],
        },
        workbox: {
          mode: "production",
          globPatterns: ["**/*.{html,js,css,svg,png,webmanifest,json}"],
          navigateFallback: "index.html",
          cleanupOutdatedCaches: true,
          sourcemap: false,
        },
      }),
    ],
  }
}
