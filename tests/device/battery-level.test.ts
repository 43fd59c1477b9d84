import { readFileSync } from "node:fs"
import test from "ava"
import fc from "fast-check"
import { VirtualBoard } from "../../hosts/virtual/board"
import { Problem } from "../../src/ble/layouts"
import { BatteryLevel } from "../../src/device/battery-level"
import { DeviceLog } from "../../src/device/device-log"
import { lipoPercent } from "../../src/drivers/discharge"
import { FaultCounts } from "../../src/storage/fault-counts"

const EMPTY = 3399
const TICKS_TO_TELL = 5 * 4

/** A battery whose cell the test sets; its gauge measures what it is. */
class Bench {
  mv = 3900
  supply = false
  isBroken = false
  readings = 0
  /** Since the device last saw anything but an empty cell that nothing charges. */
  emptyTicks = 0
  readonly events: string[] = []
  changes = 0
  readonly level: BatteryLevel
  readonly log: DeviceLog

  constructor(mv = 3900, supply = false) {
    const { board } = new VirtualBoard()
    const monitor = {
      event: (name: string, _atMs: number, detail: string) => this.events.push(`${name} ${detail}`),
    }
    this.log = new DeviceLog({ ...board, monitor }, new FaultCounts(board.keyValue, 0))
    this.log.status = { statusChanged: () => this.changes++ }
    const gauge = {
      readMv: () => {
        this.readings++
        if (this.isBroken || this.mv > EMPTY) this.emptyTicks = 0
        if (this.isBroken) throw new Error("no answer")
        return this.mv
      },
      isCharging: () => {
        if (this.isBroken || this.supply) this.emptyTicks = 0
        if (this.isBroken) throw new Error("no answer")
        return this.supply
      },
      close() {},
    }
    this.level = new BatteryLevel({ open: () => gauge }, this.log)
    this.mv = mv
    this.supply = supply
  }

  /** @param eachTick what it shows then */
  ticks(count: number, isLoaded = false, eachTick?: (percent: number) => void): void {
    for (let tick = 0; tick < count; tick++) {
      this.emptyTicks++
      this.level.tick(isLoaded)
      eachTick?.(this.level.percent)
    }
  }
}

test("the first reading is shown as it is, and later ones within two points a minute", (t) => {
  const bench = new Bench(3820)
  bench.level.begin(false)
  t.is(bench.level.percent, 50)
  bench.mv = 3740
  const shown = [1, 2, 3].map(() => {
    bench.ticks(60)
    return bench.level.percent
  })
  t.deepEqual(shown, [48, 46, 44])
})

test("what is shown falls no further than the cell has, and stays when less is drawn from it", (t) => {
  const bench = new Bench(3820)
  bench.level.begin(false)
  bench.mv = 3811
  bench.ticks(600)
  t.is(bench.level.percent, lipoPercent(3811))
  bench.mv = 3900
  bench.ticks(600)
  t.is(bench.level.percent, lipoPercent(3811))
})

test("on a supply it rises, two points a minute, though the voltage is up at once", (t) => {
  const bench = new Bench(3740, true)
  bench.level.begin(false)
  bench.mv = 3980
  bench.ticks(60 * 5)
  t.is(bench.level.percent, 30)
  bench.ticks(60 * 60)
  t.is(bench.level.percent, 80)
  bench.supply = false
  bench.mv = 3920
  bench.ticks(60 * 2)
  t.is(bench.level.percent, 76, "taken away, the voltage falls back: not at once")
})

test("a supply is told within four seconds, each time it comes and goes", (t) => {
  const bench = new Bench()
  bench.level.begin(false)
  for (const supply of [true, false]) {
    bench.supply = supply
    bench.changes = 0
    bench.ticks(4)
    t.is(bench.level.isCharging, supply)
    t.is(bench.changes, 1)
  }
  t.deepEqual(bench.events, ["supply connected", "supply taken away"])
})

test("empty is five readings in a row, twenty seconds, once the first was", (t) => {
  const bench = new Bench(EMPTY)
  bench.level.begin(false)
  bench.ticks(TICKS_TO_TELL - 5)
  t.false(bench.level.isEmpty)
  bench.mv = 3400
  bench.ticks(4)
  bench.mv = EMPTY
  bench.ticks(60 + TICKS_TO_TELL - 4 - (TICKS_TO_TELL - 5 + 4) - 1)
  t.false(bench.level.isEmpty, "one in between was not empty: it begins with the next minute's")
  bench.ticks(1)
  t.true(bench.level.isEmpty)
})

