/** The WebSocket to the server that this page came from. */
import { type Message, type Request, SIMULATION_PATH } from "../serve/messages"

export interface ConnectionListener {
  message(message: Message): void
  lost(): void
}

export class Connection {
  readonly #listener: ConnectionListener
  #socket: WebSocket | undefined

  constructor(listener: ConnectionListener) {
    this.#listener = listener
  }

  open(): void {
    this.#socket?.close()
    const scheme = location.protocol === "https:" ? "wss" : "ws"
    const socket = new WebSocket(`${scheme}://${location.host}${SIMULATION_PATH}`)
    this.#socket = socket
    const isNewest = () => this.#socket === socket
    socket.onmessage = ({ data }) => {
      if (isNewest()) this.#listener.message(JSON.parse(data) as Message)
    }
    socket.onclose = () => {
      if (isNewest()) this.#listener.lost()
    }
  }

  /** Asks; what follows it is the next message. @returns false when there is no connection to ask over */
  ask(request: Request, following?: Blob): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false
    this.#socket.send(JSON.stringify(request))
    if (following) this.#socket.send(following)
    return true
  }
}
