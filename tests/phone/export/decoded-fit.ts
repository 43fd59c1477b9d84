/** What Garmin's own decoder reads in a FIT file. */
import { Decoder, Stream } from "@garmin/fitsdk"

export function isWhole(file: Uint8Array): boolean {
  return new Decoder(Stream.fromByteArray(file)).checkIntegrity()
}

/** @throws Error when the decoder finds fault with it */
export function decodedFit(file: Uint8Array) {
  const decoder = new Decoder(Stream.fromByteArray(file))
  if (!decoder.isFIT() || !decoder.checkIntegrity()) throw new Error("no FIT file, or a damaged one")
  const names = new Map<string, string>()
  const { messages, errors } = decoder.read({
    convertDateTimesToDates: false,
    fieldDescriptionListener: (key, _application, { fieldName }) => names.set(String(key), String(fieldName)),
  })
  if (errors.length > 0) throw new AggregateError(errors, "the decoder found errors")
  /** Fields of developers under the names that the file gives them, floats to a hundredth. */
  const knee = ({ developerFields }: { developerFields?: Readonly<Record<string, unknown>> }) =>
    Object.fromEntries(
      Object.entries(developerFields ?? {}).map(([key, value]) => [
        names.get(key) ?? key,
        Math.round(Number(value) * 100) / 100,
      ]),
    )
  return {
    file: messages.fileIdMesgs ?? [],
    fields: messages.fieldDescriptionMesgs ?? [],
    events: messages.eventMesgs ?? [],
    records: messages.recordMesgs ?? [],
    laps: messages.lapMesgs ?? [],
    sessions: messages.sessionMesgs ?? [],
    activities: messages.activityMesgs ?? [],
    knee,
  }
}
