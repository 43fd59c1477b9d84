/** What can break on a board, by name. What is broken stays so when the processor starts anew, and when power was away. */
import type { BusLines } from "./bus-lines"
import type { VirtualClock } from "./clock"
import type { Equipment } from "./equipment"
import type { ImuModel } from "./imu-model"
import type { FaultName } from "./protocol"

/** Another chip's identity differs from a chip's own in these bits. */
const OTHER_CHIP_BITS = 0x05
const US_PER_MS = 1000

/** A virtual board, as far as it can break. */
interface Breakable {
  readonly clock: VirtualClock
  readonly bus: { readonly lines: BusLines }
  readonly thigh: ImuModel
  readonly shank: ImuModel | undefined
  readonly equipment: Equipment
  readonly flash: { isMissing: boolean }
  readonly keyValue: { isFull: boolean }
  /** What is, beside what the models of the parts know of themselves. */
  readonly broken: { thighChip: boolean; shankChip: boolean; motor: boolean }
  connectShank(connected: boolean): void
  pressButton(pressed: boolean): void
}

/** Breaks it, or mends it. @param forMs for those that end by themselves */
type Break = (board: Breakable, isBroken: boolean, forMs: number) => void

const FAULTS: Readonly<Record<FaultName, Break>> = {
  /** It does not answer on the bus. */
  thighAbsent: ({ thigh }, isBroken) => {
    thigh.faults.absent = isBroken
  },
  /** It answers and takes no samples, for a time. */
  thighSilent: ({ thigh }, _isBroken, forMs) => thigh.silence(forMs),
  /** Another chip answers at its address. */
  thighOtherChip: ({ thigh, broken }, isBroken) => {
    if (broken.thighChip !== isBroken) swap(thigh)
    broken.thighChip = isBroken
  },
  /** Its interrupt is not wired to the processor. */
  thighInterruptOpen: ({ thigh }, isBroken) => {
    thigh.faults.interruptOpen = isBroken
  },
  /** It never gets ready. */
  thighResetHangs: ({ thigh }, isBroken) => {
    thigh.faults.resetHangs = isBroken
  },
  shankAbsent: (board, isBroken) => board.connectShank(!isBroken),
  shankSilent: ({ shank }, _isBroken, forMs) => shank?.silence(forMs),
  shankOtherChip: ({ shank, broken }, isBroken) => {
    if (shank && broken.shankChip !== isBroken) swap(shank)
    broken.shankChip = isBroken
  },
  /** A chip holds the data line until it saw the clocks of its byte; nothing but those mends it. */
  busHeld: ({ bus }, isBroken) => {
    if (isBroken) bus.lines.hold()
  },
  /** The data line touches ground. */
  busShorted: ({ bus }, isBroken) => bus.lines.short(isBroken),
  /** The motor's chip does not answer; of a motor on a pin: the pin has no PWM channel. */
  motorAbsent: ({ equipment, broken }, isBroken) => {
    broken.motor = isBroken
    if (equipment.haptic) equipment.haptic.faults.absent = isBroken
  },
  /** The partition of the runs is not there any more, also to who has it open. */
  flashMissing: ({ flash }, isBroken) => {
    flash.isMissing = isBroken
  },
  /** Nothing can be stored in it. */
  keyValueFull: ({ keyValue }, isBroken) => {
    keyValue.isFull = isBroken
  },
  /** Its contact stays closed. */
  buttonStuck: (board, isBroken) => board.pressButton(isBroken),
  /** The processor is busy for a time with something else: nothing that is due is done. */
  processorBusy: ({ clock }, _isBroken, forMs) => {
    clock.at(clock.nowUs, () => clock.elapse(forMs * US_PER_MS))
  },
}

export function setFault(board: Breakable, fault: FaultName, isBroken = true, forMs = 0): void {
  FAULTS[fault](board, isBroken, forMs)
}

function swap({ faults }: ImuModel): void {
  faults.whoAmI ^= OTHER_CHIP_BITS
}
