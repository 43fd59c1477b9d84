/** The SDK's IO classes that a display is wired to, as the seam has them (src/io.ts). */

import Digital from "embedded:io/digital"
import SPI from "embedded:io/spi"
import { constant } from "../../src/constant"
import type * as seam from "../../src/io"

export const displayIo: seam.DisplayIoClasses = constant({
  SPI: SPI as unknown as seam.SPIConstructor,
  Output: Digital as unknown as seam.DigitalOutputConstructor,
})
