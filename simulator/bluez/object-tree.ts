/// <reference path="./dbus-next.d.ts" />
/**
 * Objects on a D-Bus, shown as the specification wants it: ObjectManager at "/", Properties and Introspectable at each, signals for
 * what is added, removed and changed. Every call is answered: by the object's own method, or by an error.
 */
import type { Message } from "dbus-next"
import dbus from "dbus-next"
import { INTERFACES, type InterfaceName, type InterfaceShape } from "./bluez-interfaces"
import { introspection } from "./introspection"

/** Takes a method's arguments and who calls; returns what the method returns. */
export type Method = (body: readonly unknown[], sender: string) => Promise<unknown> | unknown
/** `undefined`: the property is not there. */
export type Properties = Readonly<Record<string, unknown>>

export interface ShownInterface {
  properties: Properties
  methods?: Readonly<Record<string, Method>>
  /** Told before a property is set by a client. */
  set?(name: string, value: unknown): void
}
export type ShownObject = Partial<Record<InterfaceName, ShownInterface>>

/** What carries messages: a dbus-next bus. */
export type Outlet = Pick<dbus.MessageBus, "send" | "addMethodHandler">

const OBJECT_MANAGER = "org.freedesktop.DBus.ObjectManager"
const PROPERTIES = "org.freedesktop.DBus.Properties"
const INTROSPECTABLE = "org.freedesktop.DBus.Introspectable"
const PEER = "org.freedesktop.DBus.Peer"

class DbusError extends Error {
  readonly dbusName: string
  constructor(kind: string, text: string) {
    super(text)
    this.dbusName = `org.freedesktop.DBus.Error.${kind}`
  }
}

interface Live {
  properties: Record<string, unknown>
  readonly shown: ShownInterface
}

export class ObjectTree {
  readonly #outlet: Outlet
  readonly #objects = new Map<string, Map<InterfaceName, Live>>([["/", new Map()]])

  constructor(outlet: Outlet) {
    this.#outlet = outlet
    outlet.addMethodHandler((call) => {
      void this.#answer(call)
      return true
    })
  }

  add(path: string, object: ShownObject): void {
    const interfaces = new Map<InterfaceName, Live>()
    for (const [name, shown] of Object.entries(object) as [InterfaceName, ShownInterface][])
      interfaces.set(name, { properties: { ...shown.properties }, shown })
    this.#objects.set(path, interfaces)
    this.#signal("/", OBJECT_MANAGER, "InterfacesAdded", "oa{sa{sv}}", [path, this.#described(interfaces)])
  }

