import test from "ava"
import { outcomes } from "./idf/compiled"
import { withForeign } from "./idf/foreign"

const outcome = outcomes("device-id-main.c", "device-id.c")

test("the chip's address comes from its fuses; from chance when they cannot be read", (t) => {
  t.is(outcome.get("burnt in"), "7cdfa1000aff")
  t.is(outcome.get("unreadable"), "3c3c3c3c3c3c")
})

test("it is told in 12 digits", async (t) => {
  const { chipAddress } = await withForeign<{ chipAddress: () => string }>("hosts/esp32/device-id.ts", {
    patella_chip_address: () => Uint8Array.of(0x7c, 0xdf, 0xa1, 0, 0x0a, 0xff).buffer,
  })
  t.is(chipAddress(), "7cdfa1000aff")
})
