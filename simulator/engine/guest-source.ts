/**
 * The guest's script on both engines: its name, its source map, and what a guest's exception looks like to the host:
 * an Error whose message ends with the guest's stack, in lines of the original files where the source map knows them.
 */
import { SourceMap, type SourceMapPayload } from "node:module"
import { posix } from "node:path"

/** The name of the script in stack traces. */
export const GUEST_FILE = "firmware.js"

const INLINE_MAP = /^\/\/# sourceMappingURL=data:application\/json(?:;charset=[\w-]+)?;base64,([\w+/=]+)\s*$/m

/** Where the bundle lies in the project: the paths in its map start there. */
export const GUEST_FOLDER = "build"

/** Stack frames: XS writes `(file:line)`, V8 `(file:line:column)` or the same without brackets. */
const FRAME = new RegExp(`${GUEST_FILE.replace(".", "\\.")}:(\\d+)(?::(\\d+))?`, "g")

/** XS knows lines only: past every column, so that the last mapping of the line answers. */
const LAST_COLUMN = 0x7fffffff

export class GuestSource {
  /** The script without its map. */
  readonly code: string
  readonly #packedMap: string | undefined
  #map: SourceMap | undefined

  constructor(source: string) {
    const inline = INLINE_MAP.exec(source)
    this.code = inline ? source.replace(INLINE_MAP, "") : source
    this.#packedMap = inline?.[1]
  }

  /** What was thrown: its message, and the guest's own frames (the engine's are left out) as `file:line` of the original. */
  describe(thrown: string): string {
    const guests = thrown
      .split("\n")
      .filter((line) => !/^\s+at /.test(line) || line.includes(`${GUEST_FILE}:`))
    const map = this.#unpackedMap()
    return guests.join("\n").replace(FRAME, (frame, line: string, column: string | undefined) => {
      const entry = map?.findEntry(Number(line) - 1, column ? Number(column) - 1 : LAST_COLUMN)
      if (!entry || !("originalSource" in entry) || entry.generatedLine !== Number(line) - 1) return frame
      return `${posix.join(GUEST_FOLDER, entry.originalSource)}:${entry.originalLine + 1}`
    })
  }

  /** Only when something was thrown: it takes longer than the engine's start. */
  #unpackedMap(): SourceMap | undefined {
    if (this.#packedMap !== undefined && !this.#map) {
      const json = Buffer.from(this.#packedMap, "base64").toString("utf8")
      this.#map = new SourceMap(JSON.parse(json) as SourceMapPayload)
    }
    return this.#map
  }
}

/** What the guest's prelude turns a thrown value into, on both engines. */
export const DESCRIBE_THROWN = `function describe(thrown) {
  if (!(thrown instanceof Error)) return "threw " + String(thrown)
  const text = String(thrown), stack = String(thrown.stack)
  return stack.startsWith(text) ? stack : text + "\\n" + stack
}`
