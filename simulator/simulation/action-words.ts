/** What is done to the device, in words: on the page, and where a scenario is told in a terminal. */
import type { Action } from "./action"

const PRESS_WORDS = { short: "button pressed", double: "button pressed twice", long: "button held" } as const
const RESTART_WORDS = {
  reset: "reset",
  brownOut: "supply too low: restart",
  crash: "crash: restart",
} as const

/** A fault's name as words: thighAbsent → thigh absent. */
export function faultWords(fault: string): string {
  return fault.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
}

export function actionWords(action: Action): string {
  switch (action.do) {
    case "loseLink":
      return `link lost for ${action.forS} s`
    case "cutPower":
      return `power cut for ${action.forS} s`
    case "restart":
      return RESTART_WORDS[action.kind]
    case "slipStrap":
      return action.around === "thigh"
        ? `strap turned by ${action.angleDeg}° around the thigh`
        : `strap tipped by ${action.angleDeg}°`
    case "fault":
      return `${faultWords(action.fault)}${action.on === false ? ": mended" : ""}`
    case "fillFlash":
      return "flash filled with runs"
    case "battery":
      return batteryWords(action.mv, action.supply)
    case "press":
      return PRESS_WORDS[action.button]
    case "set":
      return `${action.setting} set to ${action.value}`
  }
}

function batteryWords(mv: number | undefined, supply: boolean | undefined): string {
  const cell = mv === undefined ? [] : [`cell at ${(mv / 1000).toFixed(2)} V`]
  const usb = supply === undefined ? [] : [supply ? "USB connected" : "USB taken away"]
  return [...cell, ...usb].join(", ")
}
