/** What may happen to the device: all that a phone can ask, right or wrong, and now and then time, the button and a wearer who moves. */
import fc from "fast-check"
import { toHex } from "../../hosts/virtual/protocol"
import { ASKED } from "./characteristics"
import { bytesOf, valuesFor, type WrittenValue } from "./written-value"

/** Which connection a request names: the one that is up, or one that is not. */
export type Link = "this" | "another"
/** Which key a phone encrypts with: of its newest pairing, of the one before, of another phone, or none that ever was. */
export type KeyChoice = "newest" | "older" | "another's" | "none"

export type Operation =
  /** `phone`: of PHONES. */
  | { readonly what: "connect"; readonly phone: number; readonly mtu: number }
  /** In place of whoever is there: it connects, encrypts with its newest key and, if it listens, subscribes to all that notifies. */
  | { readonly what: "arrive"; readonly phone: number; readonly mtu: number; readonly listens: boolean }
  | { readonly what: "disconnect" | "drop" | "discover" }
  | { readonly what: "pair"; readonly phone: number }
  | { readonly what: "encrypt"; readonly phone: number; readonly key: KeyChoice }
  | {
      readonly what: "read" | "subscribe" | "unsubscribe"
      /** Of ASKED. */
      readonly asked: number
      readonly link: Link
    }
  | { readonly what: "write"; readonly asked: number; readonly link: Link; readonly value: WrittenValue }
  | { readonly what: "wait"; readonly ms: number }
  /** The button, held for so long, let go, and so long until the next. */
  | { readonly what: "press"; readonly heldMs: number; readonly pauseMs: number }
  /** Ten seconds of a recording: `part` of them. */
  | { readonly what: "move"; readonly part: number }

/** Phones; the first is known from before. */
export const PHONES: readonly string[] = [3, 4, 5, 6, 7].map((number) => `c0ffee00000${number}`)
/** Ten seconds each: bends, running, running on. */
export const PARTS = 6
/** Operations of one sequence. */
export const SEQUENCE_MOST = 160

const MTU = { min: 23, max: 517 } as const
const WINDOW_MS = 70_000

const phone = fc.nat(PHONES.length - 1)
const mtu = fc.oneof(fc.constantFrom(23, 247, 512, 517), fc.integer(MTU))
const link = fc.oneof(
  { arbitrary: fc.constant<Link>("this"), weight: 30 },
  { arbitrary: fc.constant<Link>("another"), weight: 1 },
)
const asked = fc.nat(ASKED.length - 1)
const notifying = ASKED.flatMap(({ profile }, index) => (profile?.notify ? [index] : []))

const writes: fc.Arbitrary<Operation> = fc.oneof(
  ...ASKED.map(({ profile }, index) => ({
    arbitrary: fc.record({
      what: fc.constant("write" as const),
      asked: fc.constant(index),
      link,
      value: valuesFor(index),
    }),
    // What takes several layouts is written more often.
    weight: profile?.write ? ("oneOf" in profile.write ? 30 : 6) : 1,
  })),
)

function arrival(who: fc.Arbitrary<number>): fc.Arbitrary<Operation> {
  return fc.record({ what: fc.constant("arrive" as const), phone: who, mtu, listens: fc.boolean() })
}

/** In order of simplicity: a failure shrinks towards the first. */
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { arbitrary: fc.record({ what: fc.constant("read" as const), asked, link }), weight: 20 },
  { arbitrary: writes, weight: 40 },
  {
    arbitrary: fc.record({
      what: fc.constantFrom("subscribe", "unsubscribe"),
      asked: fc.oneof(fc.constantFrom(...notifying), asked),
      link,
    }),
    weight: 8,
  },
  { arbitrary: fc.record({ what: fc.constant("discover" as const) }), weight: 1 },
  { arbitrary: arrival(fc.constant(0)), weight: 14 },
  { arbitrary: arrival(phone), weight: 2 },
  { arbitrary: fc.record({ what: fc.constant("connect" as const), phone, mtu }), weight: 1 },
  {
    arbitrary: fc.record({
      what: fc.constant("encrypt" as const),
      phone,
      key: fc.constantFrom<KeyChoice>("newest", "older", "another's", "none"),
    }),
    weight: 1,
  },
  { arbitrary: fc.record({ what: fc.constant("pair" as const), phone }), weight: 1 },
  { arbitrary: fc.record({ what: fc.constantFrom("disconnect", "drop") }), weight: 1 },
  {
    arbitrary: fc.record({
      what: fc.constant("wait" as const),
      ms: fc.oneof(
        { arbitrary: fc.nat(3000), weight: 6 },
        { arbitrary: fc.nat(25_000), weight: 2 },
        { arbitrary: fc.nat(WINDOW_MS), weight: 1 },
      ),
    }),
    weight: 6,
  },
  {
    arbitrary: fc.record({
      what: fc.constant("press" as const),
      heldMs: fc.oneof(fc.nat(500), fc.nat(6000)),
      pauseMs: fc.nat(1000),
    }),
    weight: 2,
  },
  { arbitrary: fc.record({ what: fc.constant("move" as const), part: fc.nat(PARTS - 1) }), weight: 1 },
) as fc.Arbitrary<Operation>

export const sequences: fc.Arbitrary<Operation[]> = fc.array(operation, {
  minLength: 1,
  maxLength: SEQUENCE_MOST,
  size: "max",
})

/** One line, as a person reads it. @param records as at that operation */
export function operationWords(done: Operation, records: ReadonlyMap<number, Uint8Array>): string {
  switch (done.what) {
    case "connect":
      return `connect as ${PHONES[done.phone]}, MTU ${done.mtu}`
    case "arrive": {
      const more = done.listens ? ", and subscribe to all" : ""
      return `connect as ${PHONES[done.phone]}, MTU ${done.mtu}, encrypt with its newest key${more}`
    }
    case "pair":
      return `pair as ${PHONES[done.phone]}`
    case "encrypt":
      return `encrypt as ${PHONES[done.phone]}, ${done.key} key`
    case "wait":
      return `wait ${done.ms} ms`
    case "press":
      return `press the button for ${done.heldMs} ms, wait ${done.pauseMs} ms`
    case "move":
      return `move: part ${done.part}`
    case "read":
    case "subscribe":
    case "unsubscribe":
      return `${done.what} ${ASKED[done.asked]?.name}${linkWords(done.link)}`
    case "write": {
      const title = "layout" in done.value ? done.value.layout.title : "bytes"
      const hex = toHex(bytesOf(done.value, records))
      return `write ${ASKED[done.asked]?.name}: ${hex || "nothing"} (${title})${linkWords(done.link)}`
    }
    default:
      return done.what
  }
}

function linkWords(which: Link): string {
  return which === "this" ? "" : ", naming another connection"
}
