/**
 * Update over the air: what a phone writes to bring another firmware, and what it reads of how far that is (docs/update.md). Requests are told
 * apart by their first byte.
 */
import { constant } from "../constant"
import type { Layout } from "./fields"

const UPDATE_VERSION = 1

export const UpdateRequest = constant({ begin: 1, data: 2, finish: 3, abort: 4 } as const)
export type UpdateRequest = (typeof UpdateRequest)[keyof typeof UpdateRequest]

export const UpdateState = constant({
  idle: 0,
  asked: 1,
  receiving: 2,
  checking: 3,
  ready: 4,
  refused: 5,
  onTrial: 6,
} as const)
export type UpdateState = (typeof UpdateState)[keyof typeof UpdateState]

/** Why there is no update, or none any more. */
export const UpdateRefusal = constant({
  none: 0,
  noSlots: 1,
  onTrial: 2,
  batteryLow: 3,
  runOpen: 4,
  tooLarge: 5,
  cannotAsk: 6,
  notPressed: 7,
  notAnImage: 8,
  otherChip: 9,
  notPatella: 10,
  otherVersion: 11,
  crcDiffers: 12,
  checkFailed: 13,
  slotFailed: 14,
  silent: 15,
  aborted: 16,
} as const)
export type UpdateRefusal = (typeof UpdateRefusal)[keyof typeof UpdateRefusal]

const byteLength = constant({
  name: "byteLength",
  type: "u32",
  unit: "bytes",
  description: "Of the whole image",
} as const)
const crc = constant({
  name: "crc",
  type: "u32",
  description: "CRC-32 (IEEE 802.3) of the whole image",
} as const)

export const UPDATE_BEGIN = constant({
  title: "begin",
  head: [
    {
      name: "request",
      type: "u8",
      constant: UpdateRequest.begin,
      description:
        "Asks the wearer, by buzz, for a press of the button within half a minute. Of the image that is being received already it asks nobody, and changes nothing",
    },
    { ...byteLength, min: 1 },
    crc,
    {
      name: "major",
      type: "u8",
      description: "Of the image's version, major.minor.patch: it has to be the one in the image",
    },
    { name: "minor", type: "u8", description: "See major" },
    { name: "patch", type: "u8", description: "See major" },
  ],
} as const satisfies Layout)

/** Followed by the bytes. */
export const UPDATE_DATA = constant({
  title: "data",
  head: [
    {
      name: "request",
      type: "u8",
      constant: UpdateRequest.data,
      description: "Bytes of the image follow, as many as the state's dataBytes at most",
    },
    {
      name: "offset",
      type: "u32",
      unit: "bytes",
      description: "Where in the image they begin: where the last ended, or nothing changes",
    },
  ],
} as const satisfies Layout)

export const UPDATE_FINISH = constant({
  title: "finish",
  head: [
    {
      name: "request",
      type: "u8",
      constant: UpdateRequest.finish,
      description: "All has been sent: the image is checked, and the device starts anew with it",
    },
  ],
} as const satisfies Layout)

export const UPDATE_ABORT = constant({
  title: "abort",
  head: [
    {
      name: "request",
      type: "u8",
      constant: UpdateRequest.abort,
      description: "Gives it up. Not possible any more once the image is being checked",
    },
  ],
} as const satisfies Layout)

/** What can be written to the update. */
export const UPDATE_REQUESTS = constant([
  UPDATE_BEGIN,
  UPDATE_DATA,
  UPDATE_FINISH,
  UPDATE_ABORT,
] as const satisfies readonly Layout[])

/** 21 bytes: a read at the smallest MTU (23) carries 22. */
export const UPDATE_STATUS = constant({
  title: "update",
  head: [
    { name: "version", type: "u8", constant: UPDATE_VERSION, description: "Version of this value" },
    {
      name: "state",
      type: "u8",
      codes: UpdateState,
      description:
        "asked: waits for the press; ready: checked, and about to start anew; refused: told for a minute, then idle; " +
        "onTrial: the firmware that runs is a new one, and has not found yet that all is well",
    },
    {
      name: "reason",
      type: "u8",
      codes: UpdateRefusal,
      description:
        "Of refused. noSlots: this board takes no update; onTrial: wait until the new firmware is settled; batteryLow: 30 % or less, and on no " +
        "supply; runOpen: a run is being recorded, or has begun; cannotAsk: no button, or the motor is busy; notAnImage: not what ESP-IDF makes; " +
        "otherVersion: not the one that begin told; checkFailed: the image is damaged, though its CRC is right; slotFailed: it cannot be written; " +
        "silent: no data came for five minutes",
    },
    {
      name: "dataBytes",
      type: "u16",
      unit: "bytes",
      description: "That one data request carries over this connection",
    },
    {
      name: "slotBytes",
      type: "u32",
      unit: "bytes",
      description: "The largest image; 0: this board takes no update",
    },
    byteLength,
    crc,
    {
      name: "offset",
      type: "u32",
      unit: "bytes",
      description: "Of the next data: so much has been received",
    },
  ],
} as const satisfies Layout)
