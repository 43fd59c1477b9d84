/** What is on this phone, how much room it takes, and how safe it is there. */
import { useEffect, useState } from "preact/hooks"
import type { CompanionData } from "../../data/companion-data"
import type { Kept } from "../app-state"
import { contentWords, safetyWords, sizeWords } from "../room-words"
import { useApp } from "../use-app"
import { Panel } from "./panel"

type Room = Awaited<ReturnType<CompanionData["room"]>>

export function KeptHere({ kept }: { kept: Kept }) {
  const room = useRoom(kept)
  return (
    <Panel id="kept" title="Your data">
      <p>
        <strong>All of it stays on this phone.</strong> There is no account and no server. Nothing leaves this
        phone unless you save a file and send it.
      </p>
      <p>
        On it: {contentWords(kept)}
        {room?.usedBytes !== undefined && `. With the app that is ${sizeWords(room.usedBytes)}`}.
      </p>
      {room && <p class="soft">{safetyWords(room)}</p>}
    </Panel>
  )
}

/** Asked anew whenever what is kept has changed. */
function useRoom(kept: Kept): Room | undefined {
  const { data } = useApp()
  const [room, setRoom] = useState<Room>()
  useEffect(() => {
    let isShown = true
    void data.room().then((now) => isShown && setRoom(now))
    return () => {
      isShown = false
    }
  }, [data, kept])
  return room
}
