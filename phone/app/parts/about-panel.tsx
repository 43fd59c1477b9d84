/** What the app is, and what it is not. */
import { version } from "../../../package.json"
import { Panel } from "./panel"

export function AboutPanel() {
  return (
    <Panel id="about" title="About Patella">
      <p>
        Patella is a running-form and load trainer. It tells how far your knee bends while it carries you, and
        how the load of your runs changes. It is for well-being and training: no medical device, no diagnosis.
      </p>
      <p>
        Its angles are estimates. Each comes with how far off it is on average. Load is relative: no force, no
        pressure. How your foot lands is not seen, though it changes the load.
      </p>
      <p>
        <strong>
          Stop if it hurts. See a professional if pain is sudden, swollen, locked or persistent.
        </strong>
      </p>
      <dl class="facts">
        <div>
          <dt>Version</dt>
          <dd>{version}</dd>
        </div>
        <div>
          <dt>Licence</dt>
          <dd>MIT: free and open</dd>
        </div>
      </dl>
    </Panel>
  )
}
