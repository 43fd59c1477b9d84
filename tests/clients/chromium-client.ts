/** Debian's Chromium, headless, with a page that uses Web Bluetooth (page/page.ts); its chooser is answered over the DevTools protocol. */
import { once } from "node:events"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import type { Browser, Page } from "playwright-core"
import { fromHex, toHex } from "../../hosts/virtual/protocol"
import { launchChromium } from "../../simulator/docs/chromium"
import type { Client } from "./client"
import type { PatellaPage } from "./page/patella-page"

const PAGE = fileURLToPath(new URL("page/page.ts", import.meta.url))

type News = { disconnected: true } | { notified: string; value: string }

export class ChromiumClient implements Client {
  readonly #browser: Browser
  readonly #server: Server
  readonly #page: Page
  readonly #subscribers = new Map<string, (value: Uint8Array) => void>()
  #lossListeners: (() => void)[] = []
  connected = false

  static async open(busAddress: string): Promise<ChromiumClient> {
    const { outputFiles } = await build({ entryPoints: [PAGE], bundle: true, format: "iife", write: false })
    // A page of localhost is a secure context, which Web Bluetooth asks for.
    const server = createServer((_, response) => {
      response.setHeader("content-type", "text/html; charset=utf-8")
      response.end(`<!doctype html><title>Patella</title><script>${outputFiles[0]?.text}</script>`)
    }).listen(0, "localhost")
    await once(server, "listening")
    const browser = await launchChromium({
      args: ["--enable-features=WebBluetooth"],
      env: { ...(process.env as Record<string, string>), DBUS_SYSTEM_BUS_ADDRESS: busAddress },
    })
    const page = await browser.newPage()
    const client = new ChromiumClient(browser, server, page)
    await client.#open((server.address() as AddressInfo).port)
    return client
  }

  private constructor(browser: Browser, server: Server, page: Page) {
    this.#browser = browser
    this.#server = server
    this.#page = page
  }

  async #open(port: number): Promise<void> {
    const page = this.#page
    await page.exposeFunction("tell", (news: News) => this.#heard(news))
    await page.goto(`http://localhost:${port}/`)
    const devTools = await page.context().newCDPSession(page)
    await devTools.send("DeviceAccess.enable")
    devTools.on("DeviceAccess.deviceRequestPrompted", ({ id, devices }) => {
      const [first] = devices
      // The prompt is told again with each device that is found; it takes the first answer.
      if (first) devTools.send("DeviceAccess.selectPrompt", { id, deviceId: first.id }).catch(() => {})
    })
  }

  /** The browser asks for a device in answer to a click alone. */
  async find(): Promise<string> {
    const page = this.#page
    await page.evaluate(() => {
      const inPage = globalThis as unknown as {
        patella: PatellaPage
        found: Promise<string>
        addEventListener(type: "click", listener: () => void, options: { once: true }): void
      }
      inPage.addEventListener(
        "click",
        () => {
          inPage.found = inPage.patella.find()
        },
        { once: true },
      )
    })
    await page.mouse.click(1, 1)
    return page.evaluate(() => (globalThis as unknown as { found: Promise<string> }).found)
  }
  async connect(): Promise<void> {
    await this.#ask("connect")
    this.connected = true
  }
  disconnect(): Promise<void> {
    return this.#ask("disconnect")
  }
  async read(uuid: string): Promise<Uint8Array> {
    return fromHex(await this.#ask("read", uuid))
  }
  write(uuid: string, value: Uint8Array): Promise<void> {
    return this.#ask("write", uuid, toHex(value))
  }
  async subscribe(uuid: string, listener: (value: Uint8Array) => void): Promise<() => Promise<void>> {
    this.#subscribers.set(uuid, listener)
    await this.#ask("subscribe", uuid)
    return () => {
      this.#subscribers.delete(uuid)
      return this.#ask("unsubscribe", uuid)
    }
  }
  onDisconnect(listener: () => void): void {
    this.#lossListeners.push(listener)
  }
  /** All runs, by the phone's own code in the page. */
  sync(): ReturnType<PatellaPage["sync"]> {
    return this.#ask("sync")
  }

  async close(): Promise<void> {
    await this.#browser.close()
    this.#server.close()
    this.#server.closeAllConnections()
  }

  #ask<Name extends keyof PatellaPage>(
    name: Name,
    ...parameters: Parameters<PatellaPage[Name]>
  ): ReturnType<PatellaPage[Name]> {
    return this.#page.evaluate(
      ([method, values]) => {
        const { patella } = globalThis as unknown as {
          patella: Record<string, (...all: string[]) => unknown>
        }
        return patella[method]?.(...values)
      },
      [name, parameters] as [string, string[]],
    ) as ReturnType<PatellaPage[Name]>
  }

  #heard(news: News): void {
    if ("notified" in news) this.#subscribers.get(news.notified)?.(fromHex(news.value))
    else {
      this.connected = false
      for (const listener of this.#lossListeners.splice(0)) listener()
    }
  }
}
