/** The firmware's version, as Device Information and every run record carry it; package.json's is the same. */
export const FIRMWARE_VERSION = "0.1.0"
