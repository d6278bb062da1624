import { OperationError } from '../../base/operation-error.ts'
import { createThread } from '../../tasks/thread.ts'
import type { SevenZipOutcome, SevenZipTask, SevenZipWork } from './seven-zip-task.ts'

/** As long as an action may take, nearly: an archive of gigabytes is packed at some megabytes a second. */
const LONGEST_MS = 560_000

const THREAD = new URL('./seven-zip-thread.ts', import.meta.url)

/** Runs 7-Zip. */
export type RunSevenZip = (task: SevenZipTask, signal?: AbortSignal) => Promise<SevenZipOutcome>

/**
 * Has 7-Zip run as WebAssembly in a {@link createThread thread} of its own, which ends after each run: it sees the folders
 * of its task and no others, but it was written in C++ and reads what strangers send.
 *
 * @param options.longestMs - the time limit of a run
 */
export function createSevenZip({ longestMs = LONGEST_MS } = {}): RunSevenZip {
  const { run } = createThread<SevenZipWork>({ module: THREAD, longestMs, mostHeldBytes: 0 })

  return async (task, signal) => {
    const outcome = await run(task, signal)
    if (outcome !== undefined) return outcome
    throw new OperationError('source_too_slow', { task: 'unpack', seconds: longestMs / 1000 })
  }
}

/** {@link RunSevenZip} in the one thread of this process. */
export const runSevenZip = createSevenZip()
