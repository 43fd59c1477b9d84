/** Work that Ctrl-C, or a scheduler that needs the machine, ends early but not without its result. */

const SIGNALS = ["SIGINT", "SIGTERM"] as const

/** The first signal aborts `signal`; the next one is the process's own affair again. */
export async function interruptible<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController()
  const before = SIGNALS.map((name) => [name, process.rawListeners(name)] as const)
  const giveBack = () => {
    for (const [name, listeners] of before) {
      process.off(name, stop)
      for (const listener of listeners)
        if (!process.rawListeners(name).includes(listener)) process.on(name, listener as () => void)
    }
  }
  const stop = () => {
    giveBack()
    controller.abort()
  }
  for (const [name] of before) process.removeAllListeners(name).on(name, stop)
  try {
    return await work(controller.signal)
  } finally {
    giveBack()
  }
}
