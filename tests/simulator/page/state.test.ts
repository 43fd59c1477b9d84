/** What the page knows after each message, and what it says of it. */
import test from "ava"
import { announcement } from "../../../simulator/page/announcement"
import { asked, INITIAL, type State, thresholdOf, told } from "../../../simulator/page/state"
import type { Frame, Message, News, StrideMark, Traffic } from "../../../simulator/serve/messages"

const PLAYED = { from: "scenario", name: "first-run", seed: 7 } as const
const STARTED: Message = {
  tell: "started",
  air: "a1b2c3",
  playing: {
    title: "A first run",
    description: "",
    seed: 7,
    startS: 0,
    durationS: 190,
    board: "xiao_esp32c3",
    sensors: 1,
    hasTruth: true,
    thresholdDeg: 30,
    events: [],
    command: "npm run simulate",
  },
}
const PHONE: Frame["phone"] = {
  link: "connected",
  asOfS: 1,
  calibrated: true,
  batteryPercent: 80,
  charging: false,
  problems: [],
  activity: "run",
  isRunOpen: true,
  strides: 1,
  compressions: 1,
  lastPeakDeg: 44,
  thresholdDeg: 30,
  summaryText: "",
  runs: [],
}

function frame(parts: Partial<Frame> = {}): Message {
  return {
    tell: "frame",
    timeS: 1,
    isPaused: false,
    speed: 1,
    estimates: [],
    truths: [],
    strides: [],
    motor: [],
    news: [],
    traffic: [],
    device: { power: "on", batteryMv: 4000, supply: false, motorDuty: 0, faults: [] },
    phone: PHONE,
    done: [],
    ...parts,
  }
}

function after(...messages: Message[]): State {
  return messages.reduce(told, asked(INITIAL, PLAYED))
}

const stride = (peakDeg: number, isCompression = true): StrideMark => ({
  contactS: peakDeg,
  toeOffS: peakDeg + 0.2,
  peakDeg,
  isCompression,
})
const line = (timeS: number): Traffic => ({
  timeS,
  from: "device",
  what: "notify",
  about: "Live",
  says: "",
  hex: "",
})
const news = (timeS: number, name: string): News => ({ timeS, name, words: name, detail: "" })

test("it is ready when it started, runs with the first frame, and pauses", (t) => {
  t.is(after(STARTED).phase, "ready")
  t.is(after(STARTED, frame({ timeS: 12, isPaused: true })).phase, "ready")
  t.is(after(STARTED, frame()).phase, "running")
  t.is(after(STARTED, frame(), frame({ isPaused: true })).phase, "paused")
})

test("what is over stays over, until something else is asked for", (t) => {
  const report = { json: {} } as Extract<Message, { tell: "done" }>["report"]
  const done = after(STARTED, frame(), { tell: "done", report }, frame())
  t.is(done.phase, "done")
  t.is(done.report, report)
  const next = asked(done, PLAYED)
  t.is(next.phase, "loading")
  t.is(next.report, undefined)
})

test("a frame of what was played before changes nothing", (t) => {
  const state = asked(after(STARTED, frame()), PLAYED)
  t.is(told(state, frame({ timeS: 99 })), state)
})

test("the newest 200 lines of traffic are kept, in order", (t) => {
  const { traffic } = after(
    STARTED,
    frame({ traffic: Array.from({ length: 150 }, (_, at) => line(at)) }),
    frame({ traffic: Array.from({ length: 150 }, (_, at) => line(150 + at)) }),
  )
  t.is(traffic.length, 200)
  t.is(traffic[0]?.timeS, 100)
  t.is(traffic.at(-1)?.timeS, 299)
})

test("a list that nothing came to is the very same list: what shows it is not rendered anew", (t) => {
  const before = after(
    STARTED,
    frame({ traffic: [line(1)], news: [news(1, "ready")], strides: [stride(44)] }),
  )
  const now = told(before, frame({ timeS: 2 }))
  for (const name of ["traffic", "news", "strides", "done", "depthCounts"] as const)
    t.is(now[name], before[name], name)
})

test("compressions are counted past each depth, strides that are none are not", (t) => {
  const { depthCounts } = after(
    STARTED,
    frame({ strides: [stride(31), stride(52, false)] }),
    frame({ strides: [stride(46), stride(30)] }),
  )
  t.deepEqual(depthCounts, [2, 1, 1, 1, 0])
})

