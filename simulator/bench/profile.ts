/**
 * Where the motion pipeline's instructions go, by JavaScript function: the bundle with a call to the profiler at both ends of each
 * function (instrument.ts), and what these calls cost taken off again. A call's own cost counts for the function that is called.
 */
import { FirmwareCommand, MotionLap, ProfileProbe } from "../../hosts/rv32/calls"
import { SAMPLE_BYTES } from "../../hosts/virtual/protocol"
import { ARITHMETIC_FILES, BLOCK_NAMES, type BlockName, blockOf } from "./blocks"
import { instrument } from "./instrument"
import { playMotion } from "./motion-cost"
import { Order, type Rv32Core } from "./rv32-core"

const FOLDERS = ["src/motion", "src/run"]
/** u32 calls, u32 called, u64 instructions. */
const ENTRY_BYTES = 16

export interface FunctionCost {
  /** `file:function`. */
  name: string
  callsPerSample: number
  /** Per sample, and per call. */
  instructions: number
  instructionsPerCall: number
}

interface Entry {
  calls: number
  called: number
  instructions: number
}

/**
 * Most expensive first.
 * @param from the first slice that counts
 * @param without files whose functions are left to their callers
 */
export async function profileMotion(
  bundle: string,
  slices: readonly Uint8Array[],
  from = 0,
  without: readonly string[] = [],
): Promise<FunctionCost[]> {
  const { source, names } = instrument(bundle, FOLDERS, without)
  let probe: Probe | undefined
  let entries: Entry[] = []
  await playMotion(source, slices, async (core, slice) => {
    // Entries are forgotten when they have been read.
    if (slice + 1 !== from && slice + 1 !== slices.length) return
    entries = await readEntries(core)
    if (slice + 1 === slices.length) probe = await readProbe(core)
  })
  const samples = slices.slice(from).reduce((sum, slice) => sum + slice.length / SAMPLE_BYTES, 0)
  return names
    .map((name, index) => functionCost(name, entries[index], probe as Probe, samples))
    .filter(({ callsPerSample }) => callsPerSample > 0)
    .sort((a, b) => b.instructions - a.instructions)
}

/** Instructions per sample by block; arithmetic that several of them call is its caller's. */
export async function blockCosts(
  bundle: string,
  slices: readonly Uint8Array[],
): Promise<Record<BlockName, number>> {
  const costs = Object.fromEntries(BLOCK_NAMES.map((name) => [name, 0])) as Record<BlockName, number>
  for (const { name, instructions } of await profileMotion(bundle, slices, 0, ARITHMETIC_FILES))
    costs[blockOf(name.split(":", 1)[0] as string)] += instructions
  for (const name of BLOCK_NAMES) costs[name] = Math.round(costs[name])
  return costs
}

/** What the profiler's calls add: to the function that is called, and to its caller. Instructions a call. */
interface Probe {
  callee: number
  caller: number
}

async function readProbe(core: Rv32Core): Promise<Probe> {
  await core.order(Order.firmware, Uint8Array.of(FirmwareCommand.probeProfiler))
  const laps = await core.laps()
  const lap = (kind: number) => laps.filter((one) => one.kind === kind).at(-1)?.instructions ?? Number.NaN
  const bareCall = lap(MotionLap.call) - lap(MotionLap.empty)
  const entries = await readEntries(core)
  const spent = (id: number) => entries[id]?.instructions ?? Number.NaN
  return {
    callee: spent(ProfileProbe.hooked) / ProfileProbe.calls - bareCall,
    caller: (spent(ProfileProbe.caller) - spent(ProfileProbe.idleCaller)) / ProfileProbe.calls,
  }
}

async function readEntries(core: Rv32Core): Promise<Entry[]> {
  const payload = await core.order(Order.profile)
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length)
  const entries: Entry[] = []
  for (let at = 0; at < payload.length; at += ENTRY_BYTES) {
    entries.push({
      calls: view.getUint32(at, true),
      called: view.getUint32(at + 4, true),
      instructions: Number(view.getBigUint64(at + 8, true)),
    })
  }
  return entries
}

function functionCost(name: string, entry: Entry | undefined, probe: Probe, samples: number): FunctionCost {
  const { calls = 0, called = 0, instructions = 0 } = entry ?? {}
  const own = instructions - calls * probe.callee - called * probe.caller
  return {
    name,
    callsPerSample: calls / samples,
    instructions: own / samples,
    instructionsPerCall: own / Math.max(1, calls),
  }
}
