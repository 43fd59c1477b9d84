/**
 * The wiring of a XIAO ESP32C3 board as a picture, drawn from the pins that the firmware uses (hosts/esp32/xiao_esp32c3/wiring.ts): a wire for
 * each, and none that is not in it. Power is drawn as a name at the pin, since each part has it.
 */
import { PIN } from "../../hosts/esp32/xiao_esp32c3/wiring"
import { picture, px, text, WIDTH } from "./plot"

type Wire = keyof typeof PIN

/** Seeed Studio, "XIAO ESP32C3", pin map: the pads as they are printed, from the USB socket down. */
const LEFT_PADS = { D0: 2, D1: 3, D2: 4, D3: 5, D4: 6, D5: 7, D6: 21 } as const
const RIGHT_PADS = { "5V": "5V", GND: "GND", "3V3": "3V3", D10: 10, D9: 9, D8: 8, D7: 20 } as const

interface PartPin {
  readonly label: string
  /** To the board. */
  readonly wire?: Wire
  /** What it goes to besides. */
  readonly to?: string
}
interface PartBox {
  readonly title: string
  readonly note: string
  readonly side: "left" | "right"
  readonly top: number
  /** Not needed for measuring with one sensor. */
  readonly isOptional?: true
  readonly pins: readonly PartPin[]
}

const PARTS: readonly PartBox[] = [
  {
    title: "Cell",
    note: "2 × 200 kΩ",
    side: "left",
    top: 60,
    pins: [
      { label: "+", to: "BAT+" },
      { label: "middle", wire: "battery" },
      { label: "−", to: "GND" },
    ],
  },
  {
    title: "Button",
    note: "to ground",
    side: "left",
    top: 176,
    pins: [
      { label: "1", wire: "button" },
      { label: "2", to: "GND" },
    ],
  },
  {
    title: "LSM6DSO",
    note: "at the thigh",
    side: "left",
    top: 272,
    pins: [
      { label: "INT1", wire: "sensorInterrupt" },
      { label: "SDA", wire: "data" },
      { label: "SCL", wire: "clock" },
      { label: "SA0", to: "GND" },
      { label: "VIN", to: "3V3" },
      { label: "GND", to: "GND" },
    ],
  },
  {
    title: "USB",
    note: "10 kΩ, 20 kΩ",
    side: "left",
    top: 436,
    pins: [
      { label: "+", to: "5V" },
      { label: "middle", wire: "supply" },
      { label: "−", to: "GND" },
    ],
  },
  {
    title: "Motor",
    note: "N-MOSFET",
    side: "right",
    top: 60,
    pins: [
      { label: "gate", wire: "motor" },
      { label: "drain", to: "motor" },
      { label: "source", to: "GND" },
    ],
  },
  {
    title: "LSM6DSO",
    note: "at the shank",
    side: "right",
    top: 272,
    isOptional: true,
    pins: [
      { label: "INT1", wire: "shankInterrupt" },
      { label: "SDA", wire: "data" },
      { label: "SCL", wire: "clock" },
      { label: "SA0", to: "3V3" },
      { label: "VIN", to: "3V3" },
      { label: "GND", to: "GND" },
    ],
  },
]

const BOARD = { left: 156, top: 64, width: 108, padTop: 104, padStep: 30, bottom: 312 } as const
const PART = { width: 96, margin: 12, head: 38, step: 17, foot: 8 } as const
const PAD_RADIUS = 4
/** How far from its pad a wire turns: so that as few cross as can be. */
const LANES: Readonly<Record<Wire, number>> = {
  button: 40,
  sensorInterrupt: 32,
  data: 24,
  clock: 16,
  supply: 8,
  battery: 24,
  shankInterrupt: 24,
  motor: 24,
}
const JUNCTION_RADIUS = 3
const HEIGHT = 552
const COLOURS: Readonly<Record<string, string>> = { data: "other", clock: "third", motor: "device" }

interface Place {
  readonly x: number
  readonly y: number
}

export function xiaoWiringPicture(): string {
  const wires = PARTS.flatMap((part) => part.pins.flatMap((pin, index) => wireOf(part, pin, index)))
  const drawn = new Set(PARTS.flatMap(({ pins }) => pins.map(({ wire }) => wire)))
  for (const wire of Object.keys(PIN) as Wire[])
    if (!drawn.has(wire)) throw new Error(`wiring picture: nothing is drawn at the pin "${wire}"`)
  return picture(
    {
      title: "Wiring of a XIAO ESP32C3",
      description: `${wireList()}. The sensor below the knee is optional.`,
      height: HEIGHT,
    },
    [
      text(WIDTH / 2, 28, "XIAO ESP32C3, seen from above", "text", "middle"),
      ...wires,
      ...boardShape(),
      ...PARTS.flatMap(partShape),
    ],
  )
}