test("a run's compressions are counted from its own first stride on", (t) => {
  const at = (contactS: number) => ({ ...stride(46), contactS, toeOffS: contactS + 0.3 })
  const before = after(STARTED, frame({ news: [news(9, "runStarted")], strides: [at(5), at(6)] }))
  t.is(before.depthCounts[0], 2)
  const told = (...[happened, ...contactsS]: [ReturnType<typeof news>[], ...number[]]) =>
    after(STARTED, frame({ strides: [at(5), at(6)] }), frame({ news: happened, strides: contactsS.map(at) }))
      .depthCounts[0]
  t.is(told([], 7), 3)
  t.is(told([news(30, "runStarted")], 20, 21, 22), 3)
  t.is(told([news(15, "runEnded"), news(30, "runStarted")], 7, 20, 21), 2)
  t.is(told([news(15, "ready"), news(15, "runEnded"), news(30, "runStarted")], 7, 20), 1)
  t.is(told([news(15, "ready"), news(15, "runResumed")], 7, 20), 4)
})

test("a refusal leaves all as it is; one that ends the play leaves it to be read, and to be played again", (t) => {
  const running = after(STARTED, frame())
  const small = told(running, { tell: "refused", what: "no" })
  t.deepEqual(small.refused, { what: "no", isOver: false })
  t.is(small.phase, "running")
  const over = told(running, { tell: "refused", what: "no", isOver: true })
  t.is(over.phase, "done")
  t.is(over.timeS, running.timeS)
  t.is(asked(over, PLAYED).refused, undefined)
})

test("what could not be played at all leaves nothing", (t) => {
  // The server may still play what was there before.
  for (const isOver of [true, false]) {
    const over = told(asked(after(STARTED, frame()), PLAYED), { tell: "refused", what: "no", isOver })
    t.is(over.phase, "loading")
    t.deepEqual(over.refused, { what: "no", isOver: true })
    t.is(told(over, STARTED).refused, undefined)
  }
})

test("the threshold in force is the device's first, then what the phone reads", (t) => {
  const { playing } = after(STARTED)
  if (!playing) return t.fail()
  const { asOfS: _, ...unread } = PHONE
  t.is(thresholdOf(playing, undefined), 30)
  t.is(thresholdOf(playing, { ...unread, thresholdDeg: 0 }), 30)
  t.is(thresholdOf(playing, { ...PHONE, thresholdDeg: 42 }), 42)
})

for (const [words, change, said] of [
  ["a pause, with its moment", frame({ timeS: 62, isPaused: true }), "Paused at 1:02"],
  ["a link that is lost", frame({ phone: { ...PHONE, link: "out of reach" } }), "The phone lost the link"],
  ["a companion", frame({ phone: { ...PHONE, link: "companion" } }), "The companion is connected"],
  ["a run's start", frame({ news: [news(1, "runStarted"), news(1, "phoneConnected")] }), "runStarted"],
  [
    "nothing of what comes all the time",
    frame({ timeS: 5, news: [news(1, "bend")], traffic: [line(1)] }),
    "",
  ],
] as const) {
  test(`who listens is told of ${words}`, (t) => {
    const before = after(STARTED, frame())
    t.is(announcement(before, told(before, change)), said)
  })
}

test("a companion that leaves is no link that the phone lost", (t) => {
  const before = after(STARTED, frame({ phone: { ...PHONE, link: "companion" } }))
  const left = told(before, frame({ phone: { ...PHONE, link: "none" } }))
  t.is(announcement(before, left), "The companion is not connected any more")
})

test("a companion finds the device while it is there: its token goes with it", (t) => {
  t.is(after(STARTED).air, "a1b2c3")
  t.is(asked(after(STARTED), PLAYED).air, undefined)
})

test("news are told once, also where the list has dropped its oldest", (t) => {
  const full = after(STARTED, frame({ news: Array.from({ length: 250 }, (_, at) => news(at, "buzz")) }))
  t.is(announcement(full, told(full, frame({ timeS: 2 }))), "")
  t.is(announcement(full, told(full, frame({ timeS: 2, news: [news(300, "runEnded")] }))), "runEnded")
})
