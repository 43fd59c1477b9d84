/** One run. */
import { dateWords } from "../../runs/local-time"
import { Screen } from "../parts/screen"
import { useAppState } from "../use-app"

export function RunScreen({ runKey }: { runKey: string }) {
  const digest = useAppState((state) => state.kept?.digests.find(({ key }) => key === runKey))
  return (
    <Screen title={digest ? `Run, ${dateWords(digest)}` : "Run"}>
      {!digest && <p class="soft">This run is not on this phone.</p>}
    </Screen>
  )
}
