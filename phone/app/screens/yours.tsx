/** What is kept on this phone and what can be done with it, the wearer's own choices, and what the app is. */
import { AboutPanel } from "../parts/about-panel"
import { BackupPanel } from "../parts/backup-panel"
import { ChoicesPanel } from "../parts/choices-panel"
import { DeletePanel } from "../parts/delete-panel"
import { InstallHint } from "../parts/install-hint"
import { KeptHere } from "../parts/kept-here"
import { Screen } from "../parts/screen"
import { SittingPanel } from "../parts/sitting-panel"
import { TablesPanel } from "../parts/tables-panel"
import { useAppState } from "../use-app"

export function YoursScreen() {
  const kept = useAppState((state) => state.kept)
  return (
    <Screen title="Yours">
      {kept && (
        <>
          <KeptHere kept={kept} />
          <SittingPanel coach={kept.coach} />
          <BackupPanel />
          <TablesPanel kept={kept} />
          <ChoicesPanel preferences={kept.preferences} />
          <InstallHint />
          <DeletePanel kept={kept} />
        </>
      )}
      <AboutPanel />
    </Screen>
  )
}
