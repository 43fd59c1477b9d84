/** A flash image as a maker reads it: the partition, the runs in a table, the open run, what is damaged and where. */
import type { ArchivedRun } from "../flash/archive"
import type { FlashLog, RegionUse } from "../flash/flash-log"
import { type Finding, hex } from "../flash/image"
import { isInSight } from "../flash/log-json"
import { bootTime, isoTime } from "../flash/start-words"
import { plainTable } from "./plain-table"
import { clock, count, type Paint } from "./wording"

const MS_PER_S = 1000
const HEAD = ["run", "start", "length", "strides", "compressions", "bytes", "at byte", "standing"]
const ALIGNS = HEAD.map((name) => (["start", "standing"].includes(name) ? "left" : "right"))

export function logTables(log: FlashLog, paint: Paint): string {
  const parts = [partitionWords(log, paint), runsTable(log, paint)]
  if (log.open) {
    const { run, bootId, uptimeMs, states } = log.open
    const where = `its newest state is of ${bootTime(bootId, uptimeMs)}, at byte ${hex(log.open.byte)}`
    parts.push(
      `${paint("bold", `Run ${run} was open`)}: ${where}; ${count(states, "state", "states")} in the journal`,
    )
  }
  if (log.notes.length > 0) parts.push(`No damage, but told:\n${findingRows(log.notes)}`)
  parts.push(verdict(log, paint))
  return parts.join("\n\n")
}

/** Whole, or what is damaged. */
export function verdict({ runs, damages }: FlashLog, paint: Paint): string {
  const kept = runs.filter(({ standing }) => standing === "kept").length
  if (damages.length === 0)
    return `${paint("green", "Whole")}: ${count(kept, "run", "runs")}, nothing damaged`
  return `${paint("red", "Damaged")}: ${count(damages.length, "place", "places")}\n${findingRows(damages)}`
}

/** "byte 0x18440: run 12: CRC of the payload does not match". */
export function findingRows(findings: readonly Finding[]): string {
  return findings.map(({ byte, what }) => `  byte ${hex(byte)}: ${what}`).join("\n")
}

function partitionWords({ partition }: FlashLog, paint: Paint): string {
  const { bytes, blocks, journal, archive } = partition
  const region = (name: string, { segments, used, free, foreign, newest }: RegionUse) => {
    const more = foreign > 0 ? `, ${foreign} of a later format` : ""
    const number = newest > 0 ? `; the newest is number ${newest.toLocaleString("en-US")}` : ""
    return `  ${name.padEnd("archive".length)}  ${count(segments, "segment", "segments")}: ${used} used, ${free} free${more}${number}`
  }
  return [
    `${paint("bold", "Partition")}  ${count(bytes, "byte", "bytes")}, ${count(blocks, "block", "blocks")}`,
    region("journal", journal),
    region("archive", archive),
  ].join("\n")
}

function runsTable({ runs }: FlashLog, paint: Paint): string {
  if (runs.length === 0) return "No run is in it."
  const dim = (text: string) => paint("dim", text)
  // Cells of the last column are filled up to its width.
  return plainTable(HEAD.map(dim), ALIGNS, runs.map(runRow)).replaceAll(/ +$/gm, "")
}

function runRow(run: ArchivedRun) {
  const whole = run.decoded?.run
  const number = (value: number | undefined) => value?.toLocaleString("en-US") ?? "?"
  return [
    run.run,
    isoTime(run.unixS, run.zoneQuarters) ?? (whole ? bootTime(whole.bootId, whole.startMs) : "?"),
    whole ? clock(whole.durationMs / MS_PER_S) : "?",
    number(whole?.strides),
    number(whole?.compressions),
    number(run.length),
    hex(run.recordAt),
    standingWords(run),
  ]
}

function standingWords(run: ArchivedRun): string {
  if (run.standing === "lost") return "lost: its room was needed"
  if (run.standing === "dropped") return "dropped: a phone has it"
  const words = [run.isAcknowledged ? "acknowledged" : "not acknowledged"]
  if (!run.payload) words.push("cannot be read")
  else if (!run.decoded) words.push("not decoded")
  if (!isInSight(run)) words.push("out of the device's sight")
  return words.join(", ")
}
