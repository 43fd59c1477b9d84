/**
 * The documents that the code has a part in: each path and its text, as it ought to be. gatt.md and the Moddable SDK's service
 * files and the plots are written whole, the others have generated parts between their hand-written ones (generated-blocks.ts).
 */
import { readFileSync } from "node:fs"
import { serviceFiles } from "../../hosts/esp32/service-files"
import type { DeviceModel } from "../../src/ble/device-model"
import { PatellaService } from "../../src/ble/service"
import { DEFAULT_NAME } from "../../src/storage/device-name"
import { type PerformanceReport, readPerformanceReport } from "../bench/performance-report"
import { readSyncReport } from "../rates/sync-report"
import { type AccuracyReport, readAccuracyReport } from "./accuracy-report"
import { accuracySummary } from "./accuracy-summary"
import {
  broadTable,
  changeTable,
  depthsTable,
  metricsTable,
  robustnessTable,
  runnersTable,
} from "./accuracy-tables"
import { startOutput } from "./command-output"
import { exampleLog } from "./example-image"
import { capacityTable } from "./flash-capacity"
import { GATT_DOCUMENT_PATH, gattDocument } from "./gatt-document"
import { blocksOf, fillBlocks } from "./generated-blocks"
import { peaksPlot } from "./peaks-plot"
import { stepsPlot } from "./performance-plot"
import {
  blockTable,
  budgetTable,
  costTable,
  hoursTable,
  imageTable,
  memoryTable,
  operationTable,
  performanceSummary,
  referenceTable,
  shareWords,
  stepTable,
  storageTable,
} from "./performance-tables"
import { robustnessPlot } from "./robustness-plot"
import { sessionsTable } from "./sessions-table"
import { stridePlot } from "./stride-plot"
import { linkTable, storedTable } from "./sync-tables"

export const README_PATH = "README.md"
export const ACCURACY_PATH = "docs/accuracy.md"
export const PERFORMANCE_PATH = "docs/performance.md"
export const FLASH_PATH = "docs/flash-format.md"
export const SYNC_PATH = "docs/sync.md"
export const RECORDINGS_PATH = "simulator/recordings/README.md"
const SERVICES_FOLDER = "hosts/esp32/bleservices"

export interface DocumentText {
  path: string
  text: string
}

/** @param testOutput what `npm test` printed; left out, the README keeps what it has. */
export async function documents(testOutput?: string): Promise<DocumentText[]> {
  const readme = readFileSync(README_PATH, "utf8")
  const accuracy = readFileSync(ACCURACY_PATH, "utf8")
  const recordings = readFileSync(RECORDINGS_PATH, "utf8")
  const report = readAccuracyReport()
  const performance = await readPerformanceReport()
  const sync = readSyncReport()
  return [
    { path: GATT_DOCUMENT_PATH, text: gattDocument() },
    ...serviceTexts(),
    {
      path: README_PATH,
      text: fillBlocks(README_PATH, readme, {
        start: await startOutput(),
        test: testOutput ?? blocksOf(README_PATH, readme).get("test") ?? "",
        accuracy: accuracySummary(report),
        performance: performanceSummary(performance),
      }),
    },
    {
      path: ACCURACY_PATH,
      text: fillBlocks(ACCURACY_PATH, accuracy, {
        metrics: metricsTable(report),
        runners: runnersTable(report),
        depths: depthsTable(report),
        change: changeTable(report),
        robustness: robustnessTable(report),
        broad: broadTable(report),
      }),
    },
    ...plots(report),
    ...performanceTexts(performance),
    {
      path: FLASH_PATH,
      text: fillBlocks(FLASH_PATH, readFileSync(FLASH_PATH, "utf8"), {
        capacity: capacityTable(),
        image: exampleLog(),
      }),
    },
    {
      path: SYNC_PATH,
      text: fillBlocks(SYNC_PATH, readFileSync(SYNC_PATH, "utf8"), {
        links: linkTable(sync),
        stored: storedTable(sync, performance),
      }),
    },
    {
      path: RECORDINGS_PATH,
      text: fillBlocks(RECORDINGS_PATH, recordings, { sessions: sessionsTable() }),
    },
  ]
}

/** A picture of what was not measured is not written. */
function plots(report: AccuracyReport): DocumentText[] {
  const drawn = {
    "docs/accuracy-stride.svg": stridePlot(report),
    "docs/accuracy-peaks.svg": peaksPlot(report),
    "docs/accuracy-robustness.svg": robustnessPlot(report),
  }
  return Object.entries(drawn).flatMap(([path, text]) => (text === undefined ? [] : [{ path, text }]))
}

function performanceTexts(report: PerformanceReport): DocumentText[] {
  const document = readFileSync(PERFORMANCE_PATH, "utf8")
  return [
    {
      path: PERFORMANCE_PATH,
      text: fillBlocks(PERFORMANCE_PATH, document, {
        budgets: budgetTable(report),
        costs: `${costTable(report)}\n\n${shareWords(report)}`,
        blocks: blockTable(report),
        references: referenceTable(report),
        operations: operationTable(report),
        memory: memoryTable(report),
        image: imageTable(report),
        storage: storageTable(report),
        hours: hoursTable(report),
        steps: stepTable(report),
      }),
    },
    { path: "docs/performance-steps.svg", text: stepsPlot(report) },
  ]
}

function serviceTexts(): DocumentText[] {
  // What a characteristic is does not depend on a device.
  const { services } = new PatellaService({} as DeviceModel)
  return [...serviceFiles(DEFAULT_NAME, services)].map(([name, content]) => ({
    path: `${SERVICES_FOLDER}/${name}`,
    text: `${JSON.stringify(content, null, 2)}\n`,
  }))
}