  /** The object and all below it. */
  remove(path: string): void {
    const paths = [...this.#objects.keys()].filter((other) => other === path || other.startsWith(`${path}/`))
    // The lowest first, as they would be taken down.
    for (const gone of paths.sort().reverse()) {
      const interfaces = [...(this.#objects.get(gone)?.keys() ?? [])]
      this.#objects.delete(gone)
      this.#signal("/", OBJECT_MANAGER, "InterfacesRemoved", "oas", [
        gone,
        [...interfaces, INTROSPECTABLE, PROPERTIES],
      ])
    }
  }

  has(path: string): boolean {
    return this.#objects.has(path)
  }

  /** Changes properties and tells it, also where a value is what it was: a notification may repeat one. */
  change(path: string, name: InterfaceName, changes: Properties): void {
    const live = this.#objects.get(path)?.get(name)
    if (!live) return
    Object.assign(live.properties, changes)
    const invalidated = Object.keys(changes).filter((key) => changes[key] === undefined)
    this.#signal(path, PROPERTIES, "PropertiesChanged", "sa{sv}as", [
      name,
      variants(name, changes),
      invalidated,
    ])
  }

  async #answer(call: Message): Promise<void> {
    const { Message, MessageFlag } = dbus
    let reply: Message
    try {
      const { signature, body } = await this.#carryOut(call)
      reply = Message.newMethodReturn(call, signature, body)
    } catch (error) {
      const { dbusName = "org.freedesktop.DBus.Error.Failed", message } = error as Partial<DbusError>
      reply = Message.newError(call, dbusName, message ?? String(error))
    }
    if ((call.flags & MessageFlag.NO_REPLY_EXPECTED) === 0) this.#outlet.send(reply)
  }

  async #carryOut(call: Message): Promise<{ signature: string; body: unknown[] }> {
    const { path, member } = call
    const standard = this.#standard(call)
    if (standard) return standard
    const interfaces = this.#interfacesOf(path)
    const named = [...interfaces].find(
      ([name]) => (call.interface ?? name) === name && member in INTERFACES[name].methods,
    )
    const method = named?.[1].shown.methods?.[member]
    if (!named || !method)
      throw new DbusError("UnknownMethod", `no method ${member} of ${call.interface} at ${path}`)
    const { takes = "", returns = "" } = (INTERFACES[named[0]] as InterfaceShape).methods[member] ?? {}
    if (call.signature !== takes && (call.signature || takes))
      throw new DbusError("InvalidArgs", `${member} takes "${takes}", not "${call.signature}"`)
    const result = await method(call.body ?? [], call.sender)
    return { signature: returns, body: returns ? [result] : [] }
  }

  /** The interfaces that every object has. */
  #standard(call: Message): { signature: string; body: unknown[] } | undefined {
    const { path, member } = call
    const of = (name: string) => call.interface === name || call.interface === undefined
    const [first, second, third] = (call.body ?? []) as [string, string, { value: unknown }]
    if (member === "Introspect" && of(INTROSPECTABLE))
      return { signature: "s", body: [this.#introspect(path)] }
    if (member === "GetManagedObjects" && of(OBJECT_MANAGER) && path === "/")
      return { signature: "a{oa{sa{sv}}}", body: [this.#managed()] }
    if (member === "Ping" && of(PEER)) return { signature: "", body: [] }
    if (!of(PROPERTIES)) return undefined
    if (member === "GetAll") {
      const [name, { properties }] = this.#interface(path, first)
      return { signature: "a{sv}", body: [variants(name, properties)] }
    }
    if (member === "Get") return { signature: "v", body: [this.#property(path, first, second)] }
    if (member === "Set") {
      this.#set(path, first, second, third.value)
      return { signature: "", body: [] }
    }
    return undefined
  }

  #property(path: string, interfaceName: string, property: string): dbus.Variant {
    const [name, { properties }] = this.#interface(path, interfaceName)
    const found = variants(name, { [property]: properties[property] })[property]
    if (!found) throw new DbusError("InvalidArgs", `no property ${property} of ${name} at ${path}`)
    return found
  }

  #set(path: string, interfaceName: string, property: string, value: unknown): void {
    const [name, { shown }] = this.#interface(path, interfaceName)
    const { writable = [] }: InterfaceShape = INTERFACES[name]
    if (!writable.includes(property))
      throw new DbusError("PropertyReadOnly", `${property} of ${name} cannot be set`)
    shown.set?.(property, value)
    this.change(path, name, { [property]: value })
  }

  #interfacesOf(path: string): Map<InterfaceName, Live> {
    const interfaces = this.#objects.get(path)
    if (!interfaces) throw new DbusError("UnknownObject", `no object at ${path}`)
    return interfaces
  }

  #interface(path: string, name: string): [InterfaceName, Live] {
    const live = this.#interfacesOf(path).get(name as InterfaceName)
    if (!live) throw new DbusError("UnknownInterface", `no interface ${name} at ${path}`)
    return [name as InterfaceName, live]
  }

  #managed(): Record<string, unknown> {
    const objects = [...this.#objects].filter(([, interfaces]) => interfaces.size > 0)
    return Object.fromEntries(objects.map(([path, interfaces]) => [path, this.#described(interfaces)]))
  }

  #described(interfaces: Map<InterfaceName, Live>): Record<string, unknown> {
    const own = [...interfaces].map(([name, { properties }]) => [name, variants(name, properties)])
    return Object.fromEntries([...own, [INTROSPECTABLE, {}], [PROPERTIES, {}]])
  }

  /** Parents without an object of their own are found by their children, so that a client can walk down. */
  #introspect(path: string): string {
    const below = path === "/" ? "/" : `${path}/`
    const children = new Set<string>()
    for (const other of this.#objects.keys()) {
      if (other === path || !other.startsWith(below)) continue
      children.add(other.slice(below.length).split("/", 1)[0] as string)
    }
    const names = [...(this.#objects.get(path)?.keys() ?? [])]
    return introspection(names, [...children], path === "/")
  }

  #signal(path: string, interfaceName: string, name: string, signature: string, body: unknown[]): void {
    this.#outlet.send(dbus.Message.newSignal(path, interfaceName, name, signature, body))
  }
}

/** Those that are there, each with its D-Bus type. */
function variants(name: InterfaceName, properties: Properties): Record<string, dbus.Variant> {
  const types = (INTERFACES[name] as InterfaceShape).properties
  const found: Record<string, dbus.Variant> = {}
  for (const [key, value] of Object.entries(properties)) {
    const type = types[key]
    if (type !== undefined && value !== undefined) found[key] = new dbus.Variant(type, value)
  }
  return found
}
