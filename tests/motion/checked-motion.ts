/**
 * The motion pipeline with every sum, difference, product and shift to the left checked: it throws where one leaves int32, is no whole
 * number or loses its highest bits, or does not fit the array that keeps it, with the expression's text. esbuild bundles src/motion, acorn finds the expressions. What is made once
 * or with each batch (createMotion, beginBatch) may use doubles, and so is not checked.
 */
import { fileURLToPath } from "node:url"
import { runInThisContext } from "node:vm"
import { type Node, parse } from "acorn"
import { build } from "esbuild"

const ENTRY = `export { createMotion } from "./src/motion/motion"
export { createShank } from "./src/motion/shank"
export { createOrientation } from "./src/motion/orientation"
export { setMount } from "./src/motion/sagittal"
export { Vector } from "./src/motion/vector"`

interface Pipeline {
  normalize: (x: number, y: number, z: number) => boolean
  setMount: typeof import("../../src/motion/sagittal").setMount
  createOrientation: typeof import("../../src/motion/orientation").createOrientation
  createMotion: typeof import("../../src/motion/motion").createMotion
  createShank: typeof import("../../src/motion/shank").createShank
}

/** Of acorn's nodes, what is read here; a node's parts lie under other names, too. */
interface Expression extends Node {
  operator: string
  prefix: boolean
  left: Expression
  right: Expression
  argument: Expression
  value: unknown
  computed: boolean
}

const isNode = (value: unknown): value is Expression =>
  typeof (value as { type?: unknown } | undefined)?.type === "string"

/** The source, each arithmetic expression handed through the checks `whole`, `kept` and `held`. */
export function withChecks(source: string): string {
  function checked(node: Expression): string {
    const { type, operator } = node
    const label = JSON.stringify(source.slice(node.start, node.end))
    if (type === "BinaryExpression") {
      if (operator === "<<") return `kept(${checked(node.left)}, ${checked(node.right)}, ${label})`
      // Sums that may wrap say so.
      if (operator === "|" && node.right.value === 0) return inside(node, (part) => inside(part, checked))
      if ("+-*/%".includes(operator)) return `whole(${inside(node, checked)}, ${label})`
    }
    if (type === "UnaryExpression" && operator === "-") return `whole(${inside(node, checked)}, ${label})`
    if (type === "UpdateExpression" && node.prefix) return `whole(${inside(node, checked)}, ${label})`
    if (type === "AssignmentExpression" && operator === "=" && node.left.computed) {
      const element = source.slice(node.left.start, node.left.end)
      return `held(${inside(node, checked)}, ${element}, ${label})`
    }
    if (type === "AssignmentExpression" && operator !== "=" && operator !== ">>=") {
      const target = source.slice(node.left.start, node.left.end)
      const value = checked(node.right)
      if (operator === "<<=") return `${target} = kept(${target}, ${value}, ${label})`
      return `${target} = whole(${target} ${operator.slice(0, -1)} (${value}), ${label})`
    }
    return inside(node, checked)
  }

  function inside(node: Expression, render: (part: Expression) => string): string {
    let text = ""
    let at = node.start
    const parts = Object.values(node).flat().filter(isNode)
    for (const part of parts.sort((a, b) => a.start - b.start)) {
      if (part.start < at) continue
      text += source.slice(at, part.start) + render(part)
      at = part.end
    }
    return text + source.slice(at, node.end)
  }
  return inside(parse(source, { ecmaVersion: "latest" }) as Node as Expression, checked)
}

let depth = 0

function whole(value: number, expression: string): number {
  if (depth > 0 && (value | 0) !== value) throw new RangeError(`${value} is no int32: ${expression}`)
  return value
}

function kept(value: number, bits: number, expression: string): number {
  const shifted = value << bits
  if (depth > 0 && shifted >> bits !== value) throw new RangeError(`${value} loses bits: ${expression}`)
  return shifted
}

function held(value: number, element: number, expression: string): number {
  if (depth > 0 && element !== value) throw new RangeError(`${value} is kept as ${element}: ${expression}`)
  return value
}

/** Its methods are checked while they run. */
function watched<T extends object>(maker: T): T {
  const methods = maker as Record<string, unknown>
  const own = Object.getOwnPropertyDescriptors(maker)
  const { prototype } = maker.constructor as { prototype: object }
  const inherited = prototype === Object.prototype ? {} : Object.getOwnPropertyDescriptors(prototype)
  for (const [name, { value: method }] of Object.entries({ ...inherited, ...own })) {
    if (typeof method !== "function" || name === "beginBatch" || name === "constructor") continue
    methods[name] = (...values: unknown[]) => {
      depth++
      try {
        return method.apply(maker, values)
      } finally {
        depth--
      }
    }
  }
  return maker
}

export async function checkedPipeline(): Promise<Pipeline> {
  const { outputFiles } = await build({
    stdin: { contents: ENTRY, resolveDir: fileURLToPath(new URL("../..", import.meta.url)) },
    bundle: true,
    write: false,
    format: "iife",
    globalName: "pipeline",
    target: "es2022",
  })
  const source = withChecks(outputFiles[0]?.text ?? "")
  type Made = Omit<Pipeline, "normalize"> & { Vector: typeof import("../../src/motion/vector").Vector }
  const make = runInThisContext(`(whole, kept, held) => {${source}\nreturn pipeline}`) as (
    ...checks: unknown[]
  ) => Made
  const { createMotion, createShank, createOrientation, Vector, setMount } = make(whole, kept, held)
  const normalize = (x: number, y: number, z: number) => new Vector(x, y, z).normalize()
  return {
    ...watched({ normalize, setMount }),
    createOrientation: (periodUs) => watched(createOrientation(periodUs)),
    createMotion: (options) => watched(createMotion(options)),
    createShank: (periodUs) => watched(createShank(periodUs)),
  }
}
