/** The judges of the fuzzing, each shown what it must not let pass. */
import test from "ava"
import type { GattReply } from "../../../hosts/virtual/protocol"
import { ASKED, type Asked } from "../../../simulator/fuzz/characteristics"
import { BoardHere } from "../../../simulator/fuzz/fuzzed-board"
import { LinkJudge } from "../../../simulator/fuzz/link-judge"
import { RecordJudge } from "../../../simulator/fuzz/record-judge"
import { leaveOf } from "../../../simulator/fuzz/record-leave"
import { judgeNotification, judgeReply, type Request } from "../../../simulator/fuzz/reply-judge"
import { Wrong } from "../../../simulator/fuzz/wrong"
import { storedBefore } from "../../../simulator/powercuts/earlier-runs"
import { PHONE_BOND } from "../../../simulator/powercuts/operation"
import { encode } from "../../../src/ble/fields"
import { PATELLA } from "../../../src/ble/profile"
import {
  ACKNOWLEDGE_REQUEST,
  AccessRequest,
  Operator,
  SELECTION_REQUEST,
} from "../../../src/ble/record-layouts"
import { crc32 } from "../../../src/storage/crc32"

function asked(name: string): Asked {
  return ASKED.find((one) => one.name === name) as Asked
}
const bytes = (...values: number[]) => Uint8Array.from(values)

const REPLIES: [
  what: string,
  Request,
  name: string,
  GattReply,
  isTrusted: boolean,
  written: Uint8Array | undefined,
  RegExp,
][] = [
  ["a fault", "read", "status", { error: 0x0e }, true, undefined, /ATT error 0e/],
  ["an error that nobody knows", "write", "command", { error: 0x42 }, true, bytes(1, 0, 0), /ATT error 42/],
  ["a stranger who is answered", "read", "status", { value: "" }, false, undefined, /not on the list/],
  ["a stranger's write", "write", "command", {}, false, bytes(1, 0, 0), /not on the list/],
  ["a known phone that is refused", "read", "status", { error: 0x08 }, true, undefined, /known phone/],
  ["a value of another length", "read", "status", { value: "04" }, true, undefined, /no status/],
  ["a percentage over 100", "read", "battery", { value: "65" }, true, undefined, /no battery level/],
  ["text that is none", "read", "deviceName", { value: "ff" }, true, undefined, /no UTF-8/],
  ["neither value nor error", "read", "status", {}, true, undefined, /neither/],
  ["a command that there is not", "write", "command", {}, true, bytes(99, 0, 0), /what is no value/],
  ["a command too long", "write", "command", {}, true, bytes(1, 0, 0, 0), /what is no value/],
  ["a setting out of its range", "write", "settings", {}, true, bytes(1, 0, 0, 0, 0), /what is no value/],
  [
    "a good value that is refused for its length",
    "write",
    "command",
    { error: 0x0d },
    true,
    bytes(1, 0, 0),
    /right length/,
  ],
  ["a window of 0", "write", "recordAccess", {}, true, bytes(0x81, 1, 0), /what is no value/],
]
for (const [what, request, name, reply, isTrusted, written, message] of REPLIES)
  test(`wrong: ${what}`, (t) => {
    t.throws(() => judgeReply(request, asked(name), reply, isTrusted, written), {
      instanceOf: Wrong,
      message,
    })
  })

test("right: a stranger reads what is public, and is refused the rest", (t) => {
  t.notThrows(() => judgeReply("read", asked("battery"), { value: "64" }, false, undefined))
  t.notThrows(() => judgeReply("read", asked("status"), { error: 0x05 }, false, undefined))
})

test("wrong: a stranger is notified of what is not public", (t) => {
  const notification = { characteristic: PATELLA.characteristics.records.uuid, atMs: 0, value: "000000" }
  t.throws(() => judgeNotification(notification, false), { instanceOf: Wrong, message: /not on the list/ })
  t.notThrows(() => judgeNotification(notification, true))
})

test("wrong: a stored record with another bit", (t) => {
  const { image } = storedBefore()
  const judge = new RecordJudge()
  judge.booted(image)
  const record = judge.records.get(1) as Uint8Array
  const at = Buffer.from(image).indexOf(record) + record.length - 1
  image[at] = (image[at] as number) ^ 1
  t.throws(() => judge.judge(image, { mayAdd: true }), { instanceOf: Wrong, message: /run 1: CRC/ })
})

test("an acknowledgement counts with the true CRC alone, a deletion for the runs that it selects", (t) => {
  const records = new Map([1, 2, 5].map((run) => [run, bytes(run)]))
  const acknowledge = (crc: number) => encode(ACKNOWLEDGE_REQUEST, { runId: 2, crc })
  const access = asked("recordAccess")
  t.is(leaveOf(access, acknowledge(crc32(bytes(2))), records).acknowledged, 2)
  t.is(leaveOf(access, acknowledge(7), records).acknowledged, undefined)
  const deleted = (operator: number, firstRun: number, lastRun: number) => {
    const request = encode(SELECTION_REQUEST, { request: AccessRequest.delete, operator, firstRun, lastRun })
    const { isDeleted } = leaveOf(access, request, records)
    return [...records.keys()].filter((run) => isDeleted?.(run))
  }
  t.deepEqual(deleted(Operator.all, 0, 0), [1, 2, 5])
  t.deepEqual(deleted(Operator.upTo, 0, 2), [1, 2])
  t.deepEqual(deleted(Operator.from, 2, 0), [2, 5])
  t.deepEqual(deleted(Operator.within, 2, 4), [2])
  t.deepEqual(deleted(Operator.first, 0, 0), [1])
  t.deepEqual(deleted(Operator.last, 0, 0), [5])
})

test("wrong: a phone that is not on the list stays connected; right: one that is", async (t) => {
  const judge = new LinkJudge()
  judge.booted(await new BoardHere(storedBefore()).look())
  judge.encrypted(PHONE_BOND)
  t.true(judge.isTrusted)
  t.notThrows(() => judge.judgeLink(true))
  judge.encrypted({ identity: PHONE_BOND.identity, key: "00".repeat(16) })
  t.throws(() => judge.judgeLink(true), { instanceOf: Wrong, message: /stays connected/ })
  t.notThrows(() => judge.judgeLink(false))
  t.throws(() => judge.judgeRefusal(PHONE_BOND), { instanceOf: Wrong, message: /was not let in/ })
})
