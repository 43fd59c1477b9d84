import test from "ava"
import { describeError, exitCodeOf, UsageError } from "../../simulator/cli/usage"

test("an error names its own exit code, or the work failed", (t) => {
  t.is(exitCodeOf(new UsageError("x")), 2)
  t.is(exitCodeOf(new Error("x")), 1)
  t.is(exitCodeOf("x"), 1)
  t.is(describeError(new Error("plain words")), "plain words")
  t.regex(describeError(new TypeError("a mistake")), /a mistake\n\s+at /)
})
