import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { type Excess, findExcess, watchLimits } from '../../programs/program-limits.ts'
import type { EmbeddedMessage, EmbeddedTask } from './embedded-message.ts'
import type { FFmpeg } from './ffmpeg.ts'
import { createFFmpegNews } from './ffmpeg-news.ts'

/** What the files are called in the file system of the embedded FFmpeg, which has nothing else. */
const NAMES = { source: 'file:/source', made: 'file:/made' } as const

let compiled: Promise<WebAssembly.Module> | undefined

/** What has been compiled for one thread, and made fast while it ran, is so for the next. */
function compile(): Promise<WebAssembly.Module> {
  compiled ??= readFile(fileURLToPath(import.meta.resolve('@ffmpeg/core/wasm'))).then((bytes) =>
    WebAssembly.compile(bytes),
  )
  return compiled
}

/** The FFmpeg in the package @ffmpeg/core, each run in a thread of its own: WebAssembly gives no memory back before it ends. */
export const EMBEDDED: FFmpeg = {
  engine: 'embedded',
  async run(call, toArguments) {
    call.signal.throwIfAborted()
    const { source, made } = call
    const task: EmbeddedTask = { source, made, args: toArguments(NAMES), code: await compile() }
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
