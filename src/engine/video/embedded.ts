import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import {
  type Excess,
  findExcess,
  type ProgramLimits,
  watchLimits,
} from '../../programs/program-limits.ts'
import { limitMemory } from '../wasm-memory.ts'
import type { EmbeddedMessage, EmbeddedTask } from './embedded-message.ts'
import { createFFmpegNews } from './ffmpeg-news.ts'
import type { FFmpeg } from './ffmpeg.ts'

/** What the files are called in the file system of the embedded FFmpeg, which has nothing else. */
const NAMES = { source: 'file:/source', made: 'file:/made' } as const

/** The most memory of the embedded one, in bytes: 4K is converted in half of it, and 8K needs another FFmpeg. */
const MOST_MEMORY = 1024 ** 3

const compiled = new Map<number, Promise<WebAssembly.Module>>()

/** What has been compiled for one thread, and made fast while it ran, is so for the next with as much memory. */
function compile(limits: ProgramLimits): Promise<WebAssembly.Module> {
  const mostBytes = Math.min(MOST_MEMORY, limits.mostMemoryBytes)
  const known = compiled.get(mostBytes) ?? compileWith(mostBytes)
  compiled.set(mostBytes, known)
  return known
}

async function compileWith(mostBytes: number): Promise<WebAssembly.Module> {
  // The package has it twice. This is the one that bundles find, so that the other need not be there (scripts/lean.cjs).
  const code = await readFile(createRequire(import.meta.url).resolve('@ffmpeg/core/wasm'))
  return WebAssembly.compile(limitMemory(code, mostBytes))
}

/** The FFmpeg in the package @ffmpeg/core, each run in a thread of its own: WebAssembly gives no memory back before it ends. */
export const EMBEDDED: FFmpeg = {
  engine: 'embedded',
  async run(call, toArguments) {
    call.signal.throwIfAborted()
    const { source, made } = call
    const task: EmbeddedTask = {
      source,
      made,
      args: toArguments(NAMES),
      code: await compile(call.limits),
    }
    call.signal.throwIfAborted()
    const thread = new Worker(new URL('./embedded-thread.ts', import.meta.url), {
      workerData: task,
      execArgv: [],
      env: {},
    })
    const news = createFFmpegNews(call.onProgress)
    let excess: Excess | undefined
    let code: number | undefined
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const end = (): void => void thread.terminate()
    const watched = { pid: undefined, written: made, limits: call.limits }
    const watch = watchLimits(watched, (exceeded) => {
      excess = exceeded
      end()
    })
    call.signal.addEventListener('abort', end)
    thread
      .on('message', (message: EmbeddedMessage) => {
        if ('code' in message) code = message.code
        else if (message.from === 'stderr') news.onErrors(`${message.line}\n`)
        else news.onOutput(`${message.line}\n`)
      })
      .on('error', reject)
      .on('exit', () => resolve())
    try {
      await promise
      call.signal.throwIfAborted()
      excess ??= await findExcess(made, call.limits)
      return { code, excess, log: news.log(), reached: news.reached() }
    } finally {
      watch.stop()
      call.signal.removeEventListener('abort', end)
    }
  },
}
