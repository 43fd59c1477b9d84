/** A movement of the wearer: a pose for every instant, and how long it lasts. */
import type { Pose } from "./pose"

export interface Movement {
  durationS: number
  /** It begins and ends standing still, so nothing has to lead into it or out of it. */
  rests: boolean
  /** `timeS` since it began; also before 0 and after its end, where it fades in and out. */
  poseAt(timeS: number): Pose
}
