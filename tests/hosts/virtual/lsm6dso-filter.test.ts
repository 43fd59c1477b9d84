import test from "ava"
import {
  butterworthGain,
  cutoffsHz,
  filterDelayMs,
  ODR_DIVIDERS,
  outputRateHz,
} from "../../../hosts/virtual/lsm6dso-filter"

/** Datasheet DS12140, table 55 (CTRL2_G): what the codes are called. */
const NAMED_HZ: Record<number, number> = { 1: 12.5, 2: 26, 3: 52, 4: 104, 5: 208, 6: 416 }

test("each code gives the rate that it is called by, to the datasheet's 5 %", (t) => {
  t.deepEqual(Object.keys(ODR_DIVIDERS), Object.keys(NAMED_HZ))
  for (const [code, hz] of Object.entries(NAMED_HZ))
    t.true(Math.abs(outputRateHz(Number(code)) / hz - 1) < 0.05)
})

test("the gyroscope's filter cuts at a third of the rate, the accelerometer's at half of it", (t) => {
  for (const code of Object.keys(NAMED_HZ).map(Number)) {
    const { gyro, accelerometer } = cutoffsHz(code)
    const share = gyro / outputRateHz(code)
    t.true(share > 0.31 && share < 0.34, `${share} at code ${code}`)
    t.is(accelerometer / outputRateHz(code), 0.5)
  }
})

test("a filter passes slow motion whole and delayed, at its cutoff 3 dB less, far above it 40 dB a decade", (t) => {
  const decibels = (hz: number) => 20 * Math.log10(butterworthGain(hz, 33))
  t.true(decibels(1) > -0.001)
  t.true(Math.abs(decibels(33) + 3.01) < 0.01)
  t.true(Math.abs(decibels(33_000) - decibels(3300) + 40) < 0.01)
  // The phase of H(s) = ω² ÷ (s² + √2 ω s + ω²) at a frequency near zero, over that frequency.
  const omega = 2 * Math.PI * 33
  const slow = 1e-3
  const phase = Math.atan2(Math.SQRT2 * omega * slow, omega ** 2 - slow ** 2)
  t.true(Math.abs(filterDelayMs(33) - (1000 * phase) / slow) < 1e-6)
})

test("a rate that the chip model does not have is refused", (t) => {
  t.throws(() => outputRateHz(7), { instanceOf: RangeError, message: /code 7 is not modelled/ })
})
