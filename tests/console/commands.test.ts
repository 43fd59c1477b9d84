/** The maker's console of a whole device: what each command says, and what it does. */
import test from "ava"
import type { BoardOptions } from "../../hosts/virtual/protocol"
import { KNOWN_PHONE } from "../../simulator/phone/known-phone"
import { COMMANDS } from "../../src/console/console-commands"
import { projectRecording, Wear } from "../device/wear"

const READY_MS = 3000

async function ready(options: BoardOptions = {}): Promise<Wear> {
  const wear = await Wear.boot(undefined, options)
  await wear.link.advance(READY_MS)
  return wear
}

/** By the first word of its line. */
async function statusOf({ terminal }: Wear): Promise<Record<string, string>> {
  const lines = (await terminal.ask("status")).split("\r\n")
  return Object.fromEntries(lines.map((line) => [line.slice(0, 14).trim(), line.slice(14)]))
}

test("nothing comes before somebody types, then the device says what it is", async (t) => {
  const { terminal, link } = await ready()
  await link.advance(60_000)
  t.is(terminal.text, "")
  await terminal.ask("version")
  t.regex(
    terminal.text,
    /^# Patella \d+\.\d+\.\d+ on virtual: "help" tells what there is\r\n# version\r\nPatella \d/,
  )
})

test("help names every command that an unknown one is told of", async (t) => {
  const { terminal } = await ready()
  const help = await terminal.ask("help")
  const [, known = ""] = /there are (.*)/.exec(await terminal.ask("make coffee")) ?? []
  const names = known.split(", ")
  t.true(names.length >= 15)
  for (const name of names) t.true(help.includes(`\r\n${name} `) || help.startsWith(`${name} `), name)
  t.is((await terminal.ask("  HELP ")).length, help.length, "however it is written")
})

test("status tells of a sensor that is not there, in the driver's words, and of the problem", async (t) => {
  const wear = await ready({ thigh: { present: false } })
  const { sensor = "", problems } = await statusOf(wear)
  t.regex(sensor, /LSM6DSO at 104 Hz does not answer: LSM6DSO at 0x6A: WHO_AM_I .* cannot be reached/)
  t.regex(sensor, /; 0 samples, .* [1-9]\d* new starts/)
  t.is(problems, "the sensor cannot be used")
})

test("status of a device that is well has its samples, and no problem", async (t) => {
  const wear = await ready()
  const { sensor = "", problems, battery, phones, "below knee": shank } = await statusOf(wear)
  t.regex(sensor, /measuring; 3\d\d samples, 0 lost/)
  t.deepEqual([problems, shank, phones], ["none", "none seen", "1 on the list"])
  t.regex(battery ?? "", /^\d+ %$/)
})

test("a self-test says pass, FAIL or why it cannot tell, and the motor buzzes", async (t) => {
  const wear = await ready()
  const pulses = wear.pulses
  const well = await wear.terminal.ask("test")
  t.regex(well, /^sensor measures +pass\r\nsensor below the knee measures +not there\r\n/)
  t.regex(well, /calibrated +FAIL\r\n! not all is well$/)
  await wear.link.advance(3000)
  t.is(wear.pulses - pulses, 4)
  const broken = await ready({ thigh: { present: false }, batteryMv: 1200 })
  const failed = await broken.terminal.ask("test")
  t.regex(failed, /^sensor measures +FAIL/)
  t.regex(failed, /gravity is 1 g at rest +cannot be told/)
  t.regex(failed, /battery voltage is one of a cell +FAIL/)
  t.regex(failed, /! not all is well; LSM6DSO at 0x6A/)
})

test("a setting is changed for good, put back, and refused in words", async (t) => {
  const { terminal, link, phone } = await ready()
  t.is(await terminal.ask("set ThresholdDeg 35"), "thresholdDeg is 35")
  await phone.connect()
  t.is((await phone.settings()).thresholdDeg, 35)
  await link.reboot("power")
  t.regex(await terminal.ask("settings"), /^thresholdDeg +35 {2}whole numbers from 20 to 60/)
  t.is(await terminal.ask("reset thresholdDeg"), "thresholdDeg is 30")
  for (const [line, refused] of [
    ["set thresholdDeg 99", /^! setting: thresholdDeg is 99; it takes whole numbers from 20/],
    ["set thresholdDeg x", /^! "x": thresholdDeg takes whole numbers/],
    ["set thresholdDeg", /^! write set NAME VALUE$/],
    ["set height 3", /^! there is no setting "height"/],
    ["set thresholdDeg 30 31", /^! too much: set NAME VALUE$/],
    ["reset", /^! write reset NAME$/],
    ["record never", /^! "never": a whole number from 1/],
    ["log loud", /^! "loud": quiet, events or all$/],
    ["run 7", /^! there is no run 7/],
  ] as const)
    t.regex(await terminal.ask(line), refused, line)
})

