/**
 * The direction of dependencies. Each folder names all that it may import; the longest folder that a
 * file is in counts. Imports of types count like any other.
 */
import type { Import } from "./import-graph"

export interface Rule {
  /** Files or folders that the rule is about. */
  of: string
  /** Files and folders that they may import besides themselves. */
  may: string[]
  because: string
}

/** The words that the parts of the firmware share: records and activities, no behaviour. */
const PORTS = [
  "src/ble/port.ts",
  "src/console/port.ts",
  "src/drivers/driver.ts",
  "src/power/port.ts",
  "src/update/port.ts",
]
/** What is made once and never changes. */
const CONSTANT = "src/constant.ts"
const SEAM = ["src/board.ts", "src/io.ts", CONSTANT]
const RECORDS = "src/run/summary.ts"
const COACH_RECORDS = ["src/coach/coach-entry.ts", "src/coach/routine.ts"]
const STRIDE = "src/motion/stride.ts"
/** Division without the operator, which makes doubles in XS. */
const ARITHMETIC = "src/motion/fixed-point.ts"
/** What a phone shares with the device: codecs, formats, and the numbers that records and traces carry. */
const SHARED_WITH_PHONE = ["src/ble", "src/storage", "src/coach", "src/update/image-head.ts", RECORDS, STRIDE]
/** Routines and safety, as the wearer is told of them. */
const ROUTINES = "routines"
/** What the virtual phone is made of: the phone's client, which knows no app, page or Bluetooth stack. */
const PHONE_CLIENT = "phone/link"
/** What the client brings, and what it is called wherever it is kept. */
const PHONE_STORES = ["phone/link/run-store.ts", "phone/link/coach-store.ts"]
/** What the simulator shares with the virtual board: the protocol, the chip's filter that recordings go through, and images of firmware. */
const VIRTUAL_BOARD = [
  "hosts/virtual/protocol.ts",
  "hosts/virtual/lsm6dso-filter.ts",
  "hosts/virtual/ota-image.ts",
]
/** What the virtual board shares with the one that it stands for. */
const PARTS = [
  "hosts/esp32/m5stick_cplus/parts.ts",
  "hosts/esp32/m5stick_cplus/wiring.ts",
  "hosts/esp32/xiao_esp32c3/parts.ts",
  "hosts/esp32/xiao_esp32c3/wiring.ts",
]
/** What the makers' pictures are drawn from. */
const WIRING = ["hosts/esp32/xiao_esp32c3/wiring.ts"]
const PACKAGES = "node_modules"
/** Text as bytes: what both storage and Bluetooth hold and send. */
const UTF8 = "src/utf8.ts"
/** How a run's state is written: by those who count it, to whoever stores it. */
const STATE_BYTES = "src/state-bytes.ts"

