import test from "ava"
import fc from "fast-check"
import { Stillness } from "../../src/power/stillness"

const USED = { isUsed: true, isMoving: false }
const MOVING = { isUsed: false, isMoving: true }
const STILL = { isUsed: false, isMoving: false }

/** Seconds of one kind after the other, as [how, for how long]. @returns at which second it is to sleep */
function sleepsAt(
  isWokenByMotion: boolean,
  afterMin: number,
  seconds: [{ isUsed: boolean; isMoving: boolean }, number][],
): number | undefined {
  const stillness = new Stillness(isWokenByMotion)
  let at = 0
  for (const [{ isUsed, isMoving }, count] of seconds)
    for (let second = 0; second < count; second++) {
      at++
      if (stillness.second(isUsed, isMoving, afterMin)) return at
    }
  return undefined
}

for (const [what, isWokenByMotion, afterMin, seconds, expected] of [
  ["ten minutes still", false, 10, [[STILL, 700]], 600],
  [
    "a movement begins the minutes anew",
    false,
    10,
    [
      [STILL, 599],
      [MOVING, 1],
      [STILL, 700],
    ],
    1200,
  ],
  [
    "use begins them anew as well",
    false,
    10,
    [
      [STILL, 599],
      [USED, 1],
      [STILL, 700],
    ],
    1200,
  ],
  ["moving it stays awake", false, 10, [[MOVING, 100_000]], undefined],
  ["in use it stays awake", false, 10, [[USED, 100_000]], undefined],
  ["0 is never", false, 0, [[STILL, 100_000]], undefined],
  [
    "after a bump two minutes are enough",
    true,
    10,
    [
      [MOVING, 14],
      [STILL, 700],
    ],
    134,
  ],
  [
    "what moves for longer was no bump",
    true,
    10,
    [
      [MOVING, 15],
      [STILL, 700],
    ],
    615,
  ],
  [
    "nor what was used",
    true,
    10,
    [
      [USED, 1],
      [STILL, 700],
    ],
    601,
  ],
  [
    "movements add up",
    true,
    10,
    [
      [MOVING, 10],
      [STILL, 60],
      [MOVING, 5],
      [STILL, 700],
    ],
    675,
  ],
  [
    "fewer minutes than a bump's hold after it too",
    true,
    1,
    [
      [MOVING, 3],
      [STILL, 700],
    ],
    63,
  ],
  ["0 is never, after a bump too", true, 0, [[STILL, 100_000]], undefined],
] as const)
  test(what, (t) => {
    t.is(
      sleepsAt(
        isWokenByMotion,
        afterMin,
        seconds.map(([how, count]) => [how, count]),
      ),
      expected,
    )
  })

test("whatever happens, it sleeps only after so long of neither motion nor use, and then always", (t) => {
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.integer({ min: 1, max: 5 }),
      fc.array(
        fc.record({ isUsed: fc.boolean(), isMoving: fc.boolean(), s: fc.integer({ min: 1, max: 400 }) }),
      ),
      (isWokenByMotion, afterMin, parts) => {
        const stillness = new Stillness(isWokenByMotion)
        let stillS = 0
        for (const { isUsed, isMoving, s } of parts)
          for (let second = 0; second < s; second++) {
            stillS = isUsed || isMoving ? 0 : stillS + 1
            const sleeps = stillness.second(isUsed, isMoving, afterMin)
            if (sleeps && stillS < Math.min(120, afterMin * 60)) return false
            if (!sleeps && stillS >= afterMin * 60) return false
          }
        return true
      },
    ),
  )
  t.pass()
})