test("what is read on a supply does not count for when it is taken away", (t) => {
  const bench = new Bench(EMPTY, true)
  bench.level.begin(false)
  bench.ticks(60)
  bench.supply = false
  bench.ticks(60 + TICKS_TO_TELL - 5)
  t.false(bench.level.isEmpty)
  bench.ticks(1)
  t.true(bench.level.isEmpty)
})

test("while the motor turns nothing is measured, and what was due comes after it", (t) => {
  const bench = new Bench(3820)
  bench.level.begin(false)
  bench.ticks(59)
  bench.readings = 0
  bench.ticks(30, true)
  t.is(bench.readings, 0)
  bench.ticks(1)
  t.is(bench.readings, 1)
})

test("a battery that cannot be measured is a fault once and a problem until it can, and never empty", (t) => {
  const bench = new Bench(EMPTY)
  bench.level.begin(false)
  bench.ticks(TICKS_TO_TELL - 4)
  bench.isBroken = true
  bench.ticks(300)
  t.false(bench.level.isEmpty)
  t.deepEqual(bench.events, ["fault battery: cannot be measured: no answer"])
  t.is(bench.log.problems, Problem.battery)
  bench.isBroken = false
  bench.mv = 3700
  bench.ticks(60)
  t.is(bench.log.problems, 0)
})

test("one that went off empty is empty again at once, unless it was charged, is on a supply, or cannot be measured", (t) => {
  const afterBegin = (mv: number, supply: boolean, isBroken = false) => {
    const bench = new Bench(mv, supply)
    bench.isBroken = isBroken
    bench.level.begin(true)
    return bench.level.isEmpty
  }
  t.true(afterBegin(3300, false))
  t.true(afterBegin(3499, false), "a cell recovers when nothing is drawn from it")
  t.false(afterBegin(3500, false))
  t.false(afterBegin(3300, true))
  t.false(afterBegin(3300, false, true))
})

test("told empty, it goes three seconds later; a supply that comes in time keeps it on", (t) => {
  const told = () => {
    const bench = new Bench(3300)
    bench.level.begin(true)
    bench.level.tellEmpty()
    return bench
  }
  const off = told()
  off.ticks(2)
  t.false(off.level.isTimeToGo)
  off.ticks(1)
  t.true(off.level.isTimeToGo)
  const saved = told()
  saved.ticks(2)
  saved.supply = true
  saved.ticks(1)
  t.false(saved.level.isEmpty)
  saved.ticks(600)
  t.false(saved.level.isEmpty)
})

test("the document says when a battery is empty", (t) => {
  const document = readFileSync(new URL("../../docs/battery.md", import.meta.url), "utf8")
  const mv = EMPTY + 1
  t.true(
    document.includes(`Below ${mv / 1000} V, ${lipoPercent(mv)} % of what a cell holds, in five readings`),
  )
  t.true(document.includes(`(${TICKS_TO_TELL} seconds)`))
})

test("whatever is read: never empty on a supply, and what is shown moves as it may", (t) => {
  const reading = fc.record({
    mv: fc.oneof(fc.integer({ min: 3000, max: 4250 }), fc.integer({ min: 3350, max: 3450 })),
    supply: fc.boolean(),
    isBroken: fc.boolean(),
    ticks: fc.integer({ min: 1, max: 90 }),
    isLoaded: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(reading, { maxLength: 40 }), fc.boolean(), (readings, wasEmpty) => {
      const bench = new Bench(readings[0]?.mv, readings[0]?.supply)
      bench.level.begin(wasEmpty)
      let before = bench.level.percent
      let isEmptyBefore = bench.level.isEmpty
      for (const { ticks, isLoaded, ...cell } of readings) {
        Object.assign(bench, cell)
        bench.ticks(ticks, isLoaded, (percent) => {
          if (Math.abs(percent - before) > 2 && before > 0)
            throw new Error(`from ${before} % to ${percent} %`)
          if (percent > before && before > 0 && !bench.level.isCharging) throw new Error("rises by itself")
          before = percent
          if (bench.level.isEmpty && bench.level.isCharging) throw new Error("empty on a supply")
          if (bench.level.isEmpty && !isEmptyBefore && bench.emptyTicks < TICKS_TO_TELL - 4)
            throw new Error(`empty after ${bench.emptyTicks} s`)
          isEmptyBefore = bench.level.isEmpty
        })
      }
    }),
  )
  t.pass()
})
