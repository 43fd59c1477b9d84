/** A phone that updates a device over a link which takes its time (hosts/virtual/radio-link.ts), and the wearer who presses: how long the image was on its way. */
import { imageOf } from "../../hosts/virtual/ota-image"
import type { LinkModel } from "../../hosts/virtual/protocol"
import { FirmwareImage } from "../../phone/link/firmware-image"
import { FirmwareUpdate, type UpdateProgress } from "../../phone/link/firmware-update"
import { Chip } from "../../src/update/image-head"
import { BoardLink } from "../board-link"
import type { Engine } from "../engine/engine"
import { KNOWN_PHONE, knowing } from "../phone/known-phone"
import { Phone } from "../phone/phone"

const BOOT_MS = 3000
/** The buzz that asks is felt before the press. */
const WEARER_MS = 2500
const PRESS_MS = 120
const RESTART_MS = 5000
const MS_PER_S = 1000
export const NEW_VERSION = "0.2.0"

export interface UpdateTime {
  /** Of the image. */
  bytes: number
  /** From the press until all of it was sent. */
  seconds: number
}

export interface UpdateLink {
  model: LinkModel
  mtu: number
}

export class TimedUpdate {
  readonly #board: BoardLink
  readonly #phone: Phone
  readonly #mtu: number
  #isAsked = false
  #acceptedMs = 0
  #sentMs = 0

  constructor(engine: Pick<Engine, "command">, { model, mtu }: UpdateLink) {
    this.#board = new BoardLink(engine)
    this.#phone = new Phone(
      (request) => this.#board.gatt(request.op === "connect" ? { ...request, link: model } : request),
      KNOWN_PHONE,
    )
    this.#mtu = mtu
  }

  /** A device that is switched on, given an image of so many bytes, and seen to run it. @param tell told of each step */
  async run(bytes: number, tell: (progress: UpdateProgress) => void = () => {}): Promise<UpdateTime> {
    await this.#board.boot(knowing({ kind: "xiao_esp32c3" }))
    await this.#board.advance(BOOT_MS)
    await this.#phone.connect(this.#mtu)
    const image = new FirmwareImage(imageOf({ version: NEW_VERSION, chip: Chip.esp32c3, bytes }))
    const update = new FirmwareUpdate({
      image,
      wait: (ms) => this.#wait(ms),
      progress: (told) => {
        this.#isAsked = told.phase === "press"
        if (told.phase === "sending") this.#sentMs = this.#board.nowMs
        tell(told)
      },
    })
    await update.run(this.#phone.transport)
    await this.#board.advance(RESTART_MS)
    await this.#phone.connect(this.#mtu)
    await update.settle(this.#phone.transport, (await this.#phone.deviceInformation()).firmware)
    return { bytes: image.bytes.length, seconds: (this.#sentMs - this.#acceptedMs) / MS_PER_S }
  }

  /** While it is asked, the wearer feels it and presses. */
  async #wait(ms: number): Promise<void> {
    if (this.#isAsked && this.#acceptedMs === 0) {
      await this.#board.advance(WEARER_MS)
      await this.#board.pressButton(true)
      await this.#board.advance(PRESS_MS)
      await this.#board.pressButton(false)
      this.#acceptedMs = this.#board.nowMs
    }
    await this.#board.advance(ms)
  }
}
