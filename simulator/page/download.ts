/** Hands a file that the server made to the reader. */
import type { NamedFile } from "../serve/messages"

export function handOver({ fileName, path }: NamedFile): void {
  const link = document.createElement("a")
  link.href = path
  link.download = fileName
  link.click()
}
