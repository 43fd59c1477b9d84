/** The address tells the screen, and each screen its address. */
import test from "ava"
import { hashOf, type Route, routeOf } from "../../../phone/app/route"

const ROUTES: [hash: string, route: Route][] = [
  ["#/", { screen: "runs" }],
  ["#/runs/2025", { screen: "runs", year: 2025 }],
  ["#/run/0a0b0c0d0e0f-3-17", { screen: "run", key: "0a0b0c0d0e0f-3-17" }],
  ["#/report/0a0b0c0d0e0f-3-17", { screen: "report", key: "0a0b0c0d0e0f-3-17" }],
  ["#/report/weeks/12", { screen: "report", weeks: 12 }],
  ["#/live", { screen: "live" }],
  ["#/calibrate", { screen: "calibrate" }],
  ["#/routines", { screen: "routines" }],
  ["#/routine/inner-thigh", { screen: "routine", name: "inner-thigh" }],
  ["#/player", { screen: "player" }],
  ["#/trends", { screen: "trends" }],
  ["#/device", { screen: "device" }],
  ["#/settings", { screen: "settings" }],
  ["#/yours", { screen: "yours" }],
]

for (const [hash, route] of ROUTES) {
  test(`${hash} there and back`, (t) => {
    t.deepEqual(routeOf(hash), route)
    t.is(hashOf(route), hash)
  })
}

for (const hash of [
  "",
  "#",
  "#/run",
  "#/run/",
  "#/report",
  "#/routine",
  "#/routine/",
  "#/report/weeks",
  "#/report/weeks/0",
  "#/report/weeks/x",
  "#/elsewhere",
  "#/runs/soon",
  "#air=1234",
]) {
  test(`“${hash}” shows the runs`, (t) => {
    t.deepEqual(routeOf(hash), { screen: "runs" })
  })
}
