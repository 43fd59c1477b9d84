/** What a wearer sees on the display, screen by screen: drawn by the firmware through its driver, and read from the model's memory. */
import { VirtualClock } from "../../hosts/virtual/clock"
import { VirtualPins } from "../../hosts/virtual/digital"
import { DisplayIo } from "../../hosts/virtual/spi"
import { type Picture, St7789Model } from "../../hosts/virtual/st7789"
import { PhoneSign, Screen, UNKNOWN } from "../../src/display/screen"
import type { DisplayPower } from "../../src/drivers/driver"
import { St7789 } from "../../src/drivers/st7789"

export interface ScreenPicture {
  /** Lines. */
  title: readonly string[]
  picture: Picture
}

/** As the M5StickC Plus has it. */
const PANEL = { width: 135, height: 240, firstColumn: 52, firstRow: 40 }
const PINS = { out: 15, clock: 13, select: 5, dataCommand: 23, reset: 18 }
const SPI = { active: 0, hz: 27_000_000, mode: 0, port: 2 }
const US_PER_MS = 1000

const SCREENS: readonly [title: readonly string[], show: (screen: Screen) => void][] = [
  [
    ["in a run"],
    (screen) => {
      screen.showAngle(42)
      screen.showCount(1287)
      screen.showTime(1634)
      screen.showBattery(64, false)
      screen.showPhone(PhoneSign.none)
      screen.showState(true, false)
    },
  ],
  [
    ["a long run,", "a phone connected"],
    (screen) => {
      screen.showAngle(118)
      screen.showCount(12_045)
      screen.showTime(2 * 3600 + 47 * 60)
      screen.showBattery(23, false)
      screen.showPhone(PhoneSign.connected)
      screen.showState(true, false)
    },
  ],
  [
    ["at rest,", "charging"],
    (screen) => {
      screen.showAngle(7)
      screen.showPercent(85)
      screen.showPairing(false)
      screen.showBattery(85, true)
      screen.showPhone(PhoneSign.none)
      screen.showState(false, false)
    },
  ],
  [
    ["not calibrated;", "a phone may pair"],
    (screen) => {
      screen.showAngle(UNKNOWN)
      screen.showPercent(100)
      screen.showPairing(true)
      screen.showBattery(100, false)
      screen.showPhone(PhoneSign.pairing)
      screen.showState(false, false)
    },
  ],
  [
    ["battery low,", "something wrong"],
    (screen) => {
      screen.showAngle(-3)
      screen.showPercent(6)
      screen.showPairing(false)
      screen.showBattery(6, false)
      screen.showPhone(PhoneSign.none)
      screen.showState(false, true)
    },
  ],
]

export function screenPictures(): ScreenPicture[] {
  return SCREENS.map(([title, show]) => ({ title, picture: pictureOf(show) }))
}

function pictureOf(show: (screen: Screen) => void): Picture {
  const clock = new VirtualClock()
  const pins = new VirtualPins(clock)
  const model = new St7789Model({ clock, panel: PANEL, dataCommand: () => pins.level(PINS.dataCommand) })
  const io = new DisplayIo(clock, pins)
  io.attach(PINS.select, model)
  io.watch(PINS.reset, (level) => model.reset(level))
  const power: DisplayPower = {
    setSupply: (isOn) => model.setSupply(isOn),
    setBacklight: (isOn) => model.setBacklight(isOn),
    close: () => undefined,
  }
  const wiring = { ...SPI, ...PINS, ...PANEL, io: io.SPI, output: io.Output, power: { open: () => power } }
  const display = new St7789(wiring)
  for (let ms = display.wake(); ms > 0; ms = display.wake()) clock.runUntil(clock.nowUs + ms * US_PER_MS)
  show(new Screen(display))
  display.light()
  return model.picture()
}
