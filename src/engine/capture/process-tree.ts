import { readdirSync, readFileSync } from 'node:fs'

/** All processes that a process has started, directly or not, where the system tells of them: on Linux. */
export function descendantsOf(root: number): number[] {
  if (process.platform !== 'linux') return []
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid)) continue
    // The name of the program, in parentheses, may be anything.
    const [, parent] = /^\d+ \(.*\) \S (\d+)/s.exec(readOfProcess(pid, 'stat')) ?? []
    if (parent === undefined) continue
    children.set(Number(parent), [...(children.get(Number(parent)) ?? []), pid])
  }
  const found: number[] = []
  const left = [root]
  for (let pid = left.pop(); pid !== undefined; pid = left.pop()) {
    const own = children.get(pid) ?? []
    found.push(...own)
    left.push(...own)
  }
  return found
}

/** What the system tells of a process; empty when it has ended. */
export function readOfProcess(pid: number, what: 'stat' | 'status'): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8')
  } catch {
    return ''
  }
}
