/**
 * What XS's linker made of a board, read from the C file that it writes (SDK 8.2.3, xs/tools/xsl.c and xslSlot.c): all of it lies in flash but a
 * pointer for each thing that a program might change; and what it warned of.
 */

/** On the chip. */
const SLOT_BYTES = 16
const POINTER_BYTES = 4

export interface LinkFigures {
  /** Byte code of the functions. */
  codeBytes: number
  /** Texts and buffers. */
  dataBytes: number
  /** Objects, properties, closures: of XS, the SDK and the firmware. */
  slots: number
  slotBytes: number
  /** Pointers in RAM, for what is not constant. */
  aliasBytes: number
}

export interface LinkWarning {
  module: string
  /** "not frozen", "no const": what is wrong with it. */
  words: string
}

const LITERAL = /"((?:[^"\\\n]|\\.)*)"/g
const CODE = /\(txByte\*\)"((?:[^"\\\n]|\\.)*)"/g
const CODE_SLOT = /\.kind = XS_CODE(?:_X)?_KIND/
const WARNING = /^### warning: ([^:\s]+(?::[^\s:]+)?): (.+)$/gm

export function linkFigures(source: string): LinkFigures {
  const slots = defined(source, "mxHeapCount")
  let codeBytes = 0
  for (const [, bytes] of source.matchAll(/^static const txU1 gxCode\d+\[(\d+)\];/gm))
    codeBytes += Number(bytes)
  let dataBytes = 0
  for (const line of source.split("\n")) {
    if (!line.startsWith("/* ")) continue
    if (CODE_SLOT.test(line)) codeBytes += bytesIn(line, CODE)
    else dataBytes += bytesIn(line, LITERAL)
  }
  return {
    codeBytes,
    dataBytes,
    slots,
    slotBytes: slots * SLOT_BYTES,
    aliasBytes: defined(source, "mxAliasCount") * POINTER_BYTES,
  }
}

/** Of the linker's, those about modules of this project. */
export function linkWarnings(output: string): LinkWarning[] {
  return [...output.matchAll(WARNING)]
    .map(([, module = "", words = ""]) => ({ module, words }))
    .filter(({ module }) => module.startsWith("src/") || module.startsWith("hosts/"))
}

/** Names of the foreign functions that the SDK's glue declares. */
export function foreignFunctions(glue: string): string[] {
  return [...glue.matchAll(/^extern [\w* ]+ (\w+)\(.*\);$/gm)].map(([, name = ""]) => name)
}

function defined(source: string, name: string): number {
  const [, value] = new RegExp(`^#define ${name} (\\d+)$`, "m").exec(source) ?? []
  if (value === undefined) throw new Error(`mc.xs.c: no ${name}; SDK 8.2.3 writes it`)
  return Number(value)
}

/** An escape is a byte, and so is the end of the text. */
function bytesIn(line: string, literals: RegExp): number {
  let bytes = 0
  for (const [, text = ""] of line.matchAll(literals))
    bytes += text.replace(/\\x[0-9a-f]{2}|\\./g, ".").length + 1
  return bytes
}
