/** What the device counted beside what was there to count, for one run of a scenario. */
import { DEPTH_BANDS_DEG } from "../../src/ble/run-codec"
import type { RunErrors, RunFigures } from "../statistics/run-figures"
import { plainTable } from "./plain-table"
import { count, type Paint } from "./wording"

const BY_DEPTH = [
  "compressions30Percent",
  "compressions35Percent",
  "compressions40Percent",
  "compressions45Percent",
  "compressions50Percent",
] as const satisfies (keyof RunErrors)[]

export function truthTable({ truth, device, errors }: RunFigures, paint: Paint): string {
  const rows = [
    ["bouts", device.bouts, truth.bouts, ""],
    ["strides", device.strides, truth.strides, signed(errors.stridesPercent, " %")],
    ...BY_DEPTH.map((name, band) => [
      `past ${DEPTH_BANDS_DEG[band]}°`,
      device.compressions[band] as number,
      truth.compressions[band] as number,
      signed(errors[name], " %"),
    ]),
    ["deepest", "", "", signed(errors.peakDeg, "°")],
  ]
  const head = ["", "device", "true", "off by"].map((text) => paint("dim", text))
  return [
    plainTable(head, ["left", "right", "right", "right"], rows),
    "",
    `  ${boutWords(errors)}`,
    `  ${paint("dim", "past 30°: compressions; %: of the true strides; deepest: a bout's median stance peak, mean over the bouts")}`,
  ].join("\n")
}

export function boutWords({
  boutsFound,
  boutsMissed,
  boutsInvented,
}: Pick<RunErrors, "boutsFound" | "boutsMissed" | "boutsInvented">): string {
  const bouts = count(boutsFound + boutsMissed, "bout", "bouts")
  const words = (found: number) => found.toLocaleString("en-US")
  return `of ${bouts} of running ${words(boutsFound)} found, ${words(boutsMissed)} missed; ${words(boutsInvented)} invented`
}

/** "+0.4 %"; "–" where there is none. Zero, as it is shown, has no sign. */
export function signed(value: number | null, unit: string, digits = 1): string {
  if (value === null) return "–"
  const text = value.toFixed(digits)
  if (Number(text) === 0) return `${(0).toFixed(digits)}${unit}`
  return `${value > 0 ? "+" : ""}${text}${unit}`
}
