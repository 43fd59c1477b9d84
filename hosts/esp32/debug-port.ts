/** The maker's console of a board: the port that xsbug has in a debug build, so that there is no console then. */
import type { ConsolePort } from "../../src/console/port"

/** In XS's compiler: the C function of that name. */
declare function native<Callable>(name: string): Callable

const debuggerHasPort = native<() => number>("xs_patella_debugger_has_port")

/** Called when the board starts: modules are preloaded elsewhere. */
export function unlessDebugged(console: ConsolePort): { console?: ConsolePort } {
  return debuggerHasPort() === 0 ? { console } : {}
}
