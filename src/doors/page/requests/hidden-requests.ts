import { randomUUID } from 'node:crypto'
import { ServiceError } from '../../../base/errors.ts'
import type { JournalEvent } from '../../../client/read-journal.ts'
import type { Connection } from './connection.ts'

/** How long a browser does not ask again for what could not be made. */
const FAILURE_SECONDS = 60

/** Requests of the page itself, which are in no history: for pictures that a browser shows, and archives. */
export interface HiddenRequests {
  /**
   * Has the service make a file, once: it is kept in the storage, and who asks meanwhile waits for the same.
   *
   * @param key - where it is kept
   * @param toBody - writes the body of `POST /process` for one rendition with this target
   * @throws {ServiceError} 404 with the message of the event when it cannot be made
   */
  make: (key: string, toBody: (target: string) => Promise<object>) => Promise<void>
  /** Takes an event, if it is for one of these. */
  take: (event: JournalEvent) => void
  /** Whether an event is awaited. */
  isAwaited: () => boolean
  /** No event is going to come any more. */
  giveUp: (error: ServiceError) => void
}

/**
 * Makes what sends the {@link HiddenRequests}.
 *
 * @param connection - is there once something is to be made
 */
export function createHiddenRequests(connection: () => Connection): HiddenRequests {
  const waiting = new Map<string, PromiseWithResolvers<JournalEvent>>()
  const making = new Map<string, Promise<void>>()

  async function makeNow(key: string, toBody: (target: string) => Promise<object>): Promise<void> {
    const { storage, send, follow } = connection()
    if ((await storage.stat(key)) !== undefined) return
    const id = randomUUID()
    const body = await toBody(await storage.targetUrl(key))
    const told = Promise.withResolvers<JournalEvent>()
    waiting.set(id, told)
    try {
      // Who gives up does so before the request is answered, too.
      const [event] = await Promise.all([told.promise, send(id, body).then(follow)])
      if (event.type === 'rendition_created') return
      throw new ServiceError(
        'not_found',
        event.errorMessage ?? 'The worker failed without saying why.',
        {
          // Lists show one source many times.
          headers: { 'cache-control': `private, max-age=${FAILURE_SECONDS}` },
        },
      )
    } finally {
      waiting.delete(id)
    }
  }

  return {
    make(key, toBody) {
      const made = making.get(key) ?? makeNow(key, toBody).finally(() => making.delete(key))
      making.set(key, made)
      return made
    },
    take: (event) => waiting.get(event.requestId ?? '')?.resolve(event),
    isAwaited: () => waiting.size > 0,
    giveUp(error) {
      for (const { reject } of waiting.values()) reject(error)
    },
  }
}
