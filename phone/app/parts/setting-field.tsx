/** One setting: what it is, its value to be typed, the device's answer to a change, and the value before to go back to. */
import { useId, useState } from "preact/hooks"
import {
  HOLDS_WORDS,
  SETTING_WORDS,
  type ShownSetting,
  settingOf,
  typedRefused,
  valueWords,
} from "../setting-words"
import { useApp, useAppState } from "../use-app"

interface Answer {
  words: string
  /** What the change can be undone to. */
  before?: number
}

export function SettingField({ name }: { name: ShownSetting }) {
  const { link } = useApp()
  const value = useAppState((state) => state.link.settings?.[name])
  const [typed, setTyped] = useState<string>()
  const [answer, setAnswer] = useState<Answer>()
  const id = useId()
  const { title, says, unit, zero, holds } = SETTING_WORDS[name]
  const { default: usual, min, max } = settingOf(name)
  if (value === undefined) return null
  const shown = typed ?? String(value)
  const refused = typedRefused(name, shown)

  const change = async (next: number) => {
    setAnswer({ words: "Asking the device…" })
    if (!(await link.set(name, next)))
      return setAnswer({ words: "The device did not take that. It still has the value before. Try again." })
    setTyped(undefined)
    setAnswer({ words: `Set to ${valueWords(name, next)}. ${HOLDS_WORDS[holds]}`, before: value })
  }
  const save = (event: Event) => {
    event.preventDefault()
    if (refused === undefined && Number(shown) !== value) void change(Number(shown))
  }

  return (
    <form class="setting" onSubmit={save}>
      <label for={id}>{title}</label>
      <p class="soft" id={`${id}-says`}>
        {says} {zero !== undefined && `0: ${zero}.`} {HOLDS_WORDS[holds]}
      </p>
      <div class="setting-row">
        <input
          id={id}
          type="text"
          inputMode="numeric"
          autocomplete="off"
          value={shown}
          aria-invalid={refused !== undefined}
          aria-describedby={`${id}-says ${id}-range`}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        {unit !== "" && <span>{unit}</span>}
        <button type="submit" disabled={refused !== undefined || Number(shown) === value}>
          Set
        </button>
        {value !== usual && (
          <button type="button" onClick={() => void change(usual)}>
            Back to {valueWords(name, usual)}
          </button>
        )}
      </div>
      <p id={`${id}-range`} class={refused === undefined ? "soft range" : "range refused"}>
        {refused ?? `${min} to ${max}; out of the box ${valueWords(name, usual)}.`}
      </p>
      <div role="status">
        {answer && (
          <p class="setting-answer">
            {answer.words}
            {answer.before !== undefined && answer.before !== value && (
              <UndoButton words={valueWords(name, answer.before)} undo={change} before={answer.before} />
            )}
          </p>
        )}
      </div>
    </form>
  )
}

interface UndoButtonProps {
  words: string
  before: number
  undo: (before: number) => Promise<void>
}

function UndoButton({ words, before, undo }: UndoButtonProps) {
  return (
    <button type="button" onClick={() => void undo(before)}>
      Undo: {words}
    </button>
  )
}
