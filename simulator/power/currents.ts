/**
 * What the parts of a board draw, mA at the battery, each with its source: what the budget of power (docs/power.md) is computed from. A sensor's are
 * those of its model (hosts/virtual, CURRENT_UA). Where a source gives a range the dear end is taken.
 */

export interface Figure {
  what: string
  mA: number
  source: string
}

export interface BoardFigures {
  name: string
  kind: "xiao_esp32c3" | "m5stick_cplus"
  cell: { mAh: number; words: string }
  /** The core works. */
  active: Figure
  /** Between two things to do while Bluetooth is on: on average, its controller asleep as far as it can be. */
  between: Figure
  /** In deep sleep. */
  deepSleep: Figure
  /** Whatever the firmware does. */
  always: readonly Figure[]
  motor: Figure
}

const POWER_SAVE =
  "[Espressif, NimBLE power save example](https://github.com/espressif/esp-idf/blob/master/examples/bluetooth/nimble/power_save/README.md)"
const SEEED_FORUM =
  "[Seeed forum, sleep currents compared](https://forum.seeedstudio.com/t/comparison-of-sleep-currents-for-xiao-esp32c6-s3-and-c3/276444)"
const COIN_MOTOR =
  "a 10 mm coin motor at its rated voltage; own choice of a usual one, differs from maker to maker"
const MOTOR: Figure = { what: "motor at full strength", mA: 75, source: COIN_MOTOR }

export const BOARDS: readonly BoardFigures[] = [
  {
    name: "XIAO ESP32C3",
    kind: "xiao_esp32c3",
    cell: { mAh: 500, words: "500 mAh" },
    active: {
      what: "ESP32-C3, core at work at 160 MHz",
      mA: 26.8,
      source:
        "measured: [R. Dobson, 2023](https://robdobson.com/2023/11/investigating-esp32-c3-power-management/)",
    },
    between: {
      what: "ESP32-C3, light sleep with Bluetooth on; the board has no 32 kHz crystal, so the main one stays on",
      mA: 2.3,
      source: POWER_SAVE,
    },
    deepSleep: {
      what: "ESP32-C3, deep sleep",
      mA: 0.005,
      source: "ESP32-C3 datasheet, current consumption in low-power modes",
    },
    always: [
      { what: "3.3 V regulator (XC6210)", mA: 0.035, source: SEEED_FORUM },
      { what: "charger and diode: what is left of 45.1 µA measured asleep", mA: 0.0051, source: SEEED_FORUM },
      {
        what: "divider of the cell's voltage, 2 × 200 kΩ at 3.95 V",
        mA: 3.95 / 400,
        source: "[building-for-a-board.md](building-for-a-board.md)",
      },
    ],
    motor: MOTOR,
  },
  {
    name: "M5StickC Plus",
    kind: "m5stick_cplus",
    cell: { mAh: 120, words: "120 mAh" },
    active: {
      what: "ESP32, both cores on at 160 MHz",
      mA: 44,
      source: "ESP32 datasheet 3.5, table 6 (27 to 44 mA)",
    },
    between: {
      what: "ESP32, modem sleep: light sleep with Bluetooth on needs a 32 kHz crystal, which the board has not",
      mA: 14.1,
      source: POWER_SAVE,
    },
    deepSleep: { what: "ESP32, deep sleep", mA: 0.01, source: "ESP32 datasheet 3.5, table 6" },
    always: [
      {
        what: "the rest of the board: AXP192 with its rails, display controller, microphone, clock (80 mAh lasted 16 h asleep, on the M5StickC before it)",
        mA: 5,
        source:
          "measured: [M5Stack forum](https://forum.m5stack.com/topic/1162/getting-longer-battery-run-time/1)",
      },
    ],
    motor: MOTOR,
  },
]

/** Of a radio. The ESP32-C3's datasheet gives none for Bluetooth: the ESP32's stand for both. */
export const RADIO = {
  transmit: { what: "radio, Bluetooth sends at 0 dBm", mA: 130, source: "ESP32 datasheet 3.5, table 15" },
  receive: {
    what: "radio, Bluetooth listens",
    mA: 100,
    source: "ESP32 datasheet 3.5, table 15 (95 to 100 mA)",
  },
} as const satisfies Record<string, Figure>

/** Of what is in a full cell: the rest is lost to cold, age and the voltage below which the device switches off. Own choice. */
export const USABLE_SHARE = 0.85
