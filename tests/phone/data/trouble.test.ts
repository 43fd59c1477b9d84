/** What keeps the phone from keeping something: each is told in plain words with a way out, and nothing is half written. */
import test, { type ExecutionContext } from "ava"
import type { CompanionData } from "../../../phone/data/companion-data"
import { openData } from "../../../phone/data/open-data"
import { BREAKS, contentOf, freshPhone, refusal, windowOf, withBreak, withWindow } from "./fake-phone"
import { DEVICE, recorded, UNDATED } from "./recorded"
import { makeVersionOne } from "./version-one"

/** Of the database, as this version of the app has it. */
const VERSION = 3
const NEWER_VERSION = 4
const DEVICE_ROW = { id: DEVICE, name: "", side: "left", firmware: "", board: "", seenMs: 0 } as const

test.beforeEach(freshPhone)

for (const [what, breakOff] of Object.entries(BREAKS)) {
  for (const at of [0, 1]) {
    test.serial(`a run whose put ${at} meets "${what}" is not kept at all`, async (t) => {
      const data = await windowOf(t)
      const store = data.runStore(DEVICE)
      await store.add(recorded({ runId: 1 }).key, recorded({ runId: 1 }).record, UNDATED)
      const before = await contentOf(data)
      const { key, record } = recorded({ runId: 2 })
      let changes = 0
      data.onChange(() => changes++)
      await withBreak(at, breakOff, async () => {
        const words = await refusal(
          t,
          store.add(key, record, UNDATED),
          what === "broken off" ? "damaged" : "full",
        )
        t.regex(words, /The run was not stored\. The device keeps it until it is\./)
      })
      t.is(changes, 0)
      t.deepEqual(await contentOf(data), before)
      await store.add(key, record, UNDATED)
      t.is((await data.digests()).length, 2)
    })
  }
}

const DEEDS: Record<string, [(data: CompanionData) => Promise<unknown>, RegExp]> = {
  score: [
    (data) => data.keepScore({ runKey: "r", time: "hour", score: 1, givenMs: 1 }),
    /Your score was not/,
  ],
  device: [(data) => data.keepDevice(DEVICE_ROW), /name and side were not stored/],
  preferences: [
    (data) => data.keepPreferences({ scheme: "dark", asksForScores: true }),
    /Your choice was not/,
  ],
}
for (const [name, [deed, words]] of Object.entries(DEEDS)) {
  test.serial(`no room for a ${name}`, async (t) => {
    const data = await windowOf(t)
    await withBreak(0, BREAKS["no room at the end"], async () => {
      t.regex(await refusal(t, deed(data), "full"), words)
    })
  })
}

test.serial("a browser without IndexedDB, or one that refuses it", async (t) => {
  const factory = globalThis.indexedDB
  Reflect.deleteProperty(globalThis, "indexedDB")
  t.regex(await refusal(t, openData(), "private"), /ordinary window/)
  globalThis.indexedDB = factory
  for (const name of ["SecurityError", "InvalidStateError"]) {
    factory.open = () => {
      throw new DOMException("", name)
    }
    t.regex(await refusal(t, openData(), "private"), /ordinary window/)
  }
  factory.open = () => {
    throw new DOMException("", "UnknownError")
  }
  t.regex(await refusal(t, openData(), "damaged"), /Close Patella, open it again/)
})

test.serial(
  "a window with an older version that does not let go is told of; once it is closed all is there",
  async (t) => {
    await makeVersionOne([recorded({ runId: 1 })])
    const older = await opened(1)
    t.regex(await refusal(t, openData(), "blocked"), /Close that window/)
    older.close()
    t.is(await withWindow(async (data) => (await data.digests()).length), 1)
    // Nothing of the request that was given up holds the database.
    ;(await opened(NEWER_VERSION)).close()
  },
)

test.serial("a window that lets go in time is waited for", async (t) => {
  await makeVersionOne([recorded({ runId: 1 })])
  const older = await opened(1)
  setTimeout(() => older.close(), 100)
  t.is((await (await windowOf(t)).digests()).length, 1)
})

