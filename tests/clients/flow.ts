/**
 * What every real client must be able to do with the device, whatever its make: look, be refused, pair, read, follow, sync over a lost link, set.
 * One device and one client for all of it, in the order of a phone's life.
 */
import test, { type ExecutionContext } from "ava"
import { toHex } from "../../hosts/virtual/protocol"
import type { GattTransport } from "../../phone/link/gatt-transport"
import { RunSync } from "../../phone/link/run-sync"
import { MemoryRuns } from "../../simulator/phone/memory-runs"
import { CURRENT_TIME, currentTimeOf, LOCAL_TIME, localTimeOf } from "../../src/ble/current-time"
import { decode, encode } from "../../src/ble/fields"
import { IDENTITY, SETTING_WRITE, SETTINGS_VALUE } from "../../src/ble/layouts"
import { LIVE, type Live, LiveFlag } from "../../src/ble/live-layout"
import { CURRENT_TIME_SERVICE, DEVICE_INFORMATION, PATELLA } from "../../src/ble/profile"
import { AccessRequest, FETCH_REQUEST } from "../../src/ble/record-layouts"
import { decodeRunRecord } from "../../src/ble/run-codec"
import { SETTINGS } from "../../src/storage/settings"
import { BluezDevice } from "./bluez-device"
import { type Client, disconnected } from "./client"

const RUNS = 3
/** Short enough that a run takes many windows of chunks, so that there is a middle to drop the link in. */
const MTU = "23"
/** The wearer stands for the first seconds, and then bends the knee: so that comes sooner. */
const SPEED = "2"
const BENT_CDEG = 2500
/** Live measurements come once a second at least, while they come. */
const SILENT_MS = 1000
const ZONE_QUARTERS = 4
const MS_PER_S = 1000
/** Of the device's time, until what was set is read. */
const CLOCK_LIMIT_S = 60
const { status, summaryText, settings, identity, live } = PATELLA.characteristics
const { currentTime, localTime } = CURRENT_TIME_SERVICE.characteristics
const PAUSE_LIMIT = SETTINGS.find(({ name }) => name === "pauseLimitS") as (typeof SETTINGS)[number]

export interface Make<Made extends Client = Client> {
  name: string
  open(busAddress: string): Promise<Made>
  /** The link of a paired device stays, though the client disconnects. */
  keepsLink?: boolean
}

export interface Ready {
  device: BluezDevice
  client: Client
}
export type Step = (t: ExecutionContext, ready: Ready) => Promise<void>

/** @param more tests of this make alone, before it leaves */
export function testClient(
  { name, open, keepsLink = false }: Make,
  more: Readonly<Record<string, Step>> = {},
): void {
  let ready: Promise<Ready> | undefined
  const start = async () => {
    const device = await BluezDevice.start("--runs", String(RUNS), "--mtu", MTU, "--speed", SPEED)
    return { device, client: await open(device.busAddress) }
  }
  const step = (title: string, body: Step) =>
    test.serial(`${name} ${title}`, async (t) => {
      t.timeout(120_000)
      ready ??= start()
      await body(t, await ready)
    })

  test.after.always(async () => {
    const { device, client } = (await ready?.catch(() => undefined)) ?? {}
    await client?.close()
    await device?.close()
  })

  step("finds the device by its service", async (t, { client }) => {
    t.is(await client.find(PATELLA.uuid), "Patella")
  })

  step(
    "reads what is public, and nothing else: outside the pairing window the device drops it",
    async (t, { client, device }) => {
      for (const uuid of [summaryText.uuid, status.uuid]) {
        await client.connect()
        t.is(text(await client.read(DEVICE_INFORMATION.characteristics.manufacturer.uuid)), "Patella project")
        const gone = disconnected(client)
        await t.throwsAsync(client.read(uuid))
        await gone
        await device.says(/phone refused/)
      }
    },
  )

  step(
    "pairs at the first refusal once the button was pressed, and reads the summary in plain words",
    async (t, { client, device }) => {
      await press(device)
      await client.connect()
      t.regex(text(await client.read(summaryText.uuid)), new RegExp(`^Run ${RUNS}: 2:\\d\\d min, 3 bouts\n`))
      await device.says(/phone paired/)
    },
  )

  step("is told the knee's angles while the wearer bends it", async (t, { client }) => {
    const told: Live[] = []
    let seeBent = () => {}
    const bent = new Promise<void>((resolve) => {
      seeBent = resolve
    })
    const end = await client.subscribe(live.uuid, (value) => {
      told.push(decode(LIVE, value))
      if (told.at(-1)?.angles.some(({ kneeCdeg }) => kneeCdeg > BENT_CDEG)) seeBent()
    })
    await bent
    const times = told.map(({ timeMs }) => timeMs)
    t.deepEqual(
      times,
      [...new Set(times)].sort((a, b) => a - b),
    )
    t.true(told.every(({ state }) => (state & LiveFlag.calibrated) !== 0))
    await end()
    const count = told.length
    await wait(SILENT_MS)
    t.is(told.length, count)
  })

  step("syncs every run, though the link is lost in the middle of one", async (t, { client, device }) => {
    const store = new MemoryRuns()
    const deviceId = toHex(Uint8Array.from(decode(IDENTITY, await client.read(identity.uuid)).deviceId))
    const sync = new RunSync({ deviceId, store, wait })
    const lossy = new LosesItsLink(client, device, 5)
    await t.throwsAsync(sync.run(lossy))
    const before = store.records.size
    t.true(before < RUNS, `${before} runs came before the link was lost`)
    await client.connect()
    const watched = new LosesItsLink(client, device, Number.POSITIVE_INFINITY)
    t.like(await sync.run(watched), { failed: [], way: "notifications" })
    t.true(
      watched.offsets.some((offset) => offset > 0),
      `fetched on from ${watched.offsets}`,
    )
    const ids = [...store.records.values()].map((record) => decodeRunRecord(record).run.id)
    t.deepEqual(ids, [1, 2, 3])
    // The other way of reading them gives the same.
    const read = new MemoryRuns()
    await new RunSync({ deviceId, store: read, wait, way: "reads" }).run(client)
    t.deepEqual(read.records, store.records)
  })

  step("comes back without pairing again", async (t, { client, device }) => {
    const gone = disconnected(client)
    device.tell("drop")
    await gone
    await device.says(/phone disconnected/)
    await client.connect()
    t.regex(text(await client.read(summaryText.uuid)), /^Run 3/)
  })

  step(
    "writes a setting and reads it back; a wrong one is refused and changes nothing",
    async (t, { client }) => {
      const pauseLimit = async () => {
        const { settings: all } = decode(SETTINGS_VALUE, await client.read(settings.uuid))
        return all.find(({ id }) => id === PAUSE_LIMIT.id)?.value
      }
      t.is(await pauseLimit(), PAUSE_LIMIT.default)
      await client.write(settings.uuid, encode(SETTING_WRITE, { id: PAUSE_LIMIT.id, value: 60 }))
      t.is(await pauseLimit(), 60)
      const tooLong = { id: PAUSE_LIMIT.id, value: PAUSE_LIMIT.max + 1 }
      await t.throwsAsync(client.write(settings.uuid, encode(SETTING_WRITE, tooLong)))
      await t.throwsAsync(client.write(settings.uuid, new Uint8Array(1)))
      t.is(await pauseLimit(), 60)
    },
  )

  step("sets the clock, which dates the runs from then on", async (t, { client }) => {
    const unixS = Math.floor(Date.now() / MS_PER_S)
    await client.write(localTime.uuid, encode(LOCAL_TIME, localTimeOf(ZONE_QUARTERS)))
    await client.write(currentTime.uuid, encode(CURRENT_TIME, currentTimeOf(unixS, ZONE_QUARTERS)))
    const clock = decode(IDENTITY, await client.read(identity.uuid))
    t.is(clock.zoneQuarters, ZONE_QUARTERS)
    t.true(clock.unixS >= unixS && clock.unixS < unixS + CLOCK_LIMIT_S, `${clock.unixS - unixS} s on`)
  })

  for (const [title, body] of Object.entries(more)) step(title, body)

  step(keepsLink ? "leaves" : "leaves, and the device knows", async (t, { client, device }) => {
    device.hush()
    await client.disconnect()
    if (!keepsLink) t.regex(await device.says(/phone disconnected/), /phone disconnected/)
    await client.close()
    t.is(await device.close(), 0)
  })
}

