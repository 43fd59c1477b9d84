import test from "ava"
import { CommandHandler, type StartDevice } from "../../../hosts/virtual/command-handler"
import {
  type BoardOptions,
  type Command,
  decodeFrame,
  encodeFrame,
  type Reply,
  TRACE_ROW_INTS,
} from "../../../hosts/virtual/protocol"
import type { Board } from "../../../src/board"
import { ImuWatch } from "../../../src/drivers/imu-watch"
import { counting } from "../../drivers/imu-bench"

/** A firmware that passes its samples on to the trace and drives the motor for the samples 50 to 149. */
const startDevice: StartDevice = (board) => {
  const motor = board.motor.open()
  let count = 0
  const imu = new ImuWatch({
    part: board.thigh,
    timer: board.timer,
    time: board.time,
    consumer: {
      beginBatch: (firstMs, periodUs) => board.monitor?.motion?.batch(count, firstMs, periodUs),
      step(gx, gy, gz, ax, ay, az) {
        board.monitor?.motion?.sample(count, gx, gy, gz, ax, ay, az, 7, 8, 9)
        if (count === 50) motor.start(100, 1000)
        if (count === 150) motor.stop()
        count += 1
        return 0
      },
    },
    owner: {
      onState: (state, detail) => board.monitor?.event("imu", board.time.ticks, `${state} ${detail}`),
    },
  })
  return {
    close() {
      imu.close()
      motor.close()
    },
  }
}

function boot(options: BoardOptions = {}, start: StartDevice = startDevice) {
  const handler = new CommandHandler(start)
  const send = (command: Command, body?: Uint8Array) => {
    const { head, body: rows } = decodeFrame<Reply>(handler.handle(encodeFrame(command, body)))
    const bytes = rows.slice()
    return { reply: head, rows: new Int32Array(bytes.buffer) }
  }
  return { send, booted: send({ op: "boot", options }).reply }
}

test("a frame is a length of four bytes, a head in JSON, and the rest", (t) => {
  const frame = encodeFrame({ op: "é" }, Uint8Array.of(1, 2))
  t.deepEqual([...frame.subarray(0, 4)], [11, 0, 0, 0])
  t.is(new TextDecoder().decode(frame.subarray(4, 15)), '{"op":"é"}')
  t.deepEqual([...frame.subarray(15)], [1, 2])
})

test("boot powers the board and tells the real rate that the firmware set", (t) => {
  const { booted } = boot({ thigh: { freqFine: 10 } })
  t.true(booted.nowMs >= 100 && booted.nowMs < 110)
  t.true(Math.abs((booted.rateHz ?? 0) - (6667 / 64) * 1.015) < 1e-9)
  t.true((booted.nextSampleMs ?? 0) > booted.nowMs)
})

test("it boots with a cell in use, neither full nor empty", (t) => {
  let mv = 0
  boot({}, ({ battery }) => {
    const gauge = battery.open()
    mv = gauge.readMv()
    return gauge
  })
  t.true(mv > 3700 && mv < 4100, `${mv} mV`)
})

test("an absent chip has rate 0, and an event says why", (t) => {
  const { booted } = boot({ thigh: { present: false } })
  t.is(booted.rateHz, 0)
  t.regex(booted.events?.[0]?.detail ?? "", /^2 LSM6DSO at 0x6A: WHO_AM_I/)
})

test("play runs the clock until the samples are used up, advance and silence run it by ms", (t) => {
  const { send, booted } = boot()
  const played = send({ op: "play" }, counting(320)).reply
  const lastMs = (booted.nextSampleMs ?? 0) + 319 * (1000 / (booted.rateHz ?? 0))
  t.true(played.nowMs >= lastMs && played.nowMs < lastMs + 10)
  const advanced = send({ op: "advance", ms: 1234.5 }).reply
  t.true(Math.abs(advanced.nowMs - played.nowMs - 1234.5) < 1e-6)
  const silent = send({ op: "silence", ms: 500 }).reply
  t.true(Math.abs(silent.nowMs - advanced.nowMs - 500) < 1e-6)
  t.true((silent.nextSampleMs ?? 0) > silent.nowMs)
})

