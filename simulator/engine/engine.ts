/**
 * Opens a JavaScript engine that runs the firmware on the virtual board: `xs`, the product's own, as a process of its own,
 * or `node`, V8 in this process.
 */
import { ENGINE_NAMES, type Engine, type EngineName, type EngineOptions } from "./guest-engine"
import { NodeEngine } from "./node-engine"
import { openXsEngine } from "./xs-engine"

export {
  ENGINE_NAMES,
  type Engine,
  type EngineName,
  type EngineOptions,
  type EngineUsage,
  type LiveHeap,
} from "./guest-engine"

/** @throws when XS was not built at install; it never falls back to another engine. */
export async function openEngine(name: EngineName, options: EngineOptions = {}): Promise<Engine> {
  const print = options.print ?? ((line: string) => process.stderr.write(`${line}\n`))
  switch (name) {
    case "xs":
      return openXsEngine(print)
    case "node":
      return new NodeEngine(print)
    default:
      throw new Error(`no engine "${name as string}": there are ${ENGINE_NAMES.join(" and ")}`)
  }
}
