/**
 * A device on the virtual board that does nothing but store: it counts its boots in key-value, and writes a word to flash every 100 ms
 * and when the phone asks for it. It swallows whatever its storage throws, says so, and goes on.
 */
import { CommandHandler } from "../../../hosts/virtual/command-handler"
import type { Board } from "../../../src/board"
import { STORE_CHARACTERISTIC, STORE_EVERY_MS } from "./storing"

const WORD_BYTES = 4

export function startStoring(board: Board): { close(): void } {
  const flash = board.flash.open({ path: "log" })
  const values = board.keyValue.open({ path: "counts", format: "buffer" })
  const word = new Uint8Array(WORD_BYTES)
  const tell = (name: string, detail: string) => board.monitor?.event(name, board.time.ticks, detail)

  let words = 0
  for (; words * WORD_BYTES < flash.status().size; words++) {
    flash.read(word, words * WORD_BYTES)
    if (word.every((byte) => byte === 0xff)) break
  }
  const server = new board.gatt({
    services: [
      {
        uuid: "1234",
        characteristics: [
          {
            uuid: STORE_CHARACTERISTIC,
            write: true,
            notify: true,
            onWrite() {
              store()
              return 0
            },
          },
        ],
      },
    ],
  })
  const store = () => {
    try {
      flash.write(word.fill(0), words * WORD_BYTES)
      words += 1
    } catch (error) {
      tell("swallowed", (error as Error).name)
    }
    server.notify(STORE_CHARACTERISTIC, new Uint8Array([words]))
    tell("stored", String(words))
  }
  server.startAdvertising({ name: "Store" })

  const boots = new Uint8Array(values.read("boots") ?? new ArrayBuffer(1)).slice()
  boots[0] = (boots[0] as number) + 1
  values.write("boots", boots.buffer)
  const closed = values.read("closed") ? "closed" : "dropped"
  values.delete("closed")
  tell("boot", `${boots[0]}, ${closed}, ${words} words, ${board.retained?.ms} ms`)
  board.timer.repeat(store, STORE_EVERY_MS)
  return {
    close() {
      server.close()
      try {
        values.write("closed", new ArrayBuffer(0))
      } catch (error) {
        tell("swallowed", (error as Error).name)
      }
    },
  }
}

const handler = new CommandHandler(startStoring)
;(globalThis as { handleCommand?: (request: ArrayBuffer) => ArrayBuffer }).handleCommand = (request) =>
  handler.handle(new Uint8Array(request)).buffer as ArrayBuffer
