/** What tells this chip from others: the address that was burnt into it, by device-id.c. src/storage/device-id.ts makes the device's number of it. */
import FFI from "mc/ffi"

/** 12 hex digits. */
export function chipAddress(): string {
  let digits = ""
  for (const byte of new Uint8Array(new FFI().patella_chip_address()))
    digits += byte.toString(16).padStart(2, "0")
  return digits
}
