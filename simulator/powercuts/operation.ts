/**
 * What changes the board's storage, one operation after the other: noted while a scenario is played, and carried out again on other storage, whole
 * or as a power cut leaves it. The rules are the virtual flash's and the key-value storage's own.
 */
import type { Lasting } from "../../hosts/virtual/board"
import { StackBonds } from "../../hosts/virtual/bonds"
import { VirtualFlash } from "../../hosts/virtual/flash"
import { type KeyValueImage, VirtualKeyValue } from "../../hosts/virtual/key-value"
import { CutPoint, PowerSupply } from "../../hosts/virtual/power"
import type { StackBond } from "../../hosts/virtual/protocol"
import type { KeyValueDomain } from "../../src/io"

export const FLASH_PATH = "runs"

export type Operation =
  | { kind: "program"; offset: number; bytes: Uint8Array }
  | { kind: "erase"; block: number }
  | { kind: "write"; path: string; key: string; value: ArrayBuffer }
  | { kind: "delete"; path: string; key: string }

/** Flash and key-value content of a board without power. */
export interface Stored {
  image: Uint8Array
  keyValue: KeyValueImage
}

/** The phone that the device has been used with: both sides have its key. */
export const PHONE_BOND: StackBond = { identity: "c0ffee000003", key: "00112233445566778899aabbccddeeff" }

export interface Cut {
  /** The scenario's, from 1 on. */
  operation: number
  point: CutPoint
  seed: number
}

type Note = (operation: Operation) => void

/** Tells of each operation before it is carried out. */
class NotedFlash extends VirtualFlash {
  readonly #note: Note

  constructor(stored: Stored, power: PowerSupply, note: Note) {
    super({ size: stored.image.length, image: stored.image, power })
    this.#note = note
  }

  override program(buffer: Uint8Array, offset: number): void {
    this.#note({ kind: "program", offset, bytes: buffer.slice() })
    super.program(buffer, offset)
  }
  override erase(block: number): void {
    this.#note({ kind: "erase", block })
    super.erase(block)
  }
}

class NotedKeyValue extends VirtualKeyValue {
  readonly #note: Note

  constructor(stored: Stored, power: PowerSupply, note: Note) {
    super(stored.keyValue, power)
    this.#note = note
  }

  override open(options: { path: string; format: "buffer" }): KeyValueDomain {
    const domain = super.open(options)
    const { path } = options
    const note = this.#note
    return {
      ...domain,
      write(key, value) {
        note({ kind: "write", path, key, value: value.slice(0) })
        domain.write(key, value)
      },
      delete(key) {
        if (domain.read(key)) note({ kind: "delete", path, key })
        domain.delete(key)
      },
    }
  }
}

/** Storage for a board to boot with; `note` is told of each operation. */
export function storageOf(stored: Stored, note?: Note): Lasting {
  const power = new PowerSupply()
  if (note)
    return {
      power,
      flash: new NotedFlash(stored, power, note),
      keyValue: new NotedKeyValue(stored, power, note),
      bonds: new StackBonds([PHONE_BOND]),
    }
  return {
    power,
    flash: new VirtualFlash({ size: stored.image.length, image: stored.image, power }),
    keyValue: new VirtualKeyValue(stored.keyValue, power),
    bonds: new StackBonds([PHONE_BOND]),
  }
}

export function storedIn({ flash, keyValue }: Lasting): Stored {
  return { image: flash.image(), keyValue: keyValue.image() }
}

/** What is stored when power goes at `operation`, of which there is no other here. */
export function leftBy(
  stored: Stored,
  operation: Operation,
  { point, seed }: Omit<Cut, "operation">,
): Stored {
  const storage = storageOf(stored)
  storage.power.cutAt({ operation: 1, point, seed })
  try {
    carryOut(operation, storage)
  } catch (error) {
    if (storage.power.isOn) throw error
  }
  return storedIn(storage)
}

/** @throws PowerCut where the storage's supply is told to fail */
export function carryOut(operation: Operation, { flash, keyValue }: Lasting): void {
  if (operation.kind === "program") flash.program(operation.bytes, operation.offset)
  else if (operation.kind === "erase") flash.erase(operation.block)
  else {
    const domain = keyValue.open({ path: operation.path, format: "buffer" })
    if (operation.kind === "write") domain.write(operation.key, operation.value)
    else domain.delete(operation.key)
  }
}

/** As it is written after --only: `312,within,37`, and a cut of the recovery behind it: `312,within,37/4,after,0`. */
export function cutWords(...cuts: Cut[]): string {
  return cuts.map(({ operation, point, seed }) => `${operation},${point},${seed}`).join("/")
}

/** What cutWords() made. @throws RangeError when the words name no cut */
export function cutsOf(words: string): { cut: Cut; again?: Cut } {
  const [cut, again, ...more] = words.split("/").map(cutOf)
  if (!cut || more.length > 0) throw new RangeError(`"${words}": one cut, and one of the recovery at most`)
  return { cut, ...(again && { again }) }
}

function cutOf(words: string): Cut {
  const match = /^(\d+),(before|within|after),(\d+)$/.exec(words)
  if (!match) throw new RangeError(`"${words}" names no cut: OPERATION,before|within|after,SEED`)
  return { operation: Number(match[1]), point: CutPoint[match[2] as CutPoint], seed: Number(match[3]) }
}
