/** Time in step with the clock's, on machines that are fast, slow and sometimes busy: by a clock that passes when it is waited for or worked. */
import test from "ava"
import { type Clock, Pacing, type Speed, STEP_MS } from "../../../simulator/serve/pacing"

interface Alarm {
  ms: number
  act: () => void
}

/** A machine that simulates so many seconds in one, and its clock. */
class Machine implements Clock {
  ms = 0
  timeS = 0
  secondsASecond: number
  readonly stepsMs: number[] = []
  readonly #wakeAt: Alarm[] = []

  constructor(secondsASecond: number) {
    this.secondsASecond = secondsASecond
  }

  nowMs(): number {
    return this.ms
  }
  async advance(forS: number): Promise<void> {
    this.timeS += forS
    const tookMs = (forS / this.secondsASecond) * 1000
    this.stepsMs.push(tookMs)
    this.ms += tookMs
  }
  async wait(forMs: number, signal: AbortSignal): Promise<void> {
    await Promise.resolve()
    signal.throwIfAborted()
    const untilMs = this.ms + Math.max(0, forMs)
    while (this.#wakeAt[0] && this.#wakeAt[0].ms <= untilMs) {
      const { ms, act } = this.#wakeAt.shift() as Alarm
      this.ms = Math.max(this.ms, ms)
      act()
      signal.throwIfAborted()
    }
    this.ms = untilMs
  }
  /** While somebody waits; in order of time. */
  at(ms: number, act: () => void): void {
    this.#wakeAt.push({ ms, act })
  }
}

async function played(
  machine: Machine,
  speed: Speed,
  untilMs: number,
  each: (pacing: Pacing) => void = () => {},
) {
  const pacing = new Pacing(machine, machine)
  pacing.speed = speed
  let frames = 0
  await pacing.run(
    () => machine.ms >= untilMs,
    async () => each(pacing),
    () => {
      frames++
    },
  )
  return { pacing, frames, seconds: untilMs / 1000 }
}

for (const speed of [1, 2, 5, 10, 60]) {
  test(`${speed} ×: time passes so fast, and is told twenty times a second`, async (t) => {
    const machine = new Machine(500)
    const { pacing, frames, seconds } = await played(machine, speed, 10_000)
    t.true(Math.abs(machine.timeS / seconds - speed) < 0.02 * speed, String(machine.timeS))
    t.true(Math.abs(pacing.reached - speed) < 0.05 * speed, String(pacing.reached))
    t.true(frames / seconds > 18 && frames / seconds < 22, String(frames))
  })
}

test("as many as it can: it works all the time, in steps that leave it hearing", async (t) => {
  const machine = new Machine(300)
  const { pacing, seconds } = await played(machine, "most", 10_000)
  t.true(machine.timeS / seconds > 0.95 * 300)
  t.true(Math.abs(pacing.reached - 300) < 10)
  t.true(Math.max(...machine.stepsMs) < 2 * STEP_MS)
})

test("a machine that is too slow says how fast it is, and no step gets longer", async (t) => {
  const machine = new Machine(0.5)
  const { pacing, seconds } = await played(machine, 10, 20_000)
  t.true(machine.timeS / seconds > 0.45)
  t.true(Math.abs(pacing.reached - 0.5) < 0.05)
  t.true(Math.max(...machine.stepsMs.slice(5)) < 2 * STEP_MS, String(Math.max(...machine.stepsMs)))
})

test("a machine that was busy for a while does not make up for it", async (t) => {
  const machine = new Machine(100)
  await played(machine, 1, 10_000, () => {
    machine.secondsASecond = machine.ms > 3000 && machine.ms < 6000 ? 0.2 : 100
  })
  // Of ten seconds three passed at a fifth of the speed.
  t.true(machine.timeS > 7 && machine.timeS < 8.2, String(machine.timeS))
})

test("no time passes while it is paused, and none is made up for", async (t) => {
  const machine = new Machine(100)
  const pacing = new Pacing(machine, machine)
  let pausedS = Number.NaN
  machine.at(1000, () => {
    pacing.pause()
    pausedS = machine.timeS
  })
  machine.at(9000, () => {
    t.is(machine.timeS, pausedS)
    t.true(pacing.isPaused)
    pacing.resume()
  })
  await pacing.run(
    () => machine.ms >= 10_000,
    async () => {},
    () => {},
  )
  t.true(machine.timeS > 1.8 && machine.timeS < 2.1, String(machine.timeS))
})

test("whoever asks for something is heard at once, and the effect follows within a tenth of a second", async (t) => {
  const machine = new Machine(100)
  const pacing = new Pacing(machine, machine)
  let asked = false
  let heardMs = Number.NaN
  let shownMs = Number.NaN
  machine.at(1010, () => {
    asked = true
    pacing.wake()
  })
  await pacing.run(
    () => machine.ms >= 2000,
    async () => {
      if (asked && Number.isNaN(heardMs)) heardMs = machine.ms
    },
    () => {
      if (!Number.isNaN(heardMs) && machine.timeS > 1.02 && Number.isNaN(shownMs)) shownMs = machine.ms
    },
  )
  t.true(heardMs - 1010 < 5, String(heardMs))
  t.true(shownMs - 1010 < 100, String(shownMs))
})

test("it goes no faster than it may, and as fast as was asked for when it may again", async (t) => {
  for (const speed of ["most", 60] as const) {
    const machine = new Machine(500)
    let limitedS = 0
    await played(machine, speed, 4000, (pacing) => {
      if (machine.ms < 2000) limitedS = machine.timeS
      pacing.speedMost = machine.ms < 2000 ? 10 : Number.POSITIVE_INFINITY
    })
    t.true(limitedS > 15 && limitedS < 21, `${speed}: ${limitedS}`)
    t.true(machine.timeS - limitedS > 100, `${speed}: ${machine.timeS}`)
  }
})

test("it ends when it is stopped, also while it waits", async (t) => {
  const machine = new Machine(100)
  const pacing = new Pacing(machine, machine)
  pacing.pause()
  machine.at(1000, () => pacing.stop())
  await pacing.run(
    () => false,
    async () => {},
    () => {},
  )
  t.is(machine.timeS, 0)
})
