/**
 * Who is let in, judged from outside: a phone whose link is encrypted is on the stored list, and comes onto it by pairing while the button has
 * opened the window, and only then; the list has three places, and the stack has the keys of all on it.
 */
import { keyCheckOf } from "../../hosts/virtual/bonds"
import type { StackBond } from "../../hosts/virtual/protocol"
import { PAIRING_WINDOW_MS } from "../../src/ble/access"
import { BOND_LIMIT, BondList } from "../../src/storage/bond-list"
import { PHONE_BOND } from "../powercuts/operation"
import type { Look } from "./fuzzed-board"
import { insist } from "./wrong"

/** A press is told as short a while after it. */
const PRESS_TOLD_MS = 1000
/** The last keys of a phone: it may try older ones. */
const KEYS_KEPT = 3

export class LinkJudge {
  /** The phones' side: their keys, newest first. */
  readonly #keys = new Map<string, string[]>([[PHONE_BOND.identity, [PHONE_BOND.key]]])
  /** On the device's list: identity → key. */
  #listed = new Map<string, string>()
  /** Somebody paired in its name and was not let in: the stack has deleted its keys (docs/security.md). */
  readonly #forfeited = new Set<string>()
  #bond: StackBond | undefined
  #openedMs = Number.NEGATIVE_INFINITY

  /** The phone of the link is on the list. */
  get isTrusted(): boolean {
    return this.#bond !== undefined && this.#listed.get(this.#bond.identity) === this.#bond.key
  }

  /** This phone comes in with its newest key. */
  isLetIn(identity: string): boolean {
    return this.#isKnown(identity, this.keysOf(identity)[0] ?? "")
  }

  keysOf(identity: string): readonly string[] {
    return this.#keys.get(identity) ?? []
  }

  booted(look: Look): void {
    this.#listed = this.#listIn(look)
  }
  disconnected(): void {
    this.#bond = undefined
  }
  pressed(nowMs: number): void {
    this.#openedMs = nowMs
  }
  /** The stack made a bond with these keys, in place of those that it had of this phone. */
  paired({ identity, key }: StackBond): void {
    this.#forfeited.add(identity)
    const listed = this.#listed.get(identity)
    const keys = [key, ...this.keysOf(identity)].filter((old, nth) => nth < KEYS_KEPT || old === listed)
    this.#keys.set(identity, keys)
  }
  /** And encrypted the link with them. */
  encrypted(bond: StackBond): void {
    this.#bond = bond
  }

  /** @throws Wrong when a phone that is on the list, with its keys, is not let in */
  judgeRefusal({ identity, key }: StackBond): void {
    insist(!this.#isKnown(identity, key), `${identity} is on the list and was not let in`)
  }

  /** After something was stored. @param by whose link became encrypted by what was done. @throws Wrong */
  judgeList(look: Look, by: StackBond | undefined, mayForget: boolean, nowMs: number): void {
    const before = this.#listed
    const list = this.#listIn(look)
    for (const [identity, key] of list) {
      if (before.get(identity) === key) continue
      this.#forfeited.delete(identity)
      insist(by?.identity === identity && by.key === key, `${identity} is on the list and did not pair`)
      insist(
        nowMs - this.#openedMs <= PAIRING_WINDOW_MS + PRESS_TOLD_MS,
        `${identity} is on the list and nobody had opened the window`,
      )
    }
    const gone = [...before.keys()].filter((identity) => !list.has(identity))
    const isFullBefore = before.size === BOND_LIMIT && by !== undefined
    insist(
      gone.length === 0 || mayForget || (gone.length === 1 && isFullBefore),
      `${gone.join(", ")} is no longer on the list`,
    )
    if (list.size === 0 && before.size > 0) this.#openedMs = nowMs
    this.#listed = list
    if (look.bonds)
      for (const [identity, key] of list)
        insist(
          this.#forfeited.has(identity) ||
            look.bonds.some((bond) => bond.identity === identity && bond.key === key),
          `${identity} is on the list and the stack does not have its keys`,
        )
  }

  /** @throws Wrong when a phone that is not on the list has an encrypted link */
  judgeLink(isConnected: boolean): void {
    if (!isConnected) this.disconnected()
    insist(
      this.#bond === undefined || this.isTrusted,
      `${this.#bond?.identity} is not on the list and stays connected`,
    )
  }

  #isKnown(identity: string, key: string): boolean {
    return this.#listed.get(identity) === key && !this.#forfeited.has(identity)
  }

  #listIn({ keyValue }: Look): Map<string, string> {
    const list = new BondList(keyValue)
    const found = new Map<string, string>()
    for (const [identity, keys] of this.#keys)
      for (const key of keys) if (list.isKnown(identity, keyCheckOf(key))) found.set(identity, key)
    insist(list.note === undefined, `${list.note}`)
    insist(
      list.length === found.size && list.length <= BOND_LIMIT,
      `${list.length} phones on the list, ${found.size} of them are known`,
    )
    return found
  }
}
