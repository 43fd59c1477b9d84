/** How large the core's image is, by who brought it along: read from the linker's map. */
import { readFile } from "node:fs/promises"
import { CORE_MAP } from "./toolchain"

/** XS's compiler, which a chip does not carry: there modules are compiled before they are flashed. */
const PARSER_FILES = ["Code", "Lexical", "Scope", "Script", "SourceMap", "Syntaxical", "Tree"].map(
  (name) => `/xs${name}.o`,
)

export interface ImageSize {
  /** Code and constants, bytes. */
  code: { engine: number; parser: number; host: number; libraries: number }
  /** Variables, bytes. */
  data: { engine: number; parser: number; host: number; libraries: number }
}

type Owner = keyof ImageSize["code"]

/** An input section of the map that was kept: name, address, size, file; a long name has the rest on the next line. */
const SECTION = /^ \.(text|rodata|srodata|data|sdata|bss|sbss)\S*\s+0x([0-9a-f]+)\s+0x([0-9a-f]+)\s+(\S+)$/gm
const CODE = ["text", "rodata", "srodata"]

export async function imageSize(): Promise<ImageSize> {
  return sizesIn(await readFile(CORE_MAP, "utf8"))
}

/** @param map as GNU ld writes it */
export function sizesIn(map: string): ImageSize {
  // Before it the map lists what was thrown away.
  const kept = map.slice(map.indexOf("Linker script and memory map"))
  const size: ImageSize = {
    code: { engine: 0, parser: 0, host: 0, libraries: 0 },
    data: { engine: 0, parser: 0, host: 0, libraries: 0 },
  }
  for (const [, section = "", address = "", bytes = "", file = ""] of kept.matchAll(SECTION)) {
    if (Number.parseInt(address, 16) === 0) continue
    size[CODE.includes(section) ? "code" : "data"][ownerOf(file)] += Number.parseInt(bytes, 16)
  }
  return size
}

function ownerOf(file: string): Owner {
  if (PARSER_FILES.some((name) => file.endsWith(name))) return "parser"
  if (file.includes("/rv32/xs/")) return "engine"
  return file.includes("/rv32/host/") ? "host" : "libraries"
}
