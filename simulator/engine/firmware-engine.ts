/** An engine with the firmware in it, both made at the same time. */
import { bundleFirmware } from "../firmware-bundle"
import { type Engine, type EngineName, openEngine } from "./engine"

/** @param firmware a script in place of the firmware's bundle. @throws Error when the engine is missing or the firmware fails in it. */
export async function openFirmware(name: EngineName, firmware?: string): Promise<Engine> {
  const opening = openEngine(name)
  // It is waited for below, after the bundle; until then its failure is nobody's.
  opening.catch(() => {})
  try {
    const source = firmware ?? (await bundleFirmware())
    const engine = await opening
    await engine.evaluate(source)
    return engine
  } catch (error) {
    await opening.then(
      (engine) => engine.close(),
      () => {},
    )
    throw error
  }
}

/** Does `work` while the engine is on its way, which fails where it waits for it; closes the engine after it. */
export async function withFirmware(
  name: EngineName,
  work: (opened: Promise<Engine>) => Promise<void>,
): Promise<void> {
  const opened = openFirmware(name)
  // What fails before the engine is waited for is told first.
  opened.catch(() => {})
  try {
    await work(opened)
  } finally {
    await opened.then(
      (engine) => engine.close(),
      () => {},
    )
  }
}
