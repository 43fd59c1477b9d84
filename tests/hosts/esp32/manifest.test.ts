import { readFileSync } from "node:fs"
import { join, posix } from "node:path"
import test from "ava"
import { STORAGE_PATH, StorageKey } from "../../../src/storage/kept-value"
import { BOARDS } from "./boards"
import { importedBy, ROOT, readManifest, typeScriptFiles } from "./moddable-manifest"

const PLATFORMS = BOARDS.map((board) => `esp32/${board}`)

/** Which of the SDK's manifests brings which module. */
const SDK_MODULES: Record<string, string> = {
  bleserver: "$(MODULES)/network/ble/manifest_server.json",
  btutils: "$(MODULES)/network/ble/manifest_server.json",
  gap: "$(MODULES)/network/ble/manifest_server.json",
  // Made by mcconfig itself, of what "config" says.
  "mc/config": "$(MODDABLE)/examples/manifest_base.json",
  time: "$(MODDABLE)/examples/manifest_base.json",
  timer: "$(MODDABLE)/examples/manifest_base.json",
  "embedded:io/analog": "$(IO)/analog/manifest.json",
  "embedded:io/digital": "$(IO)/digital/manifest.json",
  "embedded:io/pwm": "$(IO)/pwm/manifest.json",
  "embedded:io/serial": "$(IO)/serial/manifest.json",
  "embedded:io/spi": "$(IO)/spi/manifest.json",
  "embedded:io/smbus": "$(IO)/i2c/manifest.json",
  "embedded:storage/flash": "$(IO)/flash/manifest.json",
  "embedded:storage/key-value": "$(IO)/storage/manifest.json",
  "embedded:update": "$(IO)/update/manifest.json",
}

/** What the SDK makes of a manifest's "ffi". */
const FOREIGN = "mc/ffi"

/** ESP-IDF, "Non-Volatile Storage Library": keys and namespaces. */
const NVS_NAME_LIMIT = 15

for (const platform of PLATFORMS) {
  const manifest = readManifest("manifest.json", platform)

  test(`${platform}: whatever is listed is there`, (t) => {
    t.deepEqual(manifest.missing, [])
  })

  test(`${platform}: a module's name is its path, so that relative imports mean the same in XS as in the tree`, (t) => {
    for (const [name, file] of manifest.modules) t.is(`${name}.ts`, file)
  })

  test(`${platform}: every module of the firmware is listed, and all but the main module are preloaded into flash`, (t) => {
    const names = typeScriptFiles("src").map((file) => file.slice(0, -".ts".length))
    t.deepEqual(
      names.filter((name) => !manifest.modules.has(name)),
      [],
      'add their folder to "modules" of manifest.json',
    )
    t.deepEqual(
      [...manifest.modules.keys()].filter(
        (name) => name !== manifest.main && !manifest.preloads.includes(name),
      ),
      [],
      'add them to "preload" of manifest.json',
    )
  })

  test(`${platform}: every preload is a listed module, once, and none is a pattern`, (t) => {
    t.deepEqual(
      manifest.preloads.filter((name) => !manifest.modules.has(name)),
      [],
    )
    t.is(new Set(manifest.preloads).size, manifest.preloads.length)
  })

  test(`${platform}: the chip's main module is listed and starts on the chip, not in the linker`, (t) => {
    t.true(manifest.modules.has(manifest.main ?? "none"))
    t.false(manifest.preloads.includes(manifest.main ?? "none"))
  })

  test(`${platform}: every import resolves to a listed module or to one of the SDK that is included`, (t) => {
    for (const [name, file] of manifest.modules) {
      for (const specifier of importedBy(file)) {
        if (specifier === FOREIGN) t.true(manifest.foreign.size > 0)
        else if (specifier.startsWith(".")) {
          const target = posix.join(posix.dirname(name), specifier)
          t.true(manifest.modules.has(target), `${file}: import of "${specifier}"`)
        } else {
          const include = SDK_MODULES[specifier]
          t.truthy(include, `${file}: no SDK manifest is known for "${specifier}"`)
          t.true(manifest.sdkIncludes.includes(include ?? ""), `${file}: "${specifier}" needs ${include}`)
        }
      }
    }
  })

  test(`${platform}: native functions are in a C file beside their module, which the SDK takes along by its name`, (t) => {
    for (const [, file] of manifest.modules) {
      const source = readFileSync(join(ROOT, file), "utf8")
      for (const [, name] of source.matchAll(/= native<[^"]*\("(\w+)"\)/g)) {
        const native = readFileSync(join(ROOT, file.replace(/\.ts$/, ".c")), "utf8")
        t.true(native.includes(`\nvoid ${name}(xsMachine *the)`), `${file}: ${name}`)
      }
    }
    t.pass()
  })

  test(`${platform}: each foreign function is declared to the SDK, to TypeScript and in C with one signature, and called`, (t) => {
    const typings = readFileSync(join(ROOT, "hosts/esp32/typings/native.d.ts"), "utf8")
    const sources = manifest.foreignSources.map((file) => readFileSync(join(ROOT, file), "utf8"))
    const modules = [...manifest.modules.values()].map((file) => readFileSync(join(ROOT, file), "utf8"))
    for (const [name, signature] of manifest.foreign) {
      const { returns } = signature
      const [, result, given] =
        sources
          .map((source) => new RegExp(`^([\\w* ]+?)${name}\\(([^)]*)\\)$`, "m").exec(source))
          .find(Boolean) ?? []
      t.is(result?.replaceAll(" ", ""), returns.replace(/\[\d+\]/, "*"), name)
      const types = given === "void" ? [] : (given ?? "").split(",").map((one) => one.trim().split(" ")[0])
      t.deepEqual(types, signature.arguments, name)
      const declared = new RegExp(`${name}\\(([^)]*)\\)`).exec(typings)?.[1] ?? "none"
      t.is(declared === "" ? 0 : declared.split(",").length, signature.arguments.length, name)
      t.true(
        modules.some((module) => module.includes(`new FFI().${name}(`)),
        `${name} is called by nobody`,
      )
    }
    t.is(new Set(typings.match(/patella_\w+/g)).size, manifest.foreign.size)
  })

  test(`${platform}: no preloaded module keeps state, for it lies in flash`, (t) => {
    for (const name of manifest.preloads) {
      const source = readFileSync(join(ROOT, `${name}.ts`), "utf8")
      t.notRegex(source, /^(export )?(let|var) /m, `${name}: a module-level variable`)
      t.notRegex(source, /^(export )?(const )?enum /m, `${name}: an enum is not constant in XS`)
      t.notRegex(source, /freeze\((new )?\w*Array\b/, `${name}: XS does not link a frozen typed array`)
    }
  })
}

test("a platform without a host is refused in words", (t) => {
  const { platforms } = JSON.parse(readFileSync(join(ROOT, "manifest.json"), "utf8"))
  t.regex(platforms["..."].error, /no host/)
})

test("what is kept in key-value storage has names that NVS takes", (t) => {
  for (const name of [STORAGE_PATH, ...Object.values(StorageKey)]) {
    t.true(name.length <= NVS_NAME_LIMIT, name)
  }
})
