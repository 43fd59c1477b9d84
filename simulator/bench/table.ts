/** The bench's result for a terminal. */
import { plainTable } from "../cli/plain-table"
import { type BenchResult, CORE_HZ, INSTRUCTIONS_PER_CYCLE } from "./bench-result"
import { BLOCK_NAMES } from "./blocks"
import { SLOT_BYTES, type Stretch } from "./firmware-cost"
import type { Cost } from "./lap-statistics"
import type { Step } from "./performance-report"
import type { FunctionCost } from "./profile"
import type { StorageCost } from "./storage-cost"

const PERCENT = 100
const MIN_PER_HOUR = 60
const PROFILE_ROWS = 40

export function formatResult(result: BenchResult): string {
  const { rv32, xs, references, versions } = result
  const share = (part: number) => `${(PERCENT * part).toFixed(1)} %`
  const parts = [
    `XS on RV32IMC (${versions.xs}, ${versions.compiler}, ${versions.library}, ${versions.qemu}), recording ${result.recording}`,
    plainTable(
      ["instructions", "mean", "99 %", "most"],
      ["left", "right", "right", "right"],
      [
        ["a sample, motion pipeline", ...costCells(rv32.instructionsPerSample)],
        [`a FIFO batch of ${rv32.fifoBatch.samples} samples, all of it`, ...costCells(rv32.fifoBatch)],
        ["a tick of the clock (1 s)", ...costCells(rv32.tick)],
        ["a notification of the live measurement", whole(rv32.liveNotification), "", ""],
      ],
    ),
    plainTable(
      ["a sample by block", "instructions"],
      ["left", "right"],
      BLOCK_NAMES.map((name) => [name, whole(rv32.blocks[name])]),
    ),
    plainTable(
      ["a GATT read of", "instructions"],
      ["left", "right"],
      Object.entries(rv32.gattReads).map(([name, count]) => [name, whole(count)]),
    ),
    [
      `  soft-float calls ${whole(rv32.softFloatCalls)}, samples that take memory ${whole(rv32.allocatingSamples)}, of ${whole(rv32.samples)} samples`,
      `  share of a ${CORE_HZ / 1e6} MHz core at ${INSTRUCTIONS_PER_CYCLE} instructions a cycle: ${share(rv32.coreShare.pipeline)} pipeline, ${share(rv32.coreShare.firmware)} all that the firmware does`,
      `  garbage in an hour of running: ${whole(rv32.bytesTakenPerHour)} bytes, ${rv32.gcPerHour} collections`,
    ].join("\n"),
    plainTable(
      ["XS memory, bytes", "slots", "chunks", "stack", "all", "most ever", "taken", "tables beside"],
      ["left", "right", "right", "right", "right", "right", "right", "right"],
      Object.entries(rv32.memory).map(([moment, memory]) => [
        moment,
        whole(memory.slots * SLOT_BYTES),
        whole(memory.chunkBytes),
        whole(memory.stackSlots * SLOT_BYTES),
        whole(memory.totalBytes),
        whole(memory.peakBytes),
        whole(memory.reservedBytes),
        whole(memory.tableBytes),
      ]),
    ),
    plainTable(
      ["XS image, bytes", "engine", "compiler", "host", "libraries"],
      ["left", "right", "right", "right", "right"],
      (["code", "data"] as const).map((kind) => {
        const { engine, parser, host, libraries } = rv32.image[kind]
        return [kind, whole(engine), whole(parser), whole(host), whole(libraries)]
      }),
    ),
    plainTable(
      ["the orientation block, instructions a sample", ""],
      ["left", "right"],
      [
        ["in XS", whole(references.orientation.xs)],
        ["in C fixed point, same compiler", whole(references.orientation.c)],
      ],
    ),
    plainTable(
      [
        ...[
          "stored runs",
          "blocks",
          "boot",
          "finding them",
          "reads",
          "one more",
          "bytes",
          "a state",
          "bytes",
        ],
        ...["synced: the list", "a run"],
      ],
      Array.from({ length: 11 }, () => "right" as const),
      result.storage.map(storageCells),
    ),
    `  XS on this machine: ${whole(xs.computronsPerSample)} bytecode steps a sample, ${whole(xs.timesRealTime)} × real time`,
  ]
  return `${parts.join("\n\n")}\n`
}

/** Cost and memory as the hours go by. */
export function formatStretches(stretches: readonly Stretch[]): string {
  const rows = stretches.map(({ minute, fifoBatch, memory, garbageCollections }) => [
    (minute / MIN_PER_HOUR).toString(),
    ...costCells(fifoBatch),
    whole(memory.totalBytes),
    whole(memory.peakBytes),
    whole(garbageCollections),
  ])
  const head = ["hours", "a FIFO batch: mean", "99 %", "most", "XS memory", "most ever", "collections"]
  return `${plainTable(head, ["right", "right", "right", "right", "right", "right", "right"], rows)}\n`
}

export function formatStep(step: Step): string {
  const { mean, p99, max } = step.instructionsPerSample
  return `  ${whole(mean)} instructions a sample, ${whole(p99)} in 99 %, ${whole(max)} at most; memory ${whole(step.reservedBytes)} bytes\n`
}

export function formatProfile(costs: readonly FunctionCost[]): string {
  const rows = costs
    .slice(0, PROFILE_ROWS)
    .map(({ name, callsPerSample, instructions, instructionsPerCall }) => [
      name,
      whole(instructions),
      callsPerSample.toFixed(3),
      whole(instructionsPerCall),
    ])
  return `${plainTable(["function", "instructions a sample", "calls a sample", "instructions a call"], ["left", "right", "right", "right"], rows)}\n`
}

/** Instructions, and what flash is read and written. */
function storageCells({ runs, blocks, boot, append, state, sync }: StorageCost): string[] {
  return [
    ...[runs, blocks, boot.instructions, boot.mountInstructions, boot.reads],
    ...[append.instructions, append.bytesWritten, state.instructions, state.bytesWritten],
    ...[sync.list, sync.run],
  ].map(whole)
}

function costCells({ mean, p99, max }: Cost): string[] {
  return [mean, p99, max].map(whole)
}

function whole(count: number): string {
  return Math.round(count).toLocaleString("en-US")
}
