/** The tables of docs/performance.md and the README's lines about cost, from docs/performance-report.json. */
import { CORE_HZ, INSTRUCTIONS_PER_CYCLE } from "../bench/bench-result"
import { BLOCK_NAMES, type BlockName } from "../bench/blocks"
import { budgetsOf } from "../bench/budgets"
import { type Memory, SLOT_BYTES } from "../bench/firmware-cost"
import type { Cost } from "../bench/lap-statistics"
import type { PerformanceReport } from "../bench/performance-report"
import { markdownTable } from "./markdown-table"

const PERCENT = 100
const MIN_PER_HOUR = 60
const BYTES_PER_KB = 1024

const BLOCK_WORDS: Record<BlockName, string> = {
  calibration: "calibration: how the strap sits, from bends and from gait",
  orientation: "orientation: which way is up",
  flexion: "flexion: thigh in its plane, a stride's shape, the knee's angle",
  gait: "gait: strides, contact, activity",
  load: "load",
  composition: "composition: what leads a sample through them",
  run: "run: totals, bouts",
}
const MOMENT_WORDS: Record<string, string> = {
  start: "after boot",
  calibrated: "calibrated",
  min10: "after 10 minutes of running",
  min60: "after 60 minutes of running",
  phone: "a phone has read everything",
  routine: "then a readiness test, in its bends",
}

export function budgetTable({ result }: PerformanceReport): string {
  const rows = budgetsOf(result).map(({ what, measured, limit }) => [
    what,
    whole(measured),
    whole(limit),
    measured <= limit ? "yes" : "**no**",
  ])
  return `${markdownTable(["what", "measured", "budget", "kept"], rows)}\n\n${conditions({ result })}`
}

export function costTable({ result: { rv32 } }: PerformanceReport): string {
  const { fifoBatch, instructionsPerSample, tick } = rv32
  return markdownTable(
    ["instructions", "mean", "99 %", "most", "the mean takes"],
    [
      ["a sample through the motion pipeline", ...costCells(instructionsPerSample)],
      [`a FIFO batch of ${fifoBatch.samples} samples: bus, decoding, pipeline, run`, ...costCells(fifoBatch)],
      ["a tick of the firmware's clock, once a second", ...costCells(tick)],
      [
        "a notification of the live measurement, while a phone listens",
        whole(rv32.liveNotification),
        "",
        "",
        time(rv32.liveNotification),
      ],
      ...Object.entries(rv32.gattReads).map(([name, count]) => [
        `a read of “${name}” over Bluetooth`,
        whole(count),
        "",
        "",
        time(count),
      ]),
    ],
  )
}

/** Shares of a core's time. */
export function shareWords({ result: { rv32 } }: Pick<PerformanceReport, "result">): string {
  const { pipeline, firmware } = rv32.coreShare
  return (
    `At 104 samples a second the pipeline takes ${percent(pipeline)} of a ${CORE_HZ / 1e6} MHz core that finishes ` +
    `${INSTRUCTIONS_PER_CYCLE} instructions a cycle, and all that the firmware does while its wearer runs ${percent(firmware)}.`
  )
}

export function blockTable({ result: { rv32 } }: PerformanceReport): string {
  const rows = BLOCK_NAMES.map((name) => [BLOCK_WORDS[name], whole(rv32.blocks[name])])
  return markdownTable(["block", "instructions a sample"], rows)
}

export function referenceTable({ result: { references, xs } }: PerformanceReport): string {
  return markdownTable(
    ["beside it", ""],
    [
      [
        "the orientation block in XS, called on its own",
        `${whole(references.orientation.xs)} instructions a sample`,
      ],
      [
        "the same block in C fixed point, same compiler and core",
        `${whole(references.orientation.c)} instructions a sample`,
      ],
      [
        "the firmware on the virtual board in XS, x86-64",
        `${whole(xs.computronsPerSample)} bytecode steps a sample`,
      ],
      ["a replay in XS on the machine that measured", `${whole(xs.timesRealTime)} × real time`],
    ],
  )
}

export function operationTable({ result: { rv32 } }: PerformanceReport): string {
  const rows = Object.entries(rv32.operations).map(([what, count]) => [`\`${what}\``, whole(count)])
  return markdownTable(["operation", "instructions"], rows)
}

export function memoryTable({ result: { rv32 } }: PerformanceReport): string {
  const head = [
    "bytes",
    "slots",
    "chunks",
    "stack",
    "in use",
    "most ever, with garbage",
    "taken",
    "tables beside",
  ]
  const rows = Object.entries(rv32.memory).map(([moment, memory]) => [
    MOMENT_WORDS[moment] ?? moment,
    ...memoryCells(memory),
  ])
  return `${markdownTable(head, rows)}\n\nGarbage in an hour of running: ${whole(rv32.bytesTakenPerHour)} bytes, ${rv32.gcPerHour} collections.`
}

