/**
 * What storing costs, in the firmware's machine, as src/device leads it: flash mounted in place of a boot, states of an open run of five minutes
 * into the journal, and runs like it into the archive, each in a lap of its own.
 */
import { encodeRunRecord } from "../../src/ble/run-codec"
import type { Board } from "../../src/board"
import { RunStorage } from "../../src/device/run-storage"
import { Activity, createStride } from "../../src/motion/stride"
import type { RunSink } from "../../src/run/run-events"
import { RunRecorder } from "../../src/run/run-recorder"
import type { ClosedRun } from "../../src/run/summary"
import { DIRECTORY_SLOTS } from "../../src/storage/run-directory"
import { type JournalMark, NOT_RETAINED } from "../../src/storage/run-journal"
import { FIRMWARE_VERSION } from "../../src/version"
import { StorageLap } from "./calls"

const STRIDE_MS = 700
const STRIDES_BEFORE = Math.floor((5 * 60_000) / STRIDE_MS)
/** A state every five seconds or so, for two minutes. */
const STATES = 24
const STRIDES_A_STATE = 7
/** Parts of counting a stride, where a minute closes with it. */
const STEPS_A_STRIDE = 12
/** A segment's: in one of them the next one is opened. */
const RUNS = DIRECTORY_SLOTS
/** Garbage whose room is free after the next collection, so that there is none within a lap. */
const FREE_OBJECTS = 10_000
const FREE_BYTES = 128 << 10

export class StorageBench implements RunSink, JournalMark {
  readonly bootId = 1
  readonly retainedMs = NOT_RETAINED
  uptimeMs = 0
  readonly #stride = Object.assign(createStride(), {
    gait: Activity.run,
    periodMs: STRIDE_MS,
    contactTimeMs: 260,
    msPastThreshold: 120,
    cdegMsPastThreshold: 90_000,
    milliLoad: 1050,
    milliLoadPeakWeighted: 1200,
  })
  #runs: RunStorage | undefined
  #recorder: RunRecorder | undefined

  constructor() {
    makeRoom()
  }

  /** In the lap of the boot. */
  mount(board: Board): void {
    this.#runs = new RunStorage(board)
  }

  get runId(): number {
    return this.#recorder?.live?.id ?? 0
  }

  keepStates(): void {
    const runs = this.#mounted
    const recorder = new RunRecorder({
      settings: { values: { thresholdDeg: 30, pauseLimitS: 120 } },
      provenance: { calibrationVersion: 1, modelVersion: 1, peakErrorCdeg: 400, measuredPeakErrorCdeg: 100 },
      sink: this,
      numbers: { next: () => runs.newestId + 1 },
      bootId: this.bootId,
    })
    this.#recorder = recorder
    this.#run(recorder, STRIDES_BEFORE)
    for (let state = 0; state < STATES; state++) {
      this.#run(recorder, STRIDES_A_STATE)
      lapBegin()
      const isKept = runs.journal?.keep(recorder, this) ?? false
      lapEnd(StorageLap.state)
      if (!isKept) throw new Error("storage bench: the journal takes no state")
    }
  }

  /** After keepStates(): the run that it began. */
  addRuns(): void {
    this.#recorder?.close()
  }

  runEnded(run: ClosedRun): void {
    const runs = this.#mounted
    for (let count = 0; count <= RUNS; count++) {
      run.id = runs.newestId + 1
      lapBegin()
      runs.add(run.id, encodeRunRecord(run, FIRMWARE_VERSION))
      // The first after a mount looks for where the last one ends, which takes the longer the emptier its segment is.
      lapEnd(count === 0 ? StorageLap.firstRun : StorageLap.run)
    }
  }

  get #mounted(): RunStorage {
    if (!this.#runs) throw new Error("storage bench: no flash was mounted")
    if (this.#runs.note !== undefined) throw new Error(this.#runs.note)
    return this.#runs
  }

  /** Peaks vary, as they do in a run. */
  #run(recorder: RunRecorder, strides: number): void {
    const stride = this.#stride
    for (let left = strides; left > 0; left--) {
      stride.contactMs += STRIDE_MS
      stride.toeOffMs = stride.contactMs + stride.contactTimeMs
      stride.peakFlexionCdeg = 3800 + ((left * 37) % 600)
      this.uptimeMs = stride.contactMs + STRIDE_MS
      recorder.stride(stride)
      for (let step = 0; step < STEPS_A_STRIDE; step++) recorder.step()
      recorder.tick(this.uptimeMs)
    }
  }
}

function makeRoom(): void {
  const objects: object[] = []
  for (let count = 0; count < FREE_OBJECTS; count++) objects.push({ count })
  new Uint8Array(FREE_BYTES).fill(1)
}
