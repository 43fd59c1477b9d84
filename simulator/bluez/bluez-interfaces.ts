/**
 * The D-Bus interfaces of BlueZ that a central's client uses: methods and properties with their D-Bus types, after
 * doc/org.bluez.*.rst of the BlueZ project. What a property is worth and what a method does: adapter.ts, remote-device.ts,
 * remote-characteristic.ts.
 */

export interface InterfaceShape {
  /** D-Bus types of what a method takes and returns. */
  readonly methods: Readonly<Record<string, { takes?: string; returns?: string }>>
  /** D-Bus types of the properties. */
  readonly properties: Readonly<Record<string, string>>
  readonly writable?: readonly string[]
}

const OPTIONS = "a{sv}"
const BYTES = "ay"

export const INTERFACES = {
  "org.bluez.AgentManager1": {
    methods: {
      RegisterAgent: { takes: "os" },
      UnregisterAgent: { takes: "o" },
      RequestDefaultAgent: { takes: "o" },
    },
    properties: {},
  },
  "org.bluez.Adapter1": {
    methods: {
      StartDiscovery: {},
      StopDiscovery: {},
      SetDiscoveryFilter: { takes: OPTIONS },
      GetDiscoveryFilters: { returns: "as" },
      RemoveDevice: { takes: "o" },
    },
    properties: {
      Address: "s",
      AddressType: "s",
      Name: "s",
      Alias: "s",
      Class: "u",
      Powered: "b",
      Discoverable: "b",
      DiscoverableTimeout: "u",
      Pairable: "b",
      PairableTimeout: "u",
      Discovering: "b",
      UUIDs: "as",
      Roles: "as",
    },
    writable: ["Alias", "Powered", "Discoverable", "DiscoverableTimeout", "Pairable", "PairableTimeout"],
  },
  "org.bluez.Device1": {
    methods: { Connect: {}, Disconnect: {}, Pair: {}, CancelPairing: {} },
    properties: {
      Address: "s",
      AddressType: "s",
      Name: "s",
      Alias: "s",
      Paired: "b",
      Bonded: "b",
      Trusted: "b",
      Blocked: "b",
      LegacyPairing: "b",
      Connected: "b",
      UUIDs: "as",
      Adapter: "o",
      RSSI: "n",
      ServicesResolved: "b",
    },
    writable: ["Alias", "Trusted", "Blocked"],
  },
  "org.bluez.GattService1": {
    methods: {},
    properties: { UUID: "s", Device: "o", Primary: "b", Includes: "ao" },
  },
  "org.bluez.GattCharacteristic1": {
    methods: {
      ReadValue: { takes: OPTIONS, returns: BYTES },
      WriteValue: { takes: `${BYTES}${OPTIONS}` },
      StartNotify: {},
      StopNotify: {},
    },
    properties: { UUID: "s", Service: "o", Value: BYTES, Notifying: "b", Flags: "as", MTU: "q" },
  },
  "org.bluez.GattDescriptor1": {
    methods: { ReadValue: { takes: OPTIONS, returns: BYTES }, WriteValue: { takes: `${BYTES}${OPTIONS}` } },
    properties: { UUID: "s", Characteristic: "o", Value: BYTES, Flags: "as" },
  },
} as const satisfies Record<string, InterfaceShape>

export type InterfaceName = keyof typeof INTERFACES

const BASE_UUID = "-0000-1000-8000-00805f9b34fb"
const ASSIGNED_DIGITS = 4

/** A UUID as BlueZ writes it: 128 bits, lower case. */
export function longUuid(uuid: string): string {
  return (uuid.length === ASSIGNED_DIGITS ? `0000${uuid}${BASE_UUID}` : uuid).toLowerCase()
}
