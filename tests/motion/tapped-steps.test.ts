/** Who listens at each motion sample: comes and goes while the wearer runs, and changes nothing. */
import test from "ava"
import { createShank } from "../../src/motion/shank"
import { DELAY_MS, PERIOD_US, play, readSession, sampleAt, sessionMotion } from "./session"

const session = await readSession("S01")
const withoutBends = session.samples.slice(sampleAt(25.8))
/** Of batches: listening and not, in turns, of which neither is a stride's length. */
const TURN = 37

const ways: [what: string, samples: typeof withoutBends, isTwoSensored: boolean][] = [
  ["after bends", session.samples, false],
  ["while what waited is stepped again", withoutBends, false],
  ["with two sensors", session.samples, true],
]
for (const [what, samples, isTwoSensored] of ways)
  test(`a listener that comes and goes changes nothing that is told, ${what}`, (t) => {
    const told: number[] = []
    const listener = { knee: (sample: number) => void told.push(sample) }
    const of = (isListening: boolean) => {
      const sensor = isTwoSensored ? createShank(PERIOD_US) : undefined
      const motion = sessionMotion({ shank: sensor })
      return play(samples, {
        motion,
        ...(sensor && { shank: { sensor, samples: session.shank } }),
        batchSize: (batch) => {
          if (isListening && batch % TURN === 0)
            motion.listen(batch % (2 * TURN) === 0 ? undefined : listener)
          return 16
        },
      })
    }
    const { motion: _, ...alone } = of(false)
    const { motion, ...heard } = of(true)
    t.deepEqual(heard, alone)
    t.true(alone.strides.length > 100)
    const share = told.length / (motion.samples / 2)
    t.true(share > 0.4 && share < 0.6, `it heard ${share}`)
  })

test("it is told each motion sample once, in order and with its time, what was stepped again included", (t) => {
  const told: number[] = []
  const off: number[] = []
  const motion = sessionMotion()
  motion.listen({
    knee(sample, kneeCdeg, time) {
      told.push(sample)
      t.is(kneeCdeg, motion.kneeCdeg)
      // A motion sample's instant is between its two.
      off.push(time.msAt(sample) - ((2 * sample - 1.5) * PERIOD_US) / 1000 + DELAY_MS)
    },
  })
  play(withoutBends, { motion })
  t.true(Math.max(...off.map(Math.abs)) <= 3, `${Math.max(...off.map(Math.abs))} ms`)
  t.deepEqual(
    told,
    Array.from({ length: withoutBends.length >> 1 }, (_, index) => index + 1),
  )
})
