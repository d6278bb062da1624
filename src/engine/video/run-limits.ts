import { readFile, stat } from 'node:fs/promises'

/** What a run of FFmpeg may take. */
export interface RunLimits {
  /** In milliseconds. */
  readonly longestMs: number
  /** Of the file that it writes. */
  readonly mostBytes: number
  /** Of resident memory, in bytes. */
  readonly mostMemory: number
}

/** Which limit has ended a run. */
export type Excess = 'slow' | 'large' | 'memory'

/** The time is that of the action, less what the SDK takes for the upload. */
export const RUN_LIMITS: RunLimits = {
  longestMs: 55 * 60 * 1000,
  mostBytes: 2 * 1024 ** 3,
  mostMemory: 2 * 1024 ** 3,
}

/** Between two looks at what a run takes, in milliseconds. A fast disk takes some hundred megabytes meanwhile. */
const LOOK_MS = 250

/** The size of a page of memory, in which Linux counts. */
const PAGE_BYTES = 4096

/**
 * Watches a run, and has it ended when it takes too much. FFmpeg's own limit of the size of a file ends it well, with what
 * is there by then.
 *
 * @param made - the file that it writes
 * @param pid - of the process that runs, if it is one; the memory of others is not watched
 * @returns stops watching
 */
export function watchRun(
  { made, limits }: { readonly made: string; readonly limits: RunLimits },
  pid: number | undefined,
  end: (excess: Excess) => void,
): () => void {
  const deadline = setTimeout(() => end('slow'), limits.longestMs)
  const looking = setInterval(() => void look(), LOOK_MS)

  async function look(): Promise<void> {
    if ((await sizeOf(made)) > limits.mostBytes) end('large')
    else if (pid !== undefined && (await memoryOf(pid)) > limits.mostMemory) end('memory')
  }

  return () => {
    clearTimeout(deadline)
    clearInterval(looking)
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    // It has not begun to write.
    () => 0,
  )
}

/** The resident memory of a process, in bytes; 0 where the system does not tell it in this way. */
async function memoryOf(pid: number): Promise<number> {
  const pages = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '')
  return Number(pages.split(' ')[1] ?? 0) * PAGE_BYTES
}
