/** What the XS worker has beside the language, and the V8 engine gives likewise. */

declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>
}
declare class TextDecoder {
  /** UTF-8. */
  decode(bytes?: ArrayBuffer | Uint8Array): string
}
/** A line on the simulator's standard error. */
declare function print(...values: unknown[]): void
/** Collects garbage; V8 has it under `--expose-gc` only. */
declare var gc: (() => void) | undefined
/** The environment's; in a bundle the word itself, as it was when that was made. */
declare const process: { readonly env: { readonly PATELLA_BOARD?: string } }
