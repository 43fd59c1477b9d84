import test from "ava"
import fc from "fast-check"
import { encodeNetstring, NetstringDecoder } from "../../simulator/engine/netstring"

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (payload: Uint8Array) => new TextDecoder().decode(payload)

for (const [payload, encoded] of [
  ["", "0:,"],
  ["A", "1:A,"],
  ["hello world!", "12:hello world!,"],
  ["é", "2:é,"],
] as const) {
  test(`${JSON.stringify(payload)} is ${JSON.stringify(encoded)}`, (t) => {
    t.is(text(encodeNetstring(bytes(payload))), encoded)
    t.deepEqual(new NetstringDecoder().push(bytes(encoded)).map(text), [payload])
  })
}

test("the parts of a payload follow each other", (t) => {
  t.is(text(encodeNetstring(bytes("?"), bytes("ab"), bytes("c"))), "4:?abc,")
})

test("a stream split at any byte boundary decodes the same", (t) => {
  const stream = bytes("0:,1:A,12:hello world!,3:,,,,")
  for (let cut = 0; cut <= stream.length; cut += 1) {
    const decoder = new NetstringDecoder()
    const payloads = [...decoder.push(stream.subarray(0, cut)), ...decoder.push(stream.subarray(cut))]
    t.deepEqual(payloads.map(text), ["", "A", "hello world!", ",,,"], `cut at ${cut}`)
    t.notThrows(() => decoder.finish())
  }
})

test("what was encoded comes back, whatever the pieces it travels in", (t) => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), fc.array(fc.nat(40)), (payloads, pieces) => {
      const stream = Buffer.concat(payloads.map((payload) => encodeNetstring(payload)))
      const decoder = new NetstringDecoder()
      const decoded: Uint8Array[] = []
      let at = 0
      for (const piece of pieces) {
        decoded.push(...decoder.push(stream.subarray(at, at + piece)))
        at += piece
      }
      decoded.push(...decoder.push(stream.subarray(at)))
      decoder.finish()
      t.deepEqual(
        decoded,
        payloads.map((payload) => Uint8Array.from(payload)),
      )
    }),
  )
})

for (const [what, stream, message] of [
  ["a letter for a length", "x:", "netstring at offset 0: digit expected, found 0x78"],
  ["no length", ":a,", "netstring at offset 0: digit expected, found 0x3a"],
  ["a letter in a length", "1:a,1z:", 'netstring at offset 5: digit or ":" expected, found 0x7a'],
  ["a leading zero", "01:a,", "netstring at offset 1: length with a leading zero"],
  ["a length without end", "1234567890:", "netstring at offset 9: length of more than 9 digits"],
  ["more than the limit", "1:a,101:", "netstring at offset 7: 101 bytes announced, the limit is 100"],
  ["a missing comma", "3:abcd", 'netstring at offset 5: "," expected after 3 bytes, found 0x64'],
] as const) {
  test(`${what} is an error that names its offset, whole or byte by byte`, (t) => {
    t.throws(() => new NetstringDecoder(100).push(bytes(stream)), { message })
    const decoder = new NetstringDecoder(100)
    t.throws(
      () => {
        for (const byte of bytes(stream)) decoder.push(Uint8Array.of(byte))
      },
      { message },
    )
  })
}

for (const [stream, message] of [
  ["12", "netstring at offset 2: the stream ends inside a length"],
  ["3:ab", "netstring at offset 4: the stream ends after 2 of 3 bytes"],
  ["3:abc", "netstring at offset 5: the stream ends after 3 of 3 bytes"],
] as const) {
  test(`a stream that ends in ${JSON.stringify(stream)} is an error`, (t) => {
    const decoder = new NetstringDecoder()
    t.deepEqual(decoder.push(bytes(stream)), [])
    t.throws(() => decoder.finish(), { message })
  })
}