/** In words, for who does not see the picture. */
function wireList(): string {
  return Object.entries(PIN)
    .map(([wire, gpio]) => `${wire} at pad ${padOf(gpio)}`)
    .join(", ")
}

function padOf(gpio: number): string {
  const found = Object.entries({ ...LEFT_PADS, ...RIGHT_PADS }).find(([, number]) => number === gpio)
  if (!found) throw new Error(`wiring picture: the board does not bring out GPIO ${gpio}`)
  return found[0]
}

function padPlace(pad: string): Place {
  const left = Object.keys(LEFT_PADS).indexOf(pad)
  const row = left >= 0 ? left : Object.keys(RIGHT_PADS).indexOf(pad)
  const x = left >= 0 ? BOARD.left : BOARD.left + BOARD.width
  return { x, y: BOARD.padTop + row * BOARD.padStep }
}

function boardShape(): string[] {
  const { left, top, width, bottom } = BOARD
  const middle = left + width / 2
  const pads = [...Object.keys(LEFT_PADS), ...Object.keys(RIGHT_PADS)]
  return [
    `<rect class="shade truth" x="${left}" y="${top}" width="${width}" height="${bottom - top}" rx="8" stroke-width="1.5" />`,
    `<rect class="card" x="${middle - 20}" y="${top - 12}" width="40" height="26" rx="4" />`,
    text(middle, top + 6, "USB", "soft", "middle"),
    ...pads.flatMap((pad) => {
      const { x, y } = padPlace(pad)
      const isLeft = x === left
      return [
        `<circle class="truth area" cx="${x}" cy="${y}" r="${PAD_RADIUS}" />`,
        text(isLeft ? x + 9 : x - 9, y + 5, pad, "text", isLeft ? "start" : "end"),
      ]
    }),
  ]
}

function heightOf({ pins }: PartBox): number {
  return PART.head + pins.length * PART.step + PART.foot
}

function leftOf({ side }: PartBox): number {
  return side === "left" ? PART.margin : WIDTH - PART.margin - PART.width
}

function pinPlace(part: PartBox, index: number): Place {
  const left = leftOf(part)
  return {
    x: part.side === "left" ? left + PART.width : left,
    y: part.top + PART.head + (index + 0.5) * PART.step,
  }
}

function partShape(part: PartBox): string[] {
  const left = leftOf(part)
  const middle = left + PART.width / 2
  const dashed = part.isOptional ? ' stroke-dasharray="5 4"' : ""
  return [
    `<rect class="shade axis" x="${left}" y="${part.top}" width="${PART.width}" height="${heightOf(part)}" rx="6"${dashed} />`,
    text(middle, part.top + 16, part.title, "text", "middle"),
    text(middle, part.top + 32, part.note, "soft", "middle"),
    ...part.pins.flatMap((pin, index) => {
      const { x, y } = pinPlace(part, index)
      const isLeft = part.side === "left"
      const label = text(isLeft ? x - 8 : x + 8, y + 5, pin.label, "text", isLeft ? "end" : "start")
      if (!pin.to) return [label]
      const farX = isLeft ? left + 7 : left + PART.width - 7
      return [label, text(farX, y + 5, pin.to, "soft", isLeft ? "start" : "end")]
    }),
  ]
}

function wireOf(part: PartBox, { wire: name }: PartPin, index: number): string[] {
  if (!name) return []
  const from = pinPlace(part, index)
  const pad = padPlace(padOf(PIN[name]))
  const colour = COLOURS[name] ?? "truth"
  const lane = pad.x === BOARD.left ? pad.x - LANES[name] : pad.x + LANES[name]
  // Part and pad on both sides of the board: on from where the wire of the other part turns.
  const isBranch = (pad.x === BOARD.left) !== (part.side === "left")
  const rest = isBranch ? "" : `V${px(pad.y)}H${px(pad.x)}`
  const wire = `<path class="line ${colour}" d="M${px(from.x)} ${px(from.y)}H${px(lane)}${rest}" />`
  if (!isBranch) return [wire]
  const dot = `<circle class="${colour} area" cx="${px(lane)}" cy="${px(from.y)}" r="${JUNCTION_RADIUS}" />`
  return [wire, dot]
}
