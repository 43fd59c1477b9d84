/** That there is no internet, and that none is needed. */
import { useEffect, useState } from "preact/hooks"

export function OfflineNotice() {
  const isOnline = useOnline()
  return (
    <p class="outcome soft" role="status">
      {!isOnline && "You are offline. All of Patella works without the internet."}
    </p>
  )
}

function useOnline(): boolean {
  const [isOnline, setIsOnline] = useState(navigator.onLine)
  useEffect(() => {
    const look = () => setIsOnline(navigator.onLine)
    addEventListener("online", look)
    addEventListener("offline", look)
    return () => {
      removeEventListener("online", look)
      removeEventListener("offline", look)
    }
  }, [])
  return isOnline
}
