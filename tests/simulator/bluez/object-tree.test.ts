import test from "ava"
import dbus from "dbus-next"
import { BluezError } from "../../../simulator/bluez/bluez-error"
import { ObjectTree } from "../../../simulator/bluez/object-tree"
import { FakeBus } from "./fake-bus"

const SERVICE = "org.bluez.GattService1"
const CHARACTERISTIC = "org.bluez.GattCharacteristic1"
const PROPERTIES = "org.freedesktop.DBus.Properties"
const MANAGER = "org.freedesktop.DBus.ObjectManager"
const OPTIONS = "a{sv}"

function shown() {
  const bus = new FakeBus()
  const tree = new ObjectTree(bus)
  tree.add("/d/service1", {
    [SERVICE]: { properties: { UUID: "u", Device: "/d", Primary: true, Includes: [] } },
  })
  const set: unknown[] = []
  tree.add("/d/service1/char2", {
    [CHARACTERISTIC]: {
      properties: { UUID: "v", Service: "/d/service1", Flags: ["read"], MTU: 23, Value: undefined },
      methods: {
        ReadValue: ([options], sender) => Buffer.from(`${sender} ${Object.keys(options as object)}`),
        StartNotify: () => {
          throw new BluezError("NotSupported", "no")
        },
      },
    },
  })
  tree.add("/a", {
    "org.bluez.Adapter1": {
      properties: { Alias: "x", Address: "y" },
      set: (name, value) => void set.push([name, value]),
    },
  })
  return { bus, tree, set }
}

test("all objects are told with those of their properties that are there, each with its type", async (t) => {
  const { bus } = shown()
  const objects = (await bus.call("/", MANAGER, "GetManagedObjects")) as Record<
    string,
    Record<string, unknown>
  >
  t.deepEqual(Object.keys(objects), ["/d/service1", "/d/service1/char2", "/a"])
  const properties = objects["/d/service1/char2"]?.[CHARACTERISTIC] as Record<string, dbus.Variant>
  t.deepEqual(Object.keys(properties), ["UUID", "Service", "Flags", "MTU"])
  t.deepEqual(properties.MTU, new dbus.Variant("q", 23))
})

test("an object that comes or goes is told, the lowest first when it goes", (t) => {
  const { bus, tree } = shown()
  t.deepEqual(
    bus.signals.map(({ member }) => member),
    Array(3).fill("InterfacesAdded"),
  )
  bus.signals.length = 0
  tree.remove("/d/service1")
  t.deepEqual(
    bus.signals.map(({ member, body }) => [member, body[0]]),
    [
      ["InterfacesRemoved", "/d/service1/char2"],
      ["InterfacesRemoved", "/d/service1"],
    ],
  )
  t.false(tree.has("/d/service1"))
  t.true(tree.has("/a"))
})

test("a value is told each time it comes, also the same one again, and one that goes is invalidated", async (t) => {
  const { bus, tree } = shown()
  bus.signals.length = 0
  const Value = Buffer.from([1, 2])
  for (const change of [{ Value }, { Value }, { MTU: undefined }])
    tree.change("/d/service1/char2", CHARACTERISTIC, change)
  const told = new dbus.Variant("ay", Value)
  t.deepEqual(
    bus.signals.map(({ body }) => body),
    [
      [CHARACTERISTIC, { Value: told }, []],
      [CHARACTERISTIC, { Value: told }, []],
      [CHARACTERISTIC, {}, ["MTU"]],
    ],
  )
  t.deepEqual(await bus.call("/d/service1/char2", PROPERTIES, "Get", "ss", [CHARACTERISTIC, "Value"]), told)
  await t.throwsAsync(bus.call("/d/service1/char2", PROPERTIES, "Get", "ss", [CHARACTERISTIC, "MTU"]), {
    message: /InvalidArgs: no property MTU/,
  })
})

test("a change of an object that has gone is told to nobody", (t) => {
  const { bus, tree } = shown()
  tree.remove("/a")
  bus.signals.length = 0
  tree.change("/a", "org.bluez.Adapter1", { Alias: "z" })
  t.deepEqual(bus.signals, [])
})

