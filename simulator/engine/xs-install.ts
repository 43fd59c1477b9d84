/**
 * Where `npm ci` builds the XS worker, and what to tell a person when it is not there. The package is an optional
 * dependency: when its build fails, npm takes it out again, so `npm rebuild` finds nothing to build and only `npm ci` helps.
 */
import { fileURLToPath } from "node:url"

const WORKER_FOLDER = new URL(
  "../../node_modules/@agoric/xsnap/xsnap-native/xsnap/build/bin/",
  import.meta.url,
)
/** The platforms that the package has makefiles for. */
const BUILD_FOLDERS: Partial<Record<NodeJS.Platform, string>> = { linux: "lin", darwin: "mac" }

/** Where the install builds the worker; undefined on a platform that it cannot be built for. */
export function workerPath(platform: NodeJS.Platform = process.platform): string | undefined {
  const folder = BUILD_FOLDERS[platform]
  return folder && fileURLToPath(new URL(`${folder}/release/xsnap-worker`, WORKER_FOLDER))
}

/** The one line for a machine without the worker. */
export function missingWorkerMessage(platform: NodeJS.Platform = process.platform): string {
  const remedies: Partial<Record<NodeJS.Platform, string>> = {
    linux: "`apt-get install build-essential`",
    darwin: "`xcode-select --install`",
  }
  const remedy = remedies[platform]
  return remedy
    ? `The XS engine was not built at install (C compiler or make missing?): ${remedy}, then \`npm ci\`; or go on in V8 with \`--engine node\`.`
    : `The XS engine cannot be built on ${platform} (Linux and macOS only); go on in V8 with \`--engine node\`.`
}
