/** The project's recorded sessions as a Markdown table, from the JSON beside each: for simulator/recordings/README.md. */
import { readdirSync, readFileSync } from "node:fs"
import { markdownTable } from "./markdown-table"

const FOLDER = "simulator/recordings"
const SEX: Record<string, string> = { M: "man", F: "woman" }

interface Session {
  session: string
  sex: string
  age: string
  /** Which part of the foot lands first. */
  rfsi: string
  thigh: { mount: { strapTurn: number } }
  runs: { speedMps: number; strides: number; peakFlexionMedianDeg: number }[]
}

export function sessionsTable(): string {
  const sessions = readdirSync(FOLDER)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(`${FOLDER}/${name}`, "utf8")) as Session)
  const speeds = sessions[0]?.runs.map((run) => run.speedMps).join(" / ")
  return markdownTable(
    ["", "runner", "strap", `bouts at ${speeds} m/s: strides`, "median stance peak"],
    sessions.map(({ session, sex, age, rfsi, thigh, runs }) => {
      const { strapTurn } = thigh.mount
      return [
        session,
        `${SEX[sex] ?? sex}, ${age}, lands on the ${rfsi.toLowerCase()}`,
        strapTurn === 0 ? "upright" : `turned by ${strapTurn}° about the thigh`,
        runs.map((run) => run.strides).join(" / "),
        `${runs.map((run) => run.peakFlexionMedianDeg.toFixed(0)).join(" / ")}°`,
      ]
    }),
  )
}
