import test from "ava"
import { encode } from "../../../src/ble/fields"
import { PATELLA } from "../../../src/ble/profile"
import { FETCH_REQUEST, RecordKind } from "../../../src/ble/record-layouts"
import { SyncWorld } from "./sync-world"

const MTU = 23
const ACCESS = PATELLA.characteristics.recordAccess.uuid
const RECORDS = PATELLA.characteristics.records.uuid
const FETCH_LIST = encode(FETCH_REQUEST, {
  kind: RecordKind.list,
  runId: 0,
  offset: 0,
  transfer: 1,
  window: 8,
})

test("what was on its way when the link was lost comes over no later one", async (t) => {
  const { link } = new SyncWorld([40]).phone()
  const heard: string[] = []
  const connect = async () => {
    link.plan = {}
    link.connect(MTU)
    for (const uuid of [ACCESS, RECORDS]) await link.subscribe(uuid, () => void heard.push(uuid))
  }
  await connect()
  link.plan = { request: () => "lostAfter" }
  await t.throwsAsync(link.write(ACCESS, FETCH_LIST), { message: /lost/ })
  await connect()
  t.deepEqual(heard, [])
  await link.write(ACCESS, FETCH_LIST)
  t.deepEqual(heard, [RECORDS, RECORDS, RECORDS, ACCESS])
})
