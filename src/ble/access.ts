/**
 * Who may use the device: a phone on an encrypted link whose keys are on our own list. Onto the list comes who pairs while the window is open, which
 * a press of the button opens, or a boot with nobody on the list. Anyone else may look around for a while, unencrypted, and is then dropped; whoever
 * pairs uninvited is dropped at once, and the stack's bond with it deleted (docs/security.md).
 */
import { constant } from "../constant"
import type { BondList } from "../storage/bond-list"
import type { GattConnection, GattServer } from "./port"

export const PAIRING_WINDOW_MS = 60_000
/** A connection that is not trusted keeps others away: there is room for one. A phone discovers and reads what is public in a few seconds. */
export const STRANGER_LIMIT_MS = 30_000

/** What came of a link that became encrypted. */
export const Admission = constant({ known: 0, added: 1, refused: 2 } as const)
export type Admission = (typeof Admission)[keyof typeof Admission]

export class Access {
  /** Run that the trusted phone has acknowledged last; stored when it goes. */
  cursor = 0
  private readonly bonds: BondList
  private connection: GattConnection | undefined
  private connectedMs = 0
  /** The trusted phone's. */
  private identity: string | undefined
  private storedCursor = 0
  private openedMs = 0
  isWindowOpen = false

  constructor(bonds: BondList) {
    this.bonds = bonds
  }

  /** The connection's phone is on the list and has proved it by its keys. */
  isTrusted(connection: GattConnection): boolean {
    return this.identity !== undefined && connection === this.connection
  }

  /** One that is trusted is connected. */
  get hasPhone(): boolean {
    return this.identity !== undefined
  }

  openWindow(nowMs: number): void {
    this.isWindowOpen = true
    this.openedMs = nowMs
  }

  connected(connection: GattConnection, nowMs: number): void {
    this.connection = connection
    this.connectedMs = nowMs
  }

  /** @throws what the storage throws; then the phone is not trusted */
  disconnected(): void {
    const identity = this.identity
    const cursor = this.cursor
    const isNew = cursor !== this.storedCursor
    this.connection = undefined
    this.identity = undefined
    this.cursor = this.storedCursor = 0
    if (identity !== undefined && isNew) this.bonds.setCursor(identity, cursor)
  }

  /**
   * Decides on a link that became encrypted, and drops it when it is not welcome. @throws what the storage throws: then a phone that is not on the list
   * yet is not welcome
   */
  encrypted(connection: GattConnection, server: GattServer, nowMs: number): Admission {
    const { bond } = connection
    this.identity = undefined
    try {
      if (!bond) return Admission.refused
      const { identity, keyCheck } = bond
      const isKnown = this.bonds.isKnown(identity, keyCheck)
      if (!isKnown && !this.isOpen(nowMs)) return Admission.refused
      this.cursor = this.storedCursor = this.bonds.cursor(identity)
      if (isKnown) this.identity = identity
      const evicted = this.bonds.add(identity, keyCheck)
      if (evicted !== undefined) server.deleteBond(evicted)
      this.identity = identity
      return isKnown ? Admission.known : Admission.added
    } finally {
      if (!this.isTrusted(connection)) {
        if (bond) server.deleteBond(bond.identity)
        connection.close()
      }
    }
  }

  /** Once a second: closes the window in time, and drops who has been there too long without being trusted. @returns whether the window closed */
  tick(nowMs: number): boolean {
    const wasOpen = this.isWindowOpen
    const isOpen = this.isOpen(nowMs)
    const connection = this.connection
    if (
      connection &&
      this.identity === undefined &&
      !isOpen &&
      since(this.connectedMs, nowMs) > STRANGER_LIMIT_MS
    )
      connection.close()
    return wasOpen && !isOpen
  }

  /** Forgets all phones, the one that is connected too. @throws what the storage throws; then nothing has changed */
  forget(server: GattServer | undefined): void {
    this.bonds.clear()
    this.identity = undefined
    server?.deleteBonds()
    this.connection?.close()
  }

  private isOpen(nowMs: number): boolean {
    if (this.isWindowOpen && since(this.openedMs, nowMs) >= PAIRING_WINDOW_MS) this.isWindowOpen = false
    return this.isWindowOpen
  }
}

/** The clock may have wrapped in between (src/io.ts). */
function since(thenMs: number, nowMs: number): number {
  return (nowMs - thenMs) | 0
}
