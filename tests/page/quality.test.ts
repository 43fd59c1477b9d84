/** How the page behaves beside what it shows: it draws smoothly, works by keyboard, asks nothing of other hosts, and outlives its server. */
import test from "ava"
import { type OpenPage, read } from "./open-page"
import { onStage, type TraceEvent } from "./stage"

const LONG_TASK_MS = 50
const WINDOW_MS = 20_000
const US_PER_MS = 1000
/** Chromium's name of the thread that scripts, style and layout run on, and of a piece of its work. */
const MAIN_THREAD = "CrRendererMain"
const TASK = "RunTask"
const CATEGORIES = ["toplevel", "disabled-by-default-devtools.timeline", "__metadata"]

/**
 * The tasks of the page's main thread, by the processor's time that each took, ms: a machine that is busy with other things makes none of them longer. Chromium keeps
 * other renderers ready, with pages of its own; the page that is played draws, so most tasks are its.
 */
function taskTimesMs(events: readonly TraceEvent[]): number[] {
  const tasks = new Map<string, number[]>()
  for (const { name, args, pid, tid } of events)
    if (name === "thread_name" && args?.name === MAIN_THREAD) tasks.set(`${pid} ${tid}`, [])
  for (const { name, pid, tid, tdur } of events)
    if (name === TASK && tdur !== undefined) tasks.get(`${pid} ${tid}`)?.push(tdur / US_PER_MS)
  return [...tasks.values()].reduce((most, other) => (other.length > most.length ? other : most), [])
}

/** What has the focus: its role and name, and whether that is to be seen. */
const FOCUSED = `(() => {
  const element = document.activeElement
  if (!element || element === document.body) return null
  const shown = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
  // A radio button's own look is its label's.
  const places = [element, element.nextElementSibling, element.closest("label")].filter(Boolean)
  return {
    isVisible: places.some((place) => shown(getComputedStyle(place))),
    is: element.tagName.toLowerCase() + ":" + (element.getAttribute("aria-label") ?? element.labels?.[0]?.innerText ?? element.innerText ?? "").trim().split("\\n")[0],
  }
})()`

/** All that can be pressed, chosen or typed into. */
const CONTROLS =
  "[...document.querySelectorAll('button:enabled, input:enabled:not([type=file]), select:enabled, summary')].filter((one) => one.checkVisibility() && (one.type !== 'radio' || one.checked)).length"

interface Focused {
  is: string
  isVisible: boolean
}

async function focused(page: OpenPage): Promise<Focused | null> {
  return (await page.page.evaluate(FOCUSED)) as Focused | null
}

onStage("The page's quality", (stage) => {
  test.serial(
    "no task of the main thread is longer than 50 ms, from the start on and while it plays at 1×",
    async (t) => {
      t.timeout(120_000)
      const events = await stage.traced(async () => {
        const page = await stage.open("?scenario=first-run&seed=7&speed=1")
        await page.button("Play").click()
        await page.page.waitForTimeout(WINDOW_MS)
        t.true((await page.timeS()) >= (0.5 * WINDOW_MS) / 1000, "it plays")
        await page.close()
      }, CATEGORIES)
      const timesMs = taskTimesMs(events)
      const longestMs = Math.max(...timesMs)
      t.log(`${timesMs.length} tasks, the longest ${longestMs.toFixed(1)} ms`)
      t.true(timesMs.length > WINDOW_MS / 1000, "they are seen")
      t.true(longestMs <= LONG_TASK_MS, `${longestMs} ms`)
    },
  )

  test.serial("by keyboard every control is reached, in sight, and space plays and pauses", async (t) => {
    t.timeout(120_000)
    const page = await stage.open("?scenario=first-run&seed=7&speed=10")
    t.teardown(() => page.close())
    const { keyboard } = page.page
    await keyboard.press("Space")
    await page.button("Pause").waitFor()
    await page.untilNews(/calibrated/)
    await keyboard.press("Space")
    await page.button("Go on").waitFor()

    await page.still()
    const controls = (await page.page.evaluate(CONTROLS)) as number
    const reached: Focused[] = []
    for (let tries = 0; tries < 3 * controls; tries++) {
      await keyboard.press("Tab")
      const now = await focused(page)
      if (!now) break
      reached.push(now)
    }
    t.deepEqual(
      reached.filter(({ isVisible }) => !isVisible),
      [],
    )
    const pressable = reached.filter(({ is }) => /^(button|input|select|summary):/.test(is))
    t.is(pressable.length, controls, pressable.map(({ is }) => is).join("; "))
    for (const name of ["Go on", "Reset", "Export", "Open a file", "Cut the power", "Hold"])
      t.true(
        pressable.some(({ is }) => is === `button:${name}`),
        name,
      )
    t.deepEqual(page.complaints, [])
  })

  test.serial("two pages do not disturb one another", async (t) => {
    t.timeout(120_000)
    const [one, other] = await Promise.all([
      stage.open("?scenario=first-run&seed=7&speed=60"),
      stage.open("?scenario=lost-link&seed=3&speed=most"),
    ])
    t.teardown(async () => void (await Promise.all([one.close(), other.close()])))
    await one.button("Play").click()
    await one.untilNews(/run started/)
    await one.pause()
    const strides = await one.valueOf("This run", "strides")
    await other.button("Play").click()
    const { json } = await other.untilDone()
    t.is(json.recording, "lost-link-3")
    t.is(await one.valueOf("This run", "strides"), strides)
    await one.button("Cut the power").click()
    await one.region("Device").getByText("off", { exact: true }).waitFor()
    t.is(await read(other.region("Device").getByText("on", { exact: true })), "on")
  })

  test.serial("a page that is loaded again stands ready to play the same", async (t) => {
    t.timeout(120_000)
    const page = await stage.open("?speed=60")
    t.teardown(() => page.close())
    await page.chooseScenario("Bluetooth lost in mid-run")
    await page.typeSeed(5)
    await page.button("Play").click()
    await page.untilNews(/calibrated/)
    await page.page.reload()
    await page.isReady()
    t.is(await page.page.getByRole("textbox", { name: "Seed" }).inputValue(), "5")
    t.regex(page.page.url(), /scenario=lost-link&seed=5&speed=60/)
    t.true(await page.page.getByRole("radio", { name: "60×" }).isChecked())
    t.deepEqual([...page.hosts], [new URL(stage.address).host])
  })

  test.serial("a server that is gone is said, and one that is back plays on from the start", async (t) => {
    t.timeout(120_000)
    const page = await stage.open("?scenario=lost-link&seed=5&speed=60")
    t.teardown(() => page.close())
    await page.button("Play").click()
    await page.untilNews(/calibrated/)
    await stage.stopServer()
    const notice = page.page.getByRole("alert").filter({ hasText: "The simulator does not answer" })
    t.regex(await read(notice), /Start it again with npm start/)
    await page.button("Connect again").click()
    await page.button("Connect again").waitFor()
    await stage.startServer()
    await page.button("Connect again").click()
    await page.isReady()
    t.is(await notice.count(), 0)
    t.is(await page.page.getByRole("textbox", { name: "Seed" }).inputValue(), "5")
    await page.button("Play").click()
    await page.untilNews(/calibrated/)
  })
})
