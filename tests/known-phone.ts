/** A phone that has paired with the board before: its keys are with the board's stack, and it is on the firmware's list. */
import { keyCheckOf } from "../hosts/virtual/bonds"
import { VirtualKeyValue } from "../hosts/virtual/key-value"
import type { BoardOptions, StackBond } from "../hosts/virtual/protocol"
import { BondList } from "../src/storage/bond-list"

export const KNOWN_PHONE: StackBond = { identity: "c0ffee000001", key: "000102030405060708090a0b0c0d0e0f" }

/** The options of a board that knows the phone, beside what they say; also where the phone is on the list already. */
export function knowing(options: BoardOptions = {}): BoardOptions {
  const keyValue = new VirtualKeyValue(options.keyValue)
  new BondList(keyValue).add(KNOWN_PHONE.identity, keyCheckOf(KNOWN_PHONE.key))
  return { ...options, keyValue: keyValue.image(), bonds: [KNOWN_PHONE] }
}
