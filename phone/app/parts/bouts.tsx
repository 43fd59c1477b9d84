/** Stretches of running between pauses. */
import type { RunView } from "../../runs/run-view"
import { clockWords, durationWords } from "../duration-words"
import { depthWords, wholeWords } from "../figure-words"
import { Panel } from "./panel"

export function Bouts({ run }: { run: RunView }) {
  const { bouts, boutsDropped, peak } = run
  if (bouts.length === 0) return null
  return (
    <Panel id="bouts" title="Bouts">
      <table class="bouts">
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">Length</th>
            <th scope="col">Steps a minute</th>
            <th scope="col">Ground, ms</th>
            <th scope="col">Depth</th>
            <th scope="col">Load</th>
          </tr>
        </thead>
        <tbody>
          {bouts.map((bout) => (
            <tr key={bout.startS}>
              <th scope="row">{clockWords(bout.startS)}</th>
              <td>{durationWords(bout.durationS)}</td>
              <td>{Math.round(bout.cadenceSpm)}</td>
              <td>{bout.contactTimeMs}</td>
              <td>{depthWords(bout.peakMedianDeg, peak.errorDeg)}</td>
              <td>{wholeWords(bout.load)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {boutsDropped > 0 && (
        <p class="soft">The device had no room for {boutsDropped} more. The run’s own figures have them.</p>
      )}
    </Panel>
  )
}
