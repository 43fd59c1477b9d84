/** Entry of the bundle that an engine runs: the firmware on the virtual board, answering to `handleCommand`. */
import { startDevice } from "../../src/main"
import { CommandHandler } from "./command-handler"

const handler = new CommandHandler(startDevice)

;(globalThis as { handleCommand?: (request: ArrayBuffer) => ArrayBuffer }).handleCommand = (request) =>
  handler.handle(new Uint8Array(request)).buffer as ArrayBuffer
