/** A scenario that cannot be played as it is. */
import { FileError } from "../checked-file/file-error"

export class ScenarioError extends FileError {
  override readonly name = "ScenarioError"
}
