/** Pain from 0 to 10, a button each; the one that was given is pressed, and another corrects it. */
import { useState } from "preact/hooks"
import type { PainScore } from "../../data/kept"
import { useApp } from "../use-app"

const SCORES = Array.from({ length: 11 }, (_, score) => score)

interface ScoreButtonsProps extends Pick<PainScore, "runKey" | "time"> {
  /** What is asked, for who cannot see where the buttons stand. */
  label: string
  given: number | undefined
}

export function ScoreButtons({ runKey, time, label, given }: ScoreButtonsProps) {
  const { data } = useApp()
  const [trouble, setTrouble] = useState("")
  const give = async (score: number) => {
    try {
      await data.keepScore({ runKey, time, score, givenMs: Date.now() })
      setTrouble("")
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <>
      <fieldset class="scores">
        <legend class="hidden">{label}</legend>
        {SCORES.map((score) => (
          <button
            key={score}
            type="button"
            class={score === given ? "primary" : ""}
            aria-pressed={score === given}
            onClick={() => void give(score)}
          >
            {score}
          </button>
        ))}
      </fieldset>
      <p class="soft">0 is no pain, 10 the worst that you can imagine.</p>
      {trouble && <p role="alert">{trouble}</p>}
    </>
  )
}
