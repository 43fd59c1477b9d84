/** The sessions that can be made by name: what the wearer does, in order; durations in s. Everything drawn comes from the seed. */
import { bending } from "./bending"
import type { Body } from "./body"
import { corridor, STRAIGHT } from "./course"
import { cycling } from "./cycling"
import { jumping } from "./jumping"
import type { Movement } from "./movement"
import { type Random, randomOf } from "./random"
import { riding } from "./riding"
import { running } from "./running"
import type { Slip } from "./sensor"
import { sitting } from "./sitting"
import { standing } from "./standing"
import { stairs, walking } from "./walking"

export interface Session {
  description: string
  movements(wearer: Wearer): Movement[]
  slip?: Slip
}

/** The wearer as a session's script calls on them: each call is one more movement. */
export type Wearer = ReturnType<typeof wearerOf>

/** 20 m to and fro, turned around within three steps. */
const TO_AND_FRO = { straightS: 6.5, turnS: 1.8, turnDeg: 180, slowest: 0.55 }
/** A house's corners. */
const AROUND_CORNERS = { straightS: 7, turnS: 1.6, turnDeg: 90, slowest: 0.8 }

export function wearerOf(body: Body, seed: number) {
  let movement = 0
  const chance = (): Random => randomOf(seed, `movement ${++movement}`)
  const bends = (count: number, kneeFromDeg: number, kneeToDeg: number, more: object) =>
    bending(body, chance(), { count, kneeFromDeg, kneeToDeg, independence: 1, ...more })
  return {
    stand: (durationS: number) => standing(chance(), durationS),
    sit: (durationS: number) => sitting(chance(), durationS),
    /** To calibrate: along one line, as the recordings' bends are. */
    calibrate: (count = 5) => bends(count, 40, 55, { independence: 0 }),
    /** As people make them: knee and thigh each in its own way. */
    bend: (count: number) => bends(count, 38, 55, {}),
    squatHeelDown: (count: number) => bends(count, 70, 95, { slope: 1.4 }),
    squatHeelUp: (count: number) => bends(count, 70, 95, { slope: 1.75, heelRiseM: 0.07 }),
    walk: (durationS: number, speedMs = 1.35, turning = false) =>
      walking(body, chance(), { durationS, speedMs, course: turning ? corridor(AROUND_CORNERS) : STRAIGHT }),
    upstairs: (durationS: number) => stairs(body, chance(), { durationS, direction: "up" }),
    downstairs: (durationS: number) => stairs(body, chance(), { durationS, direction: "down" }),
    /** On a treadmill. */
    run: (durationS: number, speedMs: number) =>
      running(body, chance(), { durationS, speedMs, treadmill: true }),
    runOutside: (durationS: number, speedMs: number) => running(body, chance(), { durationS, speedMs }),
    runToAndFro: (durationS: number, speedMs: number) =>
      running(body, chance(), { durationS, speedMs, course: corridor(TO_AND_FRO) }),
    ride: (durationS: number) => riding(chance(), durationS),
    cycle: (durationS: number, cadenceRpm = 75) => cycling(body, chance(), { durationS, cadenceRpm }),
    jump: (durationS: number, flightS = 0.34, contactS = 0.38) =>
      jumping(body, chance(), { durationS, flightS, contactS }),
  }
}