test("with trace a row goes out for each sample, and every batch says its times; without there is nothing", (t) => {
  const { send, booted } = boot({ trace: true })
  const { reply, rows } = send({ op: "play" }, counting(3200))
  t.is(rows.length, 3200 * TRACE_ROW_INTS)
  const row = (sample: number) => [...rows.subarray(sample * TRACE_ROW_INTS, (sample + 1) * TRACE_ROW_INTS)]
  t.deepEqual(row(0), [0, 0, -1000, 2000, -3000, 4000, -5000, 7, 8, 9])
  t.deepEqual(row(3199).slice(0, 2), [3199, 3199])
  t.is(reply.batches?.length, 200)
  const [first] = reply.batches ?? []
  t.true(Math.abs((first?.timeMs ?? 0) - (booted.nextSampleMs ?? 0)) < 1)
  t.is(send({ op: "advance", ms: 1 }).rows.length, 0)
  const plain = boot().send({ op: "play" }, counting(320))
  t.is(plain.rows.length, 0)
  t.is(plain.reply.batches, undefined)
})

test("the motor's changes are told, and its shaking is in the samples only while it turns", (t) => {
  const { send } = boot({ trace: true })
  const { reply, rows } = send({ op: "play" }, counting(640))
  t.deepEqual(
    reply.motor?.map(({ duty }) => duty),
    [1, 0],
  )
  const [on, off] = reply.motor ?? []
  const [firstBatch] = reply.batches ?? []
  const ax = (sample: number) => rows[sample * TRACE_ROW_INTS + 4] as number
  const sampleAt = (ms: number) =>
    Math.ceil((ms - (firstBatch?.timeMs ?? 0)) / ((firstBatch?.periodUs ?? 0) / 1000))
  const start = sampleAt(on?.atMs ?? 0)
  const stop = sampleAt(off?.atMs ?? 0)
  const shaken = (from: number, to: number) => {
    const deviations = []
    for (let sample = from; sample < to; sample++) deviations.push(Math.abs(ax(sample) - -3000))
    return Math.max(...deviations)
  }
  t.true(start > 50 && stop > start + 50)
  t.is(shaken(0, start), 0)
  t.true(shaken(start + 10, stop) > 200)
  t.is(shaken(stop + 40, 640), 0)
})

test("a second boot is a new board; commands before a boot are refused", (t) => {
  const boards: Board[] = []
  let closed = 0
  const { send } = boot({ model: { version: 9 }, keyValue: { settings: { a: "05" } } }, (board) => {
    boards.push(board)
    return { close: () => (closed += 1) }
  })
  t.deepEqual(boards[0]?.model, { version: 9 })
  const stored = boards[0]?.keyValue.open({ path: "settings", format: "buffer" }).read("a")
  t.deepEqual(new Uint8Array(stored as ArrayBuffer), new Uint8Array([5]))
  send({ op: "advance", ms: 5000 })
  const again = send({ op: "boot", options: {} }).reply
  t.is(closed, 1)
  t.is(again.nowMs, 100)
  t.is(boards[1]?.model, undefined)
  const handler = new CommandHandler(startDevice)
  t.throws(() => handler.handle(encodeFrame({ op: "advance", ms: 1 })), {
    message: 'virtual board: "advance" before "boot"',
  })
})

test("samples that are not whole are refused", (t) => {
  const { send } = boot()
  t.throws(() => send({ op: "play" }, new Uint8Array(13)), {
    message: /13 bytes are not word pairs of 14 bytes/,
  })
})

test("GATT requests reach the firmware's server, and notifications come back", (t) => {
  const { send } = boot({}, (board) => {
    const server = new board.gatt({
      services: [
        {
          uuid: "1234",
          characteristics: [{ uuid: "5678", read: true, notify: true, onRead: () => new Uint8Array([1, 2]) }],
        },
      ],
    })
    server.startAdvertising({ name: "Patella" })
    board.timer.repeat(() => server.notify("5678", new Uint8Array([3])), 100)
    return { close: () => server.close() }
  })
  const { reply } = send({ op: "gatt", request: { op: "connect", mtu: 100 } })
  const connection = reply.gatt?.connection as number
  const read = send({ op: "gatt", request: { op: "read", connection, characteristic: "5678" } }).reply
  t.is(read.gatt?.value, "0102")
  send({ op: "gatt", request: { op: "subscribe", connection, characteristic: "5678" } })
  const { notifications } = send({ op: "advance", ms: 250 }).reply
  t.deepEqual(
    notifications?.map(({ characteristic, value }) => [characteristic, value]),
    [
      ["5678", "03"],
      ["5678", "03"],
    ],
  )
})