export function storageTable({ result: { storage } }: PerformanceReport): string {
  const rows = storage.map(({ runs, blocks, boot, append, state, sync }) => [
    ...[runs, blocks, boot.instructions].map(whole),
    time(boot.instructions),
    ...[boot.mountInstructions, boot.reads, append.instructions, append.bytesWritten].map(whole),
    ...[state.instructions, state.bytesWritten].map(whole),
    ...[sync.list, sync.run].map(whole),
  ])
  const head = ["stored runs", "in blocks", "boot", "takes", "of it finding the runs", "flash reads"]
  const stored = ["one run more", "bytes written", "a state", "bytes written"]
  return markdownTable([...head, ...stored, "a phone's sync: the list", "a run"], rows)
}

export function imageTable({ result: { rv32 } }: PerformanceReport): string {
  const rows = (["code", "data"] as const).map((kind) => {
    const { engine, parser, host, libraries } = rv32.image[kind]
    return [kind, whole(engine), whole(parser), whole(libraries), whole(host)]
  })
  const head = ["bytes", "XS", "its compiler, not on a chip", "C libraries", "the bench's host"]
  return markdownTable(head, rows)
}

export function hoursTable({ hours }: PerformanceReport): string {
  const rows = hours.stretches.map(({ minute, fifoBatch, memory, garbageCollections }) => [
    String(minute / MIN_PER_HOUR),
    whole(fifoBatch.mean),
    whole(fifoBatch.p99),
    whole(fifoBatch.max),
    whole(memory.totalBytes),
    whole(memory.reservedBytes),
    whole(garbageCollections),
  ])
  const head = ["hours", "a FIFO batch, mean", "99 %", "most", "bytes in use", "taken", "collections since"]
  return `${markdownTable(head, rows)}\n\nMeasured on ${hours.made}.`
}

export function stepTable({ steps }: PerformanceReport): string {
  const rows = steps.map(
    ({ what, instructionsPerSample, softFloatCalls, allocatingSamples, reservedBytes }) => [
      what,
      whole(instructionsPerSample.mean),
      whole(instructionsPerSample.p99),
      whole(instructionsPerSample.max),
      whole(softFloatCalls),
      whole(allocatingSamples),
      kilobytes(reservedBytes),
    ],
  )
  const head = ["step", "mean", "99 %", "most", "soft-float calls", "samples that take memory", "XS memory"]
  return markdownTable(head, rows)
}

/** For the README. */
export function performanceSummary({ result, made }: PerformanceReport): string {
  const { instructionsPerSample, memory, gcPerHour } = result.rv32
  const taken = Math.max(...Object.values(memory).map(({ reservedBytes }) => reservedBytes))
  return (
    `On an ESP32-C3's core, counted instruction by instruction in an emulator: ${whole(instructionsPerSample.mean)} a sample ` +
    `(${whole(instructionsPerSample.max)} at most). ${shareWords({ result })} XS takes ${kilobytes(taken)} of RAM, and collects garbage ` +
    `${gcPerHour === 0 ? "never" : `${gcPerHour} times`} in an hour of running. Measured on ${made}: [docs/performance.md](docs/performance.md).`
  )
}

function conditions({ result }: Pick<PerformanceReport, "result">): string {
  const { versions, recording } = result
  return `XS of ${versions.xs}, ${versions.compiler}, ${versions.library}, ${versions.qemu}; recording ${recording}. Counts are the same from run to run.`
}

function costCells({ mean, p99, max }: Cost): string[] {
  return [whole(mean), whole(p99), whole(max), time(mean)]
}

function memoryCells(memory: Memory): string[] {
  const { slots, chunkBytes, stackSlots, totalBytes, peakBytes, reservedBytes, tableBytes } = memory
  const bytes = [slots * SLOT_BYTES, chunkBytes, stackSlots * SLOT_BYTES]
  return [...bytes, totalBytes, peakBytes, reservedBytes, tableBytes].map(whole)
}

/** Of the core at its fastest. */
function time(instructions: number): string {
  const us = (instructions / (CORE_HZ * INSTRUCTIONS_PER_CYCLE)) * 1e6
  return us < 1000 ? `${us.toFixed(0)} µs` : `${(us / 1000).toFixed(1)} ms`
}

function percent(share: number): string {
  return `${(PERCENT * share).toFixed(1)} %`
}

function kilobytes(bytes: number): string {
  return `${(bytes / BYTES_PER_KB).toFixed(0)} KB`
}

function whole(count: number): string {
  return Math.round(count).toLocaleString("en-US")
}
