import { Worker } from 'node:worker_threads'
import { createQueue } from './queue.ts'

/** How a thread is run. */
export interface ThreadOptions {
  /** The module that runs in the thread and calls {@link serveThread}. */
  readonly module: URL
  /** The time limit of one task, in milliseconds; the start of the thread counts when it has to be started. */
  readonly longestMs: number
  /** As much memory as an idle thread may keep, in bytes. WebAssembly gives none back before it ends. */
  readonly mostHeldBytes: number
}

/** What a thread answers to a task. */
export interface ThreadReply<Result> {
  readonly result: Result
  /** The memory that the thread will keep, in bytes. */
  readonly heldBytes: number
}

/** What a thread can do: a function of one task, whose argument and result can be sent between threads. */
export type ThreadWork = (task: never) => unknown

/** Does tasks one after the other in a thread of its own. */
export interface Thread<Work extends ThreadWork> {
  /**
   * Resolves with the result of a task, or with undefined when there was none in time; rejects with what the thread throws.
   * The thread is replaced after either.
   *
   * @param signal - drops a task that has not begun, and ends the thread that does it; the promise then rejects with its
   *   reason, when the thread is gone
   */
  readonly run: (
    task: Parameters<Work>[0],
    signal?: AbortSignal,
  ) => Promise<Awaited<ReturnType<Work>> | undefined>
  /** Starts the thread before the first task, which would start it otherwise. */
  readonly warm: () => void
}

/**
 * Has tasks done in a thread, where one that takes seconds blocks nothing and one that fails harms nothing. The thread
 * stays for the next task, and keeps no process from ending.
 *
 * @typeParam Work - the function that the module gives to {@link serveThread}
 */
export function createThread<Work extends ThreadWork>({
  module,
  longestMs,
  mostHeldBytes,
}: ThreadOptions): Thread<Work> {
  type Result = Awaited<ReturnType<Work>>
  const queue = createQueue(1)
  let idle: Worker | undefined
  let busy = false

  function startThread(): Worker {
    // The options of the process are none of its business, and with some of them no thread starts.
    const thread = new Worker(module, { execArgv: [] })
    // Nobody else listens while it is idle, and an error without a listener ends the process.
    thread.on('error', () => undefined)
    thread.on('exit', () => {
      if (idle === thread) idle = undefined
    })
    return thread
  }

  async function run(task: unknown, signal: AbortSignal | undefined): Promise<Result | undefined> {
    const thread = idle ?? startThread()
    idle = undefined
    busy = true
    thread.ref()
    let reply: ThreadReply<Result> | undefined
    try {
      reply = await ask(thread, task, { longestMs, signal })
      return reply?.result
    } finally {
      busy = false
      if (reply && reply.heldBytes <= mostHeldBytes) {
        thread.unref()
        idle = thread
      } else {
        await thread.terminate()
      }
    }
  }

  return {
    run: (task, signal) => queue.run(0, () => run(task, signal), signal),
    warm() {
      if (busy || idle !== undefined) return
      idle = startThread()
      idle.unref()
    },
  }
}

/** @returns undefined when there was no answer in time */
async function ask<Result>(
  thread: Worker,
  task: unknown,
  { longestMs, signal }: { readonly longestMs: number; readonly signal: AbortSignal | undefined },
): Promise<ThreadReply<Result> | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<ThreadReply<Result> | undefined>()
  const fail = (): void => reject(new Error('The thread has ended.'))
  const abort = (): void => reject(signal?.reason)
  const timer = setTimeout(() => resolve(undefined), longestMs)
  thread.on('message', resolve).on('error', reject).on('exit', fail)
  signal?.addEventListener('abort', abort)
  thread.postMessage(task)
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
    thread.off('message', resolve).off('error', reject).off('exit', fail)
  }
}
