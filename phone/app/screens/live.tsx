/** What the knee does now. */
import { Screen } from "../parts/screen"

export function LiveScreen() {
  return (
    <Screen title="Live">
      <p class="soft">Nothing to see yet.</p>
    </Screen>
  )
}
