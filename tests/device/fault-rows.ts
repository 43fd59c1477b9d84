/** Each fault of a virtual board, from the start or in the middle of a run, and what is expected of the device: faults.test.ts, docs/faults.md. */
import type { FaultName } from "../../hosts/virtual/protocol"
import type { FaultOptions, ProblemName } from "./fault-wear"

/** What a fault does to a run, to the status, and to the wearer. */
export interface Row {
  fault: FaultName
  options?: Omit<FaultOptions, "kind" | "fault">
  /** In the status while it is broken. */
  problems: ProblemName[]
  after?: ProblemName[]
  /** And these, where they are on the sensor's bus: an M5StickC Plus's. */
  onTheBus?: ProblemName[]
  /** By default one for anything that is in the status. */
  errorBuzzes?: number
  /** `whole`: every stride is counted. `gap`: samples are missing, and the run says so. `none`: there is no run. */
  run: "whole" | "gap" | "none"
  says?: RegExp
}

/** On both boards, with one sensor. */
export const ROWS: Row[] = [
  {
    fault: "thighAbsent",
    problems: ["thighSensor"],
    run: "gap",
    says: /cannot be reached .*no acknowledge/,
  },
  {
    fault: "thighAbsent",
    options: { isFromStart: true },
    problems: ["thighSensor"],
    after: ["thighSensor"],
    run: "none",
    says: /cannot be reached .*no acknowledge/,
  },
  {
    fault: "thighSilent",
    options: { forMs: 4000 },
    problems: [],
    errorBuzzes: 1,
    run: "gap",
    says: /no samples for 1000 ms/,
  },
  { fault: "thighSilent", options: { isFromStart: true, forMs: 3000 }, problems: [], run: "whole" },
  {
    fault: "thighOtherChip",
    options: { isFromStart: true },
    problems: ["thighSensor"],
    after: ["thighSensor"],
    run: "none",
    says: /read 0x.., expected 0x../,
  },
  {
    fault: "thighResetHangs",
    options: { isFromStart: true },
    problems: ["thighSensor"],
    after: ["thighSensor"],
    run: "none",
    says: /does not end/,
  },
  { fault: "thighInterruptOpen", problems: [], run: "whole" },
  { fault: "busHeld", problems: [], run: "whole", says: /a chip held the bus, which is clocked free/ },
  {
    fault: "busHeld",
    options: { isFromStart: true },
    problems: [],
    run: "whole",
    says: /a chip held the bus, which is clocked free/,
  },
  {
    fault: "busShorted",
    problems: ["thighSensor", "bus"],
    onTheBus: ["battery"],
    run: "gap",
    says: /bus stuck low/,
  },
  {
    fault: "busShorted",
    options: { isFromStart: true },
    problems: ["thighSensor", "bus"],
    after: ["thighSensor", "bus"],
    onTheBus: ["battery", "display"],
    run: "none",
    says: /bus stuck low/,
  },
  { fault: "processorBusy", options: { forMs: 4000 }, problems: [], run: "gap" },
  {
    fault: "motorAbsent",
    options: { isFromStart: true },
    problems: ["motor"],
    after: ["motor"],
    errorBuzzes: 0,
    run: "whole",
    says: /motor: .*tried again at the next buzz/,
  },
  { fault: "flashMissing", problems: ["flash"], run: "whole", says: /open run cannot be written down/ },
  {
    fault: "flashMissing",
    options: { isFromStart: true },
    problems: ["flash"],
    after: ["flash"],
    run: "whole",
    says: /flash of the runs: .*no such partition/,
  },
  {
    fault: "keyValueFull",
    options: { isForGood: true },
    problems: [],
    after: ["keyValue"],
    errorBuzzes: 1,
    run: "whole",
    says: /calibration: cannot be stored/,
  },
  {
    fault: "keyValueFull",
    options: { isFromStart: true },
    problems: ["keyValue"],
    after: ["keyValue"],
    run: "whole",
    says: /boot count: cannot be stored/,
  },
  { fault: "buttonStuck", problems: [], run: "whole" },
  {
    fault: "buttonStuck",
    options: { isForGood: true },
    problems: [],
    after: ["button"],
    errorBuzzes: 1,
    run: "whole",
  },
]
/** On the board that can have two. */
export const TWO_SENSORS: Row[] = [
  { fault: "shankAbsent", problems: ["shankSensor"], run: "whole", says: /0x6B.*no acknowledge/ },
  {
    fault: "shankOtherChip",
    options: { isFromStart: true },
    problems: ["shankSensor"],
    after: ["shankSensor"],
    run: "whole",
    says: /0x6B.*expected 0x6C/,
  },
  {
    fault: "shankSilent",
    options: { forMs: 4000 },
    problems: [],
    errorBuzzes: 1,
    run: "whole",
    says: /no samples for 1000 ms/,
  },
  { fault: "thighAbsent", problems: ["thighSensor"], run: "gap", says: /0x6A.*no acknowledge/ },
  {
    fault: "busHeld",
    problems: [],
    run: "whole",
    says: /0x6A.*a chip held the bus, which is clocked free/,
  },
  { fault: "busShorted", problems: ["thighSensor", "shankSensor", "bus"], run: "gap", says: /bus stuck low/ },
]

/** Unless the row says so: one for what is in the status. */
export function errorBuzzesOf({ errorBuzzes, problems }: Row): number {
  return errorBuzzes ?? (problems.length > 0 ? 1 : 0)
}
