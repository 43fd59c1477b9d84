/**
 * A device on the virtual board that is not Patella but speaks as it: it takes every sample of the chip for a motion sample
 * (flexion in 1/100° = counts of ax, up = acceleration), "runs" while gx is past a limit and closes the run a pause limit later.
 * What went through a session can be told from its trace and run exactly.
 */
import { PIN } from "../../hosts/esp32/xiao_esp32c3/wiring"
import { CommandHandler } from "../../hosts/virtual/command-handler"
import { REG } from "../../hosts/virtual/lsm6dso-registers"
import type { DeviceModel } from "../../src/ble/device-model"
import { SensorState, StatusFlag } from "../../src/ble/layouts"
import { encodeRunRecord, type Run } from "../../src/ble/run-codec"
import { PatellaService } from "../../src/ble/service"
import type { Board } from "../../src/board"
import { LSM6DSO_ADDRESS } from "../../src/drivers/lsm6dso-registers"
import type { IoClasses } from "../../src/io"
import { BondList } from "../../src/storage/bond-list"
import { crc32 } from "../../src/storage/crc32"
import { HeldBytes } from "../../src/storage/record-bytes"
import { SettingsStore } from "../../src/storage/settings"
import { NEVER_CLOSES, NEVER_STARTS } from "./stand-in"

/** ±16 g and ±2000 °/s at 104 Hz. */
const CTRL1_XL = 0x44
const CTRL2_G = 0x4c
const BOTH_BATCHED = 0x44
const CONTINUOUS = 6
const WORDS_A_SAMPLE = 2
const WORD_BYTES = 7
const RUNNING_COUNTS = 1000
const CLIPPED_COUNTS = 32_767
const GAP_MS = 15
/** Like Patella it takes its time before it says that a run is open. */
const SURE_AFTER_MS = 8000
const NO_COACH = {
  ...{ phase: 0, routine: 0, step: 0, repeat: 0, stepMs: 0 },
  ...{ depthCdeg: 0, answer: 0, readiness: 0, sittingMin: 0 },
}

