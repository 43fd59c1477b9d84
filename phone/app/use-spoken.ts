/** Counting aloud, by the voice of the browser. */
import { useEffect } from "preact/hooks"

const LANGUAGE = "en-GB"

export function canSpeak(): boolean {
  return "speechSynthesis" in globalThis
}

/** What is said before is cut off. */
export function speak(words: string): void {
  const utterance = new SpeechSynthesisUtterance(words)
  utterance.lang = LANGUAGE
  speechSynthesis.cancel()
  speechSynthesis.speak(utterance)
}

/** Says it when it begins, once. @param spoken undefined: nothing is to be said now */
export function useSpoken(spoken: { key: string; words: string } | undefined): void {
  const { key, words } = spoken ?? {}
  useEffect(() => {
    if (key !== undefined && words !== undefined) speak(words)
  }, [key, words])
}
