/** The first visit: small, of one host, quiet; and what keeps people from it, by Lighthouse. */
import { gzipSync } from "node:zlib"
import test from "ava"
import lighthouse from "lighthouse"
import { launchChromium } from "../../simulator/docs/chromium"
import { OpenApp, SCREENS } from "./open-app"
import { onStage } from "./stage"

const FIRST_LOAD_BYTES = 150_000
const COUNTED = ["document", "script", "stylesheet", "fetch"]
/** Of DevTools, for Lighthouse. */
const DEBUGGING_PORT = 9333

onStage("The companion's first visit", (stage) => {
  test.serial(
    "loads at most 150 KB, compressed by gzip, of its own host alone, without complaint",
    async (t) => {
      const context = await stage.phone(t)
      const sizes: Promise<number>[] = []
      context.on("response", (response) => {
        // What the service worker fetches for later is not waited for.
        if (response.request().serviceWorker() || !COUNTED.includes(response.request().resourceType())) return
        sizes.push(response.body().then((body) => gzipSync(body).byteLength))
      })
      const app = await OpenApp.open(context, stage.app.address)
      const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
      t.log(`${bytes} bytes in ${sizes.length} files`)
      t.true(sizes.length >= 3, "the page, its script and its style are counted")
      t.true(bytes <= FIRST_LOAD_BYTES, `${bytes} bytes`)
      for (const screen of SCREENS) await app.goTo(screen)
      t.deepEqual([...app.hosts], [new URL(stage.app.address).host])
      t.deepEqual(app.complaints, [])
    },
  )

  test.serial("its policy forbids scripts of the page's own text", async (t) => {
    const app = await OpenApp.open(await stage.phone(t), stage.app.address)
    await app.page.evaluate(() => {
      const script = document.createElement("script")
      script.textContent = "document.title = 'let in'"
      document.head.append(script)
    })
    t.not(await app.page.title(), "let in")
    t.regex(app.complaints.join(), /Content Security Policy/)
  })

  test.serial("Lighthouse finds nothing against its accessibility and practices", async (t) => {
    t.timeout(120_000)
    const browser = await launchChromium({ args: [`--remote-debugging-port=${DEBUGGING_PORT}`] })
    t.teardown(() => browser.close())
    const told = await lighthouse(stage.app.address, {
      port: DEBUGGING_PORT,
      onlyCategories: ["accessibility", "best-practices", "performance"],
      logLevel: "error",
    })
    const { categories = {}, audits = {} } = told?.lhr ?? {}
    const score = (name: string) => Math.round(100 * (categories[name]?.score ?? 0))
    const failed = (name: string) =>
      (categories[name]?.auditRefs ?? [])
        .map(({ id }) => audits[id])
        .filter((audit) => audit?.score !== null && (audit?.score ?? 0) < 1)
        .map((audit) => audit?.title)
    t.log(
      `performance ${score("performance")}, first paint ${audits["first-contentful-paint"]?.displayValue}`,
    )
    t.is(score("accessibility"), 100, failed("accessibility").join("; "))
    t.is(score("best-practices"), 100, failed("best-practices").join("; "))
  })
})
