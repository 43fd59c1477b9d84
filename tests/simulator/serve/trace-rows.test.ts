/** The board's trace in time and angles, as its replies come: across batches, restarts, and with what was corrected meanwhile. */
import test from "ava"
import { type Reply, TRACE_ROW_INTS } from "../../../hosts/virtual/protocol"
import type { EstimateRow } from "../../../simulator/serve/messages"
import { TraceRows } from "../../../simulator/serve/trace-rows"
import { Activity } from "../../../src/motion/stride"

const ZERO_MS = 500
/** Samples that did not come. */
const LOST_MS = 70
const inMotionS = (deviceMs: number) => (deviceMs - ZERO_MS) / 1000

/** Rows of samples in order; at an odd offset, as in a frame. */
function bodyOf(samples: readonly number[]): Uint8Array {
  const ints = new Int32Array(samples.length * TRACE_ROW_INTS)
  samples.forEach((sample, row) => {
    ints.set([sample, 100 * sample, -1050, sample % 2, Activity.run], row * TRACE_ROW_INTS)
  })
  const frame = new Uint8Array(ints.byteLength + 3)
  frame.set(new Uint8Array(ints.buffer), 3)
  return frame.subarray(3)
}

function told(trace: TraceRows, reply: Partial<Reply>, samples: readonly number[]) {
  const rows: EstimateRow[] = []
  const strides = trace.add({ nowMs: 0, ...reply }, bodyOf(samples), inMotionS, (row) => rows.push(row))
  return { rows, strides }
}

test("a row has the time of its sample, by the batch that it is of", (t) => {
  const trace = new TraceRows()
  const batches = [
    { firstSample: 0, timeMs: 1000, periodUs: 10_000 },
    { firstSample: 2, timeMs: 1030, periodUs: 20_000 },
  ]
  t.deepEqual(told(trace, { batches }, [0, 1, 2, 3]).rows, [
    [0.5, 0, -10.5, 0, Activity.run],
    [0.51, 1, -10.5, 1, Activity.run],
    [0.53, 2, -10.5, 0, Activity.run],
    [0.55, 3, -10.5, 1, Activity.run],
  ])
  t.deepEqual(
    told(trace, {}, [4]).rows.map(([timeS]) => timeS),
    [0.57],
  )
})

test("a stride that closed later lies where its samples were, and runs where the device said so last", (t) => {
  const trace = new TraceRows()
  told(trace, { batches: [{ firstSample: 0, timeMs: 1000, periodUs: 10_000 }] }, [0, 1, 2])
  const stride = { troughQ4: 0, periodQ4: 0, features: [] }
  const { strides } = told(
    trace,
    {
      batches: [{ firstSample: 100, timeMs: 2000, periodUs: 10_000 }],
      activities: [
        { fromSample: 10, activity: Activity.walk },
        { fromSample: 50, activity: Activity.run },
      ],
      strides: [
        { ...stride, contactSample: 20, toeOffSample: 40, peakCdeg: 3000 },
        { ...stride, contactSample: 90, toeOffSample: 110, peakCdeg: 4251 },
      ],
    },
    [100],
  )
  t.deepEqual(strides, [
    { contactS: 0.7, toeOffS: 0.9, peakDeg: 30, isRunning: false },
    { contactS: 1.4, toeOffS: 1.6, peakDeg: 42.51, isRunning: true },
  ])
})

test("after a restart samples are counted anew, and what they were before means nothing", (t) => {
  const trace = new TraceRows()
  const activities = [{ fromSample: 0, activity: Activity.run }]
  told(trace, { batches: [{ firstSample: 900, timeMs: 9000, periodUs: 10_000 }], activities }, [900])
  trace.restarted()
  const stride = { contactSample: 1, toeOffSample: 2, troughQ4: 0, periodQ4: 0, peakCdeg: 0, features: [] }
  const { rows, strides } = told(
    trace,
    { batches: [{ firstSample: 0, timeMs: 600, periodUs: 10_000 }], strides: [stride] },
    [3],
  )
  t.is(rows[0]?.[0], 0.13)
  t.false(strides[0]?.isRunning)
})

test("after hours a stride of some seconds ago still lies where its samples were", (t) => {
  const trace = new TraceRows()
  const activities = [{ fromSample: 0, activity: Activity.run }]
  for (let first = 0; first < 40_000; first += 100)
    told(
      trace,
      {
        batches: [
          { firstSample: first, timeMs: 10 * first + (first < 39_500 ? 0 : LOST_MS), periodUs: 10_000 },
        ],
        ...(first === 0 && { activities }),
      },
      [first],
    )
  const stride = { troughQ4: 0, periodQ4: 0, peakCdeg: 0, features: [] }
  const { strides } = told(
    trace,
    { strides: [{ ...stride, contactSample: 39_000, toeOffSample: 39_030 }] },
    [],
  )
  t.deepEqual(strides[0], { contactS: 389.5, toeOffS: 389.8, peakDeg: 0, isRunning: true })
})
