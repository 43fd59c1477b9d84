/**
 * Generated parts of a hand-written document: `<!-- generated: NAME -->`, the part, `<!-- end of NAME -->`. In: the document
 * and a text for each of its names; out: the document with these texts. What only the clock or the machine changes (dates,
 * durations, speeds) is left as it stands, so that writing anew changes nothing when nothing changed.
 */

const BLOCK = /<!-- generated: ([\w-]+) -->\n([\s\S]*?)<!-- end of \1 -->/g
const MARK = /<!-- (?:generated:|end of) [\w-]+ -->/g
/** "took 0.7 s here, 280 × real time", "Printed on 2026-11-21 …". */
const CLOCKWORK = /took [\d.,]+ s here|[\d,]+ × real time|^Printed on .*$/gm

/** @throws Error when a mark is alone, a name has no text or a text has no place. */
export function fillBlocks(path: string, document: string, texts: Readonly<Record<string, string>>): string {
  const found = blocksOf(path, document)
  for (const name of found.keys()) {
    if (texts[name] === undefined) throw new Error(`${path}: nothing writes the generated part "${name}"`)
  }
  for (const name of Object.keys(texts)) {
    if (!found.has(name)) throw new Error(`${path}: no place <!-- generated: ${name} --> for this part`)
  }
  return document.replaceAll(BLOCK, (whole, name: string, before: string) => {
    const text = `\n${texts[name]}\n\n`
    if (withoutClockwork(before) === withoutClockwork(text)) return whole
    return `<!-- generated: ${name} -->\n${text}<!-- end of ${name} -->`
  })
}

/** The parts by name, as they stand in the document. @throws Error when a mark has no partner. */
export function blocksOf(path: string, document: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, name = "", text = ""] of document.matchAll(BLOCK)) found.set(name, text.trim())
  const marks = document.match(MARK)?.length ?? 0
  if (marks !== 2 * found.size) {
    throw new Error(
      `${path}: ${marks} marks for ${found.size} generated parts: one is misspelt or twice there`,
    )
  }
  return found
}

/** Text with a dot where clock and machine show. */
export function withoutClockwork(text: string): string {
  return text.replaceAll(CLOCKWORK, "·")
}
