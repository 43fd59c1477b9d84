/** A run in the list, as a link to all of it. */
import { hashOf } from "../route"
import type { RunRow } from "../run-list"
import { Bar } from "./bar"

export function RunLine({ row }: { row: RunRow }) {
  return (
    <>
      <li class="run">
        <a class="run-line" href={hashOf({ screen: "run", key: row.key })}>
          <span class="run-head">
            <strong>
              {row.date}
              {row.time && <span class="soft"> {row.time}</span>}
            </strong>
            {!row.isUnreadable && <span>{row.duration}</span>}
          </span>
          {row.readiness && <span class="soft">Before it: {row.readiness}</span>}
          {row.device && <span class="soft">{row.device}</span>}
          {row.isUnreadable ? (
            <span class="soft">This version of the app cannot read this run. It is kept.</span>
          ) : (
            <Figures row={row} />
          )}
        </a>
      </li>
      {row.change && (
        <li class="version-change">
          The runs {row.device && `of ${row.device} `}above were counted by {row.change}, those below by
          another version.
        </li>
      )}
    </>
  )
}

function Figures({ row }: { row: RunRow }) {
  return (
    <>
      <span class="run-figures">
        <span>
          <strong>{row.compressions}</strong> <span class="soft">{row.share}</span>
        </span>
        <span>
          <span class="soft">median depth</span> <strong>{row.depth}</strong>
        </span>
      </span>
      <span class="load">
        <span class="soft">load</span>
        <Bar share={row.loadShare} />
        <span>{row.load}</span>
      </span>
      {(row.pains || row.isDoubtful) && (
        <span class="marks">
          {row.pains && <span class="mark pain">{row.pains}</span>}
          {row.isDoubtful && <span class="mark doubt">doubtful data</span>}
        </span>
      )}
    </>
  )
}
