import { spawn } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { familyOfProcess } from '../../programs/process-family.ts'
import { memoryOf } from './process-memory.ts'

/** How much a program may take. */
export interface RunLimits {
  readonly longestMs: number
  /** Of it and all that it starts; told on Linux alone. */
  readonly mostMemoryBytes: number
  /** Of its folder. */
  readonly mostWrittenBytes: number
}

/** How a run has ended: by itself, or for what it took too much of. */
export type RunEnd = 'ended' | 'too slow' | 'too much memory' | 'too large'

/** Between two looks at what a program takes, in milliseconds. */
const LOOK_MS = 250

/** What is kept of what a program says, in characters. */
const MOST_SAID = 4000

/**
 * Runs a program to its end. It stays in the process group of whoever runs it, so that it ends when that is killed as a
 * whole; all that it has started ends with it.
 *
 * @param options.folder - whose size is watched
 * @param options.signal - ends it
 * @returns when it is gone; `said` is the end of what it wrote about itself
 * @throws the reason of the signal, or an error when it cannot be started
 */
export async function runConfined(options: {
  command: string
  args: readonly string[]
  environment: Readonly<Record<string, string>>
  folder: string
  limits: RunLimits
  signal: AbortSignal
}): Promise<{ end: RunEnd; said: string }> {
  const { command, args, environment, folder, limits, signal } = options
  signal.throwIfAborted()
  const child = spawn(command, args, {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-MOST_SAID)
  })
  let end: RunEnd = 'ended'
  const stop = (why: RunEnd): void => {
    end = why
    killTree(child.pid)
  }
  const abort = (): void => stop('ended')
  signal.addEventListener('abort', abort)
  const timer = setTimeout(() => stop('too slow'), limits.longestMs)
  const looks = setInterval(() => {
    void look(child.pid, folder, limits).then((found) => found !== 'ended' && stop(found))
  }, LOOK_MS)
  try {
    await new Promise<void>((resolve, reject) => {
      child.on('error', reject).on('close', () => resolve())
    })
  } finally {
    clearTimeout(timer)
    clearInterval(looks)
    signal.removeEventListener('abort', abort)
  }
  signal.throwIfAborted()
  return { end, said }
}

/** Ends a process and all below it: these first, since they would belong to nobody once it is gone. */
function killTree(pid: number | undefined): void {
  if (pid === undefined) return
  for (const each of familyOfProcess(pid).toReversed()) {
    try {
      process.kill(each, 'SIGKILL')
    } catch {
      // It is gone.
    }
  }
}

async function look(pid: number | undefined, folder: string, limits: RunLimits): Promise<RunEnd> {
  if (pid !== undefined && memoryOf(familyOfProcess(pid)) > limits.mostMemoryBytes)
    return 'too much memory'
  return (await sizeOfFolder(folder)) > limits.mostWrittenBytes ? 'too large' : 'ended'
}

async function sizeOfFolder(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        stat(join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
