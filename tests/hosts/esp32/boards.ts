/** The boards that hosts/esp32 has a folder for. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { ROOT } from "./moddable-manifest"

export const BOARDS = ["m5stick_cplus", "xiao_esp32c3"] as const
export type BoardFolder = (typeof BOARDS)[number]

/** A file beside the board's manifest, by what the manifest's `build` calls it. */
export function builtWith(board: BoardFolder, name: "SDKCONFIGPATH" | "PARTITIONS_FILE"): string {
  const folder = join(ROOT, "hosts/esp32", board)
  const { build } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"))
  return join(folder, build[name])
}
