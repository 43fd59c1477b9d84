/** What is different from earlier runs of this device, beside what would be noise. */
import { DEPTH_BANDS_DEG } from "../../../src/ble/run-codec"
import type { Change, compareWithEarlier, Refusal } from "../../runs/change"
import { count } from "../../runs/number-words"
import { changeWords, noiseWords } from "../change-words"

export function Changes({ compared }: { compared: ReturnType<typeof compareWithEarlier> }) {
  if ("refused" in compared) return <p>{compared.refused}</p>
  const { peak, compressions, load, shares, notes, runs } = compared
  return (
    <>
      <table class="changes">
        <caption>Beside the median of {count(runs, "earlier run")}</caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Change</th>
            <th scope="col">Noise is below</th>
          </tr>
        </thead>
        <tbody>
          <Row name="Median depth" unit="°" change={peak} />
          <Row name="Past your threshold" unit=" points" change={compressions} />
          {DEPTH_BANDS_DEG.map((deg, band) => {
            const change = shares[band]
            return change && <Row key={deg} name={`Past ${deg}°`} unit=" points" change={change} />
          })}
          <Row name="Load a stride" unit=" %" change={load} />
        </tbody>
      </table>
      {notes.map((note) => (
        <p key={note} class="soft">
          {note}
        </p>
      ))}
    </>
  )
}

interface RowProps {
  name: string
  unit: string
  change: Change | Refusal
}

function Row({ name, unit, change }: RowProps) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {"refused" in change ? (
        <td colSpan={2}>{change.refused}</td>
      ) : (
        <>
          <td>{changeWords(change, unit)}</td>
          <td>{noiseWords(change, unit)}</td>
        </>
      )}
    </tr>
  )
}
