/** The table of docs/update.md, from docs/update-rates.json. */
import { minutesOf, type UpdateReport } from "../rates/update-report"
import { markdownTable } from "./markdown-table"

const PERCENT = 100

export function updateTable({ links }: UpdateReport): string {
  const rows = links.map((link) => [
    ...[`${link.mtu}`, `${link.payloadBytes} bytes`, `${PERCENT * link.loss} %`],
    ...[Math.round(link.bytes / link.seconds).toLocaleString("en-US"), minutesOf(link).toFixed(1)],
  ])
  return markdownTable(["MTU", "packets of", "packets lost", "bytes a second", "a full slot, min"], rows)
}
