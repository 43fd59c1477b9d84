import test from "ava"
import fc from "fast-check"
import { encodeUtf8 } from "../../src/ble/utf8"

test("text is encoded as every other encoder does it", (t) => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      t.deepEqual([...encodeUtf8(text)], [...new TextEncoder().encode(text)])
    }),
  )
})

test("characters of each length, and a lone surrogate", (t) => {
  const text = "a°€😀\ud800"
  t.deepEqual([...encodeUtf8(text)], [...new TextEncoder().encode(text)])
})

const limits: [limitBytes: number, whole: string][] = [
  [0, ""],
  [2, "3"],
  [3, "3°"],
  [6, "3°€"],
  [100, "3°€"],
]
for (const [limitBytes, whole] of limits) {
  test(`"3°€" in ${limitBytes} bytes is "${whole}": no character is cut`, (t) => {
    t.is(new TextDecoder().decode(encodeUtf8("3°€", limitBytes)), whole)
  })
}
