import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { endFamily } from './process-family.ts'
import { type Excess, findExcess, type ProgramLimits, watchLimits } from './program-limits.ts'

/** How a program is started. */
export interface ProgramStart {
  /** An absolute path. */
  readonly command: string
  readonly args: readonly string[]
  /** The folder that it finds itself in. */
  readonly folder: string
  /** All that it gets to see of one. */
  readonly environment: Readonly<Record<string, string>>
  /** Who runs it; whoever runs the service unless given. */
  readonly identity?: { readonly uid: number; readonly gid: number } | undefined
}

/** How a program has ended. */
export interface ProgramEnd {
  /** Undefined when a signal has ended it. */
  readonly code: number | undefined
  /** Undefined when it has ended by itself. */
  readonly endedBy: NodeJS.Signals | undefined
  /** The limit that it went beyond, for which it was ended, or that shows in what it has written. */
  readonly excess: Excess | undefined
}

/**
 * Runs a program to its end. It stays in the process group of whoever runs it, so that it ends when that is killed as a whole;
 * all that it has started ends with it.
 *
 * @param options.written - the file or the folder that it writes
 * @param options.signal - ends it within a second
 * @param options.onOutput - gets its standard output, which is dropped unless given
 * @param options.onErrors - gets its error output, which is dropped unless given
 * @returns when it is gone and has said all
 * @throws the reason of the signal, or an error when it cannot be started
 */
export async function runProgram(
  { command, args, folder, environment, identity }: ProgramStart,
  options: {
    readonly written: string
    readonly limits: ProgramLimits
    readonly signal: AbortSignal
    readonly onOutput?: (text: string) => void
    readonly onErrors?: (text: string) => void
  },
): Promise<ProgramEnd> {
  const { written, limits, signal, onOutput, onErrors } = options
  signal.throwIfAborted()
  const child = spawn(command, args, {
    ...identity,
    cwd: folder,
    env: environment,
    stdio: ['ignore', onOutput ? 'pipe' : 'ignore', onErrors ? 'pipe' : 'ignore'],
  })
  const closed = Promise.withResolvers<[number | null, NodeJS.Signals | null]>()
  let isGone = false
  child.on('error', closed.reject)
  child.on('exit', () => {
    // Its number may be somebody else's from now on.
    isGone = true
  })
  child.on('close', (...how) => closed.resolve(how))
  read(child.stdout, onOutput)
  read(child.stderr, onErrors)

  const end = (): void => {
    if (child.pid !== undefined && !isGone) endFamily(child.pid)
  }
  let excess: Excess | undefined
  const watch = watchLimits({ pid: child.pid, written, limits }, (exceeded) => {
    excess = exceeded
    end()
  })
  signal.addEventListener('abort', end)
  try {
    const [code, endedBy] = await closed.promise
    signal.throwIfAborted()
    excess ??= await findExcess(written, limits)
    return { code: code ?? undefined, endedBy: endedBy ?? undefined, excess }
  } finally {
    watch.stop()
    signal.removeEventListener('abort', end)
  }
}

function read(stream: Readable | null, hear: ((text: string) => void) | undefined): void {
  if (hear !== undefined) stream?.setEncoding('utf8').on('data', hear)
}
