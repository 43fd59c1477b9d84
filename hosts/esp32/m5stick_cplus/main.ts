/** What the chip runs: the firmware on this board, its events on the console. */
import { startDevice } from "../../../src/main"
import { consoleMonitor } from "../console-monitor"
import { m5stickCPlus } from "./board"

startDevice(m5stickCPlus(consoleMonitor))
