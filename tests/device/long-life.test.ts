/**
 * A day of wear, a thousand runs, five hundred reboots at random moments, a good part of them in the middle of writing: what a phone reads is what
 * was run, counted independently.
 */
import { isDeepStrictEqual } from "node:util"
import test from "ava"
import { VirtualBoard } from "../../hosts/virtual/board"
import { Chance } from "../../hosts/virtual/chance"
import { CutPoint } from "../../hosts/virtual/power"
import { KNOWN_PHONE, knowing } from "../../simulator/phone/known-phone"
import { Phone } from "../../simulator/phone/phone"
import { decodeRunRecord, type Run } from "../../src/ble/run-codec"
import type { Stride } from "../../src/motion/stride"
import { StrideFed } from "./stride-fed"
import { toldBy } from "./wear"
import {
  beginningOf,
  countedIn,
  countedOf,
  type MadeUpStride,
  PAUSE_LIMIT_S,
  runsTold,
  stridesOf,
  type ToldRun,
  Wearing,
} from "./wearing"

const DAY_MS = 86_400_000
const LEAST_RUNS = 1000
const LEAST_REBOOTS = 500
/** 256 KB: the archive goes round some times. */
const FLASH = { size: 64 * 4096 }
const MAY_LOSE_MS = 10_000
const MS_PER_S = 1000
const CDEG_PER_DEG = 100
const UNIX_S = 1_800_000_000
/** The phone tells whole seconds, and the device reckons in them. */
const CLOCK_ROUNDED_S = 2
const POINTS = Object.values(CutPoint)

class LongLife {
  readonly chance: Chance
  readonly wearing: Wearing
  virtual: VirtualBoard
  device: StrideFed | undefined
  phone: Phone
  /** When the board's clock was 0, by the wall's. */
  bootMs = 0
  reboots = 0
  cuts = 0
  /** Strides that a power loss took. */
  lostStrides = 0
  worstLossMs = 0
  /** Of this boot. */
  told: Stride[] = []
  open: ToldRun | undefined
  nextStride: MadeUpStride
  /** What the phone has: records by number, and which of them it told the device to have. */
  readonly records = new Map<number, Uint8Array>()
  readonly acknowledged = new Set<number>()
  /** What must be in them. */
  readonly expected = new Map<number, ToldRun>()
  readonly thresholds = new Set<number>([30])
  lastId = 0
  /** Of the next run that begins; undefined: a reboot has followed the one that ended the run before. */
  saysGapUnknown: boolean | undefined = false

  constructor(seed: number) {
    this.chance = new Chance(seed)
    this.wearing = new Wearing(seed)
    this.nextStride = this.wearing.next()
    this.virtual = new VirtualBoard(knowing({ flash: FLASH, thigh: { present: false } }))
    this.phone = this.newPhone()
  }

  get nowMs(): number {
    return this.bootMs + this.virtual.processor.nowMs
  }

  newPhone(): Phone {
    return new Phone(async (request) => this.virtual.link.handle(request), KNOWN_PHONE)
  }

  draw(from: number, to: number): number {
    return from + this.chance.below(to - from + 1)
  }

  /** @returns false when power went meanwhile */
  async tried(work: () => unknown): Promise<boolean> {
    try {
      await work()
    } catch (error) {
      if (this.virtual.power.isOn) throw error
    }
    return this.virtual.power.isOn
  }

  /** Runs until then, telling strides as they close. @returns false when power went */
  wear(untilMs: number): Promise<boolean> {
    return this.tried(() => {
      const { virtual } = this
      const startMs = this.nowMs
      while (this.nextStride.toldMs <= untilMs && virtual.power.isOn) {
        const { stride, toldMs } = this.nextStride
        this.nextStride = this.wearing.next()
        // What was run while it was off, or began then, nobody has seen.
        if (toldMs < startMs || stride.contactMs < this.bootMs + 100) continue
        virtual.advance(toldMs - this.nowMs)
        if (!virtual.power.isOn) break
        this.told.push(stride)
        const { contactMs, toeOffMs } = stride
        this.device?.stride({
          ...stride,
          contactMs: contactMs - this.bootMs,
          toeOffMs: toeOffMs - this.bootMs,
        })
      }
      virtual.advance(untilMs - this.nowMs)
    })
  }

