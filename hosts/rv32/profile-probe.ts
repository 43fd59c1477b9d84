/** What the profiler's own calls cost: ten calls of a function with them, of one without, and of nothing. */
import { MotionLap, ProfileProbe } from "./calls"

const bare = () => 0
const hooked = () => {
  profileEnter(ProfileProbe.hooked)
  return profileLeave(0)
}

export function probeProfiler(): void {
  lapBegin()
  lapEnd(MotionLap.empty)
  lapBegin()
  bare()
  lapEnd(MotionLap.call)
  profileEnter(ProfileProbe.caller)
  hooked()
  hooked()
  hooked()
  hooked()
  hooked()
  hooked()
  hooked()
  hooked()
  hooked()
  hooked()
  profileLeave(0)
  profileEnter(ProfileProbe.idleCaller)
  profileLeave(0)
}
