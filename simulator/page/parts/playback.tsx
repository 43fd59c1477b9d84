/** What is played, and how fast. */
import { SPEEDS } from "../address"
import { chooseSpeed, exportPlayed, reset, togglePlay } from "../player"
import { usePage } from "../use-page"
import { FileButton } from "./file-button"
import { ScenarioChooser } from "./scenario-chooser"
import { TimeLine } from "./time-line"

const PLAY_WORDS = {
  loading: "Play",
  ready: "Play",
  running: "Pause",
  paused: "Go on",
  done: "Play again",
} as const

export function Playback() {
  const phase = usePage((state) => state.phase)
  const description = usePage((state) => state.playing?.description)
  const isRefused = usePage((state) => state.refused !== undefined)
  return (
    <section class="playback panel" aria-label="What is played">
      <div class="playback-row">
        <ScenarioChooser />
        <div class="buttons">
          <button type="button" class="primary" disabled={phase === "loading"} onClick={togglePlay}>
            <PlayIcon isRunning={phase === "running"} />
            {PLAY_WORDS[phase]}
          </button>
          <button type="button" disabled={phase === "loading"} onClick={reset}>
            Reset
          </button>
        </div>
        <Speeds />
      </div>
      <div class="playback-row about">
        <p class="description">{description ?? (isRefused ? "Nothing is played." : "Getting ready …")}</p>
        <div class="buttons">
          <FileButton />
          <button type="button" class="quiet" disabled={phase === "loading"} onClick={exportPlayed}>
            Export
          </button>
        </div>
      </div>
      <TimeLine />
    </section>
  )
}

function PlayIcon({ isRunning }: { isRunning: boolean }) {
  return (
    <svg viewBox="0 0 16 16" class="icon" aria-hidden="true">
      <path d={isRunning ? "M3 2h4v12H3zM9 2h4v12H9z" : "M3 1.5 14 8 3 14.5z"} />
    </svg>
  )
}

function Speeds() {
  const chosen = usePage((state) => state.speed)
  return (
    <fieldset class="speeds">
      <legend class="hidden">Speed</legend>
      {SPEEDS.map((speed) => (
        <label key={speed}>
          <input type="radio" name="speed" checked={speed === chosen} onChange={() => chooseSpeed(speed)} />
          <span>{speed === "most" ? "most" : `${speed}×`}</span>
        </label>
      ))}
    </fieldset>
  )
}
