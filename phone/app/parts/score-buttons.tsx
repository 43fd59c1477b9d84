/** Pain from 0 to 10, a button each; the one that was given is pressed, and another corrects it. */
import { useState } from "preact/hooks"
import type { PainScore, ScoreTime } from "../../data/kept"
import { givenScore } from "../../runs/given-score"
import type { RunDigest } from "../../runs/run-digest"
import { useApp } from "../use-app"

const SCORES = Array.from({ length: 11 }, (_, score) => score)

interface ScoreButtonsProps {
  run: RunDigest
  time: ScoreTime
  /** What is asked, for who cannot see where the buttons stand. */
  label: string
  given: PainScore | undefined
}

export function ScoreButtons({ run, time, label, given }: ScoreButtonsProps) {
  const { data } = useApp()
  const [trouble, setTrouble] = useState("")
  const give = async (score: number) => {
    try {
      await data.keepScore(givenScore(run, time, score, given, Date.now()))
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
            class={score === given?.score ? "primary" : ""}
            aria-pressed={score === given?.score}
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
