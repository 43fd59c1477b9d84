/**
 * `npm run update-rates [-- --json | --accept]`: a firmware brought to the virtual board, from the press of the button to its confirmation, over links
 * that are modelled, and how long each takes (docs/update.md). Standard output is the result; progress goes to standard error.
 */
import type { UpdateProgress } from "../../phone/link/firmware-update"
import { plainTable } from "../cli/plain-table"
import { ExitCode } from "../cli/usage"
import type { Engine } from "../engine/engine"
import { openFirmware } from "../engine/firmware-engine"
import { measureUpdate, minutesOf, type UpdateRate, writeUpdateReport } from "./update-report"

export interface UpdateRatesOptions {
  json?: boolean
  /** Keep what is measured: figures of docs/update.md. */
  accept?: boolean
}

const PERCENT = 100
const WORDS: Readonly<Record<UpdateProgress["phase"], string>> = {
  press: "asks the wearer for a press of the button",
  sending: "takes the image",
  checking: "checks it, and starts anew",
  trial: "runs the new firmware, on trial",
}

/** Resolves to the exit code. */
export async function updateRatesCommand({ json, accept }: UpdateRatesOptions): Promise<number> {
  const tell = (line: string) => void (json || process.stderr.write(`${line}\n`))
  let last = ""
  const report = await measureUpdate(withDevice, ({ mtu, payloadBytes, loss }, told) => {
    const link = `MTU ${mtu}, packets of ${payloadBytes}, ${PERCENT * loss} % lost`
    const line =
      "phase" in told
        ? `  ${link}: the device ${WORDS[told.phase]}`
        : `  ${link}: ${told.seconds.toFixed(1)} s`
    if (line !== last) tell(line)
    last = line
  })
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : table(report.links))
  if (accept) {
    writeUpdateReport(report)
    tell("Kept in docs/update-rates.json; `npm run docs` writes it out.")
  }
  return ExitCode.done
}

async function withDevice<Result>(use: (engine: Engine) => Promise<Result>): Promise<Result> {
  const engine = await openFirmware("node")
  try {
    return await use(engine)
  } finally {
    await engine.close()
  }
}

function table(links: readonly UpdateRate[]): string {
  const head = ["MTU", "packets of", "lost", "bytes", "seconds", "bytes a second", "a full slot, min"]
  const rows = links.map((link) => [
    ...[`${link.mtu}`, `${link.payloadBytes} bytes`, `${PERCENT * link.loss} %`, `${link.bytes}`],
    ...[
      link.seconds.toFixed(1),
      Math.round(link.bytes / link.seconds).toString(),
      minutesOf(link).toFixed(1),
    ],
  ])
  return `${plainTable(
    head,
    head.map(() => "right" as const),
    rows,
  )}\n`
}
