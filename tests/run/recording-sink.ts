/** A recorder whose events are kept, with settings that can be changed while it runs. */
import type { Stride } from "../../src/motion/stride"
import { RunRecorder, type RunSettings } from "../../src/run/run-recorder"
import type { Rows, Run } from "../../src/run/summary"

export interface Recording {
  recorder: RunRecorder
  settings: { values: RunSettings }
  events: string[]
  runs: Run[]
}

export function newRecording(
  changes: Partial<RunSettings> = {},
  { bootId, lastNumber } = { bootId: 1, lastNumber: 0 },
): Recording {
  const settings = { values: { thresholdDeg: 30, pauseLimitS: 120, ...changes } }
  const events: string[] = []
  const runs: Run[] = []
  let number = lastNumber
  const recorder = new RunRecorder({
    settings,
    numbers: { next: () => ++number },
    bootId,
    provenance: { calibrationVersion: 7, modelVersion: 3, measuredPeakErrorCdeg: 150, peakErrorCdeg: 390 },
    sink: {
      runStarted: ({ id, startMs }) => events.push(`run ${id} started ${startMs}`),
      painMarked: ({ timeMs }) => events.push(`pain marked at ${timeMs}`),
      runDropped: ({ id }) => events.push(`run ${id} dropped`),
      runEnded: (run) => {
        events.push(`run ${run.id} ended`)
        runs.push({ ...run, pains: kept(run.pains), bouts: kept(run.bouts), blocks: kept(run.blocks) })
      },
    },
  })
  return { recorder, settings, events, runs }
}

function kept<Row>(rows: Rows<Row>): Row[] {
  return Array.from({ length: rows.length }, (_, index) => rows.at(index) as Row)
}

/** Parts in which a stride is counted, unless a block of the time line closes. */
export const PARTS = 2

/** A stride closes, and one is counted. */
export function tell(recorder: RunRecorder, stride: Stride): void {
  recorder.stride(stride)
  for (let part = 0; part < PARTS; part++) recorder.step()
}

/** The runs that a recorder finds in `strides`, without ticks. */
export function record(strides: Stride[], changes: Partial<RunSettings> = {}): Run[] {
  const { recorder, runs } = newRecording(changes)
  for (const one of strides) tell(recorder, one)
  recorder.close()
  return runs
}
