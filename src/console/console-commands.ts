/** What a maker can tell the device: one table for what is done and for what `help` says. Words that begin alike are told apart by the longest. */

import { PROTOCOL_VERSION } from "../ble/layouts"
import { constant } from "../constant"
import { DeviceEvent } from "../device/device-log"
import { factoryReset } from "../device/factory-reset"
import { FORGOTTEN } from "../haptics/patterns"
import { FIRMWARE_VERSION } from "../version"
import {
  Answer,
  COMMENT,
  type ConsoleDesk,
  type ConsoleDevice,
  type ConsolePage,
  LogLevel,
} from "./console-page"
import { RunPage, RunsPage } from "./runs-page"
import { changeSetting, SettingsPage } from "./settings-page"
import { StatusPage, TestPage } from "./status-page"

export interface ConsoleCommand {
  readonly words: string
  /** What follows the words. */
  readonly takes: string
  readonly tells: string
  /** @throws Error with what to do otherwise */
  run(desk: ConsoleDesk, given: readonly string[]): ConsolePage | undefined
}

const USAGE_WIDTH = 22
/** For the terminal to get the answer. */
const RESTART_MS = 200
const RECORD_LIMIT_S = 86_400
const LARGEST_RUN = 0xffff

export const COMMANDS = constant<readonly ConsoleCommand[]>([
  { words: "help", takes: "", tells: "what there is", run: () => new HelpPage() },
  {
    words: "status",
    takes: "",
    tells: "how the device and its parts are",
    run: (desk) => new StatusPage(desk),
  },
  {
    words: "test",
    takes: "",
    tells: "tests every part; the motor buzzes",
    run: (desk) => new TestPage(desk),
  },
  {
    words: "settings",
    takes: "",
    tells: "all settings, and what each takes",
    run: ({ parts }) => new SettingsPage(parts.settings),
  },
  {
    words: "set",
    takes: "NAME VALUE",
    tells: "changes a setting",
    run: ({ parts }, [name, value]) => new Answer(changeSetting(parts.settings, needed(name), needed(value))),
  },
  {
    words: "reset",
    takes: "NAME",
    tells: "puts a setting back to its default",
    run: ({ parts }, [name]) => new Answer(changeSetting(parts.settings, needed(name), undefined)),
  },
  { words: "runs", takes: "", tells: "the stored runs", run: ({ parts }) => new RunsPage(parts.runs) },
  {
    words: "run",
    takes: "NUMBER",
    tells: "one of them in words",
    run: ({ parts }, [id]) => new RunPage(parts.runs, wholeNumber(needed(id), 1, LARGEST_RUN)),
  },
  {
    words: "record",
    takes: "[SECONDS]",
    tells: "the sensor's samples as a recording, until then or a key",
    run(desk, [seconds]) {
      desk.record(seconds === undefined ? 0 : wholeNumber(seconds, 1, RECORD_LIMIT_S))
      return undefined
    },
  },
  {
    words: "log",
    takes: "quiet|events|all",
    tells: "prints what happens; all: also a line a second of what is measured",
    run(desk, [word]) {
      const level = levelOf(needed(word))
      desk.setLog(level)
      // What follows may be a recording.
      return new Answer(COMMENT + (level === LogLevel.quiet ? "quiet" : "from here on"))
    },
  },
  {
    words: "forget phones",
    takes: "",
    tells: "no phone is known any more",
    run(desk) {
      desk.ask("Every phone will have to pair anew.", forgetPhones)
      return undefined
    },
  },
  {
    words: "erase runs",
    takes: "",
    tells: "all closed runs are gone",
    run(desk) {
      desk.ask("All closed runs will be gone, whether a phone has them or not.", eraseRuns)
      return undefined
    },
  },
  {
    words: "factory reset",
    takes: "",
    tells: "all but the runs as when it was new",
    run(desk) {
      desk.ask("Settings, name, calibration, phones and fault counts will be as new; runs stay.", resetAll)
      return undefined
    },
  },
  {
    words: "reboot",
    takes: "",
    tells: "starts anew; an open run goes on",
    run({ parts }) {
      const { update, timer } = parts.board
      if (!update) throw new Error("this board cannot start itself anew: press its reset button")
      timer.set(() => restart(parts), RESTART_MS)
      return new Answer("starting anew")
    },
  },
  {
    words: "version",
    takes: "",
    tells: "of firmware, profile and model",
    run: (desk) => new Answer(version(desk)),
  },
])

/** @returns the answer's lines. @throws Error with what was wrong, and what there is */
export function carryOut(desk: ConsoleDesk, line: string): ConsolePage | undefined {
  const words = line.split(" ").filter((word) => word !== "")
  if (words.length === 0) return undefined
  for (const command of COMMANDS) {
    const { length } = command.words.split(" ")
    if (words.slice(0, length).join(" ").toLowerCase() !== command.words) continue
    const given = words.slice(length)
    if (given.length > command.takes.split(" ").filter((word) => word !== "").length)
      throw new RangeError(`too much: ${usage(command)}`)
    try {
      return command.run(desk, given)
    } catch (error) {
      throw error instanceof MissingWord ? new RangeError(`write ${usage(command)}`) : error
    }
  }
  throw new RangeError(
    `there is no "${words.join(" ")}"; there are ${COMMANDS.map((command) => command.words).join(", ")}`,
  )
}

export class HelpPage implements ConsolePage {
  line(index: number): string | undefined {
    const command = COMMANDS[index]
    if (command) return `${usage(command).padEnd(USAGE_WIDTH)}  ${command.tells}`
    return index === COMMANDS.length ? "Ctrl-C stops what is printed." : undefined
  }
}

function usage({ words, takes }: ConsoleCommand): string {
  return takes === "" ? words : `${words} ${takes}`
}

class MissingWord extends Error {}

function needed(word: string | undefined): string {
  if (word === undefined) throw new MissingWord()
  return word
}

function wholeNumber(text: string, min: number, max: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= min && value <= max) return value
  throw new RangeError(`"${text}": a whole number from ${min} to ${max} is needed`)
}

function levelOf(word: string): LogLevel {
  switch (word) {
    case "quiet":
      return LogLevel.quiet
    case "events":
      return LogLevel.events
    case "all":
      return LogLevel.all
    default:
      throw new RangeError(`"${word}": quiet, events or all`)
  }
}

function restart({ board, thigh, wear, log }: ConsoleDevice["parts"]): void {
  thigh.catchUp()
  if (wear.isFiner) wear.keep()
  log.keepCounts()
  board.update?.restart()
}

function forgetPhones({ parts, service }: ConsoleDevice): string {
  service.forgetPhones()
  return forgotten(parts, "all phones")
}

function eraseRuns({ parts }: ConsoleDevice): string {
  parts.runs.eraseAll()
  return forgotten(parts, "all closed runs")
}

function forgotten({ haptics, log }: ConsoleDevice["parts"], what: string): string {
  haptics.play(FORGOTTEN)
  log.tell(DeviceEvent.forgotten, what)
  log.changed()
  return `forgotten: ${what}`
}

function resetAll({ parts, service }: ConsoleDevice): string {
  const { faults } = parts.log
  factoryReset(parts, service)
  return parts.log.faults === faults ? "as new, but for the runs" : "not all could be stored: see status"
}

function version({ parts }: ConsoleDevice): string {
  const { board, wear } = parts
  return `Patella ${FIRMWARE_VERSION}, profile ${PROTOCOL_VERSION}, flexion model ${wear.modelVersion}, on ${board.name}`
}
