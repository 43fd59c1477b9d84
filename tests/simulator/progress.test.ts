import { Writable } from "node:stream"
import { stripVTControlCharacters } from "node:util"
import test from "ava"
import { Progress } from "../../simulator/cli/progress"

function stream(isTTY: boolean, columns?: number): { stream: NodeJS.WriteStream; text: () => string } {
  let text = ""
  const sink = new Writable({
    decodeStrings: false,
    write(piece: string, _encoding, done) {
      text += piece
      done()
    },
  })
  return {
    stream: Object.assign(sink, { isTTY, columns }) as unknown as NodeJS.WriteStream,
    text: () => text,
  }
}

test("off a terminal progress is four plain lines at most", (t) => {
  const { stream: plain, text } = stream(false)
  const progress = new Progress(plain, 180)
  for (let playedS = 0; playedS <= 180; playedS++) progress.update(playedS)
  progress.end()
  const lines = text().trimEnd().split("\n")
  t.is(lines.length, 4)
  t.true(lines[0]?.startsWith("  0:45 of 3:00"))
  t.true(lines[3]?.startsWith("  3:00 of 3:00"))
  t.false(text().includes("\u001b"))
  t.false(text().includes("\r"))
})

for (const [columns, playing, waiting] of [
  [
    120,
    /^ {2}━{12}─{12} {2}30:00 of 1:00:00, [\d,]+ × real time$/,
    /^ {2}━{24} {2}played; 0:45 on, .* real time$/,
  ],
  [undefined, /^ {2}━{12}─{12} {2}30:00 of 1:00:00, /, /^ {2}━{6,24} {2}played; 0:45 on, .* real time$/],
  [40, /^ {2}(━+─+ {2})?30:00 of 1:00:00/, /^ {2}played; 0:45 on, run not yet ended$/],
  [20, /^ {2}30:00 of 1:00:00$/, /^ {2}played; 0:45 on, $/],
] as const) {
  test(`on a terminal of ${columns ?? "unknown"} columns the line never wraps`, (t) => {
    for (const [playedS, words] of [
      [1800, playing],
      [3645, waiting],
    ] as const) {
      const { stream: terminal, text } = stream(true, columns)
      new Progress(terminal, 3600).update(playedS)
      const line = stripVTControlCharacters(text()).replace("\r", "")
      t.regex(line, words)
      t.true(line.length < (columns ?? 80), `${line.length} columns`)
    }
  })
}

test("on a terminal the line is taken away for news and at the end", (t) => {
  const { stream: terminal, text } = stream(true)
  const progress = new Progress(terminal, 100)
  progress.update(50)
  progress.say(terminal, "news")
  progress.end()
  const [before, after] = text().split("news\n")
  t.true(before?.endsWith("\r\u001b[2K"))
  t.regex(after ?? "", /0:50 of 1:40/)
  t.true(after?.endsWith("\r\u001b[2K"))
})
