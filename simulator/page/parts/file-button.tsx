/** Opens a file of the reader's. */
import { useRef } from "preact/hooks"
import { readDropped } from "../dropped-file"
import { play, refuse } from "../player"
import { current } from "../store"

export function FileButton() {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" class="quiet" onClick={() => input.current?.click()}>
        Open a file
      </button>
      <input
        ref={input}
        type="file"
        class="hidden"
        tabIndex={-1}
        aria-label="A recording (CSV) or a scenario (JSON)"
        accept=".csv,.gz,.json"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          currentTarget.value = ""
          if (file) playFile(file)
        }}
      />
    </>
  )
}

/** Plays it from its start; says what is wrong where it cannot be read. */
export async function playFile(file: File): Promise<void> {
  const { played } = current()
  try {
    const dropped = await readDropped(file, played && "seed" in played ? played.seed : 1)
    play(dropped.played, false, dropped.recording)
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error))
  }
}
