/**
 * ECMA-419 storage as the Moddable SDK 8.2.3 has it on the ESP32, as far as the hosts use it: @moddable/typings 5.6.0
 * knows neither module. A build with the SDK takes the SDK's own declarations in place of these.
 */
declare module "embedded:storage/flash" {
  export class Flash {
    close(): void
    eraseBlock(start: number, end?: number): void
    /** The number of bytes read. */
    read(buffer: Uint8Array, byteOffset: number): number
    write(buffer: Uint8Array, byteOffset: number): void
    /** The SDK declares `writeAlign` too; its ESP32 code does not set it. */
    status(): { size: number; blockLength: number; blocks: number }
  }
  const FlashStorage: {
    /** Opens the data partition with the label `path`. */
    open(options: { path: string; mode?: "r" | "r+" }): Flash
  }
  export default FlashStorage
}

declare module "embedded:storage/key-value" {
  export class Storage {
    close(): void
    /** Nothing happens when there is no such key. */
    delete(key: string): void
    /** Undefined when there is no such key. */
    read(key: string): ArrayBuffer | string | number | bigint | undefined
    write(key: string, value: ArrayBuffer | Uint8Array | string | number | bigint): void
  }
  const KeyValueStorage: {
    open(options: { path: string; format?: "buffer" | "string"; mode?: "r" | "r+" }): Storage
  }
  export default KeyValueStorage
}
