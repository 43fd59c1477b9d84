/** The rules are only worth something if each of them goes red: every rule is broken here once, on paper and for real. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import test from "ava"
import { readImports } from "./import-graph"
import { RULES, violations } from "./rules"

const PROJECT = fileURLToPath(new URL("../..", import.meta.url))

/** For each rule's folder: an import that it must forbid. */
const FORBIDDEN: Record<string, [from: string, to: string][]> = {
  "src/board.ts": [["src/board.ts", "src/run/recorder.ts"]],
  "src/io.ts": [["src/io.ts", "src/board.ts"]],
  "src/constant.ts": [["src/constant.ts", "src/io.ts"]],
  "src/utf8.ts": [["src/utf8.ts", "src/board.ts"]],
  "src/motion": [
    ["src/motion/gait.ts", "src/run/summary.ts"],
    ["src/motion/gait.ts", "src/drivers/lsm6dso.ts"],
    ["src/motion/gait.ts", "node_modules/vqf"],
  ],
  "src/run": [
    ["src/run/recorder.ts", "src/ble/profile.ts"],
    ["src/run/recorder.ts", "src/storage/settings.ts"],
    ["src/run/recorder.ts", "src/motion/gait.ts"],
    ["src/run/recorder.ts", "src/haptics/pattern.ts"],
  ],
  "src/drivers": [["src/drivers/lsm6dso.ts", "src/motion/stride.ts"]],
  "src/display": [
    ["src/display/screen.ts", "src/run/run-recorder.ts"],
    ["src/display/screen.ts", "src/drivers/st7789.ts"],
  ],
  "src/haptics": [["src/haptics/pattern.ts", "src/run/overload-policy.ts"]],
  "src/power": [["src/power/duty.ts", "src/ble/service.ts"]],
  "src/storage": [
    ["src/storage/run-log.ts", "src/ble/service.ts"],
    ["src/storage/coach-log.ts", "src/coach/routine-player.ts"],
  ],
  "src/update": [["src/update/firmware-update.ts", "src/device/question.ts"]],
  "src/coach": [
    ["src/coach/routine.ts", "src/motion/gait.ts"],
    ["src/coach/routine-table.ts", "routines/library.ts"],
  ],
  "src/ble": [
    ["src/ble/service.ts", "src/motion/gait.ts"],
    ["src/ble/service.ts", "src/run/recorder.ts"],
    ["src/ble/service.ts", "src/main.ts"],
  ],
  "src/console": [
    ["src/console/status-page.ts", "hosts/virtual/board.ts"],
    ["src/console/status-page.ts", "simulator/console/terminal.ts"],
  ],
  "src/console/port.ts": [["src/console/port.ts", "src/io.ts"]],
  "src/device": [
    ["src/device/phone-side.ts", "hosts/virtual/board.ts"],
    ["src/device/phone-side.ts", "simulator/phone/phone.ts"],
  ],
  "src/main.ts": [
    ["src/main.ts", "hosts/virtual/board.ts"],
    ["src/main.ts", "simulator/phone/phone.ts"],
    ["src/main.ts", "phone/app/main.tsx"],
    ["src/main.ts", "node_modules/@types/node"],
  ],
  "hosts/virtual": [
    ["hosts/virtual/guest.ts", "simulator/engine/engine.ts"],
    ["hosts/virtual/guest.ts", "node_modules/csv-parse"],
  ],
  "hosts/rv32": [
    ["hosts/rv32/guest.ts", "simulator/bench/bench.ts"],
    ["hosts/rv32/guest.ts", "hosts/esp32/gatt-server.ts"],
  ],
  "hosts/esp32": [["hosts/esp32/xiao_esp32c3/main.ts", "hosts/virtual/clock.ts"]],
  simulator: [
    ["simulator/replay.ts", "src/motion/gait.ts"],
    ["simulator/replay.ts", "src/run/recorder.ts"],
    ["simulator/replay.ts", "src/main.ts"],
    ["simulator/replay.ts", "hosts/virtual/clock.ts"],
    ["simulator/replay.ts", "tests/fake.ts"],
    ["simulator/phone/phone.ts", "phone/app/main.tsx"],
  ],
  "simulator/bench": [
    ["simulator/bench/bench.ts", "hosts/rv32/guest.ts"],
    ["simulator/bench/bench.ts", "src/motion/orientation.ts"],
  ],
  "simulator/powercuts": [["simulator/powercuts/recovery.ts", "hosts/esp32/gatt-server.ts"]],
  "simulator/fuzz": [["simulator/fuzz/player.ts", "hosts/esp32/gatt-server.ts"]],
  "simulator/power": [["simulator/power/duty.ts", "hosts/esp32/gatt-server.ts"]],
  "simulator/screens": [["simulator/screens/pictures.ts", "hosts/esp32/gatt-server.ts"]],
  "simulator/docs": [
    ["simulator/docs/documents.ts", "src/main.ts"],
    ["simulator/docs/documents.ts", "hosts/esp32/gatt-server.ts"],
    ["simulator/docs/companion-backup.ts", "phone/data/open-data.ts"],
    ["simulator/docs/buzz-table.ts", "src/haptics/haptics.ts"],
  ],
  "simulator/page": [
    ["simulator/page/connection.ts", "simulator/session.ts"],
    ["simulator/page/parts/phone.tsx", "phone/link/run-sync.ts"],
    ["simulator/page/parts/leg.tsx", "src/motion/flexion.ts"],
  ],
  "simulator/fit": [["simulator/fit/fit-model.ts", "src/motion/flexion.ts"]],
  routines: [
    ["routines/library.ts", "phone/app/main.tsx"],
    ["routines/written-routine.ts", "src/coach/player.ts"],
  ],
  "phone/link": [
    ["phone/link/device-link.ts", "routines/library.ts"],
    ["phone/link/run-sync.ts", "phone/data/database.ts"],
    ["phone/link/run-sync.ts", "simulator/phone/phone.ts"],
  ],
  "phone/browser": [
    ["phone/browser/web-bluetooth.ts", "phone/app/main.tsx"],
    ["phone/browser/simulated-air.ts", "simulator/serve/messages.ts"],
  ],
  "phone/runs": [["phone/runs/run-view.ts", "phone/data/database.ts"]],
  "phone/data": [["phone/data/database.ts", "phone/link/run-sync.ts"]],
  "phone/export": [
    ["phone/export/fit.ts", "phone/data/database.ts"],
    ["phone/export/fit.ts", "node_modules/@garmin/fitsdk"],
  ],
  "phone/app": [["phone/app/main.tsx", "simulator/phone/phone.ts"]],
  tests: [["tests/fake.ts", "elsewhere/code.ts"]],
}

