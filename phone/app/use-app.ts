/** What a part of the app shows of the state: it is rendered anew when that changes, and only then. */
import { createContext } from "preact"
import { useContext, useEffect, useRef, useState } from "preact/hooks"
import type { App, AppState } from "./app-state"

export const AppContext = createContext<App | undefined>(undefined)

/** Whose methods a screen calls. @throws Error outside of the app */
export function useApp(): App {
  const app = useContext(AppContext)
  if (!app) throw new Error("app: useApp outside of AppContext")
  return app
}

/** @param select gives the same value (`===`) while nothing has changed for this part */
export function useAppState<Value>(select: (state: AppState) => Value): Value {
  const app = useApp()
  const newest = useRef(select)
  newest.current = select
  const [, setShown] = useState<{ value: Value }>()
  const value = select(app.state)
  const shown = useRef(value)
  shown.current = value
  useEffect(() => {
    const look = () => {
      const next = newest.current(app.state)
      if (next !== shown.current) setShown({ value: next })
    }
    look()
    return app.listen(look)
  }, [app])
  return value
}