export const RULES: Rule[] = [
  {
    of: "src/board.ts",
    may: ["src/io.ts", ...PORTS],
    because: "the seam knows machines, not the firmware",
  },
  { of: CONSTANT, may: [], because: "whatever is made of it knows it" },
  { of: UTF8, may: [CONSTANT], because: "text as bytes knows nobody's text" },
  { of: "src/io.ts", may: [], because: "a machine's IO is what all else is made on" },
  { of: "src/motion", may: [...SEAM], because: "the hot loop knows nothing of what is made of it" },
  {
    of: "src/run",
    may: [STATE_BYTES, ...SEAM, STRIDE, ARITHMETIC],
    because: "counting knows strides and integers, not Bluetooth, storage or the filter",
  },
  { of: "src/drivers", may: [...SEAM], because: "a driver knows its chip and the IO that it is given" },
  {
    of: "src/display",
    may: [CONSTANT, "src/drivers/driver.ts"],
    because: "a picture knows the rectangles that it is made of, not what it is about",
  },
  {
    of: "src/haptics",
    may: [...SEAM, "src/drivers/driver.ts", RECORDS],
    because: "a pattern knows a motor and why it buzzes",
  },
  { of: "src/power", may: [...SEAM, STRIDE], because: "duty states know activity and the board" },
  {
    of: "src/storage",
    may: [...SEAM, RECORDS, ...COACH_RECORDS, UTF8, STATE_BYTES],
    because: "storage knows records, not who reads or makes them",
  },
  { of: "src/coach", may: [...SEAM, RECORDS], because: "the coach is pure and shared with the phone" },
  {
    of: "src/ble",
    may: [...SEAM, RECORDS, STRIDE, UTF8, "src/storage", "src/coach"],
    because: "Bluetooth hands records on and makes none",
  },
  { of: "src/console", may: ["src"], because: "a maker's console shows all parts of the device" },
  { of: "src/console/port.ts", may: [], because: "the seam knows machines, not the firmware" },
  {
    of: "src/update",
    may: [CONSTANT, "src/ble/update-layouts.ts", "src/ble/fields.ts", "src/storage/crc32.ts"],
    because: "an update knows what a phone asks of it and the slots, not the device around it",
  },
  { of: "src/device", may: ["src"], because: "the device's own rooms are where its parts meet" },
  { of: "src/main.ts", may: ["src"], because: "only the composition root knows all parts" },
  {
    of: "hosts/virtual",
    may: ["src", ...PARTS],
    because: "the virtual board runs in XS beside the firmware",
  },
  {
    of: "hosts/rv32",
    may: ["src", "hosts/virtual", ...PARTS],
    because: "the bench's core runs the firmware beside the virtual board",
  },
  { of: "hosts/esp32", may: ["src", PACKAGES], because: "a board's host knows the firmware and the SDK" },
  {
    of: "simulator",
    may: [PHONE_CLIENT, ROUTINES, ...SHARED_WITH_PHONE, ...VIRTUAL_BOARD, PACKAGES, "package.json"],
    because: "the simulator sees the device as a phone does, through the virtual board's protocol",
  },
  {
    of: "simulator/bench",
    may: ["simulator", "hosts/rv32/calls.ts", PHONE_CLIENT, ...SHARED_WITH_PHONE, ...VIRTUAL_BOARD, PACKAGES],
    because: "the bench orders what the RV32 core measures, and sees the device as a phone does",
  },
  {
    of: "simulator/powercuts",
    may: ["simulator", "src", "hosts/virtual", PACKAGES],
    because: "power is cut where the virtual board stores, and the firmware's own storage reads what is left",
  },
  {
    of: "simulator/fuzz",
    may: ["simulator", "src", "hosts/virtual", PACKAGES],
    because: "the whole firmware is fuzzed on the virtual board, and what it stores is looked at there",
  },
  {
    of: "simulator/screens",
    may: ["src", "hosts/virtual"],
    because: "pictures of the display are made by the firmware, and read from the display's model",
  },
  {
    of: "simulator/power",
    may: ["simulator", "src", "hosts/virtual", PACKAGES],
    because: "duty is counted with the whole firmware on the virtual board",
  },
  {
    of: "simulator/docs",
    may: [
      "simulator",
      "hosts/esp32/service-files.ts",
      PHONE_CLIENT,
      "phone/data/backup-file.ts",
      "phone/data/kept.ts",
      "src/haptics/patterns.ts",
      ROUTINES,
      ...WIRING,
      ...SHARED_WITH_PHONE,
      ...VIRTUAL_BOARD,
      PACKAGES,
    ],
    because:
      "what is written from the profile, the wiring and the buzzes knows those, and the SDK's form of a profile; the companion's pictures begin with a backup",
  },
  {
    of: "simulator/page",
    may: [
      "simulator/serve/messages.ts",
      "simulator/simulation/action.ts",
      "simulator/simulation/action-words.ts",
      "simulator/activity-words.ts",
      "simulator/number-words.ts",
      "phone/link/air-messages.ts",
      "phone/style",
      RECORDS,
      PACKAGES,
    ],
    because: "the page shows what it is told in messages, and runs in a browser",
  },
  {
    of: "simulator/fit",
    may: ["simulator", "src/motion/flexion-model.ts", ...SHARED_WITH_PHONE, PACKAGES],
    because: "the fit makes the motion pipeline's coefficients, and knows nothing else of it",
  },
  {
    of: ROUTINES,
    may: ["src/coach/routine.ts"],
    because: "what the wearer is told knows the kinds of steps, not who shows or plays them",
  },
  {
    of: PHONE_CLIENT,
    may: [...SHARED_WITH_PHONE, UTF8],
    because: "the client shares formats, not the firmware, and knows no app",
  },
  {
    of: "phone/browser",
    may: [PHONE_CLIENT, ...SHARED_WITH_PHONE],
    because: "a browser's Bluetooth is one way to the device",
  },
  {
    of: "phone/runs",
    may: [...PHONE_STORES, "phone/data/kept.ts", ...SHARED_WITH_PHONE],
    because: "what a run says depends on its record alone",
  },
  {
    of: "phone/data",
    may: [...PHONE_STORES, "phone/runs", ...SHARED_WITH_PHONE, PACKAGES],
    because: "what is kept knows neither Bluetooth nor who looks at it",
  },
  {
    of: "phone/export",
    may: ["phone/link/run-store.ts", "phone/runs", "phone/data/kept.ts", ...SHARED_WITH_PHONE],
    because:
      "a file is made of runs, wherever they are kept; the packages that read such files are for tests",
  },
  {
    of: "phone/app",
    may: ["phone", ROUTINES, ...SHARED_WITH_PHONE, PACKAGES, "package.json"],
    because: "the app is where the phone's parts meet",
  },
  {
    of: "tests",
    may: ["src", "hosts", "simulator", "phone", ROUTINES, PACKAGES, "package.json"],
    because: "tests see everything",
  },
]

