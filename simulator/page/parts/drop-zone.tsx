/** The whole page takes a file that is dropped on it. */
import { useEffect, useState } from "preact/hooks"
import { playFile } from "./file-button"

export function DropZone() {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      // Only where the pointer left the window there is nothing that it went to.
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0]
      setOver(false)
      if (!file) return
      event.preventDefault()
      playFile(file)
    }
    addEventListener("dragover", over)
    addEventListener("dragleave", leave)
    addEventListener("drop", drop)
    return () => {
      removeEventListener("dragover", over)
      removeEventListener("dragleave", leave)
      removeEventListener("drop", drop)
    }
  }, [])
  if (!isOver) return null
  return (
    <div class="drop-zone" aria-hidden="true">
      <p>Drop a recording (.csv, .csv.gz) or a scenario (.json) to play it</p>
    </div>
  )
}
