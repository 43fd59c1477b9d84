/**
 * From packets of the MPU6886's FIFO to samples in the consumer's counts: 0.488 mg, which the chip's are to 0.06 %, and 0.070 °/s. Allocates nothing
 * after it was made.
 */
import type { SampleConsumer } from "./driver"
import { PACKET_BYTES } from "./mpu6886-registers"

/** Where a packet has its values; between them is the temperature. */
const AY_AT = 2
const AZ_AT = 4
const GX_AT = 8
const GY_AT = 10
const GZ_AT = 12
const US_PER_MS = 1000
/** 2000 °/s ÷ 32768 a count (datasheet, sensitivity 16.4 a °/s) in counts of 0.070 °/s, times 2^16: int16 times it stays an int32. */
const GYRO_GAIN = 57143
const GYRO_SHIFT = 16
const HALF = 1 << (GYRO_SHIFT - 1)
/** Past it a value is at the end of its range, which is to show: src/motion/clipping.ts. */
const END = 32766

export class PacketDecoder {
  private readonly consumer: SampleConsumer
  /** Views of one buffer: a batch, a packet. */
  private readonly whole: Uint8Array
  private readonly packet: Uint8Array
  private readonly data: DataView
  /** The last sample's rates, as the chip has them. */
  private gx = 0
  private gy = 0
  private gz = 0

  constructor(consumer: SampleConsumer, batch: number) {
    this.consumer = consumer
    const { buffer } = new Uint8Array(batch * PACKET_BYTES)
    this.whole = new Uint8Array(buffer)
    this.packet = new Uint8Array(buffer, 0, PACKET_BYTES)
    this.data = new DataView(buffer)
  }

  /** Where to read the next of `packets` waiting packets to: as many as it holds, then decode them. */
  bufferFor(packets: number): Uint8Array {
    return packets * PACKET_BYTES >= this.whole.byteLength ? this.whole : this.packet
  }

  /** Where in the buffer samples are missing that left no other trace: before the sample where the rate jumps most. */
  placeOfLoss(bytes: number): number {
    const data = this.data
    let { gx, gy, gz } = this
    let place = 0
    let largest = -1
    for (let at = 0, sample = 0; at < bytes; at += PACKET_BYTES, sample++) {
      const x = data.getInt16(at + GX_AT)
      const y = data.getInt16(at + GY_AT)
      const z = data.getInt16(at + GZ_AT)
      const jump = Math.abs(x - gx) + Math.abs(y - gy) + Math.abs(z - gz)
      if (jump > largest) {
        largest = jump
        place = sample
      }
      gx = x
      gy = y
      gz = z
    }
    return place
  }

  /**
   * Hands on the samples of `bytes` of the buffer. They are dated from `zeroMs`, the time of the last one before this read with the `lost` ones
   * counted in, which are missing after the first `place` of these.
   */
  decode(bytes: number, zeroMs: number, periodUs: number, lost: number, place: number): void {
    const data = this.data
    const consumer = this.consumer
    let gx = 0
    let gy = 0
    let gz = 0
    let left = bytes / PACKET_BYTES
    let slots = 1 - (place > 0 ? lost : 0)
    for (let at = 0, sample = 0; at < bytes; at += PACKET_BYTES) {
      if (sample === 0 || sample === place) {
        const isPlace = sample === place
        if (isPlace && place > 0) slots += lost
        consumer.beginBatch(zeroMs + (slots * periodUs) / US_PER_MS, periodUs, left, isPlace ? lost : 0)
      }
      gx = data.getInt16(at + GX_AT)
      gy = data.getInt16(at + GY_AT)
      gz = data.getInt16(at + GZ_AT)
      const events = consumer.step(
        gx > END || gx < -END ? gx : (gx * GYRO_GAIN + HALF) >> GYRO_SHIFT,
        gy > END || gy < -END ? gy : (gy * GYRO_GAIN + HALF) >> GYRO_SHIFT,
        gz > END || gz < -END ? gz : (gz * GYRO_GAIN + HALF) >> GYRO_SHIFT,
        data.getInt16(at),
        data.getInt16(at + AY_AT),
        data.getInt16(at + AZ_AT),
      )
      if (events !== 0) consumer.happened?.(events)
      sample += 1
      slots += 1
      left -= 1
    }
    this.gx = gx
    this.gy = gy
    this.gz = gz
  }
}
