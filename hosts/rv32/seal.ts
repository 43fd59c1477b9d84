/**
 * Freezes what the bundle and the engine made so far, as the SDK's linker does with preloaded modules and built-ins: the objects that
 * can be reached by properties. Not the global object, which each clone extends.
 */
export function seal(): void {
  const seen = new Set<object>([globalThis])
  const queue: object[] = [globalThis]
  for (let object = queue.pop(); object; object = queue.pop()) {
    const prototype = Object.getPrototypeOf(object) as object | null
    const found: unknown[] = [prototype]
    for (const key of Reflect.ownKeys(object)) {
      const { value, get, set } = Object.getOwnPropertyDescriptor(object, key) ?? {}
      found.push(value, get, set)
    }
    for (const value of found) {
      if ((typeof value !== "object" && typeof value !== "function") || value === null || seen.has(value))
        continue
      seen.add(value)
      queue.push(value)
    }
    if (object !== globalThis && !ArrayBuffer.isView(object)) Object.freeze(object)
  }
}
