/** Which scenario, with which seed, and how many sensors. */
import { useEffect, useState } from "preact/hooks"
import { FIRST_SEED, type Played } from "../../serve/messages"
import { seedFrom } from "../address"
import { play } from "../player"
import { current } from "../store"
import { usePage } from "../use-page"

export function ScenarioChooser() {
  const scenarios = usePage((state) => state.scenarios)
  const played = usePage((state) => state.played)
  const worn = usePage((state) => state.playing?.sensors)
  const name = played?.from === "scenario" ? played.name : ""
  return (
    <div class="chooser">
      <label class="field wide">
        <span>Scenario</span>
        <select value={name} onChange={({ currentTarget }) => choose({ name: currentTarget.value })}>
          {played && name === "" && <option value="">{(played as { fileName: string }).fileName}</option>}
          {scenarios.map((listed) => (
            <option key={listed.name} value={listed.name}>
              {listed.title}
            </option>
          ))}
        </select>
      </label>
      <Seed played={played} />
      {played?.from !== "scenarioFile" && (
        <label class="field">
          <span>Sensors</span>
          <select
            value={played?.sensors ?? worn ?? 1}
            onChange={({ currentTarget }) => choose({ sensors: currentTarget.value === "2" ? 2 : 1 })}
          >
            <option value="1">one</option>
            <option value="2">two</option>
          </select>
        </label>
      )}
    </div>
  )
}

function Seed({ played }: { played: Played | undefined }) {
  const seed = played && "seed" in played ? played.seed : undefined
  const [text, setText] = useState("")
  useEffect(() => setText(seed === undefined ? "" : String(seed)), [seed])
  const isWrong = seed !== undefined && seedFrom(text) === undefined
  return (
    <label class="field">
      <span>Seed</span>
      <input
        type="text"
        inputMode="numeric"
        size={5}
        value={text}
        disabled={seed === undefined}
        aria-invalid={isWrong}
        title="A whole number. The same seed gives the same runner and the same motion."
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onChange={({ currentTarget }) => {
          const typed = seedFrom(currentTarget.value)
          if (typed !== undefined && typed !== seed) choose({ seed: typed })
        }}
      />
    </label>
  )
}

/** The same as it is played, but for this: begins from the start, and goes on if it did. As many sensors as the scenario says, unless somebody chose. */
function choose(wanted: { name?: string; seed?: number; sensors?: 1 | 2 }): void {
  const { played, phase } = current()
  const isPaused = phase !== "running"
  const { name, ...others } = wanted
  if (name) {
    const seed = played && "seed" in played ? played.seed : FIRST_SEED
    const sensors = played && "sensors" in played ? played.sensors : undefined
    play({ from: "scenario", name, seed, ...(sensors && { sensors }), ...others }, isPaused)
  } else if (played) play({ ...played, ...others } as Played, isPaused)
}
