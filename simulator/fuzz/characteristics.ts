/** All that a phone may ask for by UUID: the profile's characteristics, whatever they are, and some that no profile has. */
import type { Layout } from "../../src/ble/fields"
import {
  type CharacteristicProfile,
  type ChoiceValue,
  SERVICES,
  type ServiceProfile,
  type TextValue,
} from "../../src/ble/profile"

export interface Asked {
  readonly uuid: string
  readonly name: string
  /** Undefined: the device has none of this UUID. */
  readonly profile: CharacteristicProfile | undefined
  readonly isPublic: boolean
}

/** Generic Access's name, a descriptor's, one of Patella's base, and none at all. */
const UNKNOWN_UUIDS = ["2a00", "2902", "256affff-88c2-4114-95ca-bdcff6296b5d", "not a UUID"] as const

export const ASKED: readonly Asked[] = [
  ...(SERVICES as readonly ServiceProfile[]).flatMap(({ characteristics, isPublic = false }) =>
    Object.entries(characteristics).map(([name, profile]) => ({
      uuid: profile.uuid,
      name,
      profile,
      isPublic,
    })),
  ),
  ...UNKNOWN_UUIDS.map((uuid) => ({ uuid, name: `unknown ${uuid}`, profile: undefined, isPublic: true })),
]

export function askedOf(uuid: string): Asked | undefined {
  return ASKED.find((asked) => asked.uuid === uuid)
}

/** The layouts of which a written value has to be one; none for a text. */
export function writtenLayouts({ write }: CharacteristicProfile): readonly Layout[] {
  if (write === undefined || isText(write)) return []
  return "oneOf" in write ? write.oneOf : [write]
}

export function isText(value: Layout | TextValue | ChoiceValue): value is TextValue {
  return "text" in value
}

/** Whether a value that begins with `code` is meant to be one of `layout`. */
export function isOfCode({ head: [first] }: Layout, code: number | undefined): boolean {
  if (first?.constant !== undefined) return first.constant === code
  return first?.codes === undefined || Object.values(first.codes).includes(code as number)
}
