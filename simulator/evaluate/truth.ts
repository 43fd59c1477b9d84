/**
 * What really happened in a recording: `Sxx.json` (bouts with their stances and compressions, identity of the runner) and
 * the truth columns of the CSV. Times in s of recording time, angles in degrees; made as the recordings' README describes.
 */
import { DEPTH_BANDS_DEG } from "../../src/ble/run-codec"

/** What `activity` says in a bout. */
export const RUNNING = "run"

/** Truth columns, one entry a row; `running` is 1 where `activity` says run. */
export interface TruthColumns {
  timeS: ArrayLike<number>
  kneeDeg: ArrayLike<number>
  thighDeg: ArrayLike<number>
  stance: ArrayLike<number>
  running: ArrayLike<number>
}

export interface TruthStance {
  startS: number
  endS: number
  peakDeg: number
}

export interface TruthBout {
  startS: number
  endS: number
  strides: number
  /** Part-size steps while the bout fades in and out: they may count or not. */
  rampSteps: number
  cadenceSpm: number
  peakMedianDeg: number
  /** In the order of DEPTH_BANDS_DEG. */
  compressions: number[]
  stances: TruthStance[]
}

export interface SessionTruth {
  session: string
  /** "dev" for the runners that the shipped coefficients were fitted to. */
  split: string
  seed: number
  bouts: TruthBout[]
}

/** A truth file that cannot be used; the message names the file and the field. */
export class TruthError extends Error {
  override readonly name = "TruthError"
  readonly exitCode = 2
}

/** Reads the text of an `Sxx.json`. @throws TruthError naming `file` and the first field that is missing or of the wrong type. */
export function parseSessionTruth(text: string, file: string): SessionTruth {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new TruthError(`${file}: not JSON: ${(error as Error).message}`)
  }
  const root = new Field(json, file)
  return {
    session: root.at("session").text(),
    split: root.has("split") ? root.at("split").text() : "",
    seed: root.has("seed") ? root.at("seed").number() : Number.NaN,
    bouts: root.at("runs").list().map(readBout),
  }
}

function readBout(run: Field): TruthBout {
  const contacts = run.at("icS").list()
  const toeOffs = run.at("toS").list()
  const peaks = run.at("peaksDeg").list()
  if (toeOffs.length !== contacts.length || peaks.length !== contacts.length) {
    throw run.wrong(
      `icS, toS and peaksDeg differ in length (${contacts.length}, ${toeOffs.length}, ${peaks.length})`,
    )
  }
  const compressions = run.at("compressions")
  const strides = run.at("strides").number()
  if (strides <= 0) throw run.wrong("strides must be above 0")
  return {
    startS: run.at("startS").number(),
    endS: run.at("endS").number(),
    strides,
    rampSteps: run.has("rampSteps") ? run.at("rampSteps").list().length : 0,
    cadenceSpm: run.at("cadenceSpm").number(),
    peakMedianDeg: run.at("peakFlexionMedianDeg").number(),
    compressions: DEPTH_BANDS_DEG.map((depth) => compressions.at(String(depth)).number()),
    stances: contacts.map((contact, i) => ({
      startS: contact.number(),
      endS: (toeOffs[i] as Field).number(),
      peakDeg: (peaks[i] as Field).number(),
    })),
  }
}

/** A value in the file that knows where it stands, so that its error can say so. */
class Field {
  readonly value: unknown
  readonly place: string

  constructor(value: unknown, place: string) {
    this.value = value
    this.place = place
  }
  has(key: string): boolean {
    return typeof this.value === "object" && this.value !== null && key in this.value
  }
  at(key: string): Field {
    if (!this.has(key)) throw this.wrong(`"${key}" is missing`)
    return new Field((this.value as Record<string, unknown>)[key], `${this.place}: ${key}`)
  }
  list(): Field[] {
    if (!Array.isArray(this.value)) throw this.wrong("expected a list")
    return this.value.map((item, i) => new Field(item, `${this.place}[${i}]`))
  }
  number(): number {
    if (typeof this.value !== "number") throw this.wrong("expected a number")
    return this.value
  }
  text(): string {
    if (typeof this.value !== "string") throw this.wrong("expected text")
    return this.value
  }
  wrong(what: string): TruthError {
    return new TruthError(`${this.place}: ${what}`)
  }
}
