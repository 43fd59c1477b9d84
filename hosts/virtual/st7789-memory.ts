/**
 * The ST7789V2's memory of 240 × 320 pixels: the window that pixels are written into, in the order that MADCTL asks for (datasheet, sections 8.12
 * and 9.1.28), and what a panel shows of it.
 */

export const CHIP_COLUMNS = 240
export const CHIP_ROWS = 320

/** MADCTL: mirrored rows and columns, exchanged, and blue first; the refresh order of bits 4 and 2 is not seen. */
const MY = 0x80
const MX = 0x40
const MV = 0x20
const BGR = 0x08

export interface St7789Panel {
  readonly width: number
  readonly height: number
  /** Where in the chip's memory it begins. */
  readonly firstColumn: number
  readonly firstRow: number
}

/** What is seen: three bytes a pixel. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
}

type Range = readonly [first: number, last: number]

export class DisplayMemory {
  isInverted = false
  madCtl = 0
  /** Pixels that were ever written. */
  pixelsWritten = 0
  /** Made with the first supply. */
  #pixels = new Uint16Array(0)
  #columns: Range = [0, CHIP_COLUMNS - 1]
  #rows: Range = [0, CHIP_ROWS - 1]
  #column = 0
  #row = 0

  /** The settings of a reset; what is in the memory stays. */
  reset(): void {
    this.isInverted = false
    this.madCtl = 0
    this.#columns = [0, CHIP_COLUMNS - 1]
    this.#rows = [0, CHIP_ROWS - 1]
  }

  /** Just supplied it holds anything: coloured noise, the same each time. */
  scramble(): void {
    const noise = Uint16Array.from({ length: 251 }, (_, at) => (at * 40_503) >> 4)
    this.#pixels = new Uint16Array(CHIP_COLUMNS * CHIP_ROWS)
    const { length } = this.#pixels
    for (let at = 0; at < length; at += noise.length)
      this.#pixels.set(noise.subarray(0, Math.min(noise.length, length - at)), at)
  }

  /** @throws RangeError beyond the memory: there the chip ignores it (9.1.20), here it is a mistake */
  setColumns(first: number, last: number): void {
    this.#columns = range(first, last, this.#isExchanged ? CHIP_ROWS : CHIP_COLUMNS)
  }
  setRows(first: number, last: number): void {
    this.#rows = range(first, last, this.#isExchanged ? CHIP_COLUMNS : CHIP_ROWS)
  }

  /** To the window's beginning. */
  begin(): void {
    this.#column = this.#columns[0]
    this.#row = this.#rows[0]
  }

  /** The next pixel; behind the window's last comes its first again. */
  put(pixel: number): void {
    let x = this.#isExchanged ? this.#row : this.#column
    let y = this.#isExchanged ? this.#column : this.#row
    if (this.madCtl & MX) x = CHIP_COLUMNS - 1 - x
    if (this.madCtl & MY) y = CHIP_ROWS - 1 - y
    this.#pixels[y * CHIP_COLUMNS + x] = pixel
    this.pixelsWritten++
    if (this.#column < this.#columns[1]) this.#column++
    else {
      this.#column = this.#columns[0]
      this.#row = this.#row < this.#rows[1] ? this.#row + 1 : this.#rows[0]
    }
  }

  /** @param isOn without it all is black */
  picture({ width, height, firstColumn, firstRow }: St7789Panel, isOn: boolean): Picture {
    const rgb = new Uint8Array(width * height * 3)
    for (let y = 0; isOn && y < height; y++)
      for (let x = 0; x < width; x++) {
        const pixel = this.#pixels[(firstRow + y) * CHIP_COLUMNS + firstColumn + x] as number
        rgb.set(this.#seen(pixel), 3 * (y * width + x))
      }
    return { width, height, rgb }
  }

  get #isExchanged(): boolean {
    return (this.madCtl & MV) !== 0
  }

  /** The panel's filters are blue, green, red, and it is light where no voltage is: unless MADCTL and INVON say so, it shows other colours. */
  #seen(pixel: number): [number, number, number] {
    const shown = this.isInverted ? pixel : ~pixel & 0xffff
    const first = Math.round(((shown >> 11) * 255) / 31)
    const green = Math.round((((shown >> 5) & 63) * 255) / 63)
    const last = Math.round(((shown & 31) * 255) / 31)
    return this.madCtl & BGR ? [first, green, last] : [last, green, first]
  }
}

function range(first: number, last: number, count: number): Range {
  if (first > last || last >= count) throw new RangeError(`ST7789 model: window from ${first} to ${last}`)
  return [first, last]
}
