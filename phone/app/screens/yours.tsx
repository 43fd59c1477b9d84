/** What is kept on this phone, and the wearer's own choices. */
import { Screen } from "../parts/screen"

export function YoursScreen() {
  return (
    <Screen title="Yours">
      <p class="soft">Nothing to see yet.</p>
    </Screen>
  )
}
