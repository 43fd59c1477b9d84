import test from "ava"
import fc from "fast-check"
import { VirtualBoard } from "../../hosts/virtual/board"
import { Battery, lipoPercent } from "../../src/drivers/battery"

for (const [mv, percent] of [
  [4400, 100],
  [4200, 100],
  [4130, 95],
  [4020, 85],
  [3950, 75],
  [3895, 65],
  [3845, 55],
  [3820, 50],
  [3805, 45],
  [3780, 35],
  [3755, 25],
  [3710, 15],
  [3680, 10],
  [3565, 8],
  [3225, 3],
  [3000, 0],
  [2500, 0],
] as const) {
  test(`a cell at ${mv} mV is ${percent} % full`, (t) => {
    t.is(lipoPercent(mv), percent)
  })
}

test("more voltage is never less charge", (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 2500, max: 4500 }), fc.nat(500), (mv, more) => {
      t.true(lipoPercent(mv + more) >= lipoPercent(mv))
    }),
  )
})

test("the ADC's scatter averages out", (t) => {
  const { board } = new VirtualBoard({ batteryMv: 3712 })
  const scatter = [9, -9, 6, -6, 3, -3, 1, -1]
  let readings = 0
  const io = class extends board.battery.io {
    override read(): number {
      return super.read() + (scatter[readings++ % scatter.length] ?? 0)
    }
  }
  t.is(new Battery({ ...board.battery, io }).readMv(), new Battery(board.battery).readMv())
})

test("the voltage comes through the divider to the ADC's resolution", (t) => {
  for (const batteryMv of [3300, 3712, 4187]) {
    const battery = new Battery(new VirtualBoard({ batteryMv }).board.battery)
    t.true(Math.abs(battery.readMv() - batteryMv) <= 1)
    battery.close()
    t.throws(() => battery.readMv(), { message: /closed/ })
  }
})
