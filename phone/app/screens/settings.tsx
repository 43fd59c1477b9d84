/** What the wearer can set on the device, explained where it is set, and how the device is. */
import { Fragment } from "preact"
import { isConnected } from "../../link/link-state"
import { DeviceCheck } from "../parts/device-check"
import { NextRunPanel } from "../parts/next-run-panel"
import { NotConnected } from "../parts/not-connected"
import { Panel } from "../parts/panel"
import { Screen } from "../parts/screen"
import { SettingField } from "../parts/setting-field"
import { ThresholdPanel } from "../parts/threshold-panel"
import type { ShownSetting } from "../setting-words"
import { useAppState } from "../use-app"
import { useLostSince } from "../use-live"

interface Group {
  id: string
  title: string
  names: readonly ShownSetting[]
  /** Few need them. */
  finer: readonly ShownSetting[]
}

const GROUPS: readonly Group[] = [
  { id: "buzzes", title: "Buzzes", names: ["buzzesPerRun", "buzzStrengthPercent"], finer: ["buzzIntervalS"] },
  {
    id: "compressions",
    title: "When it has been many",
    names: ["overloadCompressions"],
    finer: ["overloadCompressionsAgain"],
  },
  {
    id: "degree-seconds",
    title: "When it was long and deep",
    names: ["overloadDegreeSecondsPerMinute"],
    finer: ["overloadDegreeSecondsMinutes"],
  },
  {
    id: "depth",
    title: "When you bend deeper than before",
    names: ["overloadDepthDeg"],
    finer: ["overloadDepthRecentCycles", "overloadDepthFirstCycle", "overloadDepthLastCycle"],
  },
  {
    id: "sitting",
    title: "When you sit for long",
    names: ["sittingMin"],
    finer: ["quietFromH", "quietToH"],
  },
  {
    id: "run",
    title: "Run, sleep and calibration",
    names: ["pauseLimitS", "sleepAfterMin"],
    finer: ["heldBendDeg"],
  },
]

export function SettingsScreen() {
  const device = useAppState((state) => (isConnected(state.link) ? state.link.device : undefined))
  const kept = useAppState((state) => state.kept)
  const lostSinceMs = useLostSince()
  return (
    <Screen title="Settings">
      {device ? (
        <>
          <ThresholdPanel deviceId={device.id} />
          {GROUPS.map(({ id, title, names, finer }) => (
            <Fragment key={id}>
              <Panel id={id} title={title}>
                <Fields names={names} />
                <details class="finer">
                  <summary>Finer</summary>
                  <Fields names={finer} />
                </details>
              </Panel>
              {id === "compressions" && kept && <NextRunPanel deviceId={device.id} kept={kept} />}
            </Fragment>
          ))}
          <DeviceCheck device={device} />
        </>
      ) : (
        <NotConnected
          sinceMs={lostSinceMs}
          purpose="What you set is kept on the device: connect it to see and change it."
        />
      )}
    </Screen>
  )
}

function Fields({ names }: { names: readonly ShownSetting[] }) {
  return (
    <>
      {names.map((name) => (
        <SettingField key={name} name={name} />
      ))}
    </>
  )
}
