import test from "ava"
import { CatchingUp } from "../../src/motion/catching-up"
import { createOrientation } from "../../src/motion/orientation"

function kept(samples: number) {
  const orientation = createOrientation(10_000)
  const catchingUp = new CatchingUp(10_000, orientation)
  for (let n = 0; n < samples; n++) catchingUp.keep(256 * n, 256, 512, 768, 1024, 1280)
  return { orientation, catchingUp }
}

test("what was kept is handed out in its order, and the orientation goes back to where it was then", (t) => {
  const { orientation, catchingUp } = kept(0)
  orientation.restart(0, 16384, 0)
  orientation.step(0, 0, 0, 0, 2048, 0)
  for (let n = 0; n < 20; n++) catchingUp.keep(256 * n, 256, 512, 768, 1024, 1280)
  orientation.restart(16384, 0, 0)
  catchingUp.rewind()
  t.is(catchingUp.behind, 20)
  t.false(catchingUp.isUnderWay)
  for (let n = 0; n < 20; n++) {
    t.deepEqual([...catchingUp.next()], [256 * n, 256, 512, 768, 1024, 1280])
    t.true(catchingUp.isUnderWay)
    if (n === 0) orientation.step(0, 0, 0, 0, 2048, 0)
    catchingUp.done()
  }
  t.is(catchingUp.behind, 0)
  t.false(catchingUp.isUnderWay)
  t.true(orientation.upY > 16000 && orientation.upX < 500, `${orientation.upX} ${orientation.upY}`)
})

test("it is done once: afterwards nothing is kept, until it is restarted", (t) => {
  const { catchingUp } = kept(3)
  catchingUp.forget()
  catchingUp.keep(1, 1, 1, 1, 1, 1)
  catchingUp.rewind()
  t.is(catchingUp.behind, 0)
  t.throws(() => catchingUp.next(), { instanceOf: RangeError })
  catchingUp.restart()
  catchingUp.keep(1, 1, 1, 1, 1, 1)
  catchingUp.rewind()
  t.is(catchingUp.behind, 1)
})

test("samples from before a gap are none to catch up with", (t) => {
  const { catchingUp } = kept(30)
  catchingUp.clear()
  catchingUp.rewind()
  t.is(catchingUp.behind, 0)
})

test("what comes while samples wait waits behind them, and has told nothing yet", (t) => {
  const { catchingUp } = kept(3)
  catchingUp.rewind()
  t.true(catchingUp.isQueueing)
  const handedOut: [first: number, isAgain: boolean][] = []
  for (let n = 3; catchingUp.behind > 0; n++) {
    if (n < 5) catchingUp.keep(256 * n, 256, 512, 768, 1024, 1280)
    handedOut.push([catchingUp.next()[0] / 256, catchingUp.isAgain])
    t.false(catchingUp.isQueueing, "the one handed out does not wait")
    catchingUp.done()
  }
  t.deepEqual(handedOut, [
    [0, true],
    [1, true],
    [2, true],
    [3, false],
    [4, false],
  ])
  t.deepEqual([catchingUp.isQueueing, catchingUp.queued], [false, 0])
})