for (const { of } of RULES) {
  test(`rule about ${of} goes red`, (t) => {
    const broken = FORBIDDEN[of] ?? []
    t.true(broken.length > 0, "the rule has no counter-example here")
    for (const [from, to] of broken) {
      t.true(violations([{ from, to }])[0]?.startsWith(`${from} may not import ${to}`), `${from} → ${to}`)
    }
  })
}

test("a folder that no rule names goes red", (t) => {
  t.deepEqual(
    violations([{ from: "src/newcomer/a.ts", to: "src/board.ts" }])[0],
    "src/newcomer/a.ts imports src/board.ts: no rule is about src/newcomer/a.ts",
  )
})

test("a cycle goes red, and is told as a path", (t) => {
  const imports = [
    { from: "src/main.ts", to: "src/run/a.ts" },
    { from: "src/run/a.ts", to: "src/run/b.ts" },
    { from: "src/run/b.ts", to: "src/run/a.ts" },
    { from: "hosts/virtual/guest.ts", to: "src/main.ts" },
  ]
  t.deepEqual(violations(imports), ["cycle: src/run/a.ts → src/run/b.ts → src/run/a.ts"])
})

test("a file of src that only tests import goes red", (t) => {
  const imports = [
    { from: "tests/run/dead.test.ts", to: "src/run/dead.ts" },
    { from: "src/run/dead.ts", to: "src/run/alive.ts" },
  ]
  t.deepEqual(violations(imports), ["src/run/dead.ts: nothing but tests imports it"])
})

test("the compiler's graph has imports without extension, of types only, re-exports and packages", async (t) => {
  const root = await mkdtemp(join(tmpdir(), "patella-imports-"))
  t.teardown(() => rm(root, { recursive: true }))
  const files: Record<string, string> = {
    "src/tsconfig.json": `{ "compilerOptions": { "module": "esnext", "moduleResolution": "bundler", "types": [] } }`,
    "src/motion/gait.ts": `import type { Run } from "../run/summary"\nexport type { Run }\n`,
    "src/motion/load.ts": `export * from "../run/summary"\nimport "field"\n`,
    "src/run/page.tsx": `import { RUNS } from "./summary"\nexport const page = RUNS\n`,
    "src/run/summary.ts": `export interface Run { id: number }\nexport const RUNS = 1\n`,
    "node_modules/field/package.json": `{ "name": "field", "types": "index.d.ts" }`,
    "node_modules/field/index.d.ts": "export {}\n",
  }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  const imports = await readImports(root, ["src"])
  const edges = imports.map(({ from, to }) => `${from} → ${to}`).sort()
  t.deepEqual(edges, [
    "src/motion/gait.ts → src/run/summary.ts",
    "src/motion/load.ts → node_modules/field",
    "src/motion/load.ts → src/run/summary.ts",
    "src/run/page.tsx → src/run/summary.ts",
  ])
  t.is(violations(imports).filter((line) => line.includes("may not import")).length, 3)
})

test("the project's own graph is seen", async (t) => {
  const imports = await readImports(PROJECT, ["src"])
  t.true(imports.some(({ from, to }) => from === "src/board.ts" && to === "src/ble/port.ts"))
})
