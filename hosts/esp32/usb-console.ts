/** The maker's console on the ESP32-C3's own USB port, by usb-console.c. */

import type { ConsoleLink, ConsolePort, ConsoleReader } from "../../src/console/port"
import { constant } from "../../src/constant"

/** In XS's compiler: the C function of that name. */
declare function native<Callable>(name: string): Callable

type Taker = (this: ConsoleReader, bytes: ArrayBuffer) => void
const openPort =
  native<(bufferBytes: number, reader: ConsoleReader, take: Taker) => number>("xs_patella_usb_open")
const writePort = native<(bytes: Uint8Array, from: number, to: number) => number>("xs_patella_usb_write")
const closePort = native<() => void>("xs_patella_usb_close")

/** In ESP-IDF's memory, not the machine's: a fifth of a second of a recording. */
const BUFFER_BYTES = 1024

function take(this: ConsoleReader, bytes: ArrayBuffer): void {
  this.onReadable(new Uint8Array(bytes))
}

class UsbLink implements ConsoleLink {
  write(bytes: Uint8Array, from: number, to: number): number {
    return writePort(bytes, from, to)
  }
  close(): void {
    closePort()
  }
}

export const usbConsole: ConsolePort = constant({
  open(reader) {
    const failed = openPort(BUFFER_BYTES, reader, take)
    if (failed !== 0) throw new Error(`USB port: ESP-IDF error ${failed}`)
    return new UsbLink()
  },
})
