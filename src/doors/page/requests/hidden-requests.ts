import { randomUUID } from 'node:crypto'
import { ServiceError } from '../../../base/errors.ts'
import { createAwaitedEvents } from '../../../client/awaited-events.ts'
import { prepareRequest, type RenderRequest } from '../../../client/prepare-request.ts'
import type { JournalEvent } from '../../../client/read-journal.ts'
import type { Instructions } from '../../../contract/instructions/instruction.ts'
import type { Connection } from './connection.ts'

/** How long a browser does not ask again for what could not be made. */
const FAILURE_SECONDS = 60

/** A file that the service is to make, and of what. */
export interface WantedFile {
  readonly source?: RenderRequest['source']
  /** What texts within the instructions stand for. */
  readonly files?: RenderRequest['files']
  readonly instructions: Instructions
}

/** Requests of the page itself, which are in no history: for pictures that a browser shows. */
export interface HiddenRequests {
  /**
   * Has the service make a file, once: it is kept in the storage, and who asks meanwhile waits for the same.
   *
   * @param key - where it is kept
   * @throws {ServiceError} 404 with the message of the event when it cannot be made
   */
  make: (key: string, wanted: WantedFile) => Promise<void>
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
  const awaited = createAwaitedEvents()
  const making = new Map<string, Promise<void>>()

  async function makeNow(
    key: string,
    { source, files = new Map(), instructions }: WantedFile,
  ): Promise<void> {
    const { storage, send, follow } = connection()
    if ((await storage.stat(key)) !== undefined) return
    const id = randomUUID()
    const renditions = [{ instructions, key }]
    const { body } = await prepareRequest(storage, { id, source, files, renditions })
    const told = Promise.all(awaited.expect(id, renditions.length))
    try {
      // Who gives up does so before the request is answered, too.
      const [[event]] = await Promise.all([told, send(id, body).then(follow)])
      if (event?.type === 'rendition_created') return
      throw new ServiceError(
        'not_found',
        event?.errorMessage ?? 'The worker failed without saying why.',
        {
          // Lists show one source many times.
          headers: { 'cache-control': `private, max-age=${FAILURE_SECONDS}` },
        },
      )
    } finally {
      awaited.forget(id)
    }
  }

  return {
    make(key, wanted) {
      const made = making.get(key) ?? makeNow(key, wanted).finally(() => making.delete(key))
      making.set(key, made)
      return made
    },
    take: awaited.take,
    isAwaited: awaited.isAwaited,
    giveUp: awaited.giveUp,
  }
}
