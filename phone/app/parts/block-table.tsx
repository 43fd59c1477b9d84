/** The time line's numbers, block by block. */
import type { RunView } from "../../runs/run-view"
import { clockWords } from "../duration-words"
import { depthWords, wholeWords } from "../figure-words"

export function BlockTable({ run }: { run: RunView }) {
  if (run.blocks.length === 0) return null
  return (
    <details>
      <summary>The numbers as a table</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">Load</th>
            <th scope="col">Past {run.thresholdDeg}°</th>
            <th scope="col">Depth</th>
          </tr>
        </thead>
        <tbody>
          {run.blocks.map(({ startS, load, compressions, peakMedianDeg }) => (
            <tr key={startS}>
              <th scope="row">{clockWords(startS)}</th>
              <td>{wholeWords(load)}</td>
              <td>{compressions}</td>
              <td>{peakMedianDeg === undefined ? "" : depthWords(peakMedianDeg, run.peak.errorDeg)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
