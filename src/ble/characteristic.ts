/**
 * The characteristics of the profile, as a GATT server wants them: made once, in flash. What they say of themselves is the profile's; what
 * they answer is the service's that the server was made with.
 */

import { constant } from "../constant"
import { encodeUtf8 } from "../utf8"
import type {
  GattCharacteristic,
  GattConnection,
  GattDescriptor,
  GattServerOptions,
  GattService,
} from "./port"
import {
  AttError,
  type CharacteristicKey,
  type CharacteristicProfile,
  PATELLA,
  SERVICES,
  type ServiceProfile,
  USER_DESCRIPTION_UUID,
} from "./profile"

/** What answers a characteristic: a value or an ATT error code; 0 or an ATT error code. Never throws. */
export interface Answers extends GattServerOptions {
  /** A phone that may use what is not public. */
  isTrusted(connection: GattConnection): boolean
  answerRead(key: CharacteristicKey, connection: GattConnection): Uint8Array | number
  answerWrite(key: CharacteristicKey, value: Uint8Array, connection: GattConnection): number
  /** The phone subscribed, or does so no more. */
  answerSubscribe(key: CharacteristicKey, connection: GattConnection, isOn: boolean): void
}

class PatellaCharacteristic implements GattCharacteristic {
  private readonly key: CharacteristicKey
  private readonly profile: CharacteristicProfile
  private readonly service: ServiceProfile

  constructor(key: CharacteristicKey, profile: CharacteristicProfile, service: ServiceProfile) {
    this.key = key
    this.profile = profile
    this.service = service
  }

  get uuid(): string {
    return this.profile.uuid
  }
  get read(): boolean {
    return this.profile.read !== undefined
  }
  get write(): boolean {
    return this.profile.write !== undefined
  }
  get notify(): boolean {
    return this.profile.notify === true
  }
  get encrypted(): boolean {
    return this.service.isPublic !== true
  }
  /** Made anew each time: a server asks once. */
  get descriptors(): GattDescriptor[] {
    if (this.service.uuid !== PATELLA.uuid) return []
    return [{ uuid: USER_DESCRIPTION_UUID, value: encodeUtf8(this.profile.name) }]
  }

  onRead(connection: GattConnection, service: Answers): Uint8Array | number {
    if (this.encrypted && !service.isTrusted(connection)) return AttError.notAuthorized.code
    return service.answerRead(this.key, connection)
  }
  onWrite(value: Uint8Array, connection: GattConnection, service: Answers): number {
    if (this.encrypted && !service.isTrusted(connection)) return AttError.notAuthorized.code
    return service.answerWrite(this.key, value, connection)
  }
  onSubscribe(connection: GattConnection, service: Answers): void {
    if (this.encrypted && !service.isTrusted(connection)) return
    service.answerSubscribe(this.key, connection, true)
  }
  onUnsubscribe(connection: GattConnection, service: Answers): void {
    service.answerSubscribe(this.key, connection, false)
  }
}

/** The firmware's services. */
export const GATT_SERVICES: readonly GattService[] = constant(
  SERVICES.map((service) => ({
    uuid: service.uuid,
    characteristics: Object.entries<CharacteristicProfile>(service.characteristics).map(
      ([key, profile]) => new PatellaCharacteristic(key as CharacteristicKey, profile, service),
    ),
  })),
)
