/**
 * Each fault by its control while a run is on: what somebody sees of it then; and that the exported scenario does it again, so that the command line reports what
 * the page did.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import test, { type ExecutionContext } from "ava"
import { inProcess } from "../simulator/in-process"
import { type OpenPage, read } from "./open-page"
import { onStage, type Stage } from "./stage"

const folder = mkdtempSync(join(tmpdir(), "patella-page-"))
test.after.always(() => rmSync(folder, { recursive: true, force: true }))

/** So long after the run's start the device has strides to compare with and a run that outlives a cut of its power; its first buzz is yet to come. */
const MID_RUN_S = 48

/** In mid-run of the first scenario, standing still; its other seeds give other runners. */
async function inMidRun(t: ExecutionContext, stage: Stage): Promise<OpenPage> {
  const page = await stage.open("?scenario=first-run&seed=7&speed=10")
  t.teardown(() => page.close())
  await page.button("Play").click()
  await page.untilNews(/calibrated/)
  await page.chooseSpeed("5×")
  await page.untilNews(/run started/)
  await page.chooseSpeed("2×")
  await page.untilTime(MID_RUN_S)
  await page.pause()
  return page
}

/** Plays on until it is seen, not so fast that it could be over before. */
async function until(
  page: OpenPage,
  seen: () => Promise<unknown>,
  speed: "2×" | "10×" = "10×",
): Promise<void> {
  await page.chooseSpeed(speed)
  await page.button("Go on").click()
  await seen()
  await page.pause()
}

/** Goes on to the end: the scenario that is exported then gives the page's report on the command line. */
async function playsAgain(t: ExecutionContext, page: OpenPage): Promise<void> {
  await page.chooseSpeed("most")
  await page.button("Go on").click()
  const { json } = await page.untilDone()
  const files = await page.exported(folder)
  const { code, out, err } = await inProcess(["simulate", files.json, "--seed", "7", "--json"])
  t.is(code, 0, err)
  t.deepEqual({ ...JSON.parse(out).report, recording: json.recording }, json)
  t.deepEqual(page.complaints, [])
}

/** While the device stands still in mid-run: what is pressed, and what is seen of it. */
const FAULTS: Record<string, (page: OpenPage, t: ExecutionContext) => Promise<void>> = {
  async "a sensor that is unplugged is complained of, and measures again when it is plugged in"(page) {
    await page.button("Unplug the sensor").click()
    await page.untilValue("Device", "broken by hand", /^thigh absent$/)
    await until(page, async () => {
      await page.untilNews(/fault.*cannot be reached/)
      await page.untilValue("Device", "it complains of", /^thigh sensor$/)
    })
    await page.button("Plug the sensor in").click()
    await page.untilValue("Device", "broken by hand", /^nothing$/)
    await until(page, () => page.untilValue("Device", "it complains of", /^nothing$/))
  },

  async "a phone that is out of reach says since when, and comes back"(page, t) {
    const before = await page.valueOf("This run", "strides")
    await page.button("Drop the link").click()
    await page.region("Phone").getByText("out of reach", { exact: true }).waitFor()
    await page
      .region("This run")
      .getByText(/^run open as of 0:\d\d, link lost$/)
      .waitFor()
    await page
      .region("Device")
      .getByText(/as of 0:\d\d: the link is lost/)
      .waitFor()
    const list = page.region("Over Bluetooth").getByRole("listitem").first()
    t.regex(await read(list), /device lost out of reach$/)
    // Five seconds later the phone is back.
    await until(page, () => page.untilNews(/0:58.*bzzz/), "2×")
    t.is(await page.valueOf("This run", "strides"), before, "the phone knows no more than it knew")
    await until(page, () => page.region("Phone").getByText("connected", { exact: true }).waitFor())
    t.true(Number(await page.valueOf("This run", "strides")) > Number(before))
  },

  async "a device whose power is cut is off, and keeps its run"(page, t) {
    await page.button("Cut the power").click()
    await page.region("Device").getByText("off", { exact: true }).waitFor()
    await page.region("Phone").getByText("not connected", { exact: true }).waitFor()
    await until(page, () => page.untilNews(/run ended/))
    await page.region("Device").getByText("on", { exact: true }).waitFor()
    await until(page, () => page.page.getByRole("article", { name: "Run 1" }).waitFor())
    const news = await page.news()
    const back = news.findIndex((one) => /run ended run 1/.test(one))
    const clocks = news.slice(back).map((one) => one.slice(0, one.indexOf(" ")))
    t.true(
      clocks.every((clock) => clock >= "0:35"),
      `told of the time that it happened at: ${news.join("; ")}`,
    )
    t.true(news.slice(back).some((one) => /device on/.test(one)))
  },

  async "a strap that slips is on the time line, and the device finds it out"(page, t) {
    await page.button("Turn it").click()
    await page.button("Tip it").click()
    await page.page.getByText("2 events on the time line").click()
    const marks = await Promise.all(
      (await page.region("What is played").getByRole("listitem").all()).map(read),
    )
    t.regex(`${marks[0]}`, /^0:\d\d strap turned by 12° around the thigh \(by hand\)$/)
    t.regex(`${marks[1]}`, /^0:\d\d strap tipped by 12° \(by hand\)$/)
    await page.chooseSpeed("60×")
    await page.button("Go on").click()
    await page.untilNews(/strap.*slipped/)
    await page.pause()
  },

  async "a cell that is drained ends the run, and one that is charged is there again by the button"(page) {
    await page.button("Drain it").click()
    await page.untilValue("Device", "cell", /^3\.30 V/)
    await page.chooseSpeed("60×")
    await page.button("Go on").click()
    await page.untilNews(/battery empty/)
    await page.region("Device").getByText("asleep", { exact: true }).waitFor()
    await page.pause()
    await page.button("Fill it").click()
    await page.untilValue("Device", "cell", /^4\.10 V/)
    await page.button("Plug USB in").click()
    await page.untilValue("Device", "USB", /^connected, charges$/)
    await page.button("Press").click()
    await until(page, async () => {
      await page.region("Device").getByText("on", { exact: true }).waitFor()
      await page
        .region("Phone")
        .getByText(/charging/)
        .waitFor()
    })
  },

  async "the button lets a phone in, and marks pain"(page, t) {
    await page.button("Press").click()
    await until(page, () => page.untilNews(/0:58.*bzzz/))
    await page.button("Press twice").click()
    await until(page, () => page.untilNews(/pain marked.*knee at \d+°/))
    await page.button("Hold").click()
    await page.page.getByText("3 events on the time line").click()
    const marks = await Promise.all(
      (await page.region("What is played").getByRole("listitem").all()).map(read),
    )
    t.deepEqual(
      marks.map((mark) => mark.slice(mark.indexOf(" ") + 1)),
      ["button pressed (by hand)", "button pressed twice (by hand)", "button held (by hand)"],
    )
  },
}

