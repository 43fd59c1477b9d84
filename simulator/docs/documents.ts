/**
 * The documents that the code has a part in: each path and its text, as it ought to be. gatt.md, the Moddable SDK's service
 * files, the app's figures, the device's routines and the plots are written whole, the others have generated parts between their hand-written ones (generated-blocks.ts).
 */
import { readFileSync } from "node:fs"
import { serviceFiles } from "../../hosts/esp32/service-files"
import type { DeviceModel } from "../../src/ble/device-model"
import { PatellaService } from "../../src/ble/service"
import { DEFAULT_NAME } from "../../src/storage/device-name"
import { type PerformanceReport, readPerformanceReport } from "../bench/performance-report"
import { consoleTranscript, shortened } from "../console/transcript"
import { budgetsOf, readDutyReport } from "../power/power-report"
import { readSyncReport } from "../rates/sync-report"
import { readUpdateReport } from "../rates/update-report"
import { SCENARIO_SCHEMA, SCHEMA_PATH } from "../scenario/schema"
import { SCREENS_PATH, screensSvg } from "../screens/screens-svg"
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
import { DETECTABLE_CHANGE_PATH, detectableChangeFile, MEAN_ERROR_PATH, meanErrorFile } from "./app-figures"
import { bendTable, readBendReport } from "./bend-report"
import { buzzTable } from "./buzz-table"
import { seriesOutput, startOutput } from "./command-output"
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
import { powerPlot } from "./power-plot"
import {
  currentTable,
  dutyTable,
  lifeTable,
  partTable,
  sittingWords,
  startWords,
  targetWords,
} from "./power-tables"
import { robustnessPlot } from "./robustness-plot"
import { routineTexts } from "./routine-texts"
import { runnerPlot } from "./runner-plot"
import { readRunnerReport } from "./runner-report"
import {
  eventTable,
  exampleScenario,
  faultTable,
  fieldTable,
  refusedScenario,
  stepTable as scenarioStepTable,
  scenarioTable,
} from "./scenario-tables"
import { sessionsTable } from "./sessions-table"
import { stridePlot } from "./stride-plot"
import { linkTable, storedTable } from "./sync-tables"
import { updateTable } from "./update-tables"
import { xiaoWiringPicture } from "./wiring-picture"

export const README_PATH = "README.md"
export const ACCURACY_PATH = "docs/accuracy.md"
export const PERFORMANCE_PATH = "docs/performance.md"
export const FLASH_PATH = "docs/flash-format.md"
export const CONSOLE_PATH = "docs/console.md"
export const SYNC_PATH = "docs/sync.md"
export const POWER_PATH = "docs/power.md"
export const UPDATE_PATH = "docs/update.md"
export const SCENARIOS_PATH = "docs/scenarios.md"
export const SIMULATING_PATH = "docs/simulating.md"
export const BUTTON_PATH = "docs/button.md"
export const READINESS_PATH = "docs/readiness.md"
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
    { path: "docs/wiring-xiao.svg", text: xiaoWiringPicture() },
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
    { path: DETECTABLE_CHANGE_PATH, text: detectableChangeFile(report) },
    { path: MEAN_ERROR_PATH, text: meanErrorFile(report) },
    ...plots(report),
    { path: SCREENS_PATH, text: screensSvg() },
    { path: "docs/virtual-runner.svg", text: runnerPlot(readRunnerReport()) },
    ...performanceTexts(performance),
    ...powerTexts(performance),
    {
      path: FLASH_PATH,
      text: fillBlocks(FLASH_PATH, readFileSync(FLASH_PATH, "utf8"), {
        capacity: capacityTable(),
        image: exampleLog(),
      }),
    },
    {
      path: CONSOLE_PATH,
      text: fillBlocks(CONSOLE_PATH, readFileSync(CONSOLE_PATH, "utf8"), {
        transcript: `\`\`\`text\n${shortened(await consoleTranscript("xs"))}\n\`\`\``,
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
      path: UPDATE_PATH,
      text: fillBlocks(UPDATE_PATH, readFileSync(UPDATE_PATH, "utf8"), {
        links: updateTable(readUpdateReport()),
      }),
    },
    ...scenarioTexts(),
    ...routineTexts(),
    {
      path: READINESS_PATH,
      text: fillBlocks(READINESS_PATH, readFileSync(READINESS_PATH, "utf8"), {
        bends: bendTable(readBendReport()),
      }),
    },
    {
      path: SIMULATING_PATH,
      text: fillBlocks(SIMULATING_PATH, readFileSync(SIMULATING_PATH, "utf8"), {
        series: await seriesOutput(),
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

function powerTexts(performance: PerformanceReport): DocumentText[] {
  const budgets = budgetsOf(readDutyReport(), performance)
  return [
    {
      path: POWER_PATH,
      text: fillBlocks(POWER_PATH, readFileSync(POWER_PATH, "utf8"), {
        life: lifeTable(budgets),
        target: targetWords(budgets),
        sitting: sittingWords(budgets),
        start: startWords(performance),
        parts: partTable(budgets),
        duty: dutyTable(budgets),
        currents: currentTable(),
      }),
    },
    { path: "docs/power.svg", text: powerPlot(budgets) },
  ]
}

function scenarioTexts(): DocumentText[] {
  return [
    { path: SCHEMA_PATH, text: `${JSON.stringify(SCENARIO_SCHEMA, null, 2)}\n` },
    {
      path: BUTTON_PATH,
      text: fillBlocks(BUTTON_PATH, readFileSync(BUTTON_PATH, "utf8"), { buzzes: buzzTable() }),
    },
    {
      path: SCENARIOS_PATH,
      text: fillBlocks(SCENARIOS_PATH, readFileSync(SCENARIOS_PATH, "utf8"), {
        example: exampleScenario(),
        fields: fieldTable(),
        steps: scenarioStepTable(),
        events: eventTable(),
        faults: faultTable(),
        refused: refusedScenario(),
        scenarios: scenarioTable(),
      }),
    },
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