test("a method is given its arguments and who calls", async (t) => {
  const { bus } = shown()
  const result = await bus.call(
    "/d/service1/char2",
    CHARACTERISTIC,
    "ReadValue",
    OPTIONS,
    [{ offset: 1 }],
    ":1.42",
  )
  t.is(String(result), ":1.42 offset")
})

const REFUSED: [
  what: string,
  path: string,
  name: string,
  member: string,
  signature: string,
  body: unknown[],
  error: RegExp,
][] = [
  [
    "a method that fails",
    "/d/service1/char2",
    CHARACTERISTIC,
    "StartNotify",
    "",
    [],
    /^org\.bluez\.Error\.NotSupported: no$/,
  ],
  [
    "a method that the object has not",
    "/d/service1/char2",
    CHARACTERISTIC,
    "StopNotify",
    "",
    [],
    /UnknownMethod/,
  ],
  [
    "a method of another interface",
    "/d/service1/char2",
    SERVICE,
    "ReadValue",
    OPTIONS,
    [{}],
    /UnknownMethod/,
  ],
  ["a method that there is nowhere", "/a", "org.bluez.Adapter1", "Fly", "", [], /UnknownMethod/],
  ["an object that is not there", "/b", "org.bluez.Adapter1", "StartDiscovery", "", [], /UnknownObject/],
  [
    "arguments of other types",
    "/d/service1/char2",
    CHARACTERISTIC,
    "ReadValue",
    "s",
    ["x"],
    /InvalidArgs: ReadValue takes "a\{sv\}", not "s"/,
  ],
  ["an interface that the object has not", "/a", PROPERTIES, "GetAll", "s", [SERVICE], /UnknownInterface/],
  [
    "a property that cannot be set",
    "/a",
    PROPERTIES,
    "Set",
    "ssv",
    ["org.bluez.Adapter1", "Address", { value: "z" }],
    /PropertyReadOnly/,
  ],
]
for (const [what, path, name, member, signature, body, error] of REFUSED) {
  test(`${what} is answered by an error that says so`, async (t) => {
    const { bus } = shown()
    await t.throwsAsync(bus.call(path, name, member, signature, body), { message: error })
  })
}

test("a property that can be set is, after its owner was told", async (t) => {
  const { bus, set } = shown()
  await bus.call("/a", PROPERTIES, "Set", "ssv", ["org.bluez.Adapter1", "Alias", { value: "z" }])
  t.deepEqual(set, [["Alias", "z"]])
  const all = (await bus.call("/a", PROPERTIES, "GetAll", "s", ["org.bluez.Adapter1"])) as Record<
    string,
    dbus.Variant
  >
  t.is(all.Alias?.value, "z")
})

test("introspection leads down to every object, also through parents that have none, and lists what each has", async (t) => {
  const { bus } = shown()
  const introspect = (path: string) =>
    bus.call(path, "org.freedesktop.DBus.Introspectable", "Introspect") as Promise<string>
  const children = async (path: string) =>
    [...(await introspect(path)).matchAll(/<node name="(.+?)"/g)].map(([, name]) => name)
  t.deepEqual(await children("/"), ["d", "a"])
  t.deepEqual(await children("/d"), ["service1"])
  t.deepEqual(await children("/d/service1"), ["char2"])
  t.deepEqual(await children("/d/service1/char2"), [])
  const xml = await introspect("/d/service1/char2")
  t.regex(
    xml,
    /<method name="WriteValue"><arg type="ay" direction="in"\/><arg type="a\{sv\}" direction="in"\/><\/method>/,
  )
  t.regex(
    xml,
    /<method name="ReadValue"><arg type="a\{sv\}" direction="in"\/><arg type="ay" direction="out"\/><\/method>/,
  )
  t.regex(xml, /<property name="MTU" type="q" access="read"\/>/)
  t.regex(await introspect("/a"), /<property name="Alias" type="s" access="readwrite"\/>/)
})