/** One line an import that no rule allows, a cycle, or a file of src that nobody needs; empty when all is well. */
export function violations(imports: Import[], rules: Rule[] = RULES): string[] {
  return [...forbidden(imports, rules), ...cycles(imports), ...unused(imports)]
}

function forbidden(imports: Import[], rules: Rule[]): string[] {
  const longestFirst = [...rules].sort((a, b) => b.of.length - a.of.length)
  const lines: string[] = []
  for (const { from, to } of imports) {
    const rule = longestFirst.find(({ of }) => isIn(from, of))
    if (!rule) lines.push(`${from} imports ${to}: no rule is about ${from}`)
    else if (![rule.of, ...rule.may].some((folder) => isIn(to, folder))) {
      lines.push(`${from} may not import ${to}: ${rule.because}`)
    }
  }
  return lines
}

function cycles(imports: Import[]): string[] {
  const next = new Map<string, string[]>()
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to])
  const lines: string[] = []
  const done = new Set<string>()
  const visit = (file: string, path: string[]) => {
    const start = path.indexOf(file)
    if (start >= 0) {
      lines.push(`cycle: ${[...path.slice(start), file].join(" → ")}`)
      return
    }
    if (done.has(file)) return
    for (const to of next.get(file) ?? []) visit(to, [...path, file])
    done.add(file)
  }
  for (const file of next.keys()) visit(file, [])
  return lines
}

/** A file of the firmware that only tests import is dead. */
function unused(imports: Import[]): string[] {
  const needed = new Set(imports.filter(({ from }) => !isIn(from, "tests")).map(({ to }) => to))
  const files = new Set(imports.flatMap(({ from, to }) => [from, to]).filter((file) => isIn(file, "src")))
  return [...files].filter((file) => !needed.has(file)).map((file) => `${file}: nothing but tests imports it`)
}

function isIn(file: string, folder: string): boolean {
  return file === folder || file.startsWith(`${folder}/`)
}
