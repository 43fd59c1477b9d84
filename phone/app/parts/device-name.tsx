/** What the wearer calls the device. */
import { useState } from "preact/hooks"
import { nameRefused } from "../../../src/storage/device-name"
import { useApp } from "../use-app"

export function DeviceName({ name }: { name: string }) {
  const { link } = useApp()
  const [typed, setTyped] = useState(name)
  const isRefused = nameRefused(new TextEncoder().encode(typed)) !== undefined
  const save = (event: Event) => {
    event.preventDefault()
    if (!isRefused && typed !== name) void link.rename(typed)
  }
  return (
    <form class="name" onSubmit={save}>
      <label class="field">
        Name
        <input
          type="text"
          value={typed}
          autocomplete="off"
          aria-invalid={isRefused}
          aria-describedby="name-rule"
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </label>
      <button type="submit" disabled={isRefused || typed === name}>
        Save
      </button>
      <p id="name-rule" class="soft">
        Up to 20 letters; accents and other scripts take more room. It is never sent to strangers.
      </p>
    </form>
  )
}
