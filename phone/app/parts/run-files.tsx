/** A run as files for other programs; what makes them is loaded when it is asked for. */
import { useState } from "preact/hooks"
import { canShare, type FileKind, fileOf, save, share } from "../hand-over"
import type { OpenedRun } from "../opened-run"

interface Offer {
  name: string
  words: string
  kind: FileKind
  make: (run: OpenedRun) => Promise<File>
}

const OFFERS: readonly Offer[] = [
  {
    name: "FIT",
    words: "for other running apps",
    kind: "fit",
    make: async ({ kept }) => {
      const { fitFile, fitFileName } = await import("../../export/fit")
      return fileOf(new Uint8Array(fitFile(kept)), fitFileName(kept), "fit")
    },
  },
  {
    name: "CSV",
    words: "the figures, for a spreadsheet",
    kind: "csv",
    make: async ({ kept, all }) => {
      const { runsCsv } = await import("../../export/csv")
      return fileOf(runsCsv([kept], all.devices, all.scores), `patella-run-${kept.key}.csv`, "csv")
    },
  },
  {
    name: "CSV by minute",
    words: "the time line, for a spreadsheet",
    kind: "csv",
    make: async ({ kept, all }) => {
      const { blocksCsv } = await import("../../export/csv")
      return fileOf(blocksCsv([kept], all.devices), `patella-run-${kept.key}-by-minute.csv`, "csv")
    },
  },
]

export function RunFiles({ run }: { run: OpenedRun }) {
  const [trouble, setTrouble] = useState("")
  const give = async ({ make }: Offer, way: (file: File) => void | Promise<void>) => {
    try {
      await way(await make(run))
      setTrouble("")
    } catch (error) {
      setTrouble(`The file could not be made. ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return (
    <>
      <ul class="files">
        {OFFERS.map((offer) => (
          <li key={offer.name}>
            <span>
              <strong>{offer.name}</strong> <span class="soft">{offer.words}</span>
            </span>
            <span class="buttons">
              <button type="button" onClick={() => void give(offer, save)}>
                Save<span class="hidden"> {offer.name}</span>
              </button>
              {canShare(offer.kind) && (
                <button type="button" onClick={() => void give(offer, share)}>
                  Share<span class="hidden"> {offer.name}</span>
                </button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {trouble && <p role="alert">{trouble}</p>}
    </>
  )
}
