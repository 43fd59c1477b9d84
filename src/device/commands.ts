/** What a phone can tell the device to do. */
import { CommandCode } from "../ble/layouts"
import { FIND_ME, OVERLOAD } from "../haptics/patterns"
import { PainSource } from "../run/summary"
import type { DeviceParts } from "./device-parts"
import { markPain } from "./pain-marks"
import { Asked, ask } from "./question"

/** All but the self-test. @returns false when it cannot be done now */
export function carryOut(parts: DeviceParts, code: CommandCode): boolean {
  const { board, recorder, haptics, time } = parts
  switch (code) {
    case CommandCode.findMe:
      return haptics.play(FIND_ME)
    case CommandCode.testBuzz:
      return haptics.play(OVERLOAD)
    case CommandCode.markPain:
      return markPain(parts, PainSource.phone)
    case CommandCode.startRun:
      return recorder.start(time.ticks)
    // Nobody can say yes without a button.
    case CommandCode.eraseRuns:
      return board.button !== undefined && ask(parts, Asked.eraseRuns)
    default:
      endRun(parts, code === CommandCode.calibrate)
      return true
  }
}

/** What runs so far were measured with ends with the calibration. */
function endRun({ recorder, wear, thigh, log }: DeviceParts, isForgotten: boolean): void {
  thigh.catchUp()
  recorder.close()
  if (isForgotten) wear.forget()
  log.changed()
}
