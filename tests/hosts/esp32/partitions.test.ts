/** Each board's partitions: what ESP-IDF and the firmware ask of them, added up against the flash. */
import { readFileSync } from "node:fs"
import test from "ava"
import { divide, FLASH_PATH } from "../../../src/storage/flash-layout"
import { BOARDS, type BoardFolder, builtWith } from "./boards"

const MIB = 1024 * 1024
const FLASH_BYTES: Record<BoardFolder, number> = {
  /** ESP32-PICO-D4 datasheet: flash within the chip. */
  m5stick_cplus: 4 * MIB,
  /** Seeed Studio, XIAO ESP32C3. */
  xiao_esp32c3: 4 * MIB,
}
/** ESP-IDF, "Partition Tables": the table itself lies at 0x8000 and takes a block, the boot loader lies before it. */
const FIRST_OFFSET = 0x9000
const BLOCK_BYTES = 4096
const APP_ALIGN_BYTES = 0x10000
/** ESP-IDF, "Partition Tables": names have 16 characters with their end; data has subtypes of its own from 0x40 to 0xfe. */
const NAME_LIMIT = 15
const OWN_SUBTYPES = { least: 0x40, most: 0xfe }
/** ESP-IDF, "Non-Volatile Storage Library": three pages at least. */
const NVS_LEAST_BYTES = 3 * BLOCK_BYTES

for (const board of BOARDS) {
  const partitions = readFileSync(builtWith(board, "PARTITIONS_FILE"), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [name = "", type = "", subtype = "", offset, size] = line.split(",").map((cell) => cell.trim())
      return { name, type, subtype, offset: Number(offset), size: Number(size) }
    })
  const named = (name: string) => partitions.filter((partition) => partition.name === name)

  test(`${board}: they lie one behind the other, none over another, and all within the flash`, (t) => {
    t.true(partitions.length > 0)
    let end = FIRST_OFFSET
    for (const { name, offset, size } of partitions) {
      t.true(offset >= end, `${name} begins at ${offset}, before ${end}`)
      t.true(size > 0 && size % BLOCK_BYTES === 0, name)
      end = offset + size
    }
    t.true(end <= FLASH_BYTES[board], `${end} of ${FLASH_BYTES[board]} bytes`)
  })

  test(`${board}: each begins where its kind has to`, (t) => {
    for (const { name, type, offset } of partitions)
      t.is(offset % (type === "app" ? APP_ALIGN_BYTES : BLOCK_BYTES), 0, name)
  })

  test(`${board}: names are short enough, and each is there once`, (t) => {
    for (const { name } of partitions) {
      t.true(name.length <= NAME_LIMIT, name)
      t.is(named(name).length, 1, name)
    }
  })

  test(`${board}: there are two slots of one size for the firmware, and what says which of them runs`, (t) => {
    const apps = partitions.filter(({ type }) => type === "app")
    t.deepEqual(
      apps.map(({ subtype }) => subtype),
      ["ota_0", "ota_1"],
    )
    t.is(apps[0]?.size, apps[1]?.size)
    t.deepEqual(
      partitions.filter(({ subtype }) => subtype === "ota").map(({ size }) => size),
      [2 * BLOCK_BYTES],
    )
  })

  test(`${board}: the runs' partition is found by its label, and has a megabyte`, (t) => {
    const [runs] = named(FLASH_PATH)
    t.is(runs?.type, "data")
    const subtype = Number(runs?.subtype)
    t.true(subtype >= OWN_SUBTYPES.least && subtype <= OWN_SUBTYPES.most, runs?.subtype)
    t.is(runs?.size, MIB)
    t.notThrows(() => divide((runs?.size ?? 0) / BLOCK_BYTES))
  })

  test(`${board}: what is set has room in NVS`, (t) => {
    const [nvs] = partitions.filter(({ subtype }) => subtype === "nvs")
    t.true((nvs?.size ?? 0) >= NVS_LEAST_BYTES)
  })
}
