/** All that is shown of one run, from its record: degrees, seconds, steps of both legs a minute. Times count from the run's start. */
import type { Bout, Run } from "../../src/ble/run-codec"
import type { KeptRun } from "../data/kept"
import { dataQuality, type QualityNote } from "./data-quality"
import { type DepthBand, depthBands } from "./depth-bands"
import { detectableOf } from "./detectable-change"
import { MEASURING_WORDS, type MeanError, type Measuring, meanErrorOf, measuringOf } from "./measuring"
import { readRun, UNREADABLE_WORDS, type Unreadable } from "./readable-run"
import { inDeg, inLoad, inS, inSpm, sinceStartS } from "./record-units"
import { type BuzzMark, buzzMarks, type PainMark, painMarks } from "./run-marks"
import { type Block, type LoadSpans, loadSpans, timeLine } from "./time-line"

export interface UnreadableRun {
  unreadable: Unreadable
  words: string
}

export interface PeakDepth {
  medianDeg: number
  p95Deg: number
  /** Mean error of this way of measuring on other knees. */
  errorDeg: number
  measuring: Measuring
  measuringWords: string
}

export interface RunBout {
  startS: number
  durationS: number
  strides: number
  compressions: number
  cadenceSpm: number
  contactTimeMs: number
  peakMedianDeg: number
  load: number
}

export interface RunView extends Pick<KeptRun, "key" | "deviceId" | "start" | "receivedMs"> {
  runId: number
  durationS: number
  loadCycles: number
  strides: number
  /** By the times between contacts within bouts. */
  cadenceSpm: number
  /** Median time of this foot on the ground. */
  contactTimeMs: number
  peak: PeakDepth
  /** Undefined where the errors were not measured with this run's flexion model. */
  meanError: MeanError | undefined
  depths: DepthBand[]
  thresholdDeg: number
  compressions: number
  secondsPastThreshold: number
  degreeSecondsPastThreshold: number
  /** Relative: 1 is one stride of an average runner at 2.5 m/s. */
  load: number
  /** The same, deep peaks weigh more. */
  peakWeightedLoad: number
  loadSpans: LoadSpans
  blockMinutes: number
  blocks: Block[]
  buzzes: BuzzMark[]
  pains: PainMark[]
  /** Marks and bouts that found no room in the record; bouts are in the totals. */
  painsDropped: number
  bouts: RunBout[]
  boutsDropped: number
  quality: QualityNote[]
  firmware: string
  modelVersion: number
  calibrationVersion: number
}

/** Never throws: of a record that cannot be read it says why. */
export function runView(kept: KeptRun): RunView | UnreadableRun {
  const read = readRun(kept.record)
  if ("unreadable" in read) return { ...read, words: UNREADABLE_WORDS[read.unreadable] }
  const { run, firmware } = read
  const peak = peakDepth(run)
  const blocks = timeLine(run)
  const { key, deviceId, start, receivedMs } = kept
  return {
    key,
    deviceId,
    start,
    receivedMs,
    runId: run.id,
    durationS: inS(run.durationMs),
    loadCycles: run.loadCycles,
    strides: run.strides,
    cadenceSpm: inSpm(run.cadenceDspm),
    contactTimeMs: run.contactTimeMedianMs,
    peak,
    meanError: meanErrorOf({ ...run, peakErrorDeg: peak.errorDeg }, run.modelVersion),
    depths: depthBands(run.loadCycles, run.compressionsByDepth),
    thresholdDeg: inDeg(run.thresholdCdeg),
    compressions: run.compressions,
    secondsPastThreshold: inS(run.msPastThreshold),
    degreeSecondsPastThreshold: inDeg(run.cdegSecondsPastThreshold),
    load: inLoad(run.milliLoad),
    peakWeightedLoad: inLoad(run.milliLoadPeakWeighted),
    loadSpans: loadSpans(blocks, run.blockMinutes),
    blockMinutes: run.blockMinutes,
    blocks,
    buzzes: buzzMarks(run, blocks, detectableOf(peak.measuring, run.modelVersion)?.otherPace.peakDeg),
    pains: painMarks(run),
    painsDropped: run.painsDropped,
    bouts: run.bouts.map((bout) => boutView(bout, run)),
    boutsDropped: run.boutsDropped,
    quality: dataQuality(run),
    firmware,
    modelVersion: run.modelVersion,
    calibrationVersion: run.calibrationVersion,
  }
}

function peakDepth(run: Run): PeakDepth {
  const errorDeg = inDeg(run.peakErrorCdeg)
  const measuring = measuringOf({ ...run, peakErrorDeg: errorDeg })
  return {
    medianDeg: inDeg(run.peakFlexionMedianCdeg),
    p95Deg: inDeg(run.peakFlexionP95Cdeg),
    errorDeg,
    measuring,
    measuringWords: MEASURING_WORDS[measuring],
  }
}

function boutView(bout: Bout, run: Run): RunBout {
  return {
    startS: sinceStartS(run, bout.startMs),
    durationS: inS(bout.durationMs),
    strides: bout.strides,
    compressions: bout.compressions,
    cadenceSpm: inSpm(bout.cadenceDspm),
    contactTimeMs: bout.contactTimeMedianMs,
    peakMedianDeg: inDeg(bout.peakFlexionMedianCdeg),
    load: inLoad(bout.milliLoad),
  }
}
