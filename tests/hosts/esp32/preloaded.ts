/**
 * The firmware as it is on the chip once its modules are preloaded: whatever a module of src has made by then lies in flash. Here it is frozen, deeply,
 * Maps and Sets by their methods; arrays of numbers, which cannot be frozen, are compared with what they were.
 */
import { readFile } from "node:fs/promises"
import { join, relative } from "node:path"
import { type Pattern, parse } from "acorn"
import { type Plugin, transform } from "esbuild"
import { bundleFirmware } from "../../../simulator/firmware-bundle"
import { ROOT } from "./moddable-manifest"

/** Runs in the engine, before the firmware. */
export const PRELOAD = `"use strict";
globalThis.preloaded = { arrays: [], seen: new Set(), module(path, made) { for (const name in made) this.keep(path + ": " + name, made[name]) },
  keep(name, value) {
    if ((typeof value !== "object" && typeof value !== "function") || value === null || this.seen.has(value)) return
    this.seen.add(value)
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
      this.arrays.push({ name, value, was: this.bytes(value) })
      return
    }
    if (value instanceof Map || value instanceof Set || value instanceof WeakMap || value instanceof WeakSet)
      for (const method of ["set", "add", "delete", "clear"])
        value[method] = () => { throw new TypeError(name + " lies in flash: it cannot be written to") }
    for (const key of Reflect.ownKeys(value)) {
      const { value: held, get, set } = Object.getOwnPropertyDescriptor(value, key)
      for (const part of [held, get, set]) this.keep(name + "." + String(key), part)
    }
    Object.freeze(value)
  },
  bytes: (value) => String(new Uint8Array(value.buffer ?? value, value.byteOffset ?? 0, value.byteLength)),
  written() { return this.arrays.filter(({ value, was }) => this.bytes(value) !== was).map(({ name }) => name) },
}`

export interface Preloading {
  source: string
  /** Module-level variables, which are none in flash. */
  variables: string[]
  /** How many modules were kept. */
  modules: number
}

/** @param changed a module's text in place of its own, by its path from the root */
export async function preloadedFirmware(changed: Record<string, string> = {}): Promise<Preloading> {
  const variables: string[] = []
  let modules = 0
  const keeping: Plugin = {
    name: "preload",
    setup({ onLoad }) {
      onLoad({ filter: /\/src\/.*\.ts$/ }, async ({ path }) => {
        const file = relative(ROOT, path)
        const text = changed[file] ?? (await readFile(join(ROOT, file), "utf8"))
        const { code } = await transform(text, { loader: "ts", format: "esm", target: "es2022" })
        const names: string[] = []
        for (const statement of parse(code, { ecmaVersion: 2022, sourceType: "module" }).body) {
          const declaration =
            statement.type === "ExportNamedDeclaration" ? (statement.declaration ?? statement) : statement
          if (declaration.type === "VariableDeclaration") {
            const declared = declaration.declarations.flatMap(({ id }) => namesIn(id))
            names.push(...declared)
            if (declaration.kind !== "const") variables.push(...declared.map((name) => `${file}: ${name}`))
          } else if (declaration.type === "ClassDeclaration" || declaration.type === "FunctionDeclaration")
            names.push(declaration.id.name)
        }
        modules += 1
        return {
          contents: `${code}\nglobalThis.preloaded.module(${JSON.stringify(file)}, { ${names.join(", ")} })`,
          loader: "js",
          resolveDir: join(path, ".."),
        }
      })
    },
  }
  return { source: await bundleFirmware(undefined, [keeping]), variables, modules }
}

function namesIn(pattern: Pattern | null): string[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name]
    case "ArrayPattern":
      return pattern.elements.flatMap(namesIn)
    case "ObjectPattern":
      return pattern.properties.flatMap((part) =>
        namesIn(part.type === "Property" ? part.value : part.argument),
      )
    case "AssignmentPattern":
      return namesIn(pattern.left)
    case "RestElement":
      return namesIn(pattern.argument)
    default:
      return []
  }
}
