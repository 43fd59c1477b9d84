import test from "ava"
import { boardsOf } from "../../../simulator/fuzz/boards"
import { ASKED } from "../../../simulator/fuzz/characteristics"
import { motionParts } from "../../../simulator/fuzz/motion-parts"
import type { Operation } from "../../../simulator/fuzz/operation"
import { Player } from "../../../simulator/fuzz/player"
import { becomeQuiet, warmUp } from "../../../simulator/fuzz/quiet"
import { encode } from "../../../src/ble/fields"
import { UPDATE_BEGIN } from "../../../src/ble/update-layouts"

const PRESS: Operation = { what: "press", heldMs: 100, pauseMs: 1000 }
const ARRIVE: Operation = { what: "arrive", phone: 0, mtu: 247, listens: true }
const BEGIN: Operation = {
  what: "write",
  asked: ASKED.findIndex(({ name }) => name === "update"),
  link: "this",
  value: { bytes: encode(UPDATE_BEGIN, { byteLength: 1000, crc: 1, major: 2, minor: 3, patch: 4 }) },
}

test("a device that was warmed up takes no more memory once it is quiet again after an update was asked for or begun", async (t) => {
  const boards = await boardsOf("xs")
  t.teardown(() => boards.close())
  const player = await Player.on(await boards.next(), await motionParts())
  await warmUp(player)
  const heap = await boards.heap()
  for (const operations of [
    [ARRIVE, BEGIN],
    [ARRIVE, BEGIN, PRESS],
  ]) {
    await player.play(operations)
    await becomeQuiet(player)
    t.is(await boards.heap(), heap)
  }
})
