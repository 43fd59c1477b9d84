/** ECMA-419's successor of firmware as the Moddable SDK 8.2.3 has it on the ESP32 (modules/io/update): @moddable/typings 5.6.0 does not know it. */
declare module "embedded:update" {
  import type { Flash } from "embedded:storage/flash"
  export class Update {
    write(buffer: Uint8Array): void
    /** Checks the image, and makes it the one to start next. */
    complete(): void
    /** Given up, unless it is complete. */
    close(): void
  }
  const Updates: {
    /** @param options `mode` "a": byte after byte */
    open(options: { partition: Flash; mode: "a" }): Update
  }
  export default Updates
}
