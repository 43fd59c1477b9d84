/** Colours as a display takes them (src/drivers/driver.ts), all far from the black that they stand on. */
import { constant } from "../constant"

export const Colour = constant({
  black: 0x0000,
  white: 0xffff,
  yellow: 0xffe0,
  cyan: 0x07ff,
  green: 0x07e0,
  red: 0xf800,
  grey: 0x8410,
} as const)
export type Colour = (typeof Colour)[keyof typeof Colour]