function startStandIn(board: Board, io: IoClasses): { close(): void } {
  const settings = new SettingsStore(board.keyValue)
  const thigh = new io.SMBus({ address: LSM6DSO_ADDRESS })
  let open: Run | undefined
  let lastRunningMs = 0
  let lastMs = 0
  let sample = 0
  const closed: { id: number; bytes: Uint8Array }[] = []

  function take(counts: Int16Array): void {
    const nowMs = board.time.ticks
    const [gx = 0, , , ax = 0, ay = 0, az = 0] = counts
    if (sample === 0 || nowMs - lastMs > GAP_MS) board.monitor?.motion?.batch(sample, nowMs, 9600)
    board.monitor?.motion?.sample(
      sample++,
      ax,
      ay,
      1,
      Math.abs(gx) > RUNNING_COUNTS ? 2 : 0,
      ax,
      ay,
      az,
      0,
      0,
    )
    if (Math.abs(gx) > RUNNING_COUNTS) {
      if (!open) board.monitor?.event("run started", nowMs, "")
      open ??= newRun(closed.length + 1, nowMs, settings.values.thresholdDeg)
      open.strides++
      lastRunningMs = nowMs
    }
    if (open) {
      if (nowMs - lastMs > GAP_MS) open.dataQuality.gaps++
      if (counts.some((count) => Math.abs(count) >= CLIPPED_COUNTS)) open.dataQuality.clipped++
      const isOver = nowMs - lastRunningMs > settings.values.pauseLimitS * 1000
      if (isOver && settings.values.thresholdDeg !== NEVER_CLOSES.thresholdDeg) {
        open.durationMs = lastRunningMs - open.startMs
        closed.push({ id: open.id, bytes: encodeRunRecord(open, device.firmware) })
        open = undefined
      }
    }
    lastMs = nowMs
  }

  const isSure = () => open !== undefined && board.time.ticks - open.startMs >= SURE_AFTER_MS

  const device: DeviceModel = {
    boardName: board.name,
    firmware: "9.8.7",
    updateStatus: () => ({ state: 0, reason: 0, slotBytes: 0, byteLength: 0, crc: 0, offset: 0 }),
    beginUpdate: () => false,
    receiveUpdate: () => false,
    finishUpdate: () => false,
    abortUpdate: () => false,
    coach: () => NO_COACH,
    coachLog: () => ({ entries: [] }),
    askCoach: () => false,
    status: () => ({
      flags: StatusFlag.calibrated | (isSure() ? StatusFlag.runOpen : 0),
      sensorState: SensorState.measuring,
      activity: 0,
      batteryPercent: 50,
      faults: 0,
      uptimeMs: board.time.ticks,
      problems: 0,
      peakErrorCdeg: 390,
      calibrationVersion: 1,
      calibrationAgeMin: 0,
    }),
    runs: {
      get length() {
        return closed.length
      },
      get newestId() {
        return closed.at(-1)?.id ?? 0
      },
      lost: 0,
      get generation() {
        return closed.length
      },
      at(index) {
        const run = closed[index]
        return (
          run && {
            id: run.id,
            bootId: 1,
            recordBytes: run.bytes.length,
            isAcknowledged: false,
            unixS: 0,
            zoneQuarters: 0,
          }
        )
      },
      open: (id) => {
        const bytes = closed.find((run) => run.id === id)?.bytes
        return bytes && new HeldBytes(bytes, crc32(bytes))
      },
      acknowledge: () => false,
      dropWithin: () => 0,
    },
    identity: () => ({
      deviceId: [],
      bootId: 1,
      uptimeMs: board.time.ticks,
      unixS: 0,
      zoneQuarters: 0,
      modelVersion: board.model === undefined ? 1 : 77,
    }),
    zoneQuarters: undefined,
    live: () => ({ timeMs: 0, state: 0, step: 0, lastPeak: 0, strides: 0, compressions: 0, angles: [] }),
    watchLive: () => {},
    setClock: () => {},
    setZone: () => {},
    selfTest: () => ({ tested: 0, failed: 0, atMs: 0 }),
    faultCounts: () => ({ sensor: 0, storage: 0, bluetooth: 0, battery: 0, motor: 0, other: 0 }),
    bends: () => ({ bends: [], bendsDropped: 0 }),
    settings,
    command: () => false,
    bonds: new BondList(board.keyValue),
    nowMs: () => board.time.ticks,
  }
  const service = new PatellaService(device)
  service.open(board.gatt)

  const words = new Uint8Array(WORDS_A_SAMPLE * WORD_BYTES)
  const view = new DataView(words.buffer)
  const counts = new Int16Array(6)
  const { Digital } = io
  const interrupt = new Digital({
    pin: PIN.sensorInterrupt,
    mode: Digital.Input,
    edge: Digital.Rising,
    onReadable() {
      thigh.readBuffer(REG.FIFO_DATA_OUT_TAG, words)
      for (let axis = 0; axis < 3; axis++) {
        counts[axis] = view.getInt16(1 + 2 * axis, true)
        counts[axis + 3] = view.getInt16(WORD_BYTES + 1 + 2 * axis, true)
      }
      take(counts)
    },
  })
  if (board.model !== NEVER_STARTS) {
    board.timer.set(() => {
      thigh.writeUint8(REG.FIFO_CTRL1, WORDS_A_SAMPLE)
      thigh.writeUint8(REG.FIFO_CTRL3, BOTH_BATCHED)
      thigh.writeUint8(REG.INT1_CTRL, 0x08)
      thigh.writeUint8(REG.CTRL1_XL, CTRL1_XL)
      thigh.writeUint8(REG.CTRL2_G, CTRL2_G)
      thigh.writeUint8(REG.FIFO_CTRL4, CONTINUOUS)
      board.monitor?.event("measuring", board.time.ticks, "104 Hz")
    }, 250)
  }
  return {
    close() {
      interrupt.close()
      service.close()
    },
  }
}

function newRun(id: number, startMs: number, thresholdDeg: number): Run {
  return {
    id,
    bootId: 1,
    startMs,
    durationMs: 0,
    strides: 0,
    loadCycles: 0,
    compressions: 0,
    compressionsByDepth: [0, 0, 0, 0, 0],
    msPastThreshold: 0,
    cdegSecondsPastThreshold: 0,
    milliLoad: 0,
    milliLoadPeakWeighted: 0,
    cadenceDspm: 0,
    thresholdCdeg: thresholdDeg * 100,
    peakFlexionMedianCdeg: 0,
    peakFlexionP95Cdeg: 0,
    contactTimeMedianMs: 0,
    dataQuality: {
      validPermyriad: 10_000,
      gaps: 0,
      clipped: 0,
      strapShift: false,
      resumed: false,
      gapUnknown: false,
      cutShort: false,
    },
    buzzes: [],
    painsDropped: 0,
    pains: [],
    boutsDropped: 0,
    bouts: [],
    blockMinutes: 1,
    blocks: [],
    calibrationVersion: 1,
    modelVersion: 1,
    peakErrorCdeg: 390,
    measuredStrides: 0,
  }
}

const handler = new CommandHandler(startStandIn)
;(globalThis as { handleCommand?: (request: ArrayBuffer) => ArrayBuffer }).handleCommand = (request) =>
  handler.handle(new Uint8Array(request)).buffer as ArrayBuffer
