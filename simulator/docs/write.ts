/** `npm run docs`: writes the documents that are made from the code, from the project's root. */
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { GATT_DOCUMENT_PATH, gattDocument } from "./gatt-document"

mkdirSync(dirname(GATT_DOCUMENT_PATH), { recursive: true })
writeFileSync(GATT_DOCUMENT_PATH, gattDocument())
process.stdout.write(`${GATT_DOCUMENT_PATH}\n`)
