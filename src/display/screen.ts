/**
 * What a display of 135 × 240 pixels shows: a bar of small signs, and under it three rows of figures 64 high. Of what is shown again nothing is
 * drawn, and nothing is allocated.
 */
import { constant } from "../constant"
import type { Display } from "../drivers/driver"
import { Colour } from "./colour"
import { redraw, Sign, type SignBox, signOf } from "./digits"
import { drawBattery, drawBolt, drawFrame, drawPairing, drawPercent, drawPhone, drawWarning } from "./icons"

/** What a row holds besides its signs, and how they are spaced. */
const Kind = constant({
  blank: 0,
  angle: 1,
  count: 2,
  longCount: 3,
  minutes: 4,
  hours: 5,
  percent: 6,
  pairing: 7,
} as const)
type Kind = (typeof Kind)[keyof typeof Kind]

/** Of the phone's sign: none is connected, one may pair now, one that is known is connected. */
export const PhoneSign = constant({ none: 0, pairing: 1, connected: 2 } as const)
export type PhoneSign = (typeof PhoneSign)[keyof typeof PhoneSign]

/** An angle that is not known: the strap is not calibrated. */
export const UNKNOWN = -1000

const BAR_HEIGHT = 24
const FIRST_ROW_Y = 32
const ROW_PITCH = 72
const ROW_HEIGHT = 64
const ROWS = 3
const SIGNS_PER_ROW = 5

const SHORT_PLACES = 4
const ANGLE_PLACES = 3
const SHORT_LIMIT = 9999
const LONG_LIMIT = 99_999
const SMALLEST_ANGLE = -99
const SECONDS_PER_MINUTE = 60
const SECONDS_PER_HOUR = 3600
const LONGEST_S = 10 * SECONDS_PER_HOUR - 1
const TEN = 10
const LOW_PERCENT = 10
const MIDDLE_PERCENT = 30

/** No picture is made of so much. */
const NOT_DRAWN = -1

export class Screen {
  private readonly display: Display
  private readonly kinds = new Uint8Array(ROWS)
  private readonly signs = new Uint8Array(ROWS * SIGNS_PER_ROW)
  private readonly colours = new Uint16Array(ROWS)
  private readonly box: SignBox = { x: 0, y: 0, width: 0, height: ROW_HEIGHT, stroke: 0 }
  private battery = NOT_DRAWN
  private phone = NOT_DRAWN
  private state = NOT_DRAWN

  /** @param display awake; what it was filled with goes. @throws what the display throws, as all else here */
  constructor(display: Display) {
    this.display = display
    display.fill(0, 0, display.width, display.height, Colour.black)
  }

  /** In the first row. @param deg whole, or UNKNOWN */
  showAngle(deg: number): void {
    this.begin(0, Kind.angle, Colour.white)
    if (deg === UNKNOWN) {
      this.sign(0, 0, Sign.blank)
      this.sign(0, 1, Sign.minus)
      this.sign(0, 2, Sign.minus)
    } else this.number(0, Math.max(deg, SMALLEST_ANGLE), ANGLE_PLACES)
  }

  /** In the second row. */
  showCount(count: number): void {
    const isLong = count > SHORT_LIMIT
    this.begin(1, isLong ? Kind.longCount : Kind.count, Colour.yellow)
    this.number(1, Math.min(count, LONG_LIMIT), isLong ? SIGNS_PER_ROW : SHORT_PLACES)
  }

  /** In the third row: minutes and seconds, from an hour on hours and minutes. */
  showTime(seconds: number): void {
    const s = Math.min(seconds, LONGEST_S)
    if (s < SECONDS_PER_HOUR) {
      this.begin(2, Kind.minutes, Colour.cyan)
      this.twoDigits(2, 0, Math.floor(s / SECONDS_PER_MINUTE))
      this.twoDigits(2, 2, s % SECONDS_PER_MINUTE)
    } else {
      this.begin(2, Kind.hours, Colour.cyan)
      this.sign(2, 0, signOf(Math.floor(s / SECONDS_PER_HOUR)))
      this.sign(2, 1, Sign.h)
      this.twoDigits(2, 2, Math.floor(s / SECONDS_PER_MINUTE) % SECONDS_PER_MINUTE)
    }
  }

  /** In the second row, in place of the count. */
  showPercent(percent: number): void {
    this.begin(1, Kind.percent, colourOf(percent))
    this.number(1, percent, ANGLE_PLACES)
  }

