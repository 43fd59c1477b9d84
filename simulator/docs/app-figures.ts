/**
 * What the phone's app states beside its numbers, taken out of the accuracy report: the smallest detectable change, and the mean errors. Each is a
 * JSON file that the app imports, with when and with what it was measured.
 */

import { DEPTH_BANDS_DEG } from "../../src/ble/run-codec"
import type { WearingName } from "../evaluate/wearing"
import { type AccuracyReport, jsonFile, type WornAccuracy, wornOf } from "./accuracy-report"
import { bandMetric } from "./accuracy-words"

export const DETECTABLE_CHANGE_PATH = "phone/runs/detectable-change.json"
export const MEAN_ERROR_PATH = "phone/runs/mean-error.json"

export function detectableChangeFile(report: AccuracyReport): string {
  return appFile(report, ({ smallestChange }) => ({ ...smallestChange }))
}

/** Mean absolute errors on runners that the model was not fitted to; shares in percentage points of strides. */
export function meanErrorFile(report: AccuracyReport): string {
  return appFile(report, ({ mean }) => ({
    peakDeg: mean.countedPeakErrorDeg,
    contactTimeMs: mean.contactTimeErrorMs,
    cadenceSpm: mean.cadenceErrorSpm,
    sharePoints: DEPTH_BANDS_DEG.map((depth) => mean[bandMetric(depth)]),
  }))
}

function appFile(report: AccuracyReport, pick: (figures: WornAccuracy) => object): string {
  const worn: Partial<Record<WearingName, object>> = {}
  for (const { name, figures } of wornOf(report)) {
    const { made, firmware, model } = figures
    worn[name] = { made, firmware, modelVersion: Number(model), ...pick(figures) }
  }
  return jsonFile({ conditions: report.conditions, worn })
}
