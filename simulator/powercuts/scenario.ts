/**
 * What a wearer and a phone do with the device while its power may go: calibrate, three runs, settings changes in and between them, the clock, a sync; the
 * third run's closing takes the log once round. Motion from a project's recording.
 */
import { fileURLToPath } from "node:url"
import { chipSamples } from "../motion-source"
import type { Phone } from "../phone/phone"
import { readRecording } from "../recording/read-recording"
import type { Recording } from "../recording/recording"
import type { Worn } from "./cut-board"
import { NEWEST_EARLIER_RUN } from "./earlier-runs"

const RECORDING = fileURLToPath(new URL("../recordings/S01.csv.gz", import.meta.url))
/** The chip is configured within this. */
const BOOT_MS = 1000
const PAUSE_LIMIT_S = 10
const NOON_S = 1_800_000_000
const LATER_S = NOON_S + 100
const ZONE_QUARTERS = 8
/** Of the earlier runs, those that the phone acknowledges; they lie in the oldest segment, beside one that it does not until it was moved. */
const FIRST_ACKNOWLEDGED = 2
const ACKNOWLEDGED = 3
const MOVED = 1

/** Rows of the recording, s. It stands from 0 to 8, bends its knees to 28, runs from 29 to 87 and, after standing, from 93 to 125. */
const REST = { fromS: 0, toS: 8 } as const
const BENDS = { fromS: 0, toS: 28 } as const
const FIRST_RUN = { fromS: 28, toS: 72 } as const
const SECOND_RUN = { fromS: 27, toS: 70 } as const
const THIRD_RUN = { fromS: 28, toS: 49 } as const
const THIRD_RUN_ON = { fromS: 49, toS: 90.0 } as const
/** After a pause that is so much shorter than the recorded one that the bout is found just after a state was written. */
const SECOND_BOUT = { fromS: 92, toS: 124 } as const
/** Played after a recovery: a run to be stored. */
const FURTHER_RUN = { fromS: 28, toS: 50 } as const
type Part = { readonly fromS: number; readonly toS: number }

export interface Step {
  readonly what: string
  act(worn: Worn, phone: Phone): Promise<void>
}

export class Scenario {
  readonly steps: readonly Step[]
  readonly furtherRun: Uint8Array

  static async load(): Promise<Scenario> {
    return new Scenario(await readRecording(RECORDING))
  }

  /** @param rateHz of the chip */
  constructor(recording: Recording, rateHz = 104) {
    const samples = ({ fromS, toS }: Part) => samplesOf(recording, fromS, toS, rateHz)
    const play = (what: string, ...parts: Part[]): Step => {
      const played = parts.map(samples)
      return {
        what,
        async act(worn) {
          for (const part of played) if (!worn.powerCut) await worn.play(part)
        },
      }
    }
    const ask = (what: string, asked: (phone: Phone) => Promise<unknown>): Step => ({
      what,
      act: async (_worn, phone) => void (await asked(phone)),
    })
    this.furtherRun = samples(FURTHER_RUN)
    this.steps = [
      ask("acknowledge a run", (phone) => phone.acknowledge(FIRST_ACKNOWLEDGED)),
      ask("set the pause limit", (phone) => phone.set("pauseLimitS", PAUSE_LIMIT_S)),
      play("calibrate", BENDS),
      ask("set the threshold", (phone) => phone.set("thresholdDeg", 35)),
      ask("name the device", (phone) => phone.setDeviceName("Jörgs Knie")),
      play("the first run", FIRST_RUN, REST, REST),
      ask("tell the time", (phone) => phone.setClock(NOON_S, ZONE_QUARTERS)),
      play("the second run", SECOND_RUN, REST, REST),
      ask("set the leg", (phone) => phone.set("leg", 2)),
      ask("read all", (phone) => phone.sync()),
      ...[ACKNOWLEDGED, NEWEST_EARLIER_RUN + 1].map((run) =>
        ask(`acknowledge run ${run}`, (phone) => phone.acknowledge(run)),
      ),
      play("the third run", THIRD_RUN),
      ask("set the buzz in the third run", (phone) => phone.set("buzzStrengthPercent", 60)),
      play("the third run to its end", THIRD_RUN_ON, SECOND_BOUT, REST, REST),
      ask("acknowledge a run that was moved", (phone) => phone.acknowledge(MOVED)),
      ask("tell the time again", (phone) => phone.setClock(LATER_S, ZONE_QUARTERS)),
      ask("set the threshold again", (phone) => phone.set("thresholdDeg", 30)),
    ]
  }
}

/** Boots are over before the first step. */
export async function waitForChip(worn: Worn): Promise<void> {
  await worn.advance(BOOT_MS)
  if (worn.rateHz === 0 && !worn.powerCut)
    throw new Error(`power cuts: the firmware did not start its sensor within ${BOOT_MS} ms`)
}

function samplesOf(recording: Recording, fromS: number, toS: number, rateHz: number): Uint8Array {
  const { timeS } = recording
  const after = timeS.findIndex((time) => time > toS)
  const first = timeS.findIndex((time) => time >= fromS)
  const last = (after < 0 ? timeS.length : after) - 1
  const [samples] = chipSamples(recording, first, last, rateHz, toS - fromS + 1)
  if (!samples) throw new Error(`power cuts: no samples from ${fromS} to ${toS} s`)
  return samples
}
