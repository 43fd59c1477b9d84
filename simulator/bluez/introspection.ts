/** What an object on the bus has, in the XML of the D-Bus specification ("Introspection Data Format"); some clients read it before they call. */
import { INTERFACES, type InterfaceName, type InterfaceShape } from "./bluez-interfaces"

const STANDARD = `<interface name="org.freedesktop.DBus.Introspectable"><method name="Introspect"><arg type="s" direction="out"/></method></interface>
<interface name="org.freedesktop.DBus.Properties">
<method name="Get"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="out"/></method>
<method name="Set"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="in"/></method>
<method name="GetAll"><arg type="s" direction="in"/><arg type="a{sv}" direction="out"/></method>
<signal name="PropertiesChanged"><arg type="s"/><arg type="a{sv}"/><arg type="as"/></signal>
</interface>`
const MANAGER = `<interface name="org.freedesktop.DBus.ObjectManager">
<method name="GetManagedObjects"><arg type="a{oa{sa{sv}}}" direction="out"/></method>
<signal name="InterfacesAdded"><arg type="o"/><arg type="a{sa{sv}}"/></signal>
<signal name="InterfacesRemoved"><arg type="o"/><arg type="as"/></signal>
</interface>`

export function introspection(
  names: readonly InterfaceName[],
  children: readonly string[],
  manages: boolean,
): string {
  const nodes = children.map((child) => `<node name="${child}"/>`)
  return [
    `<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">`,
    "<node>",
    STANDARD,
    ...(manages ? [MANAGER] : []),
    ...names.map((name) => interfaceXml(name, INTERFACES[name])),
    ...nodes,
    "</node>",
  ].join("\n")
}

function interfaceXml(name: string, { methods, properties, writable = [] }: InterfaceShape): string {
  const lines = [`<interface name="${name}">`]
  for (const [method, { takes = "", returns = "" }] of Object.entries(methods))
    lines.push(
      `<method name="${method}">${argumentsXml(takes, "in")}${argumentsXml(returns, "out")}</method>`,
    )
  for (const [property, type] of Object.entries(properties)) {
    const access = writable.includes(property) ? "readwrite" : "read"
    lines.push(`<property name="${property}" type="${type}" access="${access}"/>`)
  }
  return [...lines, "</interface>"].join("\n")
}

/** A complete type of those in bluez-interfaces.ts: a dictionary, an array, or a letter. */
const COMPLETE_TYPE = /a\{sv\}|a?[a-z]/g

function argumentsXml(types: string, direction: "in" | "out"): string {
  const each = types.match(COMPLETE_TYPE) ?? []
  return each.map((type) => `<arg type="${type}" direction="${direction}"/>`).join("")
}
