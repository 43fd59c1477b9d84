import test from "ava"
import fc from "fast-check"
import { tagByte } from "../../hosts/virtual/lsm6dso-fifo"
import { FifoDecoder } from "../../src/drivers/lsm6dso-decoder"

const BATCH = 16
const WORDS = 2 * BATCH
const WORD_BYTES = 7
const GYRO = 1
const ACCELEROMETER = 2

/** A word of the FIFO as it may arrive: whole most of the time, with a wrong tag, or not at all. */
const Fate = { whole: 0, damaged: 1, lost: 2 } as const
const fates = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.constant<number>(Fate.whole) },
    fc.constantFrom<number>(Fate.damaged, Fate.lost),
  ),
  { minLength: 2 * WORDS, maxLength: 2 * WORDS },
)

/** Word n is of the time slot n / 2 and holds n, n + 1000 and −1 − n. */
function wordsThatArrive(fate: number[]): Uint8Array[] {
  return fate.flatMap((what, n) => {
    if (what === Fate.lost) return []
    const word = new DataView(new ArrayBuffer(WORD_BYTES))
    const tag = tagByte(n % 2 === 0 ? GYRO : ACCELEROMETER, n >> 1)
    word.setUint8(0, what === Fate.damaged ? tag ^ 1 : tag)
    for (const [axis, value] of [n, n + 1000, -1 - n].entries()) word.setInt16(1 + 2 * axis, value, true)
    return [new Uint8Array(word.buffer)]
  })
}

/** What a decoder makes of the words when it is given `count` at a time, or fewer at the end. */
function decoded(words: Uint8Array[], count: number): unknown {
  const steps: number[][] = []
  const decoder = new FifoDecoder({ beginBatch() {}, step: (...counts) => steps.push(counts) * 0 }, BATCH)
  decoder.start()
  for (let from = 0; from < words.length; ) {
    const buffer = decoder.bufferFor(Math.min(count, words.length - from))
    const held = buffer.length / WORD_BYTES
    for (let n = 0; n < held; n++) buffer.set(words[from + n] as Uint8Array, n * WORD_BYTES)
    decoder.decode(buffer.length, 0, 9600, 0, 0, false)
    from += held
  }
  const { samples, slots, missing, badWords } = decoder
  return { steps, samples, slots, missing, badWords }
}

test("words read by the batch make the same samples as words read one by one, whichever are lost or damaged", (t) => {
  fc.assert(
    fc.property(fates, (fate) => {
      const words = wordsThatArrive(fate)
      const oneByOne = decoded(words, 1)
      t.deepEqual(decoded(words, WORDS), oneByOne)
      t.deepEqual(decoded(words, WORDS / 4), oneByOne)
    }),
  )
})

test("a batch of whole words makes its samples in order", (t) => {
  const { steps } = decoded(wordsThatArrive(Array(WORDS).fill(Fate.whole)), WORDS) as { steps: number[][] }
  const holds = (n: number) => [n, n + 1000, -1 - n]
  t.deepEqual(
    steps,
    Array.from({ length: BATCH }, (_, sample) => [...holds(2 * sample), ...holds(2 * sample + 1)]),
  )
})
