/** The chip's slots: update.c on a model of ESP-IDF's otadata, and update.ts with the virtual board's slots under it, as the SDK's modules have them. */
import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import test from "ava"
import { build } from "esbuild"
import { OtaState } from "../../../hosts/virtual/ota-data"
import { imageOf } from "../../../hosts/virtual/ota-image"
import { PowerSupply } from "../../../hosts/virtual/power"
import { VirtualSlots } from "../../../hosts/virtual/update-slots"
import { Chip, VERSION_PREFIX } from "../../../src/update/image-head"
import type { UpdateSlots } from "../../../src/update/port"
import { FIRMWARE_VERSION } from "../../../src/version"

const MAIN = fileURLToPath(new URL("ota/main.c", import.meta.url))
const ADAPTER = fileURLToPath(new URL("../../../hosts/esp32/update.ts", import.meta.url))
const SETTINGS = fileURLToPath(
  new URL("../../../hosts/esp32/xiao_esp32c3/sdkconfig/sdkconfig.defaults", import.meta.url),
)
/** What update.c includes on the chip; ota/stack.h stands for all of it. */
const HEADERS = ["xsmc.h", "xsHost.h", "esp_ota_ops.h", "esp_system.h", "sdkconfig.h"]
/** In main.c. */
const NOTHING_WRITTEN = 5

const folder = mkdtempSync(join(tmpdir(), "update-"))
for (const header of HEADERS) writeFileSync(join(folder, header), "")
const program = join(folder, "main")
execFileSync("cc", ["-std=gnu11", "-Wall", "-Wextra", "-Werror", "-I", folder, "-o", program, MAIN])
const lines = execFileSync(program, { encoding: "utf8" }).split("\n")
rmSync(folder, { recursive: true })
const outcome = (what: string) => lines.find((line) => line.startsWith(`${what}: `))?.slice(what.length + 2)

const NATIVE = {
  xs_patella_update_state: () => (port().isOnTrial ? 1 : 0) + (port().wasRolledBack ? 2 : 0),
  xs_patella_update_slot_bytes: () => port().slotBytes,
  xs_patella_update_chip: () => port().chip,
  xs_patella_update_confirm: () => {
    if (confirmError === 0) port().confirm()
    return confirmError
  },
  xs_patella_update_restart: () => void restarts++,
}
let slots: VirtualSlots
let restarts = 0
let confirmError = 0
/** Handles of partitions that are open. */
let open = 0
const port = () => slots.portOf(() => {})
Object.assign(globalThis, {
  native: (name: keyof typeof NATIVE) => NATIVE[name],
  openPartition: ({ path, mode }: { path: string; mode: string }) => {
    if (path !== "nextota" || mode !== "r+") throw new Error(`${path}, ${mode}`)
    open++
    return { isOpen: true, close: () => void open-- }
  },
  openUpdate: ({ partition, mode }: { partition: { isOpen: boolean }; mode: string }) => {
    if (!partition.isOpen || mode !== "a") throw new Error(mode)
    return port().open()
  },
})
const bundle = await build({
  entryPoints: [ADAPTER],
  bundle: true,
  format: "esm",
  write: false,
  plugins: [
    {
      name: "moddable",
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /^embedded:/ }, ({ path }) => ({ path, namespace: "moddable" }))
        onLoad({ filter: /./, namespace: "moddable" }, ({ path }) => ({
          contents: `export default { open: globalThis.${path === "embedded:update" ? "openUpdate" : "openPartition"} }`,
        }))
      },
    },
  ],
})
const code = Buffer.from(bundle.outputFiles[0]?.contents ?? []).toString("base64")
const { updateSlots } = (await import(`data:text/javascript;base64,${code}`)) as { updateSlots: UpdateSlots }

test("on trial is what the running slot's state says, gone back from what the other's does", (t) => {
  const states = [...Object.values(OtaState), NOTHING_WRITTEN]
  for (const running of [0, 1])
    for (const mine of states)
      for (const other of states) {
        const onTrial = mine === OtaState.pendingVerify ? 1 : 0
        const rolledBack = other === OtaState.aborted || other === OtaState.invalid ? 2 : 0
        t.is(outcome(`${running} ${mine} ${other}`), String(onTrial + rolledBack))
      }
})

test("a board without a second slot takes no update, and was never gone back from", (t) => {
  t.is(outcome("bytes"), String(0x170000))
  t.is(outcome("bytes of one"), "0")
  t.is(outcome("state of one"), "0")
})

test("the chip's own number, the confirmation and the restart are ESP-IDF's", (t) => {
  t.is(outcome("chip"), String(Chip.esp32c3))
  t.is(outcome("confirm"), "0")
  t.is(outcome("confirmed"), String(OtaState.valid))
  t.is(outcome("confirm nothing"), "-1")
  t.is(outcome("restarts"), "1")
})

test("an update through the SDK's modules is written, chosen, tried and confirmed, and leaves no partition open", (t) => {
  slots = new VirtualSlots({ slotBytes: 0x4000, chip: Chip.esp32c3, version: "0.1.0" }, new PowerSupply())
  slots.boot()
  t.deepEqual([updateSlots.slotBytes, updateSlots.chip], [0x4000, Chip.esp32c3])
  const writer = updateSlots.open()
  t.is(open, 0)
  writer.write(imageOf({ version: "0.2.0", chip: Chip.esp32c3 }))
  writer.complete()
  writer.close()
  t.is(slots.boot()?.version, "0.2.0")
  t.deepEqual([updateSlots.isOnTrial, updateSlots.wasRolledBack], [true, false])
  t.throws(() => updateSlots.open(), { message: /on trial/ })
  t.is(open, 0)
  confirmError = 0x105
  t.throws(() => updateSlots.confirm(), { message: /0x105/ })
  t.true(updateSlots.isOnTrial)
  confirmError = 0
  updateSlots.confirm()
  t.false(updateSlots.isOnTrial)
  updateSlots.restart()
  t.is(restarts, 1)
})

test("the image that ESP-IDF makes tells whose it is, and which version", (t) => {
  const settings = readFileSync(SETTINGS, "utf8").split("\n")
  t.true(settings.includes("CONFIG_APP_PROJECT_VER_FROM_CONFIG=y"))
  t.true(settings.includes(`CONFIG_APP_PROJECT_VER="${VERSION_PREFIX}${FIRMWARE_VERSION}"`))
  t.true(settings.includes("CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE=y"))
})
