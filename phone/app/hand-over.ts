/** Gives the wearer a file: as a download, or to another app where the phone shares files. */

const MIME_TYPES = { fit: "application/vnd.ant.fit", csv: "text/csv" } as const
/** By then the browser has begun to save it. */
const SAVED_MS = 60_000

export type FileKind = keyof typeof MIME_TYPES

export function fileOf(content: string | Uint8Array<ArrayBuffer>, name: string, kind: FileKind): File {
  return new File([content], name, { type: MIME_TYPES[kind] })
}

export function save(file: File): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement("a")
  link.href = address
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), SAVED_MS)
}

/** By the kind alone: what is in a file is no matter. */
export function canShare(kind: FileKind): boolean {
  return navigator.canShare?.({ files: [fileOf("", `run.${kind}`, kind)] }) ?? false
}

/** Saves it where the phone refuses to share this kind of file. Who closes the list of apps has thought better of it. */
export async function share(file: File): Promise<void> {
  try {
    await navigator.share({ files: [file] })
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return
    save(file)
  }
}
