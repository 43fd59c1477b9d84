/**
 * Two phones and a device through any story of runs that close, syncs that are cut short, and deletions, over links that lose, double and delay
 * notifications, stand still and break: nothing is deleted that no phone has, and in the end each phone has all runs, once each, byte for byte.
 */
import test from "ava"
import fc from "fast-check"
import { Chance } from "../../../hosts/virtual/chance"
import type { LinkPlan, NotificationFate, RequestFate } from "./lossy-link"
import { keyOf, type SyncPhone, SyncWorld } from "./sync-world"

const PER_MILLE = 1000

/** How often what happens, per 1,000 requests or notifications. */
interface Weather {
  seed: number
  lost: number
  twice: number
  late: number
  broken: number
  stalled: number
}

function planOf({ seed, lost, twice, late, broken, stalled }: Weather, between: () => void): LinkPlan {
  const chance = new Chance(seed)
  return {
    request(): RequestFate {
      between()
      const drawn = chance.below(PER_MILLE)
      if (drawn < broken) return chance.coin() ? "lostBefore" : "lostAfter"
      return drawn < broken + stalled ? "stalled" : "sound"
    },
    notification(): NotificationFate {
      let drawn = chance.below(PER_MILLE)
      for (const [share, fate] of [
        [lost, "lost"],
        [twice, "twice"],
        [late, "late"],
        [broken / 2, "linkLost"],
      ] as const) {
        if (drawn < share) return fate
        drawn -= share
      }
      return "sound"
    },
  }
}

const weather: fc.Arbitrary<Weather> = fc.record({
  seed: fc.nat(),
  lost: fc.constantFrom(0, 0, 20, 150),
  twice: fc.constantFrom(0, 0, 100),
  late: fc.constantFrom(0, 0, 20, 100),
  broken: fc.constantFrom(0, 10, 60),
  stalled: fc.constantFrom(0, 0, 30),
})
const phone = fc.nat(1)
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("close" as const), bytes: fc.integer({ min: 8, max: 900 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("sync" as const),
      phone,
      connections: fc.integer({ min: 1, max: 6 }),
      mtu: fc.constantFrom(23, 23, 60, 247),
      weather,
      /** Runs that close while it syncs: after so many requests each. */
      closing: fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 3 }),
      /** The other phone's deletion comes between two connections. */
      deleting: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("delete" as const), phone }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

class Story {
  readonly world = new SyncWorld([200, 40])
  readonly phones: [SyncPhone, SyncPhone]
  readonly deleted = new Set<number>()

  constructor(ways: readonly ("notifications" | "reads")[]) {
    const [one = "notifications", other = "reads"] = ways
    this.phones = [this.world.phone(0, { way: one }), this.world.phone(1, { way: other })]
  }

  async act(step: Step): Promise<void> {
    if (step.do === "close") this.world.close(step.bytes)
    else if (step.do === "delete") await this.delete(this.phones[step.phone] as SyncPhone)
    else await this.sync(step)
    this.check()
  }

  async sync({ phone, connections, mtu, weather, closing, deleting }: Step & { do: "sync" }): Promise<void> {
    const at = [...closing]
    let requests = 0
    const plan = planOf(weather, () => {
      if (++requests !== at[0]) return
      at.shift()
      requests = 0
      this.world.close(90)
    })
    const syncing = this.phones[phone] as SyncPhone
    syncing.mtu = mtu
    for (let left = connections; left > 0; left--) {
      if (await syncing.attempt(plan)) return
      if (deleting) await this.delete(this.phones[1 - phone] as SyncPhone)
      this.check()
    }
  }

  /** Only what a phone has goes. */
  async delete(phone: SyncPhone): Promise<void> {
    const before = this.world.there()
    const count = await phone.deleteAll()
    const there = this.world.there()
    const gone = before.filter((run) => !there.includes(run))
    if (gone.length !== count) throw new Error(`${gone.length} are gone, not ${count}`)
    for (const run of gone) this.deleted.add(run)
  }

  check(): void {
    const { world, phones, deleted } = this
    const held = (run: number) => phones.some(({ store }) => store.records.has(keyOf(run)))
    const there = new Set(world.there())
    for (const run of world.closed.keys()) {
      if (!there.has(run) && !deleted.has(run)) throw new Error(`run ${run} is gone`)
      if (!there.has(run) && !held(run)) throw new Error(`run ${run} is gone, and no phone has it`)
    }
    for (const run of world.acknowledged()) if (!held(run)) throw new Error(`run ${run} is with no phone`)
    for (const phone of phones) {
      const wrong = world.wrong(phone)
      if (wrong.length > 0) throw new Error(`${wrong} are wrong`)
    }
    if (world.device.service.faults > 0) throw new Error(world.device.service.lastFault)
  }

  /** The weather clears up. */
  async end(): Promise<void> {
    const { world, phones, deleted } = this
    for (const phone of phones) {
      const { failed } = await phone.untilDone()
      this.check()
      const missing = world.missing(phone).filter((run) => !deleted.has(run))
      if (failed.length + missing.length > 0) throw new Error(`failed ${failed}, missing ${missing}`)
    }
    if (world.acknowledged().length !== world.there().length) throw new Error("not all are acknowledged")
  }
}

test("whatever becomes of the link, each phone ends with the device's runs, once each, and nothing else is deleted", async (t) => {
  let [lost, deleted, closed] = [0, 0, 0]
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom("notifications" as const, "notifications" as const, "reads" as const), {
        minLength: 2,
        maxLength: 2,
      }),
      fc.array(step, { minLength: 1, maxLength: 12 }),
      async (ways, steps) => {
        const story = new Story(ways)
        for (const step of steps) await story.act(step)
        await story.end()
        lost += story.phones.reduce((sum, { link }) => sum + link.lostLinks, 0)
        deleted += story.deleted.size
        closed += story.world.closed.size
      },
    ),
    { numRuns: 400 },
  )
  t.true(lost > 400 && deleted > 100 && closed > 1200, `${lost} ${deleted} ${closed}`)
})
