import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { keepCompiledCode } from '../base/compile-cache.ts'
import { OperationError } from '../base/operation-error.ts'
import type { AnswerMessage, WorkMessage } from './messages.ts'

/**
 * Has this process do what the service that has started it sends, one work at a time, and end with that service.
 *
 * @param perform - does a work; an {@link OperationError} is told by its code, and anything else is a fault of the house
 */
export function serveWork<Work, Result>(
  perform: (message: WorkMessage<Work>) => Promise<Result>,
): void {
  async function answer(message: WorkMessage<Work>): Promise<void> {
    const outcome = await performAndClean(message).then(
      (result) => ({ outcome: 'done', result }) as const,
      (error: unknown) => {
        if (error instanceof OperationError) {
          return { outcome: 'failed', failure: { code: error.code, fields: error.fields } } as const
        }
        const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
        return { outcome: 'broken', stack } as const
      },
    )
    const said: AnswerMessage<Result> = { ...outcome, held: process.memoryUsage().rss }
    process.send?.(said)
    // It is ended at a moment that it does not choose, and what it has compiled would be lost.
    keepCompiledCode()
  }

  async function performAndClean(message: WorkMessage<Work>): Promise<Result> {
    const { folder } = message
    try {
      return await perform(message)
    } finally {
      for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true })
    }
  }

  process.on('message', (message: WorkMessage<Work>) => void answer(message))
  // Whoever started it is gone, and nobody else wants what it makes.
  process.on('disconnect', () => process.exit())
}