export const SESSIONS: Readonly<Record<string, Session>> = {
  run: {
    description: "stand, five bends, then run on a treadmill at 2.5, 3.5 and 4.5 m/s, sit: as the recordings",
    movements: (w) => [w.stand(8), w.calibrate(), ...threeSpeeds(w), w.sit(10), w.stand(5)],
  },
  "run-no-bends": {
    description: "the same without the bends",
    movements: (w) => [w.stand(8), ...threeSpeeds(w), w.sit(10), w.stand(5)],
  },
  "mid-run": {
    description: "begins while running and never stands still",
    movements: (w) => [w.runOutside(60, 3), w.walk(10), w.runOutside(60, 3.2)],
  },
  "corridor-run": {
    description: "stand 5 s, no bends, run to and fro along 20 m with turns of 180°",
    movements: (w) => [w.stand(5), w.runToAndFro(120, 3), w.stand(5)],
  },
  "corridor-run-bends": {
    description: "the same with bends before it",
    movements: (w) => [w.stand(8), w.calibrate(), w.stand(3), w.runToAndFro(120, 3), w.stand(5)],
  },
  slip: {
    description: "as run at one speed; half way the strap tips by 10°",
    movements: (w) => [w.stand(8), w.calibrate(), w.stand(3), w.run(90, 3), w.stand(5)],
    slip: { timeS: 75, angleDeg: 10, around: "knee" },
  },
  "slip-around": {
    description: "the same, but the strap turns around the thigh",
    movements: (w) => [w.stand(8), w.calibrate(), w.stand(3), w.run(90, 3), w.stand(5)],
    slip: { timeS: 75, angleDeg: 10, around: "thigh" },
  },
  squats: {
    description: "stand, bends, squats with the heel down and up; knee and thigh each in its own way",
    movements: (w) => [
      w.stand(8),
      w.bend(5),
      w.stand(4),
      w.squatHeelDown(6),
      w.stand(4),
      w.squatHeelUp(6),
      w.stand(4),
      w.bend(5),
      w.stand(5),
    ],
  },
  "walk-only": {
    description: "stand, bends, walk straight and around corners, slowly and briskly",
    movements: (w) => [
      w.stand(8),
      w.bend(3),
      w.stand(3),
      w.walk(60),
      w.stand(3),
      w.walk(60, 1.2, true),
      w.stand(3),
      w.walk(30, 0.9),
      w.walk(45, 1.8),
      w.stand(5),
    ],
  },
  stairs: {
    description: "stand, bends, two floors up and two down with landings",
    movements: (w) => [
      ...[w.stand(8), w.bend(3), w.stand(3), w.walk(8)],
      ...[w.upstairs(14), w.walk(4), w.upstairs(14), w.walk(8), w.stand(4), w.walk(8)],
      ...[w.downstairs(12), w.walk(4), w.downstairs(12), w.walk(8), w.stand(5)],
    ],
  },
  cycle: {
    description: "stand, bends, cycle at 60, 80 and 95 turns a minute",
    movements: (w) => [
      w.stand(8),
      w.bend(3),
      w.stand(3),
      w.cycle(60, 60),
      w.cycle(60, 80),
      w.cycle(60, 95),
      w.stand(5),
    ],
  },
  jump: {
    description: "stand, bends, jump high, low and quickly",
    movements: (w) => [
      ...[w.stand(8), w.bend(3), w.stand(3), w.jump(20), w.stand(5), w.jump(20, 0.24, 0.3)],
      ...[w.stand(5), w.jump(20, 0.16, 0.28), w.stand(5)],
    ],
  },
  ride: {
    description: "stand, bends, sit in a car that brakes, hurries and takes bends on ordinary roads",
    movements: (w) => [w.stand(8), w.bend(3), w.stand(3), w.ride(120), w.stand(5)],
  },
  everyday: {
    description: "stand, three bends, walk, stairs, sit, stand, cycle, jump, walk: no running at all",
    movements: (w) => [
      ...[w.stand(8), w.bend(3), w.stand(3), w.walk(40, 1.35, true)],
      ...[w.upstairs(15), w.walk(10), w.downstairs(15), w.stand(5), w.sit(30), w.stand(5)],
      ...[w.cycle(40), w.stand(4), w.jump(15), w.stand(4), w.walk(30, 1.5), w.stand(5)],
    ],
  },
}

function threeSpeeds(w: Wearer): Movement[] {
  return [w.stand(3), w.run(58, 2.5), w.stand(5), w.run(31, 3.5), w.stand(5), w.run(26, 4.5), w.stand(2)]
}
