import test from "ava"
import { keyCheckOf, StackBonds } from "../../../hosts/virtual/bonds"
import { air, serve, traced, UUID } from "./esp-server"

/** Top bits 11 and 01 of a random address: one that stays, and one that its phone changes every few minutes. */
const STATIC = "c1a2b3c4d5e6"
const PRIVATE = "51a2b3c4d5e6"
const IDENTITY = "0016a4c0ffee"
const RANDOM = 1
const KEY = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]
const CHECK = keyCheckOf(Buffer.from(KEY).toString("hex"))

function connected(
  characteristic: Parameters<typeof serve>[0] = {},
  options: Parameters<typeof serve>[1] = {},
) {
  const served = serve(characteristic, options)
  air.powerUp()
  air.connect(PRIVATE, RANDOM)
  return served
}

test.serial("the stack keeps keys, and asks nobody for them who does not ask first", (t) => {
  connected()
  t.deepEqual(air.security, { encryption: false, bonding: true, mitm: false })
})

test.serial(
  "a phone with a changing address has its identity once it has paired, and the check of its keys",
  (t) => {
    const { seen } = connected()
    t.is(seen.connected[0]?.bond, undefined)
    air.pair({ identity: IDENTITY, key: KEY })
    t.is(seen.encrypted[0], seen.connected[0])
    t.deepEqual(seen.connected[0]?.bond, { identity: IDENTITY, keyCheck: CHECK })
  },
)

test.serial("it comes back by its keys, and is the same", (t) => {
  const { seen } = connected()
  air.pair({ identity: IDENTITY, key: KEY })
  air.disconnect()
  air.connect(IDENTITY)
  t.is(seen.connected[1]?.bond, undefined)
  air.encrypt()
  t.deepEqual(seen.encrypted[1]?.bond, { identity: IDENTITY, keyCheck: CHECK })
})

test.serial("a phone that pairs again has another check", (t) => {
  const { seen } = connected()
  air.pair({ identity: IDENTITY, key: KEY })
  air.pair({ identity: IDENTITY, key: [...KEY].reverse() })
  t.is(seen.encrypted.length, 2)
  t.is(seen.encrypted[1]?.bond?.identity, IDENTITY)
  t.not(seen.encrypted[1]?.bond?.keyCheck, CHECK)
})

test.serial("a random address that stays is an identity", (t) => {
  const { seen } = connected()
  air.pair({ identity: STATIC, type: RANDOM, key: KEY })
  t.is(seen.encrypted[0]?.bond?.identity, STATIC)
})

for (const [what, pairing] of [
  ["that tells no identity", { key: KEY }],
  [
    "that pairs in the older way, which can be listened in on",
    { identity: IDENTITY, key: KEY, secure: false },
  ],
] as const) {
  test.serial(`a phone ${what} has no bond, and its keys do not stay in the stack`, (t) => {
    const { seen } = connected()
    air.pair(pairing)
    t.true(seen.encrypted[0]?.encrypted)
    t.is(seen.encrypted[0]?.bond, undefined)
    t.deepEqual(air.keys, [])
  })
}

test.serial("a phone that wants its keys not kept has no bond", (t) => {
  const { seen } = connected()
  air.pair({ identity: IDENTITY, key: KEY, bonding: false })
  t.true(seen.encrypted[0]?.encrypted)
  t.is(seen.encrypted[0]?.bond, undefined)
})

test.serial("the keys of one phone are deleted, or of all", (t) => {
  const { server } = connected()
  air.pair({ identity: IDENTITY, key: KEY })
  air.disconnect()
  air.connect()
  air.pair({ identity: STATIC, type: RANDOM, key: KEY })
  server.deleteBond("ffffffffffff")
  t.is(air.keys.length, 2)
  server.deleteBond(IDENTITY)
  t.deepEqual(
    air.keys.map(({ address }) => address),
    [STATIC],
  )
  air.disconnect()
  server.deleteBonds()
  t.deepEqual(air.keys, [])
})

test.serial("advertising stops for as long as keys are deleted", (t) => {
  const { server } = connected()
  air.pair({ identity: IDENTITY, key: KEY })
  air.disconnect()
  server.startAdvertising({ name: "Patella" })
  server.deleteBonds()
  t.deepEqual(air.keys, [])
  t.truthy(air.advertised)
  server.stopAdvertising()
  server.deleteBond(IDENTITY)
  t.is(air.advertised, undefined)
})

test.serial("keys that NimBLE does not delete are told of", (t) => {
  const { server } = connected()
  air.failure = 5
  server.deleteBond(IDENTITY)
  t.regex(traced[0] ?? "", /NimBLE error 5/)
})

test.serial(
  "of a phone that is dropped no subscription stays behind, whatever it does before it is gone",
  (t) => {
    const { server, seen } = connected({ read: true, notify: true })
    air.pair({ identity: IDENTITY, key: KEY })
    server.deleteBond(IDENTITY)
    seen.connected[0]?.close()
    air.subscribe(UUID)
    t.is(air.subscriptions.length, 1)
    air.disconnect()
    t.deepEqual(air.subscriptions, [])
  },
)

test.serial("keys that a phone makes while it is being dropped are deleted too", (t) => {
  const { seen } = connected()
  seen.connected[0]?.close()
  air.pair({ identity: IDENTITY, key: KEY })
  t.deepEqual(air.keys, [])
  t.deepEqual(seen.encrypted, [])
})

test.serial("a stranger's subscription to what is not public begins with encryption", (t) => {
  const calls: string[] = []
  const { server } = connected({
    read: true,
    notify: true,
    encrypted: true,
    onSubscribe: () => calls.push("subscribe"),
    onUnsubscribe: () => calls.push("unsubscribe"),
  })
  air.subscribe(UUID)
  server.notify(UUID, Uint8Array.of(1))
  t.deepEqual([calls, air.notified], [[], []])
  air.pair({ identity: IDENTITY, key: KEY })
  t.deepEqual(calls, ["subscribe"])
  server.notify(UUID, Uint8Array.of(2))
  t.deepEqual(air.notified, [{ uuid: UUID, value: [2] }])
  air.pair({ identity: IDENTITY, key: KEY })
  t.deepEqual(calls, ["subscribe"])
})

test.serial("a stranger who is dropped on encryption has subscribed to nothing", (t) => {
  const calls: string[] = []
  const { server } = connected(
    { read: true, notify: true, encrypted: true, onSubscribe: () => calls.push("subscribe") },
    { onEncrypted: (connection) => connection.close() },
  )
  air.subscribe(UUID)
  air.pair({ identity: IDENTITY, key: KEY })
  server.notify(UUID, Uint8Array.of(1))
  t.deepEqual([calls, air.notified], [[], []])
})

test.serial("a bonded phone's subscriptions are there again once it is encrypted", (t) => {
  const { server } = connected({ read: true, notify: true, encrypted: true })
  air.pair({ identity: IDENTITY, key: KEY })
  air.subscribe(UUID)
  air.disconnect()
  air.connect(IDENTITY)
  server.notify(UUID, Uint8Array.of(1))
  air.encrypt()
  server.notify(UUID, Uint8Array.of(2))
  t.deepEqual(air.notified, [{ uuid: UUID, value: [2] }])
})

test.serial("the check is that of the virtual board's stack", (t) => {
  const bonds = new StackBonds()
  const key = bonds.pair(IDENTITY)
  const { seen } = connected()
  air.pair({ identity: IDENTITY, key: [...Buffer.from(key, "hex")] })
  t.deepEqual(seen.encrypted[0]?.bond, bonds.find(IDENTITY, key))
})