  /** In the third row, in place of the time: a phone may pair, or nothing. */
  showPairing(isOpen: boolean): void {
    this.begin(2, isOpen ? Kind.pairing : Kind.blank, Colour.cyan)
  }

  /** In the bar, to the right. */
  showBattery(percent: number, isCharging: boolean): void {
    const { display } = this
    const battery = isCharging ? percent + LONG_LIMIT : percent
    if (battery === this.battery) return
    this.battery = battery
    display.fill(83, 0, display.width - 83, BAR_HEIGHT, Colour.black)
    drawBattery(display, 99, 3, percent, colourOf(percent))
    if (isCharging) drawBolt(display, 84, 2)
  }

  /** In the bar, to the left. */
  showPhone(phone: PhoneSign): void {
    const { display } = this
    if (phone === this.phone) return
    this.phone = phone
    if (phone === PhoneSign.none) display.fill(2, 2, 12, 20, Colour.black)
    else drawPhone(display, 2, 2, phone === PhoneSign.connected ? Colour.green : Colour.cyan)
  }

  /** In the bar, in the middle: a run is open, something is wrong. */
  showState(isRunOpen: boolean, isWrong: boolean): void {
    const { display } = this
    const state = (isRunOpen ? 1 : 0) | (isWrong ? 2 : 0)
    if (state === this.state) return
    this.state = state
    display.fill(24, 0, 56, BAR_HEIGHT, Colour.black)
    if (isRunOpen) display.fill(26, 4, 16, 16, Colour.red)
    if (isWrong) drawWarning(display, 54, 2)
  }

  /** What the row shows is of another kind or colour: it is cleared, and what goes with the signs is drawn. */
  private begin(row: number, kind: Kind, colour: number): void {
    const { display, kinds, colours, signs } = this
    if (kinds[row] === kind && colours[row] === colour) return
    const y = yOf(row)
    if (kinds[row] !== Kind.blank) display.fill(0, y, display.width, ROW_HEIGHT, Colour.black)
    kinds[row] = kind
    colours[row] = colour
    for (let at = 0; at < SIGNS_PER_ROW; at++) signs[row * SIGNS_PER_ROW + at] = Sign.blank
    switch (kind) {
      case Kind.angle:
        drawFrame(display, 108, y, 16, 16, 4, colour)
        break
      case Kind.minutes:
        display.fill(64, y + 16, 8, 8, colour)
        display.fill(64, y + 40, 8, 8, colour)
        break
      case Kind.percent:
        drawPercent(display, 105, y, colour)
        break
      case Kind.pairing:
        drawPairing(display, 26, y)
        break
    }
  }

  /** To the right of its places. */
  private number(row: number, value: number, places: number): void {
    let rest = Math.abs(value)
    let hasSign = value >= 0
    for (let place = places - 1; place >= 0; place--) {
      if (rest > 0 || place === places - 1) this.sign(row, place, signOf(rest % TEN))
      else {
        this.sign(row, place, hasSign ? Sign.blank : Sign.minus)
        hasSign = true
      }
      rest = Math.floor(rest / TEN)
    }
  }

  private twoDigits(row: number, place: number, value: number): void {
    this.sign(row, place, signOf(Math.floor(value / TEN)))
    this.sign(row, place + 1, signOf(value % TEN))
  }

  private sign(row: number, place: number, sign: number): void {
    const { signs, box } = this
    const at = row * SIGNS_PER_ROW + place
    const shown = signs[at] as number
    if (shown === sign) return
    signs[at] = sign
    box.y = yOf(row)
    this.place(this.kinds[row] as number, place)
    redraw(this.display, box, shown, sign, this.colours[row] as number, Colour.black)
  }

  private place(kind: number, place: number): void {
    const { box } = this
    box.stroke = 8
    switch (kind) {
      case Kind.longCount:
        box.stroke = 6
        box.width = 22
        box.x = 2 + 27 * place
        return
      case Kind.minutes:
        box.width = 27
        box.x = 1 + 32 * place + (place >= 2 ? 10 : 0)
        return
      default:
        box.width = 28
        box.x = 2 + 34 * place
    }
  }
}

function yOf(row: number): number {
  return FIRST_ROW_Y + ROW_PITCH * row
}

function colourOf(percent: number): number {
  return percent < LOW_PERCENT ? Colour.red : percent < MIDDLE_PERCENT ? Colour.yellow : Colour.green
}
