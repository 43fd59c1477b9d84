/** `runs`: a line for each closed run. `run N`: one of them in words, as a phone's scanner app shows the newest. */
import { dateOf } from "../ble/calendar"
import type { DeviceRuns } from "../ble/device-model"
import { decodeRunHead } from "../ble/run-codec"
import { summaryText } from "../ble/summary-text"
import { decodeUtf8 } from "../utf8"
import type { ConsolePage } from "./console-page"
import { clock } from "./status-page"

const S_PER_DAY = 86_400
const S_PER_QUARTER = 900
const MS_PER_S = 1000
const RUN_AT = 8

export class RunsPage implements ConsolePage {
  private readonly runs: DeviceRuns

  constructor(runs: DeviceRuns) {
    this.runs = runs
  }

  line(index: number): string | undefined {
    const { runs } = this
    if (index === 0) return `${runs.length} ${runs.length === 1 ? "run" : "runs"}, oldest first`
    const run = runs.at(index - 1)
    if (!run) return undefined
    const { id, bootId, recordBytes, isAcknowledged, unixS, zoneQuarters } = run
    const began = unixS === 0 ? "time unknown" : dateTime(unixS + zoneQuarters * S_PER_QUARTER)
    const phone = isAcknowledged ? "a phone has it" : "no phone has it"
    return `${`run ${id}`.padEnd(RUN_AT)}  ${began}, boot ${bootId}, ${recordBytes} bytes, ${phone}`
  }
}

export class RunPage implements ConsolePage {
  private readonly lines: readonly string[]

  /** @throws RangeError when there is no such run, Error when it cannot be read */
  constructor(runs: DeviceRuns, id: number) {
    const record = runs.open(id)
    if (!record) throw new RangeError(`there is no run ${id}: runs lists them`)
    const bytes = new Uint8Array(record.length)
    if (!record.copy(0, bytes)) throw new Error(`run ${id} cannot be read again`)
    this.lines = (decodeUtf8(summaryText(decodeRunHead(bytes), runs.lost)) ?? "").split("\n")
  }

  line(index: number): string | undefined {
    return this.lines[index]
  }
}

function dateTime(unixS: number): string {
  const days = Math.floor(unixS / S_PER_DAY)
  const { year, month, day } = dateOf(days)
  const date = `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`
  return `${date} ${clock((unixS - days * S_PER_DAY) * MS_PER_S)}`
}
