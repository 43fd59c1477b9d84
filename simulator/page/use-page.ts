/** What a part of the page shows of the state: it is rendered anew when that changes, and only then. */
import { useEffect, useRef, useState } from "preact/hooks"
import type { State } from "./state"
import { current, listen } from "./store"

/** @param select gives the same value (`===`) while nothing has changed for this part */
export function usePage<Value>(select: (state: State) => Value): Value {
  const newest = useRef(select)
  newest.current = select
  const [, setShown] = useState<{ value: Value }>()
  const value = select(current())
  const shown = useRef(value)
  shown.current = value
  useEffect(() => {
    const look = () => {
      const next = newest.current(current())
      if (next !== shown.current) setShown({ value: next })
    }
    look()
    return listen(look)
  }, [])
  return value
}