  /** Switches on until it stays on, and judges what is there. */
  async boot(kind: "power" | "reset", offMs: number): Promise<void> {
    const stopMs = this.nowMs
    const said = toldBy(this.virtual).events?.filter(({ name }) => name === "fault") ?? []
    if (said.length > 0 && this.virtual.power.isOn) throw new Error(`faults: ${JSON.stringify(said)}`)
    const before = runsTold(this.told, this.open, { bootId: this.device?.bootId ?? 0, bootMs: this.bootMs })
    let isReset = kind === "reset"
    let attempts = 0
    for (;;) {
      attempts++
      this.reboots++
      this.bootMs = this.nowMs + offMs
      if (!this.virtual.power.isOn) isReset = false
      this.virtual = this.virtual.reboot(isReset ? "reset" : "power", offMs)
      // Now and then power goes again while it takes up what is left.
      const { power } = this.virtual
      power.cutAt(this.draw(0, 5) === 0 ? this.cutIn(12) : undefined)
      if (await this.tried(() => this.start())) break
      this.cuts++
    }
    this.virtual.power.cutAt(undefined)
    this.told = []
    this.phone = this.newPhone()
    await this.phone.connect()
    await this.judge(before, stopMs, !isReset)
    // The newest run was open, and had states.
    const last = before.at(-1)
    const isNew = this.newestIsOf(last)
    const endMs = last?.bouts.at(-1)?.at(-1)?.toeOffMs ?? 0
    const wasOpen = isNew && stopMs - endMs < PAUSE_LIMIT_S * MS_PER_S
    if (!isReset && wasOpen) this.saysGapUnknown = attempts === 1 ? true : undefined
    else if (this.saysGapUnknown !== false || !isReset) this.saysGapUnknown = undefined
  }

  start(): void {
    this.device = new StrideFed(this.virtual.board)
  }

  newestIsOf(run: ToldRun | undefined): boolean {
    const newest = this.expected.get(this.lastId)
    return run !== undefined && newest?.bouts[0]?.[0] === run.bouts[0]?.[0]
  }

  cutIn(operations: number) {
    const operation = this.virtual.power.operations + this.draw(1, operations)
    return { operation, point: POINTS[this.draw(0, 2)] as CutPoint, seed: this.draw(0, 999) }
  }

  /** Takes the records that are new. */
  async readNew(): Promise<number[]> {
    const { runs, lostRuns } = await this.phone.runList()
    if (lostRuns > 0) throw new Error(`${lostRuns} runs were lost`)
    const listed = new Set(runs.map(({ runId }) => runId))
    if (listed.size !== runs.length) throw new Error("a run is listed twice")
    for (const id of this.records.keys())
      if (!listed.has(id) && !this.acknowledged.has(id)) throw new Error(`run ${id} is gone`)
    const fresh: number[] = []
    for (const { runId, recordBytes, startUnixS } of runs) {
      const known = this.records.get(runId)
      if (known && known.length !== recordBytes) throw new Error(`run ${runId} has another length`)
      const record = known && this.draw(0, 30) > 0 ? known : await this.phone.runRecord(runId)
      if (known && !isDeepStrictEqual(known, record)) throw new Error(`run ${runId} has changed`)
      const expected = this.expected.get(runId)
      if (expected && startUnixS > 0) {
        const began = UNIX_S + (expected.bouts[0]?.[0]?.contactMs ?? 0) / MS_PER_S
        if (startUnixS > began || began - startUnixS > CLOCK_ROUNDED_S)
          throw new Error(`run ${runId} began at ${startUnixS}, not ${began}`)
      }
      if (known) continue
      this.records.set(runId, record)
      fresh.push(runId)
    }
    fresh.sort((a, b) => a - b)
    return fresh
  }

  /** Compares what is new with the runs that were told of up to `stopMs`. */
  async judge(told: ToldRun[], stopMs: number, isPowerLoss: boolean): Promise<void> {
    const fresh = (await this.readNew()).filter((id) => !this.expected.has(id))
    this.open = undefined
    const live = this.device?.keeping.recorder.live
    if (live && isPowerLoss) throw new Error(`run ${live.id} goes on after a power loss`)
    told.forEach((run, index) => {
      const isLast = index === told.length - 1
      const id = fresh.shift()
      if (id !== undefined) {
        if (id <= this.lastId) throw new Error(`run ${id} after run ${this.lastId}`)
        this.lastId = id
        const { run: found } = decodeRunRecord(this.records.get(id) as Uint8Array)
        this.checkGap(found, index > 0)
        this.expected.set(id, this.compare(run, found, isLast ? stopMs : undefined))
      } else if (isLast && live && live.totals.strides > 0) {
        this.open = beginningOf(run, live.totals.strides)
        this.lose(run, live.totals.strides, stopMs)
      } else if (isLast) this.lose(run, 0, stopMs)
      else throw new Error(`a run of ${stridesOf(run)} strides is gone`)
    })
    if (fresh.length > 0) throw new Error(`runs ${fresh} are invented`)
    if (live && !this.open) throw new Error(`run ${live.id} is open, and nobody runs`)
  }

