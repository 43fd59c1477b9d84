/** Power goes at every operation of storage, before, within and after it, and again while what is left is mounted: no closed run is lost, none is invented, and the archive goes on. */
import test from "ava"
import { VirtualFlash } from "../../hosts/virtual/flash"
import { VirtualKeyValue } from "../../hosts/virtual/key-value"
import { CutPoint, PowerCut, PowerSupply } from "../../hosts/virtual/power"
import { RecordWriter } from "../../src/storage/flash-record"
import { RunArchive } from "../../src/storage/run-archive"
import type { Region } from "../../src/storage/segment-ring"

const REGION: Region = { id: 2, firstBlock: 0, segments: 4, blocksPerSegment: 4 }
const GEOMETRY = { size: 16 * 4096 }
const POINTS = [CutPoint.before, CutPoint.within, CutPoint.after]
const SEEDS = [0, 37]
/** Cuts of a mount that follow one cut of a step, at most: others are tried after another. */
const SECOND_CUTS = 2

interface Stored {
  image: Uint8Array
  keyValue: ReturnType<VirtualKeyValue["image"]>
}
interface Run {
  bytes: number
  isAcknowledged: boolean
  unixS: number
}
type Runs = ReadonlyMap<number, Readonly<Run>>

const records = new Map<number, Uint8Array>()
function recordOf(run: number, bytes: number): Uint8Array {
  const key = run * 0x10000 + bytes
  const known = records.get(key)
  if (known) return known
  const made = new Uint8Array(bytes)
  for (let at = 0; at < bytes; at++) made[at] = (run * 31 + at * 7 + (at >> 8)) & 0xff
  records.set(key, made)
  return made
}

class Bench {
  readonly power = new PowerSupply()
  readonly flash: VirtualFlash
  readonly keyValue: VirtualKeyValue

  constructor(stored?: Stored) {
    this.flash = new VirtualFlash({ ...GEOMETRY, image: stored?.image, power: this.power })
    this.keyValue = new VirtualKeyValue(stored?.keyValue, this.power)
  }

  mount(): RunArchive {
    return new RunArchive(new RecordWriter(this.flash.open({ path: "runs" })), REGION, this.keyValue)
  }
  stored(): Stored {
    return { image: this.flash.image(), keyValue: this.keyValue.image() }
  }
  /** @returns whether power went */
  tryWith(work: () => void): boolean {
    try {
      work()
    } catch (error) {
      // What storage made of it does not matter: nothing works any more.
      if (this.power.isOn) throw error
      return true
    }
    return !this.power.isOn
  }
}

function runsOf(archive: RunArchive): Map<number, Run> {
  const runs = new Map<number, Run>()
  for (let index = 0; index < archive.length; index++) {
    const row = archive.at(index)
    if (!row) throw new Error(`no row ${index} of ${archive.length}`)
    if (runs.has(row.id)) throw new Error(`run ${row.id} is there twice`)
    const { id, recordBytes: bytes, isAcknowledged, unixS } = row
    runs.set(id, { bytes, isAcknowledged, unixS })
    if (Buffer.compare(archive.record(id) ?? new Uint8Array(0), recordOf(id, bytes)) !== 0)
      throw new Error(`run ${id} is not what was added`)
  }
  return runs
}

/** Every run is as it was before the step or as it is after it. */
function judge(found: RunArchive, before: Runs, after: Runs, lost: { before: number; after: number }): void {
  const runs = runsOf(found)
  for (const [id, run] of runs) {
    const known = [before.get(id), after.get(id)].filter((one) => one !== undefined)
    if (known.length === 0) throw new Error(`run ${id} is invented`)
    if (!known.some(({ bytes }) => bytes === run.bytes)) throw new Error(`run ${id} has ${run.bytes} bytes`)
    if (!known.some(({ isAcknowledged }) => isAcknowledged === run.isAcknowledged))
      throw new Error(`run ${id}: acknowledged ${run.isAcknowledged}`)
    if (!known.some(({ unixS }) => unixS === run.unixS) && run.unixS !== 0)
      throw new Error(`run ${id} at ${run.unixS}`)
  }
  for (const id of after.keys()) if (before.has(id) && !runs.has(id)) throw new Error(`run ${id} is lost`)
  const isOf = (count: number) => count === before.size || count === after.size
  if (lost.before === lost.after && !isOf(runs.size) && runs.size > Math.max(before.size, after.size))
    throw new Error(`${runs.size} runs of ${before.size} or ${after.size}`)
  if (found.lost < lost.before || found.lost > lost.after) throw new Error(`${found.lost} lost`)
}

