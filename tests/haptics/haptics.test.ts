import test from "ava"
import { timerOf, VirtualClock } from "../../hosts/virtual/clock"
import { PwmMotor } from "../../src/drivers/pwm-motor"
import { Haptics } from "../../src/haptics/haptics"
import * as allPatterns from "../../src/haptics/patterns"
import {
  CALIBRATION_DONE,
  ERROR,
  FIND_ME,
  FORGOTTEN,
  OVERLOAD,
  type Pattern,
} from "../../src/haptics/patterns"
import type { PWM, TimerId, TimerService } from "../../src/io"

/** A motor on a bench: a virtual clock, its timers counted, and a pin that remembers what it was told and can break. */
function bench() {
  const clock = new VirtualClock()
  const { set, repeat, schedule, clear } = timerOf(clock)
  const pending = new Set<TimerId>()
  const log: [atMs: number, duty: number][] = []
  const faults: string[] = []
  const pins = { open: 0, breaks: undefined as "open" | "write" | "close" | undefined }
  const settings = { values: { buzzStrengthPercent: 100 } }
  const timer: TimerService = {
    set,
    repeat(callback, intervalMs) {
      const id = repeat(callback, intervalMs)
      pending.add(id)
      return id
    },
    schedule(id, delayMs, intervalMs) {
      if (delayMs === undefined) pending.delete(id)
      else pending.add(id)
      schedule(id, delayMs, intervalMs)
    },
    clear(id) {
      pending.delete(id)
      clear(id)
    },
  }
  class MotorPin implements PWM {
    readonly resolution = 10
    constructor() {
      if (pins.breaks === "open") throw new Error("pin is taken")
      pins.open += 1
    }
    write(duty: number): void {
      if (pins.breaks === "write") throw new Error("no channel")
      log.push([clock.nowMs, duty])
    }
    close(): void {
      pins.open -= 1
      if (pins.breaks === "close") throw new Error("stuck")
    }
  }
  const haptics = new Haptics({
    board: { motor: { open: () => new PwmMotor({ io: MotorPin, pin: 26, hz: 20_000 }) }, timer },
    settings,
    log: { fault: (_kind, message) => faults.push(message) },
  })
  const advance = (ms: number) => clock.runUntil(clock.nowUs + ms * 1000)
  return { haptics, log, faults, pins, settings, advance, pending: () => pending.size }
}
const lengthMs = (pattern: Pattern) => pattern.segments.reduce((sum, { ms }) => sum + ms, 0)

test("the overload pattern is three long pulses at full strength", (t) => {
  const { haptics, log, advance } = bench()
  t.true(haptics.play(OVERLOAD))
  advance(5000)
  t.deepEqual(log, [
    [0, 1023],
    [400, 0],
    [600, 1023],
    [1000, 0],
    [1200, 1023],
    [1600, 0],
  ])
})

const PATTERNS = Object.values<Pattern | readonly Pattern[]>(allPatterns).flat()

for (const pattern of PATTERNS) {
  test(`${pattern.name} plays to its end, ends silent and leaves no timer`, (t) => {
    const { haptics, log, advance, pending } = bench()
    haptics.play(pattern)
    advance(lengthMs(pattern) - 1)
    t.is(haptics.playing, pattern)
    advance(1)
    t.is(haptics.playing, undefined)
    t.is(log.at(-1)?.[1], 0)
    t.is(pending(), 0)
  })
}

test("two pulses say calibrated, three enough, five look at the phone; ten seconds and a bit are to search by", (t) => {
  const pulses = ({ segments }: Pattern) => segments.filter(({ dutyPercent }) => dutyPercent > 0).length
  t.deepEqual([CALIBRATION_DONE, OVERLOAD, ERROR].map(pulses), [2, 3, 5])
  t.is(pulses(FORGOTTEN), 2)
  t.true((FORGOTTEN.segments[0]?.ms ?? 0) >= 2 * (OVERLOAD.segments[0]?.ms ?? 0), "no long pulse of a run")
  t.true(lengthMs(FIND_ME) > 10_000 && lengthMs(FIND_ME) < 11_000)
  t.true(Math.max(...FIND_ME.segments.map(({ ms }) => ms)) <= 1000)
})

test("each pattern says one thing: none is played as another, however far that has faded", (t) => {
  t.true(PATTERNS.length >= 10)
  const played = PATTERNS.flatMap((pattern) => {
    const { segments, segmentsFaded = segments.length } = pattern
    const rows: string[] = []
    for (let length = segments.length; length >= segmentsFaded; length -= 2)
      rows.push(
        segments
          .slice(0, length)
          .map(({ ms, dutyPercent }) => `${dutyPercent} % ${ms} ms`)
          .join(", "),
      )
    return rows
  })
  t.is(new Set(played).size, played.length)
})

test("no pulse is too short or too weak to be felt, none stronger than the motor", (t) => {
  for (const { segments } of PATTERNS) {
    t.true(segments.every(({ ms }) => ms >= 100))
    const duties = segments.map(({ dutyPercent }) => dutyPercent).filter((duty) => duty > 0)
    t.true(Math.min(...duties) >= 50 && Math.max(...duties) <= 100)
  }
})

