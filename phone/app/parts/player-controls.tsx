/** What the wearer tells the device in a routine: as its button does, but with names. */
import { useState } from "preact/hooks"
import type { CoachOpName } from "../../link/device-client"

interface PlayerControlsProps {
  isAsking: boolean
  ask: (op: CoachOpName) => Promise<boolean>
}

export function PlayerControls({ isAsking, ask }: PlayerControlsProps) {
  const [isRefused, setIsRefused] = useState(false)
  const tell = async (op: CoachOpName) => setIsRefused(!(await ask(op)))
  return (
    <div class="player-controls">
      <p class="answer refused" role="status">
        {isRefused && "The device did not take that. Is it near? Try again."}
      </p>
      {isAsking ? (
        <div key="answers" class="player-buttons">
          <button type="button" class="player-hurts" onClick={() => void tell("pain")}>
            Pain
          </button>
          <button type="button" class="primary" onClick={() => void tell("noPain")}>
            No pain
          </button>
          <Stop stop={() => void tell("stop")} />
        </div>
      ) : (
        <div key="steps" class="player-buttons">
          <button type="button" class="player-hurts" onClick={() => void tell("pain")}>
            It hurts
          </button>
          <button type="button" class="primary" onClick={() => void tell("next")}>
            Next
          </button>
          <Stop stop={() => void tell("stop")} />
        </div>
      )}
    </div>
  )
}

function Stop({ stop }: { stop: () => void }) {
  return (
    <button type="button" class="player-stop" onClick={stop}>
      Stop
    </button>
  )
}
