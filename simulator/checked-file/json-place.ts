/**
 * Where text stops being JSON (RFC 8259) and what should stand there. JSON.parse says it in one engine's words and not always with a place, so
 * the text that it refused is read once more here.
 */

/** Deeper than anyone nests; readers that call themselves need a bound. */
const DEEPEST = 40
const SPACE = /[ \t\r\n]*/y
const STRING = /"(?:[^"\\\p{Cc}]|\x7f|[\x80-\x9f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy
const PLAIN = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y

export interface JsonMistake {
  /** Both from 1 on. */
  line: number
  column: number
  words: string
}

/** undefined where JSON.parse has nothing to refuse, as far as its nesting goes. */
export function jsonMistake(text: string): JsonMistake | undefined {
  try {
    new Reader(text).all()
    return undefined
  } catch (error) {
    if (!(error instanceof Wrong)) throw error
    const before = text.slice(0, error.at).split("\n")
    return { line: before.length, column: (before.at(-1) as string).length + 1, words: error.message }
  }
}

class Wrong extends Error {
  readonly at: number

  constructor(at: number, words: string) {
    super(words)
    this.at = at
  }
}

class Reader {
  readonly #text: string
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  all(): void {
    this.#value()
    if (this.#at < this.#text.length) this.#fail("nothing should stand after the end")
  }

  #value(): void {
    this.#takes(SPACE)
    const first = this.#text[this.#at]
    if (first === "{") this.#list("}", () => this.#member())
    else if (first === "[") this.#list("]", () => this.#value())
    else if (first === '"') this.#string("")
    else if (!this.#takes(PLAIN)) this.#fail("a value should stand here: a number, a text in quotes, { or [")
    this.#takes(SPACE)
  }

  #member(): void {
    this.#takes(SPACE)
    this.#string("a name in double quotes should stand here")
    this.#takes(SPACE)
    if (!this.#mark(":")) this.#fail('a ":" should stand here')
    this.#value()
  }

  #list(end: "}" | "]", item: () => void): void {
    if (++this.#depth > DEEPEST) this.#fail(`more than ${DEEPEST} brackets within one another`)
    this.#at++
    this.#takes(SPACE)
    if (!this.#mark(end)) {
      do item()
      while (this.#mark(","))
      if (!this.#mark(end)) this.#fail(`a "," or "${end}" should stand here`)
    }
    this.#depth--
  }

  /** @param missing what to say where no text begins */
  #string(missing: string): void {
    if (this.#text[this.#at] !== '"') this.#fail(missing)
    if (!this.#takes(STRING))
      this.#fail('this text has no end in its line, or a "\\" that stands for nothing')
  }

  #mark(mark: string): boolean {
    if (this.#text[this.#at] !== mark) return false
    this.#at++
    return true
  }

  #takes(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at
    if (!pattern.test(this.#text)) return false
    this.#at = pattern.lastIndex
    return true
  }

  #fail(words: string): never {
    throw new Wrong(this.#at, this.#at >= this.#text.length ? `the text ends here; ${words}` : words)
  }
}
