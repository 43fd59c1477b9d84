/**
 * The documents that the code has a part in: each path and its text, as it ought to be. gatt.md and the Moddable SDK's service
 * files and the plots are written whole, the others have generated parts between their hand-written ones (generated-blocks.ts).
 */
import { readFileSync } from "node:fs"
import { serviceFiles } from "../../hosts/esp32/service-files"
import type { DeviceModel } from "../../src/ble/device-model"
import { ADVERTISED_NAME } from "../../src/ble/profile"
import { PatellaService } from "../../src/ble/service"
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
import { GATT_DOCUMENT_PATH, gattDocument } from "./gatt-document"
import { blocksOf, fillBlocks } from "./generated-blocks"
import { peaksPlot } from "./peaks-plot"
import { robustnessPlot } from "./robustness-plot"
import { sessionsTable } from "./sessions-table"
import { stridePlot } from "./stride-plot"

export const README_PATH = "README.md"
export const ACCURACY_PATH = "docs/accuracy.md"
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
  return [
    { path: GATT_DOCUMENT_PATH, text: gattDocument() },
    ...serviceTexts(),
    {
      path: README_PATH,
      text: fillBlocks(README_PATH, readme, {
        start: await startOutput(),
        test: testOutput ?? blocksOf(README_PATH, readme).get("test") ?? "",
        accuracy: accuracySummary(report),
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

function serviceTexts(): DocumentText[] {
  // What a characteristic is does not depend on a device.
  const { services } = new PatellaService({} as DeviceModel).options
  return [...serviceFiles(ADVERTISED_NAME, services)].map(([name, content]) => ({
    path: `${SERVICES_FOLDER}/${name}`,
    text: `${JSON.stringify(content, null, 2)}\n`,
  }))
}
