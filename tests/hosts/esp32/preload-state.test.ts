/** Preloaded modules lie in flash: whatever one of src made when it was loaded stays as it is, whatever the device goes through. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import test from "ava"
import { NodeEngine } from "../../../simulator/engine/node-engine"
import { knowing } from "../../../simulator/phone/known-phone"
import { projectRecording, Wear } from "../../device/wear"
import { ROOT, typeScriptFiles } from "./moddable-manifest"
import { PRELOAD, preloadedFirmware } from "./preloaded"

const S01 = await projectRecording("S01.csv.gz")
/** Bends until 26 s, then running. */
const RUNNING_S = 60

/** Boots the firmware, wears it, reads what it has; @returns what was written to in flash */
async function written(source: string): Promise<string[]> {
  const lines: string[] = []
  const engine = new NodeEngine((line) => lines.push(line))
  await engine.evaluate(PRELOAD)
  await engine.evaluate(source)
  const wear = new Wear(engine)
  await wear.link.boot(knowing({}))
  await wear.play(S01, 0, RUNNING_S)
  await wear.closeRun()
  await wear.phone.connect()
  await wear.phone.runs()
  await wear.phone.status()
  for (const line of ["status", "set", "help", "log all"]) await wear.terminal.ask(line)
  const recorded = await wear.terminal.ask("record 1")
  if (!recorded.includes(" samples in 1.0 s")) throw new Error(`nothing was recorded: ${recorded}`)
  const [first] = await wear.phone.runs()
  await engine.evaluate("for (const name of globalThis.preloaded.written()) print(name)")
  await engine.close()
  if (first === undefined) throw new Error("no run was recorded")
  return lines.filter((line) => line.startsWith("src/"))
}

test("a session is lived through without a word written to what lies in flash", async (t) => {
  const { source, variables, modules } = await preloadedFirmware()
  t.deepEqual(variables, [])
  const used = typeScriptFiles("src").length
  t.true(modules > used / 2, `${modules} of ${used} modules`)
  t.deepEqual(await written(source), [])
})

const MAIN = "src/main.ts"
const main = readFileSync(join(ROOT, MAIN), "utf8")
const AT_LOAD = "class PatellaDevice implements Device {"
const EVERY_SECOND = "    service.tick()"

/** Each a way to keep state in a module: made when it is loaded, written to every second. */
for (const [what, made, kept, told] of [
  ["an object", "const KEPT = { ticks: 0 }", "KEPT.ticks++", /read only property 'ticks'/],
  ["an array", "const KEPT: number[] = []", "KEPT.push(1)", /not extensible/],
  [
    "a nested object",
    "const KEPT = { deep: [{ ticks: 0 }] }",
    "KEPT.deep[0].ticks++",
    /read only property 'ticks'/,
  ],
  ["a Map", "const KEPT = new Map()", "KEPT.set(1, 1)", /KEPT lies in flash/],
  ["a class", "class Kept { static ticks = 0 }", "Kept.ticks++", /read only property 'ticks'/],
  ["an instance", "const KEPT = new (class { ticks = 0 })()", "KEPT.ticks++", /read only property 'ticks'/],
] as const)
  test(`${what} of a module that is written to is seen`, async (t) => {
    const { source } = await preloadedFirmware({ [MAIN]: changed(made, kept) })
    await t.throwsAsync(written(source), { message: told })
  })

for (const [what, made, kept] of [
  ["an array of numbers", "const KEPT = new Int16Array(2)", "KEPT[1]++"],
  ["a buffer", "const KEPT = new ArrayBuffer(2)", "new DataView(KEPT).setInt8(0, 1)"],
] as const)
  test(`${what} of a module that is written to is seen`, async (t) => {
    const { source } = await preloadedFirmware({ [MAIN]: changed(made, kept) })
    t.deepEqual(await written(source), [`${MAIN}: KEPT`])
  })

test("a variable of a module is seen", async (t) => {
  const { variables } = await preloadedFirmware({ [MAIN]: changed("let kept = 0", "kept++") })
  t.deepEqual(variables, [`${MAIN}: kept`])
})

function changed(made: string, kept: string): string {
  const text = main
    .replace(AT_LOAD, `${made}\n${AT_LOAD}`)
    .replace(EVERY_SECOND, `    ${kept}\n${EVERY_SECOND}`)
  if (text.length !== main.length + made.length + kept.length + 6) throw new Error(`${MAIN}: not as it was`)
  return text
}