/** Before anything is played. */
const BEFORE: typeof FAULTS = {
  async "a flash that was filled shows as full, and the oldest runs give way"(page, t) {
    await page.button("Fill the flash").click()
    await page.region("Device").getByText("off", { exact: true }).waitFor()
    await page.button("Play").click()
    await page
      .region("Flash")
      .getByText(/^\d+ % used$/)
      .filter({ hasText: /[5-9]\d/ })
      .waitFor()
    await page.pause()
    const map = page.region("Flash").getByRole("img")
    t.regex((await map.getAttribute("aria-label")) ?? "", /^256 blocks: 2\d\d closed runs/)
    t.true(
      (await page
        .region("Flash")
        .getByText(/^Run \d+: block/)
        .count()) > 100,
    )
  },

  async "a threshold that is moved by keys is written by the phone, and counted by"(page, t) {
    const slider = page.page.getByRole("slider", { name: "Count bends past", disabled: false })
    await slider.focus()
    for (let deg = 31; deg <= 40; deg++) {
      await slider.press("ArrowRight")
      t.is(await slider.inputValue(), `${deg}`)
    }
    t.regex(await read(page.page.getByRole("group", { name: "The threshold" })), /Count bends past 40°/)
    await page.button("Play").click()
    await page.region("Knee angle").getByText("loaded past 40°").waitFor()
    await page.untilNews(/run started/)
    await page.pause()
    t.true(Number(await page.valueOf("This run", "strides")) > 0)
  },
}

/**
 * Moves the slider to 35°, and when the page has rendered that this is done, but its effects still wait for the next drawing, by a key to 40°, which is let go
 * some drawings later.
 */
const MOVE_BEFORE_EFFECTS = `new Promise((done) => {
  const slider = document.querySelector("#threshold-slider")
  const tell = (type) => slider.dispatchEvent(new Event(type, { bubbles: true }))
  const move = (deg) => {
    slider.value = deg
    tell("input")
  }
  new MutationObserver((_, observer) => {
    if (!document.body.innerHTML.includes("thresholdDeg set to 35")) return
    observer.disconnect()
    move(40)
    setTimeout(() => {
      tell("change")
      done()
    }, 200)
  }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
  move(35)
  tell("change")
})`

onStage("Faults on the page", (stage) => {
  for (const [what, does] of Object.entries(FAULTS))
    test.serial(what, async (t) => {
      t.timeout(180_000)
      const page = await inMidRun(t, stage)
      await does(page, t)
      await playsAgain(t, page)
    })

  for (const [what, does] of Object.entries(BEFORE))
    test.serial(what, async (t) => {
      t.timeout(180_000)
      const page = await stage.open("?scenario=first-run&seed=7&speed=60")
      t.teardown(() => page.close())
      await does(page, t)
      await playsAgain(t, page)
    })

  test.serial(
    "a threshold that is moved on while the page takes in the one before stays moved",
    async (t) => {
      const page = await stage.open("?scenario=first-run&seed=7")
      t.teardown(() => page.close())
      const slider = page.page.getByRole("slider", { name: "Count bends past", disabled: false })
      await slider.waitFor()
      await page.page.evaluate(MOVE_BEFORE_EFFECTS)
      t.is(await slider.inputValue(), "40")
      await page.page.waitForFunction('document.body.innerHTML.includes("thresholdDeg set to 40")')
      t.is(await slider.inputValue(), "40")
    },
  )
})
