/** The bundle for the RV32 core (hosts/rv32/guest.ts), without a source map: nothing there reads one. */
import { bundleFirmware } from "../firmware-bundle"

const ENTRY = "hosts/rv32/guest.ts"
const SOURCE_MAP = /^\/\/# sourceMappingURL=.*$/m

export async function coreBundle(): Promise<string> {
  return (await bundleFirmware(ENTRY)).replace(SOURCE_MAP, "")
}
