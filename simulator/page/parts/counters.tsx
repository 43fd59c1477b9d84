/** What the phone knows of the run, read over Bluetooth: it stays as it was while there is no link. */

import { DEPTH_BANDS_DEG } from "../../../src/run/summary"
import { ACTIVITY_WORDS } from "../../activity-words"
import { clock } from "../../number-words"
import type { PhoneView } from "../../serve/messages"
import { usePage } from "../use-page"

export function Counters() {
  const phone = usePage((state) => state.phone)
  // A device that lost its power may have kept less than it told live.
  const counted = phone?.isRunOpen ? phone : (phone?.runs.at(-1) ?? phone)
  const buzzes = usePage((state) => state.news.filter(({ name }) => name === "buzz").length)
  return (
    <section class="counters panel" aria-labelledby="counters">
      <div class="panel-head">
        <h2 id="counters">This run</h2>
        <Source phone={phone} />
      </div>
      <div class="figures">
        <dl>
          <Figure name="compressions" value={counted?.compressions} class="past" />
          <Figure name="strides" value={counted?.strides} />
          <Figure
            name="last depth"
            value={phone?.lastPeakDeg ? `${Math.round(phone.lastPeakDeg)}°` : undefined}
          />
          <Figure name="buzzes" value={buzzes} />
          <Figure
            name="doing"
            value={phone && (ACTIVITY_WORDS[phone.activity] ?? phone.activity)}
            class="words"
          />
        </dl>
        <Depths />
      </div>
    </section>
  )
}

function Source({ phone }: { phone: PhoneView | undefined }) {
  if (phone?.asOfS === undefined) return <p class="tag">no phone has read it yet</p>
  const run = phone.isRunOpen ? "run open" : "no run open"
  if (phone.link === "connected") return <p class="tag live">{run}, live over Bluetooth</p>
  return (
    <p class="tag stale">
      {run} as of {clock(phone.asOfS)}, link lost
    </p>
  )
}

function Figure({
  name,
  value,
  class: kind = "",
}: {
  name: string
  value: string | number | undefined
  class?: string
}) {
  return (
    <div class={`figure ${kind}`}>
      <dt>{name}</dt>
      <dd>{value ?? "–"}</dd>
    </div>
  )
}

/** How many compressions went past each depth: as the device's strides tell while the run is open, then as the phone has it. */
function Depths() {
  const told = usePage((state) => state.depthCounts)
  const closed = usePage(({ phone }) =>
    phone?.isRunOpen ? undefined : phone?.runs.at(-1)?.compressionsByDepth,
  )
  const counts = closed ? DEPTH_BANDS_DEG.map((deg) => closed[deg] ?? 0) : told
  const most = Math.max(1, ...counts)
  return (
    <table class="depths">
      <caption>How deep they went</caption>
      <tbody>
        {DEPTH_BANDS_DEG.map((deg, band) => (
          <tr key={deg}>
            <th scope="row">past {deg}°</th>
            <td class="bar-cell">
              <span class="bar" style={{ transform: `scaleX(${(counts[band] ?? 0) / most})` }} />
            </td>
            <td class="number">{counts[band] ?? 0}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
