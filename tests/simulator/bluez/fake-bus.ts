/** A D-Bus of one owner: takes what it sends, and calls it as a client would, with the types of a real bus checked on the way. */
import dbus, { type Message } from "dbus-next"
import type { Outlet } from "../../../simulator/bluez/object-tree"

const CLIENT = ":1.7"

export interface Signal {
  path: string
  member: string
  body: unknown[]
}

export class FakeBus implements Outlet {
  readonly signals: Signal[] = []
  #handler: (call: Message) => boolean = () => false
  #replies = new Map<number, (reply: Message) => void>()
  #serial = 0

  addMethodHandler(handler: (call: Message) => boolean): void {
    this.#handler = handler
  }

  send(message: Message): void {
    const sent = message as Message & { replySerial?: number; errorName?: string }
    if (sent.replySerial === undefined)
      this.signals.push({ path: sent.path, member: sent.member, body: sent.body })
    else this.#replies.get(sent.replySerial)?.(sent)
  }

  /** @returns what the call returns. @throws Error with the D-Bus error's name and words */
  async call(
    path: string,
    name: string,
    member: string,
    signature = "",
    body: unknown[] = [],
    sender = CLIENT,
  ): Promise<unknown> {
    const serial = ++this.#serial
    const call = new dbus.Message({
      path,
      interface: name,
      member,
      signature,
      body,
      serial,
      sender,
      destination: "org.bluez",
    })
    const reply = await new Promise<Message & { errorName?: string }>((resolve) => {
      this.#replies.set(serial, resolve)
      this.#handler(call)
    })
    if (reply.errorName) throw new Error(`${reply.errorName}: ${reply.body[0]}`)
    return reply.body[0]
  }
}
