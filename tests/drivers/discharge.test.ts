import test from "ava"
import fc from "fast-check"
import { lipoPercent } from "../../src/drivers/discharge"

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
