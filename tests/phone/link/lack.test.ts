import test from "ava"
import type { Lack } from "../../../phone/link/finder"
import { type BrowserTraits, lackOf } from "../../../phone/link/lack"

const ANDROID: BrowserTraits = {
  hasBluetooth: true,
  isSecure: true,
  userAgent: "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36",
  maxTouchPoints: 5,
}
const NONE = { hasBluetooth: false }
const IPHONE = { userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15" }
const MAC = {
  userAgent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15",
  maxTouchPoints: 0,
}

const CASES: [what: string, traits: Partial<BrowserTraits>, lack: Lack | undefined][] = [
  ["Chrome on Android", {}, undefined],
  ["Chrome on Android, a page of http", { ...NONE, isSecure: false }, "secureContext"],
  ["a browser without Web Bluetooth", NONE, "bluetooth"],
  ["Safari on an iPhone", { ...NONE, ...IPHONE }, "bluetoothOnIphone"],
  ["Safari on an iPhone, a page of http", { ...NONE, ...IPHONE, isSecure: false }, "bluetoothOnIphone"],
  ["a browser with Web Bluetooth on an iPhone", IPHONE, undefined],
  [
    "Safari on an iPad, which says that it is a Macintosh",
    { ...NONE, ...MAC, maxTouchPoints: 5 },
    "bluetoothOnIphone",
  ],
  ["Safari on a Macintosh", { ...NONE, ...MAC }, "bluetooth"],
]

for (const [what, traits, lack] of CASES)
  test(`${what}: ${lack ?? "nothing is lacking"}`, (t) => {
    t.is(lackOf({ ...ANDROID, ...traits }), lack)
  })