  /** @param stopMs power went then, or a reset came: what was run shortly before may be missing */
  compare(told: ToldRun, found: Run, stopMs: number | undefined): ToldRun {
    const run = stopMs === undefined ? told : beginningOf(told, found.strides)
    const thresholdDeg = found.thresholdCdeg / CDEG_PER_DEG
    if (!this.thresholds.has(thresholdDeg)) throw new Error(`run ${found.id}: threshold ${thresholdDeg}°`)
    const wanted = countedOf(run, found.thresholdCdeg)
    const counted = countedIn(found)
    if (stopMs !== undefined && stridesOf(run) < stridesOf(told)) wanted.isResumed = counted.isResumed
    if (!isDeepStrictEqual(counted, wanted))
      throw new Error(`run ${found.id} is ${JSON.stringify(counted)}, was ${JSON.stringify(wanted)}`)
    if (stopMs !== undefined) this.lose(told, found.strides, stopMs)
    return run
  }

  /** @param isAfterAnother a run before it began and ended in the same boot */
  checkGap({ id, dataQuality: { gapUnknown } }: Run, isAfterAnother: boolean): void {
    const wanted = isAfterAnother ? false : this.saysGapUnknown
    if (wanted !== undefined && gapUnknown !== wanted) throw new Error(`run ${id}: gap unknown ${gapUnknown}`)
    this.saysGapUnknown = false
  }

  lose(run: ToldRun, kept: number, stopMs: number): void {
    const lost = run.bouts.flat().slice(kept)
    this.lostStrides += lost.length
    const first = lost[0]
    if (!first) return
    const lossMs = stopMs - first.toeOffMs
    this.worstLossMs = Math.max(this.worstLossMs, lossMs)
    if (lossMs > MAY_LOSE_MS)
      throw new Error(
        `${lost.length} strides, the last ${lossMs} ms, are gone; kept ${kept}, stop ${stopMs - this.bootMs}, bouts ${run.bouts.map((bout) => `${bout.length} from ${stopMs - (bout[0]?.contactMs ?? 0)} every ${bout[0]?.periodMs}`)}`,
      )
  }

  /** What a phone does when it comes by. */
  async meet(): Promise<void> {
    const { phone } = this
    const choice = this.draw(0, 9)
    if (choice < 3) await phone.setClock(UNIX_S + Math.floor(this.nowMs / MS_PER_S), 4)
    if (choice === 4) {
      const deg = this.draw(25, 45)
      this.thresholds.add(deg)
      await phone.set("thresholdDeg", deg)
    }
    if (choice > 5) {
      const { runs } = await phone.runList()
      for (const { runId } of runs)
        if (this.expected.has(runId) && !this.acknowledged.has(runId) && this.draw(0, 3) > 0) {
          this.acknowledged.add(runId)
          await phone.acknowledge(runId)
        }
    }
  }
}

test("a day of a thousand runs and five hundred reboots at random moments: what a phone reads is what was run", async (t) => {
  const life = new LongLife(5)
  await life.boot("power", 1000)
  await life.phone.set("pauseLimitS", PAUSE_LIMIT_S)
  while (life.nowMs < DAY_MS || life.expected.size < LEAST_RUNS || life.reboots < LEAST_REBOOTS) {
    const stopMs = Math.ceil(life.nowMs + life.draw(2000, 300_000))
    if (life.draw(0, 2) === 0) life.virtual.power.cutAt(life.cutIn(400))
    const isOn =
      (await life.wear(Math.round(life.nowMs + (stopMs - life.nowMs) / 2))) &&
      (await life.tried(() => life.meet()))
    if (isOn) await life.wear(stopMs)
    if (!life.virtual.power.isOn) life.cuts++
    const isReset = life.draw(0, 1) === 0
    await life.boot(
      isReset ? "reset" : "power",
      life.draw(0, 3) === 0 ? life.draw(1000, 60_000) : life.draw(0, 2000),
    )
  }
  const runs = [...life.expected.keys()].map((id) => decodeRunRecord(life.records.get(id) as Uint8Array).run)
  const totalIn = (name: "strides" | "compressions" | "milliLoad") =>
    runs.reduce((all, run) => all + run[name], 0)
  const all = [...life.expected].map(([id, run]) =>
    countedOf(run, decodeRunRecord(life.records.get(id) as Uint8Array).run.thresholdCdeg),
  )
  for (const name of ["strides", "compressions", "milliLoad"] as const)
    t.is(
      totalIn(name),
      all.reduce((sum, run) => sum + run[name], 0),
      name,
    )
  t.log(
    `${runs.length} runs, ${life.reboots} reboots, ${life.cuts} of them after a cut, ${totalIn("strides")} strides, ${life.lostStrides} lost, at worst ${life.worstLossMs} ms`,
  )
  t.true(life.cuts > 50)
})
