import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { keepCompiledCode } from '../base/compile-cache.ts'
import { isRecord } from '../base/json.ts'
import { OperationError } from '../base/operation-error.ts'
import { endHere, listenToParent } from '../tasks/child.ts'
import { type AnswerMessage, folderOf, type Made, type WorkMessage } from './messages.ts'

/**
 * Has this process do what the service that has started it sends, one work at a time, and end with that service.
 *
 * @param perform - does a work in a folder of this process, which is emptied after it; an {@link OperationError} is told by its code,
 *   and anything else is a fault of the house
 */
export function serveWork<Work, Result>(
  perform: (message: WorkMessage<Work>) => Promise<Made<Result>>,
): void {
  async function answer(message: WorkMessage<Work>): Promise<void> {
    const outcome = await performInFolder(message).then(
      (made) => ({ outcome: 'done', ...made }) as const,
      (error: unknown) => {
        if (error instanceof OperationError) {
          return { outcome: 'failed', failure: { code: error.code, fields: error.fields } } as const
        }
        const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
        const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
        return { outcome: 'broken', stack, code } as const
      },
    )
    const { bytes, ...said } = { bytes: undefined, ...outcome, held: process.memoryUsage().rss }
    service.send(said satisfies AnswerMessage<Result>, bytes)
    // It is ended at a moment that it does not choose, and what it has compiled would be lost.
    keepCompiledCode()
  }

  let made: Promise<unknown> | undefined

  async function performInFolder({ work, folder }: WorkMessage<Work>): Promise<Made<Result>> {
    const own = folderOf(folder, process.pid)
    made ??= mkdir(own, { recursive: true, mode: 0o700 })
    await made
    try {
      return await perform({ work, folder: own })
    } finally {
      for (const name of await readdir(own)) await rm(join(own, name), { recursive: true })
    }
  }

  const service = listenToParent({
    hear: (said) => void (isWork<Work>(said) && answer(said)),
    // Whoever started it is gone, and nobody else wants what it makes.
    ended: endHere,
  })
}

/** Whoever started it says nothing else. */
function isWork<Work>(said: unknown): said is WorkMessage<Work> {
  return isRecord(said)
}
