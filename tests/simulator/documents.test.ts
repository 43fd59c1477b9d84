/** The documents say what is so: generated parts, figures, links, commands and the table of dependencies. */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { basename, dirname, join, relative } from "node:path"
import test from "ava"
import packageJson from "../../package.json" with { type: "json" }
import { readAccuracyReport } from "../../simulator/docs/accuracy-report"
import { ACCURACY_PATH, documents, README_PATH, RECORDINGS_PATH } from "../../simulator/docs/documents"
import { blocksOf, withoutClockwork } from "../../simulator/docs/generated-blocks"
import { ROUTINES_PATH, SAFETY_PATH } from "../../simulator/docs/routine-texts"
import { FIRMWARE_VERSION } from "../../src/version"

const ROOT = join(import.meta.dirname, "../..")
/** Written by hand, read by wearers. */
const MEASURING_PATH = "docs/measuring.md"
const CALIBRATION_PATH = "docs/calibration.md"
const SKIPPED_FOLDERS = ["node_modules", ".git", "build", "coverage"]
const MARKDOWN = markdownFiles(ROOT)
const LINK = /\]\(([^)\s]+)\)|<img src="([^"]+)"/g
const SCRIPT = /npm (?:run (?:--silent )?([a-z][\w:-]*)|(start|test)\b)/g
const README = readFileSync(join(ROOT, README_PATH), "utf8")

function markdownFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return SKIPPED_FOLDERS.includes(entry.name) ? [] : markdownFiles(path)
    return entry.name.endsWith(".md") ? [path] : []
  })
}

/** The anchor that a heading gets where Markdown is shown. */
function anchors(markdown: string): string[] {
  const headings = [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading)
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  )
}

/** Made once: a series of simulations is among them. */
const made = documents()
made.catch(() => {})

test("documents are current: `npm run docs` would change nothing", async (t) => {
  for (const { path, text } of await made) {
    t.is(readFileSync(join(ROOT, path), "utf8"), text, `${path}: run \`npm run docs\``)
  }
})

test("`npm run docs` writes the Bluetooth services for a board as well", async (t) => {
  const folder = "hosts/esp32/bleservices"
  const written = (await made).filter(({ path }) => path.startsWith(`${folder}/`))
  t.deepEqual(written.map(({ path }) => basename(path)).sort(), readdirSync(join(ROOT, folder)).sort())
})

for (const path of [README_PATH, ACCURACY_PATH, RECORDINGS_PATH]) {
  test(`${path}: no generated part is empty`, (t) => {
    const parts = blocksOf(path, readFileSync(join(ROOT, path), "utf8"))
    t.true(parts.size > 0)
    for (const [name, text] of parts) {
      const told = withoutClockwork(text).replaceAll(/```\w*|·/g, "")
      t.regex(told, /\w/, name)
    }
  })
}

test("the README's figures are those of the report", (t) => {
  const { mean, worst, trivial, totals, made } = readAccuracyReport().worn.one
  const block = blocksOf(README_PATH, README).get("accuracy") ?? ""
  const figures = [
    `| ${mean.countedPeakErrorDeg?.toFixed(1)}° | ${worst.countedPeakErrorDeg?.value.toFixed(1)}° |`,
    `| ${mean.bandErrorPercent?.toFixed(1)} % of strides |`,
    `${trivial.everyStride?.bandErrorPercent.toFixed(1)} % of strides`,
    `Of ${totals.bouts} bouts it found ${totals.found}`,
    made,
    "Synthetic",
  ]
  for (const figure of figures) t.true(block.includes(figure), figure)
})

for (const path of MARKDOWN) {
  const name = relative(ROOT, path)
  const text = readFileSync(path, "utf8")

  test(`${name}: every link in the project leads somewhere`, (t) => {
    t.pass()
    for (const [, target, image] of text.matchAll(LINK)) {
      const [file = "", anchor] = (target ?? image ?? "").split("#")
      if (/^[a-z]+:/.test(file)) continue
      const linked = file === "" ? path : join(dirname(path), file)
      t.true(existsSync(linked), `${name} links to ${file}`)
      if (anchor !== undefined)
        t.true(anchors(readFileSync(linked, "utf8")).includes(anchor), `${name}: #${anchor}`)
    }
  })

  test(`${name}: every npm script that it names exists`, (t) => {
    t.pass()
    for (const [, run, short] of text.matchAll(SCRIPT)) {
      const script = run ?? short ?? ""
      t.true(Object.hasOwn(packageJson.scripts, script), `${name}: npm run ${script}`)
    }
  })

  test(`${name}: no trace of the machine that it was written on`, (t) => {
    t.false(/\/(work|home|tmp|root|Users)\//.test(text))
  })
}

test("nothing that a wearer reads in the documents speaks of harm", (t) => {
  for (const path of [
    README_PATH,
    MEASURING_PATH,
    CALIBRATION_PATH,
    ACCURACY_PATH,
    ROUTINES_PATH,
    SAFETY_PATH,
  ]) {
    t.deepEqual(readFileSync(join(ROOT, path), "utf8").match(/\b(damag|injur|harm)\w*/gi), null, path)
  }
})

test("the table of dependencies lists exactly those of package.json", (t) => {
  const [, section = ""] = README.split("### Dependencies")
  const [table = ""] = section.split(/^#+ /m)
  const listed = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name)
  const { dependencies, devDependencies, optionalDependencies } = packageJson
  const wanted = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })
  t.deepEqual([...listed].sort(), wanted.sort())
  for (const override of Object.keys(packageJson.overrides)) t.true(section.includes(`overrides.${override}`))
})

test("Node's oldest version is told as package.json demands it", (t) => {
  const [, oldest = ""] = /^>=(\d+\.\d+)\.\d+$/.exec(packageJson.engines.node) ?? []
  t.true(README.includes(`Node ${oldest} or newer`))
})

test("the changelog's newest version is the firmware's and the package's", (t) => {
  const [, newest] = /^## \[(\d+\.\d+\.\d+)\]/m.exec(readFileSync(join(ROOT, "CHANGELOG.md"), "utf8")) ?? []
  t.is(newest, FIRMWARE_VERSION)
  t.is(newest, packageJson.version)
})

const PICTURES = [
  "where-it-sits",
  "how-it-works",
  "bend-by-paper",
  "accuracy-stride",
  "accuracy-peaks",
  "accuracy-robustness",
  "virtual-runner",
]
for (const picture of PICTURES) {
  test(`${picture}.svg shows in both colour schemes, fetches nothing and says what it shows`, (t) => {
    const svg = readFileSync(join(ROOT, `docs/${picture}.svg`), "utf8")
    const [light = "", dark = ""] = svg.split("@media (prefers-color-scheme: dark)")
    const colours = (css: string) =>
      [...css.matchAll(/\.([\w.]+) \{ (?:fill|stroke): #/g)].map(([, name]) => name)
    t.deepEqual(colours(dark), colours(light))
    t.notRegex(svg, /<script|<image|@import|url\(|href="(?!#)/)
    t.regex(svg, /<title id="title">[^<]+<[\s\S]+<desc id="desc">[^<]+</)
  })
}
