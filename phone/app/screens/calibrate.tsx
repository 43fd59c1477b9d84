/** Teaching the device how it sits, step by step, with its own answer to each. */
import { useState } from "preact/hooks"
import { StatusFlag } from "../../../src/ble/layouts"
import { isConnected } from "../../link/link-state"
import { CalibrationBends } from "../parts/calibration-bends"
import { CalibrationDone } from "../parts/calibration-done"
import { LegDrawing } from "../parts/leg-drawing"
import { NotConnected } from "../parts/not-connected"
import { Panel } from "../parts/panel"
import { Screen } from "../parts/screen"
import { CALIBRATION_WORDS, calibrationOf } from "../status-words"
import { useApp, useAppState } from "../use-app"
import { useLostSince } from "../use-live"

export function CalibrateScreen() {
  const isOn = useAppState((state) => isConnected(state.link))
  const lostSinceMs = useLostSince()
  return (
    <Screen title="Calibrate">
      <p class="soft">Half a minute in which the device learns how it sits on your leg.</p>
      {!isOn && (
        <NotConnected
          sinceMs={lostSinceMs}
          purpose="You can calibrate without this phone, too: stand still, then do three small knee bends. Two short buzzes say that it has worked. Connected, you see here what the device says."
        />
      )}
      <Steps key={String(isOn)} isOn={isOn} />
    </Screen>
  )
}

type Step = "strap" | "still" | "bends"

function Steps({ isOn }: { isOn: boolean }) {
  const [step, setStep] = useState<Step>("strap")
  const calibration = useAppState((state) => state.link.status && calibrationOf(state.link.status))
  if (isOn && step !== "strap" && calibration === "bends")
    return <CalibrationDone again={() => setStep("strap")} />
  if (step === "strap") return <Strap isOn={isOn} next={() => setStep("still")} />
  if (step === "still") return <Still back={() => setStep("strap")} next={() => setStep("bends")} />
  return <CalibrationBends calibration={isOn ? calibration : undefined} back={() => setStep("still")} />
}

function Strap({ isOn, next }: { isOn: boolean; next: () => void }) {
  const { link } = useApp()
  const status = useAppState((state) => state.link.status)
  const [isRefused, setIsRefused] = useState(false)
  const calibration = isOn && status ? calibrationOf(status) : undefined
  const isRunOpen = isOn && status !== undefined && (status.flags & StatusFlag.runOpen) !== 0
  const forget = async () => {
    const isDone = await link.command("calibrate")
    setIsRefused(!isDone)
    if (isDone) next()
  }
  return (
    <Panel id="step" title="1 of 3: Strap it on">
      <div class="calibrate-step">
        <LegDrawing
          kneeDeg={4}
          label="A leg from the side. The device is strapped around the thigh, a hand’s breadth above the knee."
        />
        <div>
          <p>
            A hand’s breadth above the knee, tightly. Front, side or back, upright or upside down: any way
            round will do.
          </p>
          {calibration && <p class="soft">{CALIBRATION_WORDS[calibration]}</p>}
          {calibration === "bends" && (
            <p class="soft">
              To calibrate again, it forgets this calibration and what a second sensor has taught it.
              {isRunOpen && " The open run ends."} This cannot be undone; it takes three bends to have a new
              one.
            </p>
          )}
        </div>
      </div>
      {isRefused && <p role="status">The device did not take that. Is it near? Try again.</p>}
      {calibration === "bends" ? (
        <button type="button" class="primary" onClick={() => void forget()}>
          It sits: forget and calibrate again
        </button>
      ) : (
        <button type="button" class="primary" onClick={next}>
          It sits
        </button>
      )}
    </Panel>
  )
}

function Still({ back, next }: { back: () => void; next: () => void }) {
  return (
    <Panel id="step" title="2 of 3: Stand still">
      <div class="calibrate-step">
        <LegDrawing kneeDeg={4} label="A leg from the side, upright, the foot flat on the ground." />
        <div>
          <p>
            Upright, as you usually stand, for <strong>two seconds</strong>. This standing is 0° from now on.
          </p>
          <p class="soft">
            The device says nothing yet: it waits for your bends. Hold the phone still, or put it down.
          </p>
        </div>
      </div>
      <div class="buttons">
        <button type="button" onClick={back}>
          Back
        </button>
        <button type="button" class="primary" onClick={next}>
          I stood still
        </button>
      </div>
    </Panel>
  )
}
