/** What the chip runs: the firmware on this board, its events on the console. */
import { startDevice } from "../../../src/main"
import { consoleMonitor } from "../console-monitor"
import { xiaoEsp32c3 } from "./board"

startDevice(xiaoEsp32c3(consoleMonitor))
