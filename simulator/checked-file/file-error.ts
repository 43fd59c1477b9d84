/** A JSON file that cannot be used as it is: each line of the message names file, place and what would be right. Exit code 2. */

/** `place`: `steps[3].speedMs`, "line 4, column 7"; "" for the whole file. */
export interface Mistake {
  place: string
  words: string
}

export class FileError extends Error {
  override readonly name: string = "FileError"
  readonly exitCode = 2
  readonly mistakes: readonly Mistake[]

  /** @param mistakes the one that explains most first */
  constructor(file: string, mistakes: readonly Mistake[]) {
    super(
      mistakes.map(({ place, words }) => `${file}: ${place === "" ? "" : `${place}: `}${words}`).join("\n"),
    )
    this.mistakes = mistakes
  }
}