/** The archive takes another run, and gives it back. */
function goOn(archive: RunArchive): void {
  const run = archive.newestRun + 1
  archive.add(run, recordOf(run, 700))
  if (!archive.record(run)) throw new Error(`run ${run} was not added`)
}

/** Cuts `step`, which goes from `stored` to what it leaves, everywhere; then the mount after it everywhere. @returns how many cuts */
function cutEverywhere(
  stored: Stored,
  step: (archive: RunArchive) => unknown,
): { cuts: number; next: Stored } {
  const whole = new Bench(stored)
  const first = whole.mount()
  const before = runsOf(first)
  const lostBefore = first.lost
  const mounted = whole.power.operations
  step(first)
  const operations = whole.power.operations - mounted
  const next = whole.stored()
  const again = new Bench(next).mount()
  const after = runsOf(again)
  const lost = { before: lostBefore, after: again.lost }
  let cuts = 0
  for (let operation = 1; operation <= operations; operation++)
    for (const point of POINTS)
      for (const seed of point === CutPoint.within ? SEEDS : [0]) {
        const bench = new Bench(stored)
        const archive = bench.mount()
        bench.power.cutAt({ operation: bench.power.operations + operation, point, seed })
        const where = `cut ${point} operation ${operation} of ${operations}, seed ${seed}`
        if (!bench.tryWith(() => step(archive))) throw new Error(`${where}: power did not go`)
        cuts++
        const left = bench.stored()
        try {
          const recovered = new Bench(left)
          const found = recovered.mount()
          judge(found, before, after, lost)
          goOn(found)
          const recovery = new Bench(left)
          recovery.mount()
          const { operations: there } = recovery.power
          const apart = Math.ceil(there / SECOND_CUTS)
          for (let second = 1 + (cuts % apart || 0); second <= there; second += apart) {
            const twice = new Bench(left)
            twice.power.cutAt({ operation: second, point: CutPoint.within, seed: seed + second })
            twice.tryWith(() => twice.mount())
            cuts++
            const last = new Bench(twice.stored()).mount()
            judge(last, before, after, lost)
            goOn(last)
          }
        } catch (error) {
          throw error instanceof PowerCut ? error : new Error(`${where}: ${(error as Error).message}`)
        }
      }
  return { cuts, next }
}

function filled(archive: RunArchive, runs: number, bytes: number): void {
  for (let run = 0; run < runs; run++)
    archive.add(archive.newestRun + 1, recordOf(archive.newestRun + 1, bytes))
}

const add = (bytes: number) => (archive: RunArchive) => {
  const run = archive.newestRun + 1
  archive.add(run, recordOf(run, bytes))
}

const CASES: readonly [
  what: string,
  prepare: (archive: RunArchive) => void,
  step: (archive: RunArchive) => void,
][] = [
  ["the first run of a blank flash", () => {}, add(500)],
  ["a run behind others", (archive) => filled(archive, 3, 500), add(130)],
  ["the longest run", (archive) => filled(archive, 1, 500), add(6500)],
  ["a run for which a segment is opened", (archive) => filled(archive, 2, 6500), add(6500)],
  ["a run for which the oldest segment's are lost", (archive) => filled(archive, 4, 6500), add(6500)],
  [
    "a run for which those are dropped that a phone has, and others moved",
    (archive) => {
      filled(archive, 8, 3000)
      for (const run of [2, 7]) archive.acknowledge(run)
      archive.stamp(1, 1_800_000_000, 4)
    },
    add(6500),
  ],
  [
    "a run for which all are moved round, since a phone has the newest",
    (archive) => {
      filled(archive, 8, 3000)
      archive.acknowledge(8)
    },
    add(3000),
  ],
  ["acknowledging", (archive) => filled(archive, 3, 300), (archive) => archive.acknowledge(2)],
  ["stamping", (archive) => filled(archive, 3, 300), (archive) => archive.stamp(1, 1_800_000_000, -8)],
  [
    "dropping",
    (archive) => {
      filled(archive, 3, 300)
      archive.acknowledge(2)
    },
    (archive) => archive.dropWithin(2, 2),
  ],
]

for (const [what, prepare, step] of CASES)
  test(`power cut at every operation: ${what}`, (t) => {
    const bench = new Bench()
    prepare(bench.mount())
    const { cuts } = cutEverywhere(bench.stored(), step)
    t.log(`${cuts} cuts`)
    t.true(cuts >= 4)
  })
