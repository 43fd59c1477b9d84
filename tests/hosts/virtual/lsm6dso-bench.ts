/** A powered chip model and a bus master's reads and writes to it: what the tests of its parts share. */
import { VirtualClock } from "../../../hosts/virtual/clock"
import { Lsm6dsoModel } from "../../../hosts/virtual/lsm6dso"
import { FIFO_MODE, REG } from "../../../hosts/virtual/lsm6dso-registers"
import { wordPairs } from "../../../hosts/virtual/protocol"

export const BOOT_US = 10_000
export const PERIOD_US = 1e6 / (6667 / 64)
export const ODR_104 = 4 << 4
const XL_16G = 0x04
const G_2000 = 0x0c

interface Chip {
  clock: VirtualClock
  chip: Lsm6dsoModel
  int1: { level: number; atUs: number }[]
  read(register: number, bytes?: number): number[]
  write(register: number, value: number): void
  words(): number
}

export function powerUp(options: { freqFine?: number } = {}): Chip {
  const clock = new VirtualClock()
  const int1: Chip["int1"] = []
  const chip = new Lsm6dsoModel({
    clock,
    ...options,
    onInt1: (level) => int1.push({ level, atUs: clock.nowUs }),
  })
  clock.runUntil(BOOT_US)
  const read = (register: number, bytes = 1): number[] => {
    const into = new Uint8Array(bytes)
    chip.read(register, into)
    return [...into]
  }
  return {
    clock,
    chip,
    int1,
    read,
    write: (register, value) => chip.write(register, value),
    words: () => {
      const [low, high] = read(REG.FIFO_STATUS1, 2) as [number, number]
      return low | ((high & 3) << 8)
    },
  }
}

/** Both sensors at 104 Hz in the FIFO. */
export function batching(watermark: number, options: { freqFine?: number } = {}): Chip {
  const bench = powerUp(options)
  const { write } = bench
  write(REG.FIFO_CTRL1, watermark & 0xff)
  write(REG.FIFO_CTRL2, watermark >> 8)
  write(REG.FIFO_CTRL3, 0x44)
  write(REG.INT1_CTRL, 0x08)
  write(REG.FIFO_CTRL4, FIFO_MODE.continuous)
  write(REG.CTRL1_XL, ODR_104 | XL_16G)
  write(REG.CTRL2_G, ODR_104 | G_2000)
  return bench
}

/** Samples whose gx counts up from `first`; the other axes are told apart by their thousands. */
export function counting(count: number, first = 0): Uint8Array {
  const samples = new Int16Array(count * 6)
  for (let n = 0; n < count; n++) samples.set([first + n, 1000, 2000, 3000, 4000, 5000], n * 6)
  return wordPairs(new Uint8Array(samples.buffer))
}

/** Little-endian, as in all of the chip's registers. */
export const int16 = (bytes: number[], at: number): number =>
  (((bytes[at] as number) | ((bytes[at + 1] as number) << 8)) << 16) >> 16

/** The FIFO's words of so many samples, fetched after every few of them. */
export function wordsFetched({ clock, read }: Chip, samples: number, fetchEvery: number): number[] {
  const bytes: number[] = []
  for (let sample = 0; sample < samples; sample += fetchEvery) {
    clock.runUntil(clock.nowUs + fetchEvery * PERIOD_US)
    bytes.push(...read(REG.FIFO_DATA_OUT_TAG, fetchEvery * 14))
  }
  return bytes
}