/** A client whose stack pairs only when it is told to, as where nobody answers for the desktop. */
export function testAskedPairing({ name, open }: Make<Client & { pair(): Promise<void> }>): void {
  test.serial(`${name} is refused until it pairs by itself, where the system does not`, async (t) => {
    t.timeout(120_000)
    const device = await BluezDevice.start("--runs", "0", "--explicit-pairing")
    t.teardown(() => device.close())
    const client = await open(device.busAddress)
    t.teardown(() => client.close())
    await client.find(PATELLA.uuid)
    await client.connect()
    await t.throwsAsync(client.read(summaryText.uuid), { message: /Not paired/ })
    await t.throwsAsync(
      client.write(settings.uuid, encode(SETTING_WRITE, { id: PAUSE_LIMIT.id, value: 60 })),
      { message: /Not paired/ },
    )
    await t.throwsAsync(
      client.subscribe(status.uuid, () => {}),
      { message: /Not paired/ },
    )
    t.true(client.connected)
    // Nobody has paired with this device yet, so that it lets the first one.
    await client.pair()
    t.is(text(await client.read(summaryText.uuid)), "No run yet.")
  })
}

/** Loses the link at a window of chunks, before it is asked for; sees from where records are fetched. */
class LosesItsLink implements GattTransport {
  readonly offsets: number[] = []
  readonly #client: Client
  readonly #device: BluezDevice
  #windows: number

  constructor(client: Client, device: BluezDevice, windows: number) {
    this.#client = client
    this.#device = device
    this.#windows = windows
  }
  get connected(): boolean {
    return this.#client.connected
  }
  read(uuid: string): Promise<Uint8Array> {
    return this.#client.read(uuid)
  }
  async write(uuid: string, value: Uint8Array): Promise<void> {
    if (value[0] === AccessRequest.fetch) this.offsets.push(decode(FETCH_REQUEST, value).offset)
    if (value[0] === AccessRequest.more && --this.#windows === 0) {
      const gone = disconnected(this.#client)
      this.#device.tell("drop")
      await gone
    }
    await this.#client.write(uuid, value)
  }
  subscribe(uuid: string, listener: (value: Uint8Array) => void): Promise<() => Promise<void>> {
    return this.#client.subscribe(uuid, listener)
  }
  onDisconnect(listener: () => void): void {
    this.#client.onDisconnect(listener)
  }
}

/** Lets a phone pair for a minute. */
export async function press(device: BluezDevice): Promise<void> {
  device.tell("press")
  await device.says(/button: press/)
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const text = (bytes: Uint8Array) => new TextDecoder("utf-8", { fatal: true }).decode(bytes)
