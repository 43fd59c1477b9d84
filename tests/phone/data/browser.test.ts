/** The same in a real browser: an upgrade with ten years of runs, a phone without room, a private window, two windows. */
import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { fileURLToPath } from "node:url"
import test, { type ExecutionContext } from "ava"
import { build } from "esbuild"
import type { BrowserContext, Page } from "playwright-core"
import { launchChromium, launchWithProfile } from "../../../simulator/docs/chromium"
import { withPackages } from "../../clients/installed"
import type { DataPage } from "./page"

declare const page: DataPage

const PAGE = fileURLToPath(new URL("page.ts", import.meta.url))
/** Ten years. */
const DAYS = 3650
const OPEN_MS = 1000
const FORBIDDEN = "/forbidden"
/** Runs with so long a time line fill a phone sooner. */
const LARGE_BLOCKS = 4000

withPackages(["chromium"], "Data in Chromium", () => {
  let origin: string

  test.before(async () => {
    const { outputFiles } = await build({ entryPoints: [PAGE], bundle: true, format: "iife", write: false })
    const server = createServer(({ url }, response) => {
      response.setHeader("content-type", "text/html; charset=utf-8")
      // To such a page a browser gives no storage, as when the settings forbid it.
      if (url === FORBIDDEN) response.setHeader("content-security-policy", "sandbox allow-scripts")
      response.end(`<!doctype html><title>Patella</title><script>${outputFiles[0]?.text}</script>`)
    }).listen(0, "localhost")
    await once(server, "listening")
    server.unref()
    origin = `http://localhost:${(server.address() as AddressInfo).port}`
  })

  /** A browser with nothing in it. */
  async function phone(t: ExecutionContext): Promise<BrowserContext> {
    const context = await launchWithProfile()
    t.teardown(() => context.close())
    return context
  }

  async function windowOf(context: BrowserContext, path = ""): Promise<Page> {
    const window = await context.newPage()
    await window.goto(origin + path)
    return window
  }

  test.serial(`${DAYS} runs of version 1 get their digests, which then open in under a second`, async (t) => {
    const window = await windowOf(await phone(t))
    const upgrade = await window.evaluate(async (days) => {
      await page.makeVersionOne(page.dailyRuns(days))
      const begin = performance.now()
      const data = await page.openData()
      const ms = performance.now() - begin
      const runs = (await data.digests()).length
      const kept = await data.run("0011223344556677-7-1")
      const [device] = await data.devices()
      data.close()
      return { ms, runs, bytes: kept?.record.length, name: device?.name }
    }, DAYS)
    t.like(upgrade, { runs: DAYS, name: "Left knee" })
    await window.reload()
    const opened = await window.evaluate(async () => {
      const begin = performance.now()
      const data = await page.openData()
      const digests = await data.digests()
      return { ms: performance.now() - begin, numbers: digests.map(({ runId }) => runId) }
    })
    t.deepEqual(
      opened.numbers,
      Array.from({ length: DAYS }, (_, at) => DAYS - at),
    )
    t.true(opened.ms < OPEN_MS, `${opened.ms} ms`)
    t.log(
      `${DAYS} runs of ${upgrade.bytes} bytes: upgraded in ${upgrade.ms.toFixed(0)} ms, opened in ${opened.ms.toFixed(0)} ms`,
    )
  })

  test.serial(`a backup of ${DAYS} runs is restored on another phone`, async (t) => {
    const window = await windowOf(await phone(t))
    const told = await window.evaluate(async (days) => {
      await page.makeVersionOne(page.dailyRuns(days))
      const data = await page.openData()
      const before = await data.digests()
      const times = [performance.now()]
      const file = await data.backup()
      times.push(performance.now())
      await data.deleteAll()
      const left = (await indexedDB.databases()).length
      times.push(performance.now())
      const result = await data.restore(file)
      times.push(performance.now())
      const isSame = JSON.stringify(await data.digests()) === JSON.stringify(before)
      return {
        left,
        result,
        isSame,
        size: file.size,
        ms: times.map((time, at) => time - (times[at - 1] ?? time)),
      }
    }, DAYS)
    t.like(told, { left: 0, result: { runsAdded: DAYS, runsKnown: 0, scoresAdded: 1 }, isSame: true })
    const [, backupMs, , restoreMs] = told.ms
    t.log(
      `${DAYS} runs: backup of ${(told.size / 1e6).toFixed(1)} MB in ${backupMs?.toFixed(0)} ms, restored in ${restoreMs?.toFixed(0)} ms`,
    )
  })

  test.serial("a phone without room keeps no half run, and goes on when there is room", async (t) => {
    const context = await phone(t)
    const window = await windowOf(context)
    const devTools = await context.newCDPSession(window)
    const fill = () =>
      window.evaluate(async (blocks) => {
        const data = await page.openData()
        const store = data.runStore("0011223344556677")
        let error: { why?: string; message: string } | undefined
        for (const { key, record, start } of page.dailyRuns(100, blocks)) {
          if (error) break
          if (await store.has(key)) continue
          await store.add(key, record, start).catch((reason) => {
            error = { why: reason.why, message: reason.message }
          })
        }
        const digests = await data.digests()
        const runs = await Promise.all(digests.map(({ key }) => data.run(key)))
        const room = await data.room()
        data.close()
        return {
          error,
          digests: digests.length,
          runs: runs.filter(Boolean).length,
          usedBytes: room.usedBytes,
        }
      }, LARGE_BLOCKS)
    const quotaSize = 3_000_000
    await devTools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize })
    const full = await fill()
    t.is(full.error?.why, "full")
    t.regex(full.error?.message ?? "", /The run was not stored\. The device keeps it until it is\./)
    t.true(full.digests > 0 && full.digests < 100)
    t.is(full.runs, full.digests)
    await devTools.send("Storage.overrideQuotaForOrigin", { origin })
    const free = await fill()
    t.like(free, { error: undefined, digests: 100, runs: 100 })
    t.log(`full after ${full.digests} runs, ${full.usedBytes} of ${quotaSize} bytes in use`)
  })

  test.serial("a private window keeps runs while it is open", async (t) => {
    const browser = await launchChromium()
    t.teardown(() => browser.close())
    const count = async () => {
      // Playwright's contexts are private windows.
      const context = await browser.newContext()
      const window = await windowOf(context)
      const counts = await window.evaluate(async () => {
        const data = await page.openData()
        const before = (await data.digests()).length
        const [run] = page.dailyRuns(1)
        if (run) await data.runStore(run.deviceId).add(run.key, run.record, run.start)
        return [before, (await data.digests()).length]
      })
      await context.close()
      return counts
    }
    t.deepEqual(
      [await count(), await count()],
      [
        [0, 1],
        [0, 1],
      ],
    )
  })

  test.serial("a window that may keep nothing says so", async (t) => {
    const window = await windowOf(await phone(t), FORBIDDEN)
    const error = await window.evaluate(() =>
      page.openData().then(
        () => undefined,
        (reason) => ({ why: reason.why, message: reason.message }),
      ),
    )
    t.is(error?.why, "private")
    t.regex(error?.message ?? "", /Open Patella in an ordinary window/)
  })

  test.serial("two windows: each is told of the other's run, and of the end", async (t) => {
    const context = await phone(t)
    const [here, there] = [await windowOf(context), await windowOf(context)]
    const seen = there.evaluate(() => page.watch(2))
    await there.waitForFunction("globalThis.isWatching")
    await here.evaluate(async () => {
      const data = await page.openData()
      const [run] = page.dailyRuns(1)
      if (run) await data.runStore(run.deviceId).add(run.key, run.record, run.start)
      await new Promise((resolve) => setTimeout(resolve, 200))
      await data.deleteAll()
    })
    t.deepEqual(await seen, [1, 0])
  })

  test.serial("a window with a newer version takes over from one that is open", async (t) => {
    const context = await phone(t)
    const [here, there] = [await windowOf(context), await windowOf(context)]
    await here.evaluate(async () => {
      Object.assign(globalThis, { data: await page.openData() })
    })
    await there.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const request = indexedDB.open("patella", 99)
          request.onsuccess = () => resolve()
          request.onerror = request.onblocked = () => reject(request.error)
        }),
    )
    const why = (ask: string) =>
      here.evaluate(`(async () => { try { await ${ask} } catch (error) { return error.why } })()`)
    t.is(await why("data.digests()"), "blocked")
    t.is(await why("page.openData()"), "newer")
  })
})
