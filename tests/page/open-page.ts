/** The page as a person uses it: what is on it is found by its role and by its words, and read as it stands there. */
import { mkdtemp, readFile } from "node:fs/promises"
import { basename, join } from "node:path"
import type { Browser, BrowserContext, Download, Locator, Page } from "playwright-core"
import type { Report } from "../../simulator/serve/messages"

/** How who opens it looks at it. */
export interface Look {
  width?: number
  height?: number
  colorScheme?: "light" | "dark"
}

/** For whatever the page waits for: a busy machine boots the device in seconds. */
const PATIENCE_MS = 20_000

/** A page that nothing changes for so long stands still: the phone hears of the device several times a second. */
const STILL_MS = 600
const LOOK_EVERY_MS = 50

export class OpenPage {
  readonly page: Page
  readonly #context: BrowserContext
  /** What the browser complained of. */
  readonly complaints: string[] = []
  /** Hosts that something was asked of. */
  readonly hosts = new Set<string>()

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context
    this.page = page
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.complaints.push(message.text())
    })
    page.on("pageerror", (error) => this.complaints.push(String(error)))
    page.on("request", (request) => this.hosts.add(new URL(request.url()).host))
    page.on("websocket", (socket) => this.hosts.add(new URL(socket.url()).host))
  }

  /** Waits until something can be played. */
  static async open(browser: Browser, address: string, look: Look): Promise<OpenPage> {
    const { width = 1280, height = 800, colorScheme = "light" } = look
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme,
      acceptDownloads: true,
    })
    context.setDefaultTimeout(PATIENCE_MS)
    const opened = new OpenPage(context, await context.newPage())
    await opened.page.goto(address)
    await opened.isReady()
    return opened
  }

  close(): Promise<void> {
    return this.#context.close()
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true })
  }
  region(name: string): Locator {
    return this.page.getByRole("region", { name, exact: true })
  }

  /** The device stands by, and was not played yet. */
  async isReady(): Promise<void> {
    await this.page.locator("button:enabled", { hasText: /^Play$/ }).waitFor()
  }

  async chooseScenario(title: string): Promise<void> {
    await this.page.getByRole("combobox", { name: "Scenario" }).selectOption({ label: title })
  }
  async typeSeed(seed: number): Promise<void> {
    const field = this.page.getByRole("textbox", { name: "Seed" })
    await field.fill(String(seed))
    await field.press("Enter")
  }
  async chooseSpeed(name: "1×" | "2×" | "5×" | "10×" | "60×" | "most"): Promise<void> {
    await this.page.getByRole("radio", { name, exact: true }).check({ force: true })
  }

  /** To the end; then what the page holds for machines. */
  async untilDone(): Promise<Report> {
    await this.region("What came of it").waitFor({ timeout: 3 * PATIENCE_MS })
    return JSON.parse((await this.page.locator("#report").textContent()) ?? "") as Report
  }

  /** Lets a file fall on the page. */
  async drop(path: string): Promise<void> {
    const bytes = (await readFile(path)).toString("base64")
    const data = await this.page.evaluateHandle(
      ([text, name]) => {
        const { File, DataTransfer } = globalThis as unknown as {
          File: new (parts: Uint8Array[], name: string) => object
          DataTransfer: new () => { items: { add(file: object): void } }
        }
        const transfer = new DataTransfer()
        const file = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
        transfer.items.add(new File([file], name))
        return transfer
      },
      [bytes, basename(path)] as const,
    )
    for (const type of ["dragover", "drop"]) {
      await this.page.dispatchEvent("main", type, { dataTransfer: data })
      if (type === "dragover") await this.page.getByText(/^Drop a recording/).waitFor()
    }
  }

  /** The files that "Export" gives, by their endings. @param many that come */
  async exported(folder: string, many = 2): Promise<{ csv: string; json: string }> {
    const downloads: Download[] = []
    const all = new Promise<void>((resolve) =>
      this.page.on("download", (download) => {
        if (downloads.push(download) === many) resolve()
      }),
    )
    await this.button("Export").click()
    await all
    const paths: Record<string, string> = {}
    for (const download of downloads) {
      const name = download.suggestedFilename()
      const path = join(await mkdtemp(join(folder, "exported-")), name)
      await download.saveAs(path)
      paths[name.slice(name.lastIndexOf(".") + 1)] = path
    }
    return paths as { csv: string; json: string }
  }

  /** The value that stands beside a name in a list of them. */
  async valueOf(region: string, name: string): Promise<string> {
    return read(this.value(region, name))
  }
  value(region: string, name: string): Locator {
    return this.region(region)
      .getByRole("term")
      .filter({ hasText: new RegExp(`^${escaped(name)}$`) })
      .locator("xpath=following-sibling::*[1]")
  }

  /** Waits until a value reads so. */
  async untilValue(region: string, name: string, words: RegExp): Promise<void> {
    await this.value(region, name).filter({ hasText: words }).waitFor()
  }

  /** A table's rows, cell by cell. */
  async table(region: string): Promise<string[][]> {
    const rows = await this.region(region).getByRole("row").all()
    const cells = rows.map(async (row) => Promise.all((await row.locator("th, td").all()).map(read)))
    return Promise.all(cells)
  }

  /** What happened, oldest first: words and details. */
  async news(): Promise<string[]> {
    const items = await this.region("What happened").getByRole("listitem").all()
    return (await Promise.all(items.map(read))).reverse()
  }
  async untilNews(words: RegExp): Promise<void> {
    await this.region("What happened").getByRole("listitem").filter({ hasText: words }).first().waitFor()
  }

  /** What goes over Bluetooth: the lines that read so. */
  said(words: RegExp): Locator {
    return this.region("Over Bluetooth").getByRole("listitem").filter({ hasText: words })
  }
  async untilSaid(words: RegExp): Promise<void> {
    await this.said(words).first().waitFor()
  }

  /** Waits until time stands still: frames may be on their way yet. */
  async pause(): Promise<void> {
    await this.button("Pause").click()
    await this.button("Go on").waitFor()
    await this.still()
  }

  /** What was on its way to it is shown. */
  async still(): Promise<void> {
    let words: string
    do {
      words = await read(this.region("Over Bluetooth"))
      await this.page.waitForTimeout(STILL_MS)
    } while ((await read(this.region("Over Bluetooth"))) !== words)
  }

  /** Waits until it has come so far. */
  async untilTime(timeS: number): Promise<void> {
    while ((await this.timeS()) < timeS) await this.page.waitForTimeout(LOOK_EVERY_MS)
  }

  /** How far it is, s. */
  async timeS(): Promise<number> {
    const bar = this.page.getByRole("progressbar", { name: "Time played" })
    return Number(await bar.getAttribute("aria-valuenow"))
  }
}

/** The text, as one line. */
export async function read(locator: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: what is not shown is not read
  return (await locator.innerText()).replace(/\s+/g, " ").trim()
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
}
