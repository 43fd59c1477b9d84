/** The limit that the load plan suggests for the next run of a knee: set on its device by a tap alone, with the way back. */
import { useMemo, useState } from "preact/hooks"
import { isConnected } from "../../link/link-state"
import { isTestPainful } from "../../runs/coach-entries"
import { kneeOf } from "../../runs/knee"
import { type PlanLimits, type PlanSource, planNextRun } from "../../runs/load-plan"
import type { Kept } from "../app-state"
import { wholeWords } from "../figure-words"
import { today } from "../today"
import { useApp, useAppState } from "../use-app"
import { useMinute } from "../use-minute"
import { Panel } from "./panel"

interface NextRunProps {
  /** Of the knee that is planned for. */
  deviceId: string
  kept: Kept
}

export function NextRunPanel({ deviceId, kept }: NextRunProps) {
  const connectedId = useAppState(({ link }) => (isConnected(link) ? link.device?.id : undefined))
  const told = useAppState(({ link }) => link.settings)
  const knee = kneeOf(kept.devices)
  const settings =
    connectedId !== undefined && knee(connectedId) === knee(deviceId) ? limitsIn(told) : undefined
  return (
    <Panel id="next-run" title="Next run">
      {settings ? (
        <Suggested deviceId={deviceId} kept={kept} settings={settings} />
      ) : (
        <p>
          Connect the device of this knee: then a limit for your next run can be suggested, and set by a tap.
          Without it nothing is set or remembered.
        </p>
      )}
    </Panel>
  )
}

type PlanSettings = PlanSource["settings"]

/** Undefined where the device has not told them. */
function limitsIn(settings: Readonly<Record<string, number>> = {}): PlanSettings | undefined {
  const { overloadCompressions, overloadCompressionsAgain, thresholdDeg } = settings
  return overloadCompressions !== undefined &&
    overloadCompressionsAgain !== undefined &&
    thresholdDeg !== undefined
    ? { overloadCompressions, overloadCompressionsAgain, thresholdDeg }
    : undefined
}

function Suggested({ deviceId, kept, settings }: NextRunProps & { settings: PlanSettings }) {
  const { link } = useApp()
  const nowMs = useMinute()
  const [before, setBefore] = useState<PlanLimits>()
  const [isRefused, setIsRefused] = useState(false)
  const { overloadCompressions, overloadCompressionsAgain, thresholdDeg } = settings
  const { limits, reasons } = useMemo(() => {
    const { digests, devices, scores, coach } = kept
    const day = today(nowMs)
    return planNextRun({
      digests,
      devices,
      scores,
      deviceId,
      settings: { overloadCompressions, overloadCompressionsAgain, thresholdDeg },
      isTestPainful: isTestPainful(day, deviceId, coach, devices),
      today: day,
      nowMs,
    })
  }, [kept, deviceId, overloadCompressions, overloadCompressionsAgain, thresholdDeg, nowMs])
  const take = async (next: PlanLimits, undo: PlanLimits | undefined) => {
    const isDone =
      (await link.set("overloadCompressions", next.overloadCompressions)) &&
      (await link.set("overloadCompressionsAgain", next.overloadCompressionsAgain))
    setIsRefused(!isDone)
    if (isDone) setBefore(undo)
  }
  return (
    <>
      {reasons.map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
      {limits && (
        <p>
          The device would buzz {limitWords(limits)}. Now it does {limitWords(settings)}.
        </p>
      )}
      <div class="buttons" role="status">
        {limits && (
          <button type="button" onClick={() => void take(limits, settings)}>
            Set {wholeWords(limits.overloadCompressions)} compressions
          </button>
        )}
        {before !== undefined && before.overloadCompressions !== overloadCompressions && (
          <button type="button" onClick={() => void take(before, undefined)}>
            Undo: {wholeWords(before.overloadCompressions)}
          </button>
        )}
        {isRefused && (
          <p>The device did not take all of that. Look at the limits in Settings, and try again.</p>
        )}
      </div>
    </>
  )
}

function limitWords({ overloadCompressions, overloadCompressionsAgain }: PlanLimits): string {
  const first = `after ${wholeWords(overloadCompressions)} compressions`
  return overloadCompressionsAgain === 0
    ? `${first}, once a run`
    : `${first}, and again every ${wholeWords(overloadCompressionsAgain)}`
}
