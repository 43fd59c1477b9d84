/**
 * Who may ask the server: pages that it served itself, on this machine. A page elsewhere can point a name of its own at 127.0.0.1 (DNS rebinding) or
 * open a WebSocket to any address, so the Host header must name this machine, and a WebSocket's Origin this very server.
 */
import type { IncomingMessage } from "node:http"

const LOCAL_NAMES = ["127.0.0.1", "localhost", "[::1]"]

/** As a browser writes it: without the port where that is HTTP's own. */
export function isLocalHost(host: string | undefined, port: number): boolean {
  return LOCAL_NAMES.some((name) => host === `${name}:${port}` || (port === 80 && host === name))
}

/** Asked by a page of this server: WebSockets are not bound to the origin by the browser. */
export function isSameOrigin({ headers }: IncomingMessage, port: number): boolean {
  return isLocalHost(headers.host, port) && headers.origin === `http://${headers.host}`
}

/** What a page of this server may load and where it may speak to: nothing that is elsewhere. */
export function contentSecurityPolicy(host: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    // Not every browser takes a WebSocket for "self".
    `connect-src 'self' ws://${host}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ")
}
