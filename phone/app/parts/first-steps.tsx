/** For somebody who has no run yet: what the app does, and the way to the first run. */
import { failureOfLack } from "../../link/failure"
import { hashOf } from "../route"
import { useApp } from "../use-app"
import { FailureNotice } from "./failure-notice"
import { InstallHint } from "./install-hint"
import { Panel } from "./panel"
import { PhoneDrawing, RunDrawing, StrapDrawing } from "./step-drawings"

const STEPS = [
  {
    Drawing: StrapDrawing,
    title: "Strap it on",
    words: "A hand’s breadth above the knee, tightly. Stand still, then make three small, slow knee bends.",
  },
  {
    Drawing: RunDrawing,
    title: "Run",
    words:
      "Your phone can stay at home. The sensor counts how often and how far your knee bends under load, and buzzes when it is enough.",
  },
  {
    Drawing: PhoneDrawing,
    title: "Look at it",
    words: "Connect the sensor here. Your runs come to this phone and stay on it.",
  },
]

export function FirstSteps() {
  const { lack } = useApp().finder
  return (
    <>
      <Panel id="first" title="How Patella works">
        <ol class="first-steps">
          {STEPS.map(({ Drawing, title, words }) => (
            <li key={title}>
              <Drawing />
              <div>
                <h3>{title}</h3>
                <p>{words}</p>
              </div>
            </li>
          ))}
        </ol>
        {!lack && (
          <a class="button primary" href={hashOf({ screen: "device" })}>
            Connect your device
          </a>
        )}
        <p class="soft">
          Nothing leaves this phone. Use an ordinary window of your browser: a private one forgets your runs
          when you close it.
        </p>
      </Panel>
      {lack && <FailureNotice failure={failureOfLack(lack)} />}
      <HaveBackup />
      <InstallHint />
    </>
  )
}

function HaveBackup() {
  return (
    <Panel id="have-backup" title="Runs from another phone?">
      <p>Save a backup there and bring it in here. Runs of a backup can be looked at in any browser.</p>
      <a class="button" href={hashOf({ screen: "yours" })}>
        Bring a backup in
      </a>
    </Panel>
  )
}
