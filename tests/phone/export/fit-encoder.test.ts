/** The encoder alone: what it refuses, and what it makes of numbers that do not fit. */
import test from "ava"
import { FitEncoder } from "../../../phone/export/fit-encoder"
import { FILE_ID, SESSION } from "../../../phone/export/fit-messages"
import { decodedFit } from "./decoded-fit"

test("text fits with the 0 that ends it, or is refused", (t) => {
  const file = new FitEncoder()
  file.write(FILE_ID, { type: 4, productName: "x".repeat(31) })
  t.like(decodedFit(file.finish()).file, [{ productName: "x".repeat(31) }])
  t.throws(() => file.write(FILE_ID, { productName: "x".repeat(32) }), {
    instanceOf: RangeError,
    message: /FIT field productName: .* has no room in 32 bytes/,
  })
})

test("a number too large is stored as the largest, never as one that says not known", (t) => {
  const file = new FitEncoder()
  file.write(SESSION, { totalCycles: 2 ** 40, numLaps: 70_000, avgCadence: 300, startTime: -1 })
  t.like(decodedFit(file.finish()).sessions, [
    { totalCycles: 0xfffffffe, numLaps: 0xfffe, avgCadence: 0xfe, startTime: 0 },
  ])
})
