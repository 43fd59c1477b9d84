/** Recordings that are dropped on the page: what it shows is what `replay` tells of the same file, what is exported replays the same, and a broken one is refused. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import test from "ava"
import { inProcess } from "../simulator/in-process"
import { read } from "./open-page"
import { onStage } from "./stage"

const S10 = "simulator/recordings/S10.csv.gz"
const folder = mkdtempSync(join(tmpdir(), "patella-page-"))
test.after.always(() => rmSync(folder, { recursive: true, force: true }))

async function replayed(path: string) {
  const { code, out, err } = await inProcess(["replay", path, "--json"])
  if (code !== 0) throw new Error(err)
  return JSON.parse(out)
}

onStage("Recordings on the page", (stage) => {
  test.serial("a recording that is dropped gives what replay gives, and comes back as it was", async (t) => {
    t.timeout(180_000)
    const page = await stage.open("?speed=most")
    t.teardown(() => page.close())
    await page.drop(S10)
    const { json } = await page.untilDone()
    t.deepEqual(json, await replayed(S10))
    t.true(json.runs.length > 0)
    const strides = json.runs.reduce((sum, run) => sum + run.strides, 0)
    const [, [, told] = []] = await page.table("What came of it")
    t.is(told, String(strides))
    t.is(
      await read(page.page.getByText(/^npm run --silent replay/)),
      "npm run --silent replay -- S10.csv.gz --json",
    )

    const { csv } = await page.exported(folder, 1)
    t.deepEqual({ ...(await replayed(csv)), recording: json.recording }, json)
    t.deepEqual(page.complaints, [])
  })

  test.serial("a broken recording is refused with its line and column, and the way out works", async (t) => {
    t.timeout(120_000)
    const page = await stage.open("?speed=most")
    t.teardown(() => page.close())
    const lines = gunzipSync(readFileSync(S10)).toString("utf8").split("\n")
    const row = lines.findIndex((line) => /^[\d.]/.test(line)) + 41
    lines[row] = (lines[row] as string).replace(/,[^,]+/, ",much")
    const broken = join(folder, "broken.csv")
    writeFileSync(broken, lines.join("\n"))
    await page.drop(broken)
    const words = await read(page.page.getByRole("alert").filter({ hasText: "could not be played" }))
    t.true(words.includes("broken.csv"), words)
    t.true(words.includes(`line ${row + 1}`), words)
    t.true(words.includes("ax_g"), words)
    await page.button("Play a scenario").click()
    await page.isReady()
    t.is(await page.page.getByText("could not be played").count(), 0)
    t.deepEqual(page.complaints, [])
  })

  test.serial("a file of something else is refused in words", async (t) => {
    const page = await stage.open()
    t.teardown(() => page.close())
    const path = join(folder, "holiday.txt")
    writeFileSync(path, "sun")
    await page.drop(path)
    await page.page.getByText(/holiday\.txt is neither a recording .* nor a scenario/).waitFor()
    await page.button("Close").click()
    await page.isReady()
    t.pass()
  })
})
