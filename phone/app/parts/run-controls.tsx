/** What a runner asks of the device in a run: to mark pain, and to begin or end the run; with the device's answer. */
import { useState } from "preact/hooks"
import type { CommandName } from "../../link/device-client"
import { useApp } from "../use-app"

interface Answer {
  isDone: boolean
  words: string
}

const NO_ANSWER = "The device did not take that. Is it near? Try again."

export function RunControls({ isRunOpen }: { isRunOpen: boolean }) {
  const { link } = useApp()
  const [answer, setAnswer] = useState<Answer>()
  const ask = async (name: CommandName, done: string, refused: string) => {
    setAnswer(undefined)
    const isDone = await link.command(name)
    setAnswer({ isDone, words: isDone ? done : refused })
  }
  const hurts = () =>
    ask(
      "markPain",
      "Marked in your run. Stop if it hurts; see a professional if pain is sudden, swollen, locked or persistent.",
      isRunOpen ? NO_ANSWER : "A mark belongs to a run, and none is open. Stop if it hurts.",
    )
  const begin = () =>
    ask("startRun", "The run has begun. It ends by itself when you stop for long.", NO_ANSWER)
  const end = () => ask("stopRun", "The run has ended. Look for it on the device screen.", NO_ANSWER)
  return (
    <>
      <section class="panel" aria-label="Your run">
        {isRunOpen ? (
          <button type="button" onClick={() => void end()}>
            End the run
          </button>
        ) : (
          <button type="button" class="primary" onClick={() => void begin()}>
            Begin a run
          </button>
        )}
      </section>
      <div class="hurts">
        <p class={answer && !answer.isDone ? "answer refused" : "answer"} role="status">
          {answer?.words}
        </p>
        <button type="button" onClick={() => void hurts()}>
          It hurts
        </button>
      </div>
    </>
  )
}
