/** What is used of dbus-next, whose own types name another module (@particle/dbus-next, the fork that is kept) and do not compile. */
declare module "dbus-next" {
  import type { EventEmitter } from "node:events"

  export class Variant<T = unknown> {
    signature: string
    value: T
    constructor(signature: string, value: T)
  }

  export interface Message {
    path: string
    interface?: string
    member: string
    sender: string
    signature: string
    body: unknown[]
    flags: number
  }

  export const Message: {
    newError(call: Message, errorName: string, text: string): Message
    newMethodReturn(call: Message, signature?: string, body?: unknown[]): Message
    newSignal(path: string, iface: string, name: string, signature?: string, body?: unknown[]): Message
    new (message: Record<string, unknown>): Message
  }

  export const MessageFlag: { NO_REPLY_EXPECTED: number }

  export interface MessageBus extends EventEmitter {
    name: string | null
    requestName(name: string, flags?: number): Promise<number>
    /** The handler says whether it has taken the call. */
    addMethodHandler(handler: (call: Message) => boolean): void
    call(message: Message): Promise<Message | null>
    send(message: Message): void
    disconnect(): void
  }

  export function sessionBus(options: { busAddress: string }): MessageBus
}
