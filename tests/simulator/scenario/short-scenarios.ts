/** The library's scenarios that are over within some minutes: what a test makes whole. */
import { allScenarios } from "../../../simulator/scenario/library"
import { lengthS } from "../../../simulator/scenario/motion-of-scenario"

const SHORT_S = 480

export const SHORT_SCENARIOS = allScenarios().filter((named) => lengthS(named, 1) < SHORT_S)
