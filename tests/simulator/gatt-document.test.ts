import { readFileSync } from "node:fs"
import test from "ava"
import { GATT_DOCUMENT_PATH, gattDocument } from "../../simulator/docs/gatt-document"
import type { Field } from "../../src/ble/fields"
import { type CharacteristicProfile, SERVICES } from "../../src/ble/profile"
import { SETTINGS } from "../../src/storage/settings"

test("docs/gatt.md is current: npm run docs would change nothing", (t) => {
  t.is(readFileSync(GATT_DOCUMENT_PATH, "utf8"), gattDocument())
})

test("every characteristic, field and setting is in the document", (t) => {
  const document = gattDocument()
  for (const service of SERVICES) {
    for (const { name, read, write } of Object.values<CharacteristicProfile>(service.characteristics)) {
      t.true(document.includes(`| ${name} |`), name)
      const fields = [
        ...(read && "head" in read ? read.head : []),
        ...(write && "head" in write ? write.head : []),
        ...(write && "oneOf" in write ? write.oneOf.flatMap<Field>(({ head }) => head) : []),
      ]
      for (const field of fields) t.true(document.includes(`| ${field.name} | ${field.type}`), field.name)
    }
  }
  for (const { name } of SETTINGS) t.true(document.includes(`\`${name}\``), name)
})
