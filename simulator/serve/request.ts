/** What a page or a companion asks for, checked: whatever it sends, what comes out of here can be done or is refused with words. */
import { Ajv, type ValidateFunction } from "ajv"
import { BOARD_KINDS } from "../../hosts/virtual/protocol"
import type { AirRequest } from "../../phone/link/air-messages"
import type { Request } from "./messages"

/** Nobody asks for what this says; the words are for the page. */
export class RequestRefused extends Error {
  override readonly name = "RequestRefused"
}

const SPEED_MOST = 1000
const text = { type: "string", minLength: 1, maxLength: 200 }
const seed = { type: "integer", minimum: 0, maximum: 2 ** 31 - 1 }
const worn = { board: { enum: BOARD_KINDS }, sensors: { enum: [1, 2] } }

const PLAYED = [
  form("from", "scenario", { name: text, seed }, worn),
  form("from", "scenarioFile", { fileName: text, text: { type: "string", maxLength: 1_000_000 }, seed }),
  form("from", "recording", { fileName: text }, worn),
]
const REQUESTS = [
  form("ask", "start", { play: anyOf("from", PLAYED) }, { paused: { type: "boolean" } }),
  form("ask", "speed", {
    speed: { anyOf: [{ type: "number", exclusiveMinimum: 0, maximum: SPEED_MOST }, { const: "most" }] },
  }),
  form("ask", "pause"),
  form("ask", "resume"),
  // What can be done is a scenario's to say (checked-action.ts).
  form("ask", "act", { action: { type: "object" } }),
  form("ask", "export"),
]

/** Over the air (phone/link/air-messages.ts). */
const id = { type: "integer", minimum: 0 }
const value = { type: "string", pattern: "^([0-9a-f]{2}){0,512}$" }
const AIR_REQUESTS = [
  form("ask", "connect", { id }),
  form("ask", "disconnect", { id }),
  form("ask", "read", { id, characteristic: text }),
  form("ask", "subscribe", { id, characteristic: text }),
  form("ask", "unsubscribe", { id, characteristic: text }),
  form("ask", "write", { id, characteristic: text, value }),
]

const ajv = new Ajv({ discriminator: true, allowUnionTypes: true })
const validate = ajv.compile<Request>(anyOf("ask", REQUESTS))
const validateAir = ajv.compile<AirRequest>(anyOf("ask", AIR_REQUESTS))

/** @throws RequestRefused */
export function parseRequest(message: string): Request {
  return parsed(message, validate)
}

/** @throws RequestRefused */
export function parseAirRequest(message: string): AirRequest {
  return parsed(message, validateAir)
}

function parsed<Asked>(message: string, isAsked: ValidateFunction<Asked>): Asked {
  let json: unknown
  try {
    json = JSON.parse(message)
  } catch {
    throw new RequestRefused("a message that is no JSON")
  }
  if (!isAsked(json))
    throw new RequestRefused(
      `a message that is not understood: ${ajv.errorsText(isAsked.errors, { dataVar: "message" })}`,
    )
  return json
}

/** Told apart by that word. */
function anyOf(word: string, forms: ReturnType<typeof form>[]) {
  return { type: "object", discriminator: { propertyName: word }, required: [word], oneOf: forms }
}

function form(
  word: string,
  value: string,
  needed: Record<string, unknown> = {},
  left: Record<string, unknown> = {},
) {
  return {
    type: "object",
    properties: { [word]: { const: value }, ...needed, ...left },
    required: [word, ...Object.keys(needed)],
    additionalProperties: false,
  }
}
