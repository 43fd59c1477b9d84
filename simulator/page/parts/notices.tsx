/** What does not go on: a refusal, or a server that is gone; each with a way out. */
import { FIRST_SEED } from "../../serve/messages"
import { connect, dismiss, play } from "../player"
import { current } from "../store"
import { usePage } from "../use-page"

export function Notices() {
  const refused = usePage((state) => state.refused)
  const isLost = usePage((state) => state.link === "lost")
  return (
    <div class="notices" role="alert">
      {isLost && (
        <div class="notice">
          <p>
            <strong>The simulator does not answer.</strong> It was stopped, or this connection was closed.
            Start it again with <code>npm start</code>; then what was played begins anew.
          </p>
          <button type="button" class="primary" onClick={connect}>
            Connect again
          </button>
        </div>
      )}
      {refused && (
        <div class="notice">
          <p>
            <strong>{refused.isOver ? "It could not be played: " : "That cannot be done: "}</strong>
            {refused.what}
          </p>
          {refused.isOver && (
            <button type="button" class="primary" onClick={playFirst}>
              Play a scenario
            </button>
          )}
          <button type="button" onClick={dismiss}>
            Close
          </button>
        </div>
      )}
    </div>
  )
}

function playFirst(): void {
  const [first] = current().scenarios
  if (first) play({ from: "scenario", name: first.name, seed: FIRST_SEED }, true)
}
