/**
 * The characteristics of the profile, as a GATT server wants them: made once, in flash. What they say of themselves is the profile's; what
 * they answer is the service's that the server was made with.
 */

import { encodeUtf8 } from "../utf8"
import type {
  GattCharacteristic,
  GattConnection,
  GattDescriptor,
  GattServerOptions,
  GattService,
} from "./port"
import {
  type CharacteristicKey,
  type CharacteristicProfile,
  PATELLA,
  SERVICES,
  USER_DESCRIPTION_UUID,
} from "./profile"

/** What answers a characteristic: a value or an ATT error code; 0 or an ATT error code. Never throws. */
export interface Answers extends GattServerOptions {
  answerRead(key: CharacteristicKey, connection: GattConnection): Uint8Array | number
  answerWrite(key: CharacteristicKey, value: Uint8Array, connection: GattConnection): number
}

class PatellaCharacteristic implements GattCharacteristic {
  readonly #key: CharacteristicKey
  readonly #profile: CharacteristicProfile
  readonly #isDescribed: boolean

  /** `isDescribed`: it has its name as a descriptor. */
  constructor(key: CharacteristicKey, profile: CharacteristicProfile, isDescribed: boolean) {
    this.#key = key
    this.#profile = profile
    this.#isDescribed = isDescribed
  }

  get uuid(): string {
    return this.#profile.uuid
  }
  get read(): boolean {
    return this.#profile.read !== undefined
  }
  get write(): boolean {
    return this.#profile.write !== undefined
  }
  get notify(): boolean {
    return this.#profile.notify === true
  }
  /** Made anew each time: a server asks once. */
  get descriptors(): GattDescriptor[] {
    if (!this.#isDescribed) return []
    return [{ uuid: USER_DESCRIPTION_UUID, value: encodeUtf8(this.#profile.name) }]
  }

  onRead(connection: GattConnection, service: Answers): Uint8Array | number {
    return service.answerRead(this.#key, connection)
  }
  onWrite(value: Uint8Array, connection: GattConnection, service: Answers): number {
    return service.answerWrite(this.#key, value, connection)
  }
}

/** The firmware's services. */
export const GATT_SERVICES: readonly GattService[] = SERVICES.map(({ uuid, characteristics }) => ({
  uuid,
  characteristics: Object.entries<CharacteristicProfile>(characteristics).map(
    ([key, profile]) => new PatellaCharacteristic(key as CharacteristicKey, profile, uuid === PATELLA.uuid),
  ),
}))
