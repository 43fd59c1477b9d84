/** How what is said on a terminal looks: numbers and times (number-words.ts), and colour where the stream can show it. */
import { styleText } from "node:util"

export { clock, count, percent } from "../number-words"

type Style = Parameters<typeof styleText>[0]
export type Paint = (style: Style, text: string) => string

/** Colours only on a terminal, and not where NO_COLOR is set. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  return (style, text) => styleText(style, text, { stream })
}
