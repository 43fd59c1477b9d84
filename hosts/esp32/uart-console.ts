/**
 * The maker's console on a UART that a bridge chip shows as a USB port, by the SDK's serial IO. That refuses a write which does not fit its FIFO (SDK 8.2.3,
 * modules/io/serial/esp32/serial.c), and tells how much does when it is nearly empty.
 */
import Serial from "embedded:io/serial"
import type { ConsoleLink, ConsolePort, ConsoleReader } from "../../src/console/port"

export interface UartWiring {
  readonly port: number
  readonly transmit: number
  readonly receive: number
  readonly baud: number
}

/** Of the module, which stays in flash: functions that are made for each link would take memory. */
function onReadable(this: Serial): void {
  const bytes = this.read()
  if (bytes instanceof ArrayBuffer)
    (this as unknown as Targeted).target.reader.onReadable(new Uint8Array(bytes))
}
function onWritable(this: Serial, bytes: number): void {
  const link = (this as unknown as Targeted).target
  link.room = bytes
  link.reader.onWritable()
}

/** As the SDK's IO has what was given as `target`. */
interface Targeted {
  target: UartLink
}

class UartLink implements ConsoleLink {
  /** Bytes that the FIFO takes now. */
  room = 0
  readonly reader: ConsoleReader
  private readonly serial: Serial

  constructor(reader: ConsoleReader, wiring: UartWiring) {
    this.reader = reader
    this.serial = new Serial({ ...wiring, format: "buffer", target: this, onReadable, onWritable })
  }

  write(bytes: Uint8Array, from: number, to: number): number {
    const count = Math.min(this.room, to - from)
    if (count === 0) return 0
    this.serial.write(bytes.subarray(from, from + count))
    this.room -= count
    return count
  }

  close(): void {
    this.serial.close()
  }
}

export class UartConsole implements ConsolePort {
  private readonly wiring: UartWiring

  constructor(wiring: UartWiring) {
    this.wiring = wiring
  }

  open(reader: ConsoleReader): ConsoleLink {
    return new UartLink(reader, this.wiring)
  }
}
