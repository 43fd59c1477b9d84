// Writes bleservices/*.json from the firmware's GATT profile: node --import=tsx hosts/esp32/write-service-files.mjs
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { ADVERTISED_NAME } from "../../src/ble/profile"
import { PatellaService } from "../../src/ble/service"
import { serviceFiles } from "./service-files"

const folder = new URL("bleservices/", import.meta.url)
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder)
const { services } = new PatellaService({}).options
for (const [name, content] of serviceFiles(ADVERTISED_NAME, services)) {
  writeFileSync(new URL(name, folder), `${JSON.stringify(content, null, 2)}\n`)
}
