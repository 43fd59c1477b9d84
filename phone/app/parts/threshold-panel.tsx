/** The wearer's threshold: what the angle looks like, the setting, and what their pain marks suggest. */
import { useState } from "preact/hooks"
import { useApp, useAppState } from "../use-app"
import { useSuggestion } from "../use-suggestion"
import { LegDrawing } from "./leg-drawing"
import { Panel } from "./panel"
import { SettingField } from "./setting-field"

export function ThresholdPanel({ deviceId }: { deviceId: string }) {
  const thresholdDeg = useAppState((state) => state.link.settings?.thresholdDeg)
  if (thresholdDeg === undefined) return null
  return (
    <Panel id="threshold" title="Threshold">
      <div class="bends">
        <Bend deg={30} words="30°" />
        {thresholdDeg !== 30 && <Bend deg={thresholdDeg} words={`yours, ${thresholdDeg}°`} />}
        {thresholdDeg <= 50 && <Bend deg={60} words="60°" />}
      </div>
      <p class="soft">So far the knee is bent, from standing straight.</p>
      <SettingField name="thresholdDeg" />
      <Suggestion deviceId={deviceId} thresholdDeg={thresholdDeg} />
    </Panel>
  )
}

function Bend({ deg, words }: { deg: number; words: string }) {
  return (
    <figure>
      <LegDrawing kneeDeg={deg} angle={`${deg}°`} label={`A leg from the side, the knee bent by ${deg}°`} />
      <figcaption>{words}</figcaption>
    </figure>
  )
}

function Suggestion({ deviceId, thresholdDeg }: { deviceId: string; thresholdDeg: number }) {
  const { link } = useApp()
  const suggestion = useSuggestion(deviceId)
  const [before, setBefore] = useState<number>()
  const [isRefused, setIsRefused] = useState(false)
  if (!suggestion) return null
  const { thresholdDeg: suggestedDeg, words } = suggestion
  const take = async (deg: number, undoDeg: number | undefined) => {
    const isDone = await link.set("thresholdDeg", deg)
    setIsRefused(!isDone)
    if (isDone) setBefore(undoDeg)
  }
  return (
    <section class="suggestion" aria-labelledby="suggestion">
      <h3 id="suggestion">From your pain marks</h3>
      <p>{words}</p>
      <div class="buttons" role="status">
        {suggestedDeg !== undefined && suggestedDeg !== thresholdDeg && (
          <button type="button" onClick={() => void take(suggestedDeg, thresholdDeg)}>
            Set {suggestedDeg}°
          </button>
        )}
        {before !== undefined && before !== thresholdDeg && (
          <button type="button" onClick={() => void take(before, undefined)}>
            Undo: {before}°
          </button>
        )}
        {isRefused && <p>The device did not take that. It still has the value before. Try again.</p>}
      </div>
    </section>
  )
}
