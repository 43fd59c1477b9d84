import { readFileSync } from "node:fs"
import test from "ava"
import { FIRMWARE_VERSION } from "../../src/version"

test("the firmware says the package's version", (t) => {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8")
  t.is(FIRMWARE_VERSION, (JSON.parse(text) as { version: string }).version)
})
