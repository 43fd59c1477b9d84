/**
 * What a Moddable manifest of ours makes of the tree, without the SDK: its own modules by name, its preloads, and the
 * SDK's manifests that it includes (those under $(…), which are not followed). As tools/mcmanifest.js of SDK 8.2.3 reads it:
 * a "*" stands for the files of one folder, in a preload it does not reach TypeScript.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { fileURLToPath } from "node:url"

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url))

export interface Manifest {
  /** Name in XS → file, relative to the root. */
  modules: Map<string, string>
  preloads: string[]
  sdkIncludes: string[]
  main: string | undefined
  /** C functions that are called through the SDK's foreign-function interface, by name. */
  foreign: Map<string, ForeignFunction>
  /** C files that hold them, relative to the root. */
  foreignSources: string[]
  /** What is listed but is not there. */
  missing: string[]
}

export interface ForeignFunction {
  returns: string
  arguments: string[]
}

interface Document {
  include?: string | string[]
  modules?: Record<string, string | string[]>
  preload?: string | string[]
  creation?: { main?: string }
  ble?: Record<string, string | string[]>
  ffi?: { sources: string[]; functions: Record<string, ForeignFunction> }
  platforms?: Record<string, Document>
}

export function readManifest(path: string, platform: string): Manifest {
  const manifest: Manifest = {
    modules: new Map(),
    preloads: [],
    sdkIncludes: [],
    main: undefined,
    foreign: new Map(),
    foreignSources: [],
    missing: [],
  }
  merge(manifest, JSON.parse(readFileSync(join(ROOT, path), "utf8")), dirname(path), platform)
  return manifest
}

function merge(manifest: Manifest, document: Document, folder: string, platform: string): void {
  for (const include of listed(document.include)) {
    if (include.startsWith("$(")) manifest.sdkIncludes.push(include)
    else {
      const path = join(folder, include)
      merge(manifest, JSON.parse(readFileSync(join(ROOT, path), "utf8")), dirname(path), platform)
    }
  }
  for (const [name, sources] of Object.entries(document.modules ?? {})) {
    for (const source of listed(sources)) addModules(manifest, name, join(folder, source))
  }
  for (const source of Object.values(document.ble ?? {}).flatMap(listed)) {
    if (filesOf(join(folder, source), ".json").length === 0) manifest.missing.push(join(folder, source))
  }
  for (const source of document.ffi?.sources ?? []) {
    const file = join(folder, source)
    if (existsSync(join(ROOT, file))) manifest.foreignSources.push(file)
    else manifest.missing.push(file)
  }
  for (const [name, signature] of Object.entries(document.ffi?.functions ?? {}))
    manifest.foreign.set(name, signature)
  manifest.preloads.push(...listed(document.preload))
  manifest.main = document.creation?.main ?? manifest.main
  const chosen = document.platforms?.[platform] ?? document.platforms?.["..."]
  if (chosen) merge(manifest, chosen, folder, platform)
}

function addModules(manifest: Manifest, name: string, source: string): void {
  const files = filesOf(source, ".ts")
  if (files.length === 0) manifest.missing.push(source)
  for (const file of files) {
    const base = file.slice(file.lastIndexOf("/") + 1, -".ts".length)
    manifest.modules.set(name.replace("*", base), file)
  }
}

function filesOf(source: string, extension: string): string[] {
  if (!source.endsWith("*")) return existsSync(join(ROOT, source + extension)) ? [source + extension] : []
  const folder = dirname(source)
  if (!existsSync(join(ROOT, folder))) return []
  return readdirSync(join(ROOT, folder))
    .filter((file) => file.endsWith(extension) && !file.endsWith(".d.ts"))
    .map((file) => join(folder, file))
}

/** Every TypeScript file under `folder`, relative to the root. */
export function typeScriptFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
}

/** Specifiers that are left at run time: type imports are gone by then. */
export function importedBy(file: string): string[] {
  const source = readFileSync(join(ROOT, file), "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "")
  const imports = source.matchAll(/^\s*(?:import|export)\s+(?!type\b)(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm)
  return [...imports].map((match) => match[1] as string)
}

function listed<Item>(items: Item | Item[] | undefined): Item[] {
  if (items === undefined) return []
  return Array.isArray(items) ? items : [items]
}