test.serial("a newer version takes over: this window is told, and refuses from then on", async (t) => {
  const data = await windowOf(t)
  const told = new Promise<void>((resolve) => data.onChange(resolve))
  const newer = await opened(NEWER_VERSION)
  t.teardown(() => newer.close())
  await told
  t.regex(await refusal(t, data.digests(), "blocked"), /newer version .* another window/)
  t.regex(await refusal(t, data.keepDevice(DEVICE_ROW), "blocked"), /reload this one/)
  t.regex(await refusal(t, data.deleteAll(), "blocked"), /newer version .* another window/)
})

test.serial("after a newer version this one tells that it is too old", async (t) => {
  ;(await opened(NEWER_VERSION)).close()
  t.regex(await refusal(t, openData(), "newer"), /reload Patella\. Nothing is lost/)
})

test.serial(
  "deleting is told to wait for a window that does not answer; once it is closed all is gone",
  async (t) => {
    const data = await windowOf(t)
    await data.runStore(DEVICE).add(recorded({ runId: 1 }).key, recorded({ runId: 1 }).record, UNDATED)
    const stuck = await opened(VERSION)
    t.regex(await refusal(t, data.deleteAll(), "blocked"), /Close that window: then everything is deleted/)
    stuck.close()
    t.deepEqual(await data.digests(), [])
  },
)

test.serial("a connection that the browser ended is opened anew", async (t) => {
  const data = await windowOf(t)
  await data.keepDevice(DEVICE_ROW)
  const { transaction } = IDBDatabase.prototype
  IDBDatabase.prototype.transaction = function (...parameters) {
    IDBDatabase.prototype.transaction = transaction
    this.close()
    return transaction.apply(this, parameters)
  }
  t.is((await data.devices()).length, 1)
})

test.serial("one that could not be opened anew is tried again with the next request", async (t) => {
  const [here, there] = [await windowOf(t), await windowOf(t)]
  await there.deleteAll()
  const { open } = indexedDB
  indexedDB.open = () => {
    throw new DOMException("", "UnknownError")
  }
  await refusal(t, here.devices(), "damaged")
  indexedDB.open = open
  t.deepEqual(await here.devices(), [])
})

test.serial("an error of the app's own is not told as the browser's", async (t) => {
  const data = await windowOf(t)
  const broken = () => {
    throw new RangeError("of the app")
  }
  await withBreak(0, broken, async () => {
    await t.throwsAsync(data.keepDevice(DEVICE_ROW), { instanceOf: RangeError, message: "of the app" })
  })
  t.deepEqual(await data.devices(), [])
})

test.serial("room and persistence are told as far as the browser tells them", async (t) => {
  t.deepEqual(await (await windowOf(t)).room(), { isPersisted: false })
  browserWith(t, {})
  t.deepEqual(await (await windowOf(t)).room(), { isPersisted: false })
  browserWith(t, {
    estimate: async () => ({ usage: 10, quota: 100 }),
    persisted: async () => true,
  })
  t.deepEqual(await (await windowOf(t)).room(), { usedBytes: 10, quotaBytes: 100, isPersisted: true })
  browserWith(t, {
    estimate: () => Promise.reject(new TypeError()),
    persisted: () => Promise.reject(new TypeError()),
  })
  t.deepEqual(await (await windowOf(t)).room(), { isPersisted: false })
})

test.serial("the browser is asked to keep it once there is a run, and once in a window", async (t) => {
  let asked = 0
  const persist = () => {
    asked++
    return Promise.reject(new TypeError())
  }
  browserWith(t, { persisted: async () => false, persist })
  const data = await windowOf(t)
  await data.keepDevice(DEVICE_ROW)
  t.is(asked, 0)
  for (const runId of [1, 2]) {
    const { key, record } = recorded({ runId })
    await data.runStore(DEVICE).add(key, record, UNDATED)
  }
  await new Promise((resolve) => setTimeout(resolve))
  t.is(asked, 1)
})

/** A connection that answers no other window. */
function opened(version: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("patella", version)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function browserWith(t: ExecutionContext, storage: Partial<StorageManager>): void {
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator")
  Object.defineProperty(globalThis, "navigator", { value: { storage }, configurable: true })
  t.teardown(() => {
    if (before) Object.defineProperty(globalThis, "navigator", before)
    else Reflect.deleteProperty(globalThis, "navigator")
  })
}
