import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { memoryOfFamily } from './process-family.ts'

/** What a program may take, with all that it starts. */
export interface ProgramLimits {
  /** In milliseconds, however little of it the program works. */
  readonly longestMs: number
  /** In bytes; told on Linux alone. */
  readonly mostMemoryBytes: number
  /** Of all that it writes, in bytes. */
  readonly mostWrittenBytes: number
  /** Files, folders and whatever else it makes. */
  readonly mostFiles: number
}

/** Which limit has ended a program. */
export type Excess = 'time' | 'memory' | 'written' | 'files'

/** Between two looks at what a program takes, in milliseconds. A fast disk takes some hundred megabytes meanwhile. */
const LOOK_MS = 250

/** What has a longer path is more than anybody makes who means well, and soon longer than Linux takes; in characters. */
const LONGEST_PATH = 2000

/** Looks after what a program takes, until it is stopped. */
export interface LimitWatch {
  readonly stop: () => void
}

/**
 * Looks after what a program takes.
 *
 * @param options.pid - of the process; the memory of what runs in none is not looked at
 * @param options.written - the file or the folder that it writes
 * @param exceeded - is told the first limit that it goes beyond, once
 */
export function watchLimits(
  options: {
    readonly pid: number | undefined
    readonly written: string
    readonly limits: ProgramLimits
  },
  exceeded: (excess: Excess) => void,
): LimitWatch {
  const { pid, written, limits } = options
  let isOver = false
  const deadline = setTimeout(() => tell('time'), limits.longestMs)
  let looking = setTimeout(() => void look(), LOOK_MS)

  function tell(excess: Excess): void {
    if (isOver) return
    stop()
    exceeded(excess)
  }

  async function look(): Promise<void> {
    const hasMemory = pid === undefined || memoryOfFamily(pid) <= limits.mostMemoryBytes
    const excess = hasMemory ? await findExcess(written, limits) : 'memory'
    if (excess !== undefined) tell(excess)
    else if (!isOver) looking = setTimeout(() => void look(), LOOK_MS)
  }

  function stop(): void {
    isOver = true
    clearTimeout(deadline)
    clearTimeout(looking)
  }

  return { stop }
}

/** Which limit a program has gone beyond with what it has written so far, if any. */
export async function findExcess(
  written: string,
  { mostFiles, mostWrittenBytes }: ProgramLimits,
): Promise<'written' | 'files' | undefined> {
  let files = 0
  let bytes = 0
  const left = [written]
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    if (path.length > LONGEST_PATH) return 'files'
    // It has not been made yet, or is gone again.
    const facts = await lstat(path).catch(() => undefined)
    if (facts === undefined) continue
    files += 1
    bytes += facts.size
    if (bytes > mostWrittenBytes) return 'written'
    // The folder itself is not the program's.
    if (files > mostFiles + 1) return 'files'
    if (!facts.isDirectory()) continue
    const folder = path
    const names = await readdir(folder).catch(() => [])
    left.push(...names.map((name) => join(folder, name)))
  }
  return undefined
}
