/**
 * Puts a call to the profiler (hosts/rv32/profile.c) at the beginning and the end of each function of a bundle that lies in the given
 * folders, and names the functions: `file:name`.
 */
import { type Node, parse } from "acorn"

export interface Instrumented {
  source: string
  /** By the number that the function passes to the profiler. */
  names: string[]
}

interface FunctionNode extends Node {
  body: Node & { body: Node[] }
  expression: boolean
  generator: boolean
  async: boolean
}

/** What esbuild writes above each module of a bundle. */
const MODULE_LINE = /^ {2}\/\/ (\S+\.ts)$/gm
const FUNCTION_TYPES = ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]
const ANONYMOUS = "(anonymous)"

/**
 * @param source a bundle as firmware-bundle.ts makes it
 * @param folders for instance `src/motion`
 * @param without files in them that are left as they are
 */
export function instrument(
  source: string,
  folders: readonly string[],
  without: readonly string[] = [],
): Instrumented {
  const modules = [...source.matchAll(MODULE_LINE)].map((match) => ({
    at: match.index,
    file: match[1] as string,
  }))
  const fileAt = (position: number) => modules.filter(({ at }) => at <= position).at(-1)?.file ?? ""
  const insertions: { at: number; text: string }[] = []
  const names: string[] = []

  const instrumentFunction = (node: FunctionNode, name: string) => {
    const file = fileAt(node.start)
    const isWanted = folders.some((folder) => file.startsWith(`${folder}/`)) && !without.includes(file)
    if (!isWanted || node.generator || node.async) return
    const id = names.push(`${file}:${name}`) - 1
    if (node.expression) {
      insertions.push({ at: node.body.start, text: `(profileEnter(${id}), profileLeave((` })
      insertions.push({ at: node.body.end, text: ")))" })
      return
    }
    insertions.push({ at: node.body.start + 1, text: ` profileEnter(${id});` })
    insertions.push({ at: node.body.end - 1, text: " profileLeave(0); " })
    for (const statement of node.body.body) visitReturns(statement)
  }

  /** Not into functions inside. */
  const visitReturns = (node: Node) => {
    if (FUNCTION_TYPES.includes(node.type) || node.type.startsWith("Class")) return
    if (node.type === "ReturnStatement") {
      const { argument } = node as Node & { argument: Node | null }
      if (argument) {
        // Parentheses of its own: of `a, b` the last counts, and acorn leaves out those that were there.
        insertions.push({ at: argument.start, text: "profileLeave((" })
        insertions.push({ at: argument.end, text: "))" })
      } else insertions.push({ at: node.start, text: "{ profileLeave(0); " }, { at: node.end, text: " }" })
    }
    for (const child of children(node)) visitReturns(child)
  }

  const visit = (node: Node, name: string) => {
    if (FUNCTION_TYPES.includes(node.type)) instrumentFunction(node as FunctionNode, nameOf(node) ?? name)
    for (const child of children(node)) visit(child, nameOf(node) ?? (isTransparent(node) ? name : ANONYMOUS))
  }
  visit(parse(source, { ecmaVersion: 2022 }), ANONYMOUS)

  insertions.sort((a, b) => a.at - b.at)
  let instrumented = ""
  let from = 0
  for (const { at, text } of insertions) {
    instrumented += source.slice(from, at) + text
    from = at
  }
  return { source: instrumented + source.slice(from), names }
}

/** A function's own name, or that of what it is given to. */
function nameOf(node: Node): string | undefined {
  const { id, key, kind } = node as Node & { id?: { name?: string }; key?: { name?: string }; kind?: string }
  const prefix = kind === "get" || kind === "set" ? `${kind} ` : ""
  return id?.name ?? (key?.name ? `${prefix}${key.name}` : undefined)
}

function isTransparent(node: Node): boolean {
  return node.type === "Property" || node.type === "MethodDefinition" || node.type === "VariableDeclarator"
}

function children(node: Node): Node[] {
  return Object.values(node)
    .flat()
    .filter((value): value is Node => typeof (value as Node | null)?.type === "string")
}
