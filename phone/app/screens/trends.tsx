/** Weeks and months beside each other. */
import { Screen } from "../parts/screen"

export function TrendsScreen() {
  return (
    <Screen title="Trends">
      <p class="soft">Nothing to see yet.</p>
    </Screen>
  )
}
