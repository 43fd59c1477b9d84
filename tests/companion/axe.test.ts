/** Every screen, in both schemes, on a phone and on a desk: axe finds nothing, nobody scrolls sideways, and the keyboard reaches every control. */
import test, { type ExecutionContext } from "ava"
import { look } from "./look"
import { OpenApp, SCREENS } from "./open-app"
import { seedVersionOne } from "./seeds"
import { DESK_SIZE, onStage, PHONE_SIZE } from "./stage"

const SIZES = { "a desk": DESK_SIZE, "a phone": PHONE_SIZE } as const
/** Two years to choose from. */
const DAYS = 400

/** All that can be pressed, chosen or typed into; of radio buttons the chosen one stands for its group. */
const CONTROLS = `[...document.querySelectorAll("a[href], button:enabled, input:enabled, select:enabled, summary")].filter(
  (one) => one.checkVisibility() && one.tabIndex >= 0 && (one.type !== "radio" || one.checked)
)`
/** Whether what has the focus is to be seen to have it. */
const FOCUS_IS_VISIBLE = `[document.activeElement, document.activeElement.nextElementSibling, document.activeElement.closest("label")]
  .some((place) => place && getComputedStyle(place).outlineStyle !== "none" && parseFloat(getComputedStyle(place).outlineWidth) > 0)`

onStage("The companion's screens", (stage) => {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const [where, viewport] of Object.entries(SIZES)) {
      test.serial(`${colorScheme}, on ${where}: axe finds nothing, and all fits the width`, async (t) => {
        const context = await stage.phone(t, { colorScheme, viewport, reducedMotion: "reduce" })
        const empty = await OpenApp.open(context, stage.app.address)
        for (const screen of SCREENS) {
          await empty.goTo(screen)
          await look(t, empty, `${screen}, empty`)
        }
        await empty.close()
      })

      test.serial(`${colorScheme}, on ${where}, with runs: the same`, async (t) => {
        const context = await stage.phone(t, { colorScheme, viewport, reducedMotion: "reduce" })
        await seedVersionOne(context, stage.app.besideTheApp, DAYS)
        const app = await OpenApp.open(context, stage.app.address)
        await app.runs.first().waitFor()
        // What was kept chose dark.
        await app.page.evaluate((scheme) => {
          document.documentElement.dataset.scheme = scheme
        }, colorScheme)
        for (const screen of SCREENS) {
          await app.goTo(screen)
          await look(t, app, screen)
        }
        await app.goTo("Runs")
        await app.runs.first().click()
        await app.heading.filter({ hasText: /^Run, / }).waitFor()
        await look(t, app, "a run")
      })
    }
  }

  test.serial("by keyboard every control of every screen is reached, in sight", async (t) => {
    const context = await stage.phone(t)
    await seedVersionOne(context, stage.app.besideTheApp, 3)
    const app = await OpenApp.open(context, stage.app.address)
    for (const screen of SCREENS) {
      await app.goTo(screen)
      await reachAll(t, app, screen)
    }
  })
})

async function reachAll(t: ExecutionContext, { page }: OpenApp, where: string): Promise<void> {
  const controls = (await page.evaluate(`(globalThis.controls = ${CONTROLS}).length`)) as number
  await page.evaluate("document.activeElement.blur()")
  const reached = new Set<number>()
  for (let tries = 0; tries < 2 * controls + 2; tries++) {
    await page.keyboard.press("Tab")
    const at = (await page.evaluate("controls.indexOf(document.activeElement)")) as number
    if (at < 0) continue
    reached.add(at)
    t.true(await page.evaluate(FOCUS_IS_VISIBLE), `${where}: the focus is in sight`)
  }
  t.is(reached.size, controls, `${where}: ${[...reached]}`)
}
