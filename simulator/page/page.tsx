/** Where each part of the page has its place. It is put together in a few short tasks, so that the browser answers meanwhile. */
import { useEffect, useState } from "preact/hooks"
import { Announcer } from "./parts/announcer"
import { Counters } from "./parts/counters"
import { Device } from "./parts/device"
import { DropZone } from "./parts/drop-zone"
import { Faults } from "./parts/faults"
import { FlashMap } from "./parts/flash-map"
import { Header } from "./parts/header"
import { KneeChart } from "./parts/knee-chart"
import { Leg } from "./parts/leg"
import { News } from "./parts/news"
import { Notices } from "./parts/notices"
import { Phone } from "./parts/phone"
import { Playback } from "./parts/playback"
import { Shortcuts } from "./parts/shortcuts"
import { Summary } from "./parts/summary"
import { Traffic } from "./parts/traffic"
import { connect } from "./player"

const STEPS = 4

export function Page() {
  const step = useSteps()
  return (
    <>
      <Header />
      <Notices />
      <main class="page">
        <Playback />
        <Summary />
        {step >= 1 && (
          <div class="stage">
            <Leg />
            <div class="middle">
              {step >= 2 && <Counters />}
              {step >= 2 && <KneeChart />}
            </div>
            {step >= 2 && <Phone />}
          </div>
        )}
        {step >= 3 && <Faults />}
        {step >= 3 && (
          <div class="inside">
            <News />
            <Traffic />
            <Device />
            <FlashMap />
          </div>
        )}
      </main>
      {step >= STEPS && (
        <footer class="footer">
          <Shortcuts />
          <p>
            Patella is a running-form and load trainer for general wellness: no medical device, no diagnosis.
            Stop if it hurts; see a professional if pain is sudden, swollen, locked or persistent.
          </p>
        </footer>
      )}
      <DropZone />
      <Announcer />
    </>
  )
}

/** Each in a task of its own; after the last the page connects. */
function useSteps(): number {
  const [step, setStep] = useState(0)
  useEffect(() => {
    if (step === STEPS) connect()
    else setTimeout(() => setStep(step + 1))
  }, [step])
  return step
}