test("fading takes pulses off the overload pattern, down to one; it takes none off the others", (t) => {
  const pulses = (pattern: Pattern, fading: number) => {
    const { haptics, log, advance } = bench()
    haptics.play(pattern, fading)
    advance(60_000)
    return log.filter(([, duty]) => duty > 0).length
  }
  t.deepEqual(
    [0, 1, 2, 5].map((fading) => pulses(OVERLOAD, fading)),
    [3, 2, 1, 1],
  )
  for (const pattern of [CALIBRATION_DONE, ERROR, FIND_ME]) t.is(pulses(pattern, 9), pulses(pattern, 0))
})

test("a faded pattern ends with its last pulse", (t) => {
  const { haptics, advance } = bench()
  haptics.play(OVERLOAD, 9)
  advance(OVERLOAD.segments[0]?.ms ?? 0)
  t.is(haptics.playing, undefined)
})

test("a short pulse is felt and cannot be taken for a long one: at most a third of it", (t) => {
  const [short, long] = [CALIBRATION_DONE, OVERLOAD].map((pattern) => pattern.segments[0]?.ms ?? 0)
  t.true((short ?? 0) >= 100 && 3 * (short ?? 0) <= (long ?? 0))
})

test("a stronger pattern pre-empts a weaker one, a weaker one is refused", (t) => {
  const { haptics, log, advance } = bench()
  haptics.play(OVERLOAD)
  advance(100)
  t.true(haptics.play(FIND_ME))
  t.false(haptics.play(OVERLOAD))
  t.false(haptics.play(CALIBRATION_DONE))
  advance(lengthMs(FIND_ME))
  t.is(log.at(-1)?.[0], 100 + lengthMs(FIND_ME))
})

test("the ranks: calibration done, overload, error, find me", (t) => {
  const order = [CALIBRATION_DONE, OVERLOAD, ERROR, FIND_ME]
  for (const playing of order) {
    for (const next of order) {
      const { haptics } = bench()
      haptics.play(playing)
      t.is(
        haptics.play(next),
        order.indexOf(next) >= order.indexOf(playing),
        `${next.name} on ${playing.name}`,
      )
    }
  }
})

test("the same pattern again begins anew", (t) => {
  const { haptics, log, advance } = bench()
  haptics.play(CALIBRATION_DONE)
  advance(100)
  t.true(haptics.play(CALIBRATION_DONE))
  advance(5000)
  t.is(log.at(-1)?.[0], 100 + lengthMs(CALIBRATION_DONE))
})

test("strength scales the duty, from the next pulse on", (t) => {
  const { haptics, log, settings, advance } = bench()
  settings.values = { buzzStrengthPercent: 50 }
  haptics.play(OVERLOAD)
  settings.values = { buzzStrengthPercent: 10 }
  advance(5000)
  t.deepEqual(
    log.map(([, duty]) => duty).filter((duty) => duty > 0),
    [512, 102, 102],
  )
})

test("stop is silence at once, and harmless when nothing plays", (t) => {
  const { haptics, log, advance, pending } = bench()
  haptics.stop()
  t.deepEqual(log, [])
  haptics.play(FIND_ME)
  advance(300)
  haptics.stop()
  haptics.stop()
  t.deepEqual(log.at(-1), [300, 0])
  t.is(haptics.playing, undefined)
  t.is(pending(), 0)
})

test("close silences, frees the pin and plays no more", (t) => {
  const { haptics, log, pins, pending } = bench()
  haptics.play(OVERLOAD)
  haptics.close()
  t.deepEqual(log.at(-1), [0, 0])
  t.is(pins.open, 0)
  t.is(pending(), 0)
  t.false(haptics.play(OVERLOAD))
})

test("a motor that fails is reported and given up, not thrown, and tried again at the next buzz", (t) => {
  for (const breaks of ["open", "write"] as const) {
    const { haptics, faults, pins, advance, pending } = bench()
    pins.breaks = breaks
    t.false(haptics.play(OVERLOAD))
    t.is(faults.length, 1)
    t.regex(faults[0] ?? "", /^motor: (pin is taken|no channel); switched off/)
    t.is(haptics.playing, undefined)
    t.is(pins.open, 0)
    t.is(pending(), 0)
    pins.breaks = undefined
    t.true(haptics.play(OVERLOAD))
    advance(5000)
    t.is(faults.length, 1)
  }
})

test("a motor that fails in the middle of a pattern ends it", (t) => {
  const { haptics, faults, pins, advance } = bench()
  haptics.play(OVERLOAD)
  pins.breaks = "write"
  t.notThrows(() => advance(5000))
  t.is(faults.length, 1)
  t.is(haptics.playing, undefined)
  t.is(pins.open, 0)
})

test("a pin that cannot be closed is reported", (t) => {
  const { haptics, faults, pins } = bench()
  haptics.play(OVERLOAD)
  pins.breaks = "close"
  t.notThrows(() => haptics.close())
  t.deepEqual(faults, ["motor: stuck on closing"])
})