test("what cannot be undone is done after yes, and after nothing else", async (t) => {
  const wear = await ready()
  const { terminal } = wear
  await terminal.ask("set thresholdDeg 35")
  for (const answer of ["no", "", "YES", "yes please", "status"]) {
    await terminal.ask("factory reset")
    t.is(await terminal.ask(answer), "! nothing done: that was not yes", answer)
  }
  t.is((await statusOf(wear)).phones, "1 on the list")
  await terminal.ask("forget phones")
  t.is(await terminal.ask("yes"), "forgotten: all phones")
  t.is((await statusOf(wear)).phones, "0 on the list")
  t.regex(await terminal.ask("settings"), /^thresholdDeg +35/)
  await terminal.ask("factory reset")
  t.is(await terminal.ask("yes"), "as new, but for the runs")
  t.regex(await terminal.ask("settings"), /^thresholdDeg +30/)
  t.deepEqual(
    wear.events.map(({ name }) => name).filter((name) => /forgotten|factoryReset/.test(name)),
    ["forgotten", "factoryReset"],
  )
})

test("Ctrl-C takes a question back, and a line that was begun", async (t) => {
  const { terminal } = await ready()
  await terminal.ask("factory reset")
  await terminal.type("\u0003")
  await terminal.untilReady()
  t.regex(await terminal.ask("yes"), /^! there is no "yes"/)
  await terminal.type("vers\u0003")
  t.regex(await terminal.ask("ion"), /^! there is no "ion"/)
})

test("the log prints what happens from then on, at its highest level what is measured too, until it is quiet", async (t) => {
  const wear = await ready()
  const { terminal, link } = wear
  const printed = async (level: string, ms: number) => {
    await terminal.ask(`log ${level}`)
    const from = terminal.text.length
    await wear.phone.connect()
    await link.advance(ms)
    await wear.phone.disconnect()
    return terminal.text.slice(from)
  }
  t.regex(await printed("events", 2000), /^\r# \d+\.\d s phoneConnected \r\n# $/)
  const all = await printed("all", 4200)
  t.regex(all, /\d+\.\d s phoneConnected /)
  t.regex(all, /\d+\.\d s \w+, not calibrated; samples [1-9]\d+, lost 0/)
  t.true((all.match(/samples/g) ?? []).length >= 4)
  t.is(await printed("quiet", 2000), "")
  t.is(wear.eventsNamed("phoneConnected").length, 3, "the board's own monitor was told all along")
})

test("a line that is being typed is there again behind what the log prints", async (t) => {
  const wear = await ready()
  await wear.terminal.ask("log events")
  await wear.terminal.type("stat")
  await wear.link.advance(100)
  await wear.phone.connect()
  await wear.link.advance(100)
  t.true(wear.terminal.text.endsWith("phoneConnected \r\n# stat"))
  await wear.terminal.type("us\r")
  await wear.link.advance(500)
  t.regex(wear.terminal.text, /\ndevice +virtual/)
})

test("reboot starts the device anew, which says so, and a run that is open goes on", async (t) => {
  const wear = await ready()
  const { terminal, link } = wear
  await wear.play(await projectRecording("S01.csv.gz"), 0, 70)
  const before = await statusOf(wear)
  t.regex(before.run ?? "", /^run 1 open for 0:00:\d\d: \d+ strides/)
  t.is(await terminal.ask("reboot"), "starting anew")
  await link.advance(2000)
  const after = await statusOf(wear)
  t.is(terminal.text.split('"help" tells').length, 3)
  t.regex(before.device ?? "", /boot 1, on for 0:01:\d\d/)
  t.regex(after.device ?? "", /boot 2, on for 0:00:0\d/)
  t.regex(after.run ?? "", /^run 1 open for /)
})

test("what the console shows has no phone's identity and no keys in it", async (t) => {
  const wear = await ready()
  const { terminal, phone } = wear
  await terminal.ask("log all")
  await phone.connect()
  for (const { words, takes } of COMMANDS)
    if (words !== "record" && words !== "reboot") await terminal.ask(takes === "" ? words : `${words} 1`)
  await wear.link.advance(5000)
  const { deviceId } = await phone.identity()
  const shown = terminal.text.replaceAll(/[^0-9a-f]/gi, "").toLowerCase()
  const forms = [KNOWN_PHONE.identity, KNOWN_PHONE.key, Buffer.from(deviceId).toString("hex")]
  t.true(forms.every((hex) => hex.length >= 12))
  for (const hex of forms) t.false(shown.includes(hex), hex)
})
