/** The command line without a process of its own, which takes a second to start; for tests that run one after the other. */
import { main } from "../../simulator/cli/command-line"

export interface Ended {
  code: number | null
  out: string
  err: string
}

export async function inProcess(parameters: string[]): Promise<Ended> {
  const { stdout, stderr } = process
  const writes = [stdout.write, stderr.write] as const
  const ended: Ended = { code: null, out: "", err: "" }
  const catching = (stream: "out" | "err") => (text: string | Uint8Array) => {
    ended[stream] += text
    return true
  }
  stdout.write = catching("out")
  stderr.write = catching("err")
  try {
    ended.code = await main(parameters)
  } finally {
    stdout.write = writes[0]
    stderr.write = writes[1]
    process.exitCode = undefined
  }
  return ended
}
