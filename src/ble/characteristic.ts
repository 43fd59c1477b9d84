/**
 * A characteristic of the profile, as a GATT server wants it. What it says of itself is the profile's, in flash; what it answers is the
 * service's. A class, because a closure would copy its byte code to RAM for each characteristic.
 */
import type { GattCharacteristic, GattConnection, GattDescriptor } from "./port"
import { type CharacteristicKey, type CharacteristicProfile, USER_DESCRIPTION_UUID } from "./profile"
import { encodeUtf8 } from "./utf8"

/** What answers a characteristic: a value or an ATT error code; 0 or an ATT error code. Never throws. */
export interface Answers {
  answerRead(key: CharacteristicKey, connection: GattConnection): Uint8Array | number
  answerWrite(key: CharacteristicKey, value: Uint8Array, connection: GattConnection): number
}

export class PatellaCharacteristic implements GattCharacteristic {
  readonly #answers: Answers
  readonly #key: CharacteristicKey
  readonly #profile: CharacteristicProfile
  readonly #isDescribed: boolean

  /** `isDescribed`: it has its name as a descriptor. */
  constructor(
    answers: Answers,
    key: CharacteristicKey,
    profile: CharacteristicProfile,
    isDescribed: boolean,
  ) {
    this.#answers = answers
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

  onRead(connection: GattConnection): Uint8Array | number {
    return this.#answers.answerRead(this.#key, connection)
  }
  onWrite(value: Uint8Array, connection: GattConnection): number {
    return this.#answers.answerWrite(this.#key, value, connection)
  }
}
