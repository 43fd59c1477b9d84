/** The characteristics of the whole profile (src/ble/profile.ts) by their keys, whichever service they are in. */
import { type CharacteristicKey, type CharacteristicProfile, SERVICES } from "../../src/ble/profile"

export const PROFILES = Object.fromEntries<CharacteristicProfile>(
  SERVICES.flatMap((service) => Object.entries<CharacteristicProfile>(service.characteristics)),
) as Record<CharacteristicKey, CharacteristicProfile>
