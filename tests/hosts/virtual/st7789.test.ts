import test from "ava"
import { St7789Model } from "../../../hosts/virtual/st7789"

const PANEL = { width: 4, height: 3, firstColumn: 2, firstRow: 1 }
const [SLPIN, SLPOUT, INVON, DISPON, CASET, RASET, RAMWR, MADCTL, COLMOD] = [
  0x10, 0x11, 0x21, 0x29, 0x2a, 0x2b, 0x2c, 0x36, 0x3a,
] as const
const BGR = 0x08
const WHITE = [0xff, 0xff]

function chip() {
  const clock = { nowUs: 0 }
  let line = 0
  const model = new St7789Model({ clock, panel: PANEL, dataCommand: () => line })
  const pass = (ms: number) => {
    clock.nowUs += ms * 1000
  }
  const send = (command: number, ...data: number[]) => {
    line = 0
    model.write(Uint8Array.of(command))
    line = 1
    if (data.length > 0) model.write(Uint8Array.from(data))
  }
  model.select(true)
  const powered = () => {
    model.setSupply(true)
    pass(5)
    model.reset(1)
    pass(120)
  }
  /** As a driver has it before it draws: all black, and lit. */
  const ready = (madCtl = BGR) => {
    powered()
    send(SLPOUT)
    pass(5)
    send(COLMOD, 0x55)
    send(MADCTL, madCtl)
    send(INVON)
    window(0, 239, 0, 239)
    send(RAMWR, ...Array(2 * 240 * 240).fill(0))
    send(DISPON)
    model.setBacklight(true)
  }
  const window = (fromX: number, toX: number, fromY: number, toY: number) => {
    send(CASET, 0, fromX, 0, toX)
    send(RASET, 0, fromY, 0, toY)
  }
  /** The panel, a letter a pixel: what is lit. */
  const lit = () => {
    const { rgb } = model.picture()
    const rows = Array.from({ length: PANEL.height }, (_, y) =>
      Array.from({ length: PANEL.width }, (_, x) => (rgb[3 * (y * PANEL.width + x)] ? "#" : ".")).join(""),
    )
    return rows.join(" ")
  }
  return { model, pass, send, powered, ready, window, lit }
}

test("pixels fill a window line by line, and begin it anew when it is full", (t) => {
  const { send, ready, window, lit } = chip()
  ready()
  window(3, 4, 1, 2)
  send(RAMWR, ...WHITE, 0, 0, 0, 0, ...WHITE)
  t.is(lit(), ".#.. ..#. ....")
  send(RAMWR, ...WHITE, ...WHITE, ...WHITE, ...WHITE, 0, 0)
  t.is(lit(), "..#. .##. ....", "the fifth is the first again")
})

test("MADCTL mirrors and exchanges columns and rows", (t) => {
  for (const [madCtl, x, y] of [
    [BGR, 2, 1],
    [BGR | 0x40, 239 - 2, 1],
    [BGR | 0x20, 1, 2],
  ] as const) {
    const { send, ready, window, lit } = chip()
    ready(madCtl)
    window(x, x, y, y)
    send(RAMWR, ...WHITE)
    t.is(lit(), "#... .... ....", `${madCtl}`)
  }
})

test("a command before its time is refused: after a reset, after SLPOUT, between SLPOUT and SLPIN", (t) => {
  const early = (prepare: (bench: ReturnType<typeof chip>) => void, command: number) => {
    const bench = chip()
    prepare(bench)
    return () => bench.send(command)
  }
  const message = /too early/
  const afterReset = (ms: number) => (bench: ReturnType<typeof chip>) => {
    bench.model.setSupply(true)
    bench.pass(5)
    bench.model.reset(1)
    bench.pass(ms)
  }
  t.throws(early(afterReset(4), INVON), { message })
  t.notThrows(early(afterReset(5), INVON))
  t.throws(early(afterReset(119), SLPOUT), { message })
  t.notThrows(early(afterReset(120), SLPOUT))
  const afterWaking = (ms: number) => (bench: ReturnType<typeof chip>) => {
    bench.powered()
    bench.send(SLPOUT)
    bench.pass(ms)
  }
  t.throws(early(afterWaking(4), INVON), { message })
  t.throws(early(afterWaking(119), SLPIN), { message })
  t.notThrows(early(afterWaking(120), SLPIN))
})

test("a reset pulse that is too short is refused, and one before the supply is there does not count", (t) => {
  const { model, pass } = chip()
  model.setSupply(true)
  t.throws(() => model.reset(1), { message: /too short/ })
  model.reset(0)
  pass(2)
  t.notThrows(() => model.reset(1))
})

test("not selected, in reset or without supply it hears nothing", (t) => {
  for (const deafen of [
    ({ model }: ReturnType<typeof chip>) => model.select(false),
    ({ model }: ReturnType<typeof chip>) => model.reset(0),
  ]) {
    const bench = chip()
    bench.ready()
    bench.window(2, 5, 1, 3)
    deafen(bench)
    bench.send(RAMWR, ...Array(24).fill(0xff))
    bench.model.select(true)
    t.false(bench.lit().includes("#"))
  }
})

test("what it does not have, a window that is none, and pixels of another size are refused", (t) => {
  const { send, ready, window } = chip()
  ready()
  t.throws(() => send(0xb2), { message: /not modelled/ })
  t.throws(() => window(5, 4, 0, 0), { instanceOf: RangeError })
  t.throws(() => send(CASET, 0, 0, 0, 240), { instanceOf: RangeError })
  const other = chip()
  other.powered()
  t.throws(() => other.send(RAMWR, 0, 0), { message: /COLMOD/ }, "18 bits a pixel, as after a reset")
})

test("in the dark, asleep or without DISPON nothing is seen; without inversion other colours are", (t) => {
  const { model, send, ready, window, lit, pass } = chip()
  ready()
  window(2, 2, 1, 1)
  send(RAMWR, ...WHITE)
  t.is(lit(), "#... .... ....")
  send(0x20)
  t.is(lit(), ".### #### ####")
  send(INVON)
  model.setBacklight(false)
  t.is(lit(), ".... .... ....")
  model.setBacklight(true)
  send(0x28)
  t.is(lit(), ".... .... ....")
  send(DISPON)
  pass(200)
  send(SLPIN)
  t.is(lit(), ".... .... ....")
  pass(200)
  send(SLPOUT)
  t.is(lit(), "#... .... ....", "the memory stays")
})
