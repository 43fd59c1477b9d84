/** A page of paper: the button that prints it, and what every report ends with. It is white in either scheme, as it comes out of the printer. */
import type { ComponentChildren } from "preact"
import { dayOf, dayWords } from "../../runs/local-time"
import { Screen } from "./screen"

const MS_PER_MINUTE = 60_000

interface SheetProps {
  title: string
  children: ComponentChildren
}

export function Sheet({ title, children }: SheetProps) {
  return (
    <div class="sheet">
      <Screen title={title}>{children}</Screen>
    </div>
  )
}

interface PrintedProps {
  /** To other reports; they are not printed. */
  ways: ComponentChildren
  children: ComponentChildren
}

/** What a sheet has once there is something to print. */
export function Printed({ ways, children }: PrintedProps) {
  return (
    <>
      <div class="buttons not-printed">
        <button type="button" class="primary" onClick={() => print()}>
          Print or save as PDF
        </button>
        {ways}
      </div>
      {children}
      <section aria-labelledby="limits">
        <h2 id="limits">What the sensor does not see</h2>
        <p>
          It sits above the knee and sees how far the knee bends while the leg carries you. Landing on the
          forefoot lowers the load on the kneecap without changing that bend: the sensor does not see it.
          Shoes, slope and body weight are not measured. Load is relative, and follows the thigh’s motion and
          the time on the ground.
        </p>
      </section>
      <p class="sheet-end">
        Patella is a running-form and load trainer: no medical device, no diagnosis. Stop if it hurts; see a
        professional if pain is sudden, swollen, locked or persistent. Made {dayWords(today())}.
      </p>
    </>
  )
}

/** By the phone's clock and zone. */
function today(): number {
  const nowMs = Date.now()
  return dayOf(nowMs - new Date(nowMs).getTimezoneOffset() * MS_PER_MINUTE)
}
