/** The flash that the runs lie in: a cell a block, coloured by use, darker the more often it was erased. */
import { count, percent } from "../../number-words"
import { blockCells, useCounts } from "../flash-grid"
import { usePage } from "../use-page"
import { Panel } from "./panel"
import { Scroll } from "./scroll"

const USE_WORDS = {
  archive: "closed runs",
  journal: "the open run",
  free: "free",
  bad: "bad",
  foreign: "of something else",
} as const

export function FlashMap() {
  const flash = usePage((state) => state.flash)
  if (!flash) {
    return (
      <Panel id="flash" title="Flash">
        <p class="note">Not looked at yet.</p>
      </Panel>
    )
  }
  const cells = blockCells(flash)
  const counts = useCounts(cells)
  const worn = cells.reduce((sum, { erases }) => sum + erases, 0)
  return (
    <Panel id="flash" title="Flash" aside={<p class="tag">{percent(flash.usedShare)} used</p>}>
      <svg
        class="flash-grid"
        viewBox={`0 0 ${COLUMNS * CELL} ${Math.ceil(cells.length / COLUMNS) * CELL}`}
        role="img"
        aria-label={`${count(cells.length, "block", "blocks")}: ${counts.map(({ use, blocks }) => `${blocks} ${USE_WORDS[use]}`).join(", ")}; erased ${count(worn, "time", "times")} together`}
      >
        {cells.map(({ number, use, erases, wear, runs }) => (
          <rect
            key={number}
            class={`block ${use}`}
            x={(number % COLUMNS) * CELL + 1}
            y={Math.floor(number / COLUMNS) * CELL + 1}
            width={CELL - 2}
            height={CELL - 2}
            rx={2.5}
            style={{ "--wear": wear.toFixed(2) }}
          >
            <title>
              {`Block ${number}: ${USE_WORDS[use]}, erased ${count(erases, "time", "times")}${runs.length > 0 ? `, run ${runs.join(", ")}` : ""}`}
            </title>
          </rect>
        ))}
      </svg>
      <ul class="legend">
        {counts.map(({ use, blocks }) => (
          <li key={use} class={`block-key ${use}`}>
            {USE_WORDS[use]} {blocks}
          </li>
        ))}
      </ul>
      {flash.runs.length === 0 ? (
        <p class="note">No closed run is stored. Darker blocks were erased more often.</p>
      ) : (
        <Scroll label="Stored runs">
          <ul class="stored-runs">
            {flash.runs.map(({ id, blocks }) => (
              <li key={id}>
                Run {id}: {blocks.length === 1 ? "block" : "blocks"} {blocks.join(", ")}
              </li>
            ))}
          </ul>
        </Scroll>
      )}
    </Panel>
  )
}

const COLUMNS = 16
const CELL = 16
