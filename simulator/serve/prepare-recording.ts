/** A recording that was dropped on the page, ready to be played. */
import { clock, count } from "../cli/wording"
import { parseRecording } from "../recording/read-recording"
import { durationS, type Recording } from "../recording/recording"
import { unpacked } from "../recording/recording-file"
import { motionOf } from "../simulation/recorded-motion"
import type { Played } from "./messages"
import type { Prepared } from "./prepared"
import { RequestRefused } from "./request"
import { canWear, shellWord, thresholdDeg, USUAL_BOARD, wornOptions } from "./worn-device"

/** Unpacked; hours of two sensors. */
const FILE_MOST_BYTES = 1024 * 1024 * 1024
const ENDING = /(\.csv)?(\.gz)?$/i

/** @param file plain or gzipped. @throws RecordingError, or RequestRefused for a device that cannot wear it */
export async function prepareRecording(
  { fileName, board = USUAL_BOARD, sensors = 1 }: Extract<Played, { from: "recording" }>,
  file: Uint8Array,
): Promise<Prepared> {
  const recording = parseRecording(fileName, await unpacked(fileName, file, FILE_MOST_BYTES))
  if (sensors === 2 && !recording.shank)
    throw new RequestRefused(`${fileName} has no second sensor (shank_ax_g …): play it with one`)
  canWear(board, sensors)
  return {
    motion: motionOf(recording),
    device: { board, sensors, phone: "carried" },
    playing: {
      title: fileName,
      description: descriptionOf(recording),
      startS: recording.timeS[0] as number,
      durationS: durationS(recording),
      board,
      sensors,
      hasTruth: recording.truth !== undefined,
      thresholdDeg: thresholdDeg(),
      events: [],
      command: [
        "npm run --silent replay --",
        shellWord(fileName),
        "--json",
        ...wornOptions(board, sensors),
      ].join(" "),
    },
    fileName: fileName.replace(ENDING, ""),
  }
}

function descriptionOf(recording: Recording): string {
  const { gaps, rateHz, shank, truth } = recording
  const parts = [
    `A recording of ${clock(durationS(recording))} at ${Math.round(rateHz)} samples a second`,
    shank ? "two sensors" : "one sensor",
    ...(truth ? ["with its truth"] : ["nobody knows how the knee really went"]),
    ...(gaps.length > 0 ? [count(gaps.length, "gap", "gaps")] : []),
  ]
  return `${parts.join(", ")}.`
}
