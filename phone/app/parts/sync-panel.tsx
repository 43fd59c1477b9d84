/** What is being fetched from the device, or what came of it. */
import type { LinkSync } from "../../link/link-state"
import { dateWords, timeWords } from "../../runs/local-time"
import { progressWords, syncedWords } from "../link-words"
import { hashOf } from "../route"
import { useApp, useAppState } from "../use-app"
import { Panel } from "./panel"

/** More are a scroll away, in the list of runs. */
const MOST_SHOWN = 5

export function SyncPanel({ sync, isUnderWay }: { sync: LinkSync; isUnderWay: boolean }) {
  const { link } = useApp()
  if (!isUnderWay)
    return (
      <Panel id="sync" title="Runs">
        <p>{syncedWords(sync)}</p>
        <Came keys={sync.added} />
      </Panel>
    )
  return (
    <Panel id="sync" title="Fetching runs">
      {sync.runsTotal === 0 ? (
        <p>Looking for new runs…</p>
      ) : (
        <label class="sync">
          {progressWords(sync)}
          <progress max={sync.bytesTotal} value={sync.bytesDone} />
        </label>
      )}
      <p class="soft">Stay near. Whatever has come is kept, and the rest comes next time.</p>
      <button type="button" onClick={() => link.abortSync()}>
        Stop
      </button>
    </Panel>
  )
}

/** Newest first. */
function Came({ keys }: { keys: readonly string[] }) {
  const digests = useAppState((state) => state.kept?.digests)
  const came = digests?.filter(({ key }) => keys.includes(key)) ?? []
  if (came.length === 0) return null
  return (
    <ul class="came">
      {came.slice(0, MOST_SHOWN).map((digest) => (
        <li key={digest.key}>
          <a href={hashOf({ screen: "run", key: digest.key })}>
            {dateWords(digest)} {timeWords(digest)}
          </a>
        </li>
      ))}
      {came.length > MOST_SHOWN && (
        <li>
          <a href={hashOf({ screen: "runs" })}>All runs</a>
        </li>
      )}
    </ul>
  )
}
