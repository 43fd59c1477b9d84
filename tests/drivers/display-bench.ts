/** A display's driver on the model of its chip, with a power switch and pins: what its tests share. */
import { VirtualClock } from "../../hosts/virtual/clock"
import { VirtualPins } from "../../hosts/virtual/digital"
import { DisplayIo } from "../../hosts/virtual/spi"
import { St7789Model } from "../../hosts/virtual/st7789"
import { St7789 } from "../../src/drivers/st7789"

const PANEL = { width: 135, height: 240, firstColumn: 52, firstRow: 40 }
const PINS = { out: 15, clock: 13, select: 5, dataCommand: 23, reset: 18 }

export function displayBench(clock = new VirtualClock()) {
  const pins = new VirtualPins(clock)
  const model = new St7789Model({ clock, panel: PANEL, dataCommand: () => pins.level(PINS.dataCommand) })
  const io = new DisplayIo(clock, pins)
  io.attach(PINS.select, model)
  io.watch(PINS.reset, (level) => model.reset(level))
  const power = { isOn: false, isLit: false, users: 0 }
  let failure: string | undefined
  const check = () => {
    if (failure !== undefined) throw new Error(failure)
  }
  const part = {
    open() {
      power.users++
      return {
        setSupply(isOn: boolean) {
          check()
          power.isOn = isOn
          model.setSupply(isOn)
        },
        setBacklight(isOn: boolean) {
          check()
          power.isLit = isOn
          model.setBacklight(isOn)
        },
        close() {
          power.users--
        },
      }
    },
  }
  const advance = (ms: number) => clock.runUntil(clock.nowUs + ms * 1000)
  const open = () =>
    new St7789({
      ...PINS,
      ...PANEL,
      io: io.SPI,
      output: io.Output,
      active: 0,
      hz: 27_000_000,
      mode: 0,
      port: 2,
      power: part,
    })
  const display = open()
  /** The waits that it asked for. */
  const wake = () => {
    const waits: number[] = []
    for (let ms = display.wake(); ms > 0; ms = display.wake()) {
      waits.push(ms)
      advance(ms)
    }
    return waits
  }
  const picture = () => model.picture()
  return {
    clock,
    io,
    model,
    display,
    power,
    advance,
    open,
    wake,
    picture,
    /** Awake, black and lit. */
    lit() {
      wake()
      display.fill(0, 0, PANEL.width, PANEL.height, 0)
      display.light()
    },
    seen(x: number, y: number) {
      const at = 3 * (PANEL.width * y + x)
      return [...picture().rgb.subarray(at, at + 3)]
    },
    /** The power switch answers no more, or again. */
    fail(message: string | undefined) {
      failure = message
    },
  }
}
