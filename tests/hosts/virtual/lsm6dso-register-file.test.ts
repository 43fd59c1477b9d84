import test from "ava"
import { RegisterFile } from "../../../hosts/virtual/lsm6dso-register-file"

test("the register map is the datasheet's: what takes a write, and what is not 0 after reset", (t) => {
  const file = new RegisterFile()
  const resets = [...file.bytes.entries()].filter(([, value]) => value !== 0)
  t.deepEqual(resets, [
    [0x02, 0x3f],
    [0x12, 0x04],
    [0x18, 0xe0],
  ])
  const written = [...file.bytes.keys()].filter((address) =>
    file.write(address, file.bytes[address] as number),
  )
  const range = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index)
  t.deepEqual(written, [
    ...range(0x01, 0x02),
    ...range(0x07, 0x0e),
    ...range(0x10, 0x19),
    ...range(0x56, 0x58),
    ...range(0x5b, 0x5c),
    ...range(0x5e, 0x5f),
  ])
})
