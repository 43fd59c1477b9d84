/** The newest strides in figures: what the plot marks with dots. */
import { clock } from "../../number-words"
import { usePage } from "../use-page"
import { Scroll } from "./scroll"

export function LastStrides() {
  const strides = usePage((state) => state.strides)
  return (
    <details class="last-strides">
      <summary>The last strides as a table</summary>
      {strides.length === 0 ? (
        <p class="note">No stride yet.</p>
      ) : (
        <Scroll label="The last strides">
          <table>
            <thead>
              <tr>
                <th scope="col">Time</th>
                <th scope="col">Deepest while loaded</th>
                <th scope="col">Foot on ground</th>
                <th scope="col">Compression</th>
              </tr>
            </thead>
            <tbody>
              {[...strides].reverse().map(({ contactS, toeOffS, peakDeg, isCompression }) => (
                <tr key={contactS}>
                  <td>{clock(contactS)}</td>
                  <td>{Math.round(peakDeg)}°</td>
                  <td>{Math.round((toeOffS - contactS) * 1000)} ms</td>
                  <td>{isCompression ? "yes" : "no"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </details>
  )
}
