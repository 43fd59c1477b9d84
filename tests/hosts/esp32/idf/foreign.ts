/** A module of hosts/esp32 with the foreign-function interface of a test under it: "mc/ffi" is there on the chip alone. */
import { join } from "node:path"
import { build } from "esbuild"
import { ROOT } from "../moddable-manifest"

/** @param functions what `new FFI()` has, by name */
export async function withForeign<Module>(path: string, functions: object): Promise<Module> {
  const holder = globalThis as unknown as { foreignFunctions?: object }
  holder.foreignFunctions = functions
  const bundle = await build({
    entryPoints: [join(ROOT, path)],
    bundle: true,
    format: "esm",
    write: false,
    plugins: [
      {
        name: "mc/ffi",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^mc\/ffi$/ }, ({ path }) => ({ path, namespace: "moddable" }))
          onLoad({ filter: /./, namespace: "moddable" }, () => ({
            contents:
              "const functions = globalThis.foreignFunctions; export default class { constructor() { Object.assign(this, functions) } }",
          }))
        },
      },
    ],
  })
  const code = Buffer.from(bundle.outputFiles[0]?.contents ?? []).toString("base64")
  return (await import(`data:text/javascript;base64,${code}`)) as Module
}
