/** What a screen about runs says before the first one. */
import { hashOf } from "../route"

export function NoRuns() {
  return (
    <section class="panel">
      <p>No run is on this phone yet. After a run, connect your device: its runs come here, and stay here.</p>
      <p>
        <a class="button primary" href={hashOf({ screen: "device" })}>
          Connect your device
        </a>
      </p>
    </section>
  )
}
