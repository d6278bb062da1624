import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { OperationError } from '../../base/operation-error.ts'
import type { ProcessStart } from '../../programs/sandbox.ts'
import { measureOutputs } from './collect-outputs.ts'
import { endTree, residentMemory } from './process-tree.ts'

/** What a command may take, besides what binds each of its processes. */
export interface CommandLimits {
  /** Milliseconds, however little of it the command works. */
  readonly longestMs: number
  /** Bytes of memory of all processes. */
  readonly memoryBytes: number
  /** Bytes and number of all files that it leaves. */
  readonly outputBytes: number
  readonly outputFiles: number
}

/** What a command has said, as far as it is kept. */
export interface CommandSayings {
  readonly stdout: string
  readonly stderr: string
}

/** As much as is kept of each, in bytes: of the standard output the start, of the error output the end. */
const MOST_KEPT_BYTES = 1_000_000

/** Between two looks at what a command takes, in milliseconds. */
const LOOK_MS = 200

/**
 * Runs a command to its end.
 *
 * @param options.title - what it is called in sentences
 * @throws {@link OperationError} command_failed when it ends with anything but 0, command_stopped when it takes too much
 */
export async function runSandboxed(
  { command, args, identity }: ProcessStart,
  options: {
    readonly title: string
    readonly outputs: string
    readonly limits: CommandLimits
    readonly signal: AbortSignal
  },
): Promise<CommandSayings> {
  const { title, outputs, limits, signal } = options
  signal.throwIfAborted()
  const child = spawn(command, args, {
    ...identity,
    cwd: '/',
    env: {},
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<string>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, by) => resolve(by ?? String(code)))
  })
  let isRunning = true
  const stop = (): void => {
    if (isRunning && child.pid !== undefined) endTree(child.pid)
  }
  const note = (): void => {
    isRunning = false
  }
  child.on('exit', note).on('error', note)
  signal.addEventListener('abort', stop)
  let exceeded: string | undefined
  const started = performance.now()
  const watch = async (): Promise<void> => {
    while (isRunning && exceeded === undefined) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
      const elapsed = performance.now() - started
      if (elapsed > limits.longestMs) exceeded = `${limits.longestMs / 1000} seconds`
      else if (residentMemory(child.pid ?? 0) > limits.memoryBytes) {
        exceeded = `${limits.memoryBytes / 1e6} MB of memory`
      } else exceeded = await tooManyOutputs(outputs, limits)
    }
    if (exceeded !== undefined) stop()
  }
  try {
    const [how, stdout, stderr] = await Promise.all([
      ended,
      keep(child.stdout, 'start'),
      keep(child.stderr, 'end'),
      watch(),
    ])
    signal.throwIfAborted()
    exceeded ??= await tooManyOutputs(outputs, limits)
    if (exceeded !== undefined)
      throw new OperationError('command_stopped', { title, most: exceeded })
    if (how !== '0')
      throw new OperationError('command_failed', { title, how, said: lastLines(stderr || stdout) })
    return { stdout, stderr }
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
  }
}

async function tooManyOutputs(
  folder: string,
  { outputBytes, outputFiles }: CommandLimits,
): Promise<string | undefined> {
  const { count, bytes } = await measureOutputs(folder)
  if (count > outputFiles) return `${outputFiles} files`
  return bytes > outputBytes ? `${outputBytes / 1e6} MB of files` : undefined
}

async function keep(stream: Readable, which: 'start' | 'end'): Promise<string> {
  let kept = ''
  stream.setEncoding('utf8')
  for await (const text of stream) {
    kept += String(text)
    if (which === 'start') kept = kept.slice(0, MOST_KEPT_BYTES)
    else if (kept.length > 2 * MOST_KEPT_BYTES) kept = kept.slice(-MOST_KEPT_BYTES)
  }
  return kept
}

/** Programs say what is wrong at the end. */
function lastLines(said: string): string {
  return said
    .trim()
    .split(/\r?\n|\r/)
    .slice(-3)
    .join(' / ')
    .slice(-600)
}
