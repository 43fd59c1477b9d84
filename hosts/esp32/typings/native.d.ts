/** C functions of the hosts, as XS and the SDK 8.2.3 hand them to modules. */

declare module "mc/ffi" {
  /** What "ffi" of shared.json declares. The SDK makes a declaration of its own from that. */
  export default class FFI {
    patella_chip_address(): ArrayBuffer
    patella_wake(button: number, sensor: number, motor: number): number
    patella_allow_light_sleep(isAllowed: number): number
    patella_sleep(button: number, sensor: number, motor: number, moved: number): number
  }
}
