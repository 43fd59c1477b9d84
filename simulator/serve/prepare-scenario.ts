/** A scenario of the library, or a file that was dropped on the page, ready to be played. */
import { durationS } from "../recording/recording"
import { readScenario } from "../scenario/library"
import { parseScenario } from "../scenario/parse-scenario"
import type { DeviceChoice, NamedScenario } from "../scenario/scenario"
import { scenarioSimulation } from "../scenario/scenario-simulation"
import type { Played } from "./messages"
import type { Prepared } from "./prepared"
import { canWear, shellWord, thresholdDeg, USUAL_BOARD, wornOptions } from "./worn-device"

const ENDING = /\.json$/i

/** @throws ScenarioError, or RequestRefused for a device that cannot be worn so */
export function prepareScenario(played: Exclude<Played, { from: "recording" }>): Prepared {
  const named = played.from === "scenario" ? readScenario(played.name) : dropped(played)
  const chosen: DeviceChoice = played.from === "scenario" ? chosenBy(played) : {}
  const { scenario } = named
  const own = { ...scenario.device, ...chosen }
  const { board = USUAL_BOARD, sensors = 1 } = own
  canWear(board, sensors)
  const { seed } = played
  const { motion, ...device } = scenarioSimulation(named, { seed, board, sensors }).options
  const file = played.from === "scenario" ? played.name : played.fileName
  const options = wornOptions(chosen.board ?? USUAL_BOARD, sensors, scenario.device?.sensors)
  return {
    motion,
    device,
    playing: {
      title: scenario.title,
      description: scenario.description,
      seed,
      startS: motion.recording.timeS[0] as number,
      durationS: durationS(motion.recording),
      board,
      sensors,
      hasTruth: true,
      thresholdDeg: thresholdDeg(device.settings),
      events: [...(device.actions ?? [])],
      command: ["npm run --silent simulate --", shellWord(file), `--seed ${seed} --json`, ...options].join(
        " ",
      ),
    },
    fileName: motion.recording.name,
    scenario: { ...scenario, ...(Object.keys(own).length > 0 && { device: own }) },
  }
}

function dropped({ fileName, text }: { fileName: string; text: string }): NamedScenario {
  return { name: fileName.replace(ENDING, ""), scenario: parseScenario(text, fileName) }
}

function chosenBy({ board, sensors }: Extract<Played, { from: "scenario" }>): DeviceChoice {
  return { ...(board && { board }), ...(sensors && { sensors }) }
}
