/**
 * The other end of bridged-board.ts, in the board's machine: what the firmware asks for is done by the virtual board, and what the board
 * has for the firmware is handed over to its machine.
 */

import type { GattCharacteristic, GattConnection, GattServer, GattService } from "../../src/ble/port"
import type { Board } from "../../src/board"
import type { Analog, Digital, Flash, IoClasses, KeyValueDomain, PWM, SMBus, TimerId } from "../../src/io"
import { BoardCall, FirmwareCall, FlashTraffic, GattProperty, type Value } from "./calls"

type Opened = SMBus | Digital | PWM | Analog | KeyValueDomain | Flash

export class BoardAnswers {
  readonly #board: Board
  readonly #io: IoClasses
  readonly #opened: Opened[] = []
  readonly #timers = new Map<number, TimerId>()
  #lastTimer = 0
  readonly #services: (GattService & { characteristics: GattCharacteristic[] })[] = []
  #characteristics = 0
  #server: GattServer | undefined
  #connection: GattConnection | undefined
  readonly #traffic = new Int32Array(Object.keys(FlashTraffic).length)

  constructor(board: Board, io: IoClasses) {
    this.#board = board
    this.#io = io
  }

  /** @throws what the board throws. */
  answer(call: number, a?: Value, b?: Value, c?: Value): Value {
    const board = this.#board
    switch (call) {
      case BoardCall.ticks:
        return board.time.ticks
      case BoardCall.timerSet:
        return this.#timer(board.timer.set(() => void askFirmware(FirmwareCall.timer, a), b as number))
      case BoardCall.timerRepeat:
        return this.#timer(board.timer.repeat(() => void askFirmware(FirmwareCall.timer, a), b as number))
      case BoardCall.timerSchedule:
        return board.timer.schedule(
          this.#timers.get(a as number),
          b as number | undefined,
          c as number | undefined,
        )
      case BoardCall.timerClear:
        board.timer.clear(this.#timers.get(a as number))
        return this.#timers.delete(a as number)
      case BoardCall.smbusOpen:
        return this.#open(new this.#io.SMBus({ address: a as number, hz: b as number }))
      case BoardCall.smbusReadUint8:
        return this.#object<SMBus>(a).readUint8(b as number)
      case BoardCall.smbusWriteUint8:
        return this.#object<SMBus>(a).writeUint8(b as number, c as number)
      case BoardCall.smbusReadBuffer:
        return this.#object<SMBus>(a).readBuffer(b as number, new Uint8Array(c as ArrayBuffer))
      case BoardCall.digitalOpen:
        return this.#open(this.#digital(a as number, b as number, c as number))
      case BoardCall.digitalRead:
        return this.#object<Digital>(a).read()
      case BoardCall.outputOpen: {
        const { Digital } = this.#io
        const options = { pin: a as number, mode: Digital.OutputOpenDrain, initialValue: b as number }
        return this.#open(new Digital(options))
      }
      case BoardCall.outputWrite:
        return this.#object<Digital>(a).write(b as number)
      case BoardCall.pwmOpen:
        return this.#open(new this.#io.PWM({ pin: a as number, hz: b as number }))
      case BoardCall.pwmWrite:
        return this.#object<PWM>(a).write(b as number)
      case BoardCall.analogOpen:
        return this.#open(new this.#io.Analog({ pin: a as number }))
      case BoardCall.analogRead:
        return this.#object<Analog>(a).read()
      case BoardCall.keyValueOpen:
        return this.#open(board.keyValue.open({ path: a as string, format: "buffer" }))
      case BoardCall.keyValueRead:
        return this.#object<KeyValueDomain>(a).read(b as string)
      case BoardCall.keyValueWrite:
        return this.#object<KeyValueDomain>(a).write(b as string, c as ArrayBuffer)
      case BoardCall.keyValueDelete:
        return this.#object<KeyValueDomain>(a).delete(b as string)
      case BoardCall.flashOpen:
        return this.#open(board.flash.open({ path: a as string }))
      case BoardCall.flashStatus:
        return this.#flashStatus(this.#object<Flash>(a), b as ArrayBuffer)
      case BoardCall.flashRead:
        this.#count(FlashTraffic.reads, 1)
        return this.#object<Flash>(a).read(new Uint8Array(b as ArrayBuffer), c as number)
      case BoardCall.flashWrite:
        this.#count(FlashTraffic.bytesWritten, (b as ArrayBuffer).byteLength)
        return this.#object<Flash>(a).write(new Uint8Array(b as ArrayBuffer), c as number)
      case BoardCall.flashErase:
        return this.#object<Flash>(a).eraseBlock(b as number)
      case BoardCall.flashTraffic:
        new Int32Array(a as ArrayBuffer).set(this.#traffic)
        return void this.#traffic.fill(0)
      case BoardCall.close:
        return this.#object<Opened>(a).close()
      case BoardCall.allowLightSleep:
        return board.power?.allowLightSleep(a as boolean)
      case BoardCall.sleep:
        return board.power?.sleep(a as boolean)
      case BoardCall.event:
        return board.monitor?.event(a as string, b as number, c as string)
      default:
        return this.#answerGatt(call, a, b, c)
    }
  }

  #answerGatt(call: number, a: Value, b: Value, c: Value): Value {
    const server = this.#server
    switch (call) {
      case BoardCall.gattService:
        this.#services.push({ uuid: a as string, characteristics: [] })
        return
      case BoardCall.gattCharacteristic:
        this.#services.at(-1)?.characteristics.push(this.#characteristic(a as string, b as number))
        return
      case BoardCall.gattDescriptor: {
        const value = new Uint8Array(b as ArrayBuffer)
        this.#services
          .at(-1)
          ?.characteristics.at(-1)
          ?.descriptors?.push({ uuid: a as string, value })
        return
      }
      case BoardCall.gattOpen:
        this.#server = this.#gattServer()
        return
      case BoardCall.gattAdvertise:
        return server?.startAdvertising({
          name: a as string,
          services: (b as string).split(" "),
          ...(typeof c === "number" && { intervalMs: c }),
        })
      case BoardCall.gattStopAdvertising:
        return server?.stopAdvertising()
      case BoardCall.gattNotify:
        return server?.notify(a as string, new Uint8Array(b as ArrayBuffer))
      case BoardCall.gattDeleteBond:
        return server?.deleteBond(a as string)
      case BoardCall.gattDeleteBonds:
        return server?.deleteBonds()
      case BoardCall.gattCloseConnection:
        return this.#connection?.close()
      case BoardCall.gattClose:
        return server?.close()
      default:
        throw new RangeError(`bridge: the firmware asks for ${call}, which is no call`)
    }
  }

  #object<Kind extends Opened>(id: Value): Kind {
    return this.#opened[id as number] as Kind
  }
  #open(object: Opened): number {
    return this.#opened.push(object) - 1
  }

  #timer(timer: TimerId): number {
    this.#lastTimer++
    this.#timers.set(this.#lastTimer, timer)
    return this.#lastTimer
  }

  #digital(pin: number, edge: number, callback: number): Digital {
    const { Digital } = this.#io
    return new Digital({
      pin,
      mode: Digital.InputPullDown,
      edge,
      ...(callback > 0 && { onReadable: () => void askFirmware(FirmwareCall.digital, callback) }),
    })
  }

  #flashStatus(flash: Flash, into: ArrayBuffer): void {
    const { size, blockLength, blocks, writeAlign } = flash.status()
    new Int32Array(into).set([size, blockLength, blocks, writeAlign])
  }

  #count(what: number, amount: number): void {
    this.#traffic[what] = (this.#traffic[what] as number) + amount
  }

  #characteristic(uuid: string, properties: number): GattCharacteristic {
    const index = this.#characteristics
    this.#characteristics++
    return {
      uuid,
      read: (properties & GattProperty.read) !== 0,
      write: (properties & GattProperty.write) !== 0,
      notify: (properties & GattProperty.notify) !== 0,
      encrypted: (properties & GattProperty.encrypted) !== 0,
      descriptors: [],
      onRead: () => {
        const value = askFirmware(FirmwareCall.gattRead, index)
        return value instanceof ArrayBuffer ? new Uint8Array(value) : (value as number)
      },
      onWrite: (value) => askFirmware(FirmwareCall.gattWrite, index, value) as number,
      onSubscribe: () => void askFirmware(FirmwareCall.gattSubscribe, index),
      onUnsubscribe: () => void askFirmware(FirmwareCall.gattUnsubscribe, index),
    }
  }

  #gattServer(): GattServer {
    return new this.#board.gatt({
      services: this.#services,
      onConnect: (connection) => {
        this.#connection = connection
        askFirmware(FirmwareCall.gattConnect, connection.id, connection.mtu)
      },
      onEncrypted: ({ bond }) => {
        // Not a link that is encrypted without being bonded: the virtual stack makes none.
        if (bond) askFirmware(FirmwareCall.gattEncrypted, bond.identity, bond.keyCheck)
      },
      onDisconnect: () => {
        this.#connection = undefined
        askFirmware(FirmwareCall.gattDisconnect)
      },
    })
  }
}
