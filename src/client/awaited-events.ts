import type { JournalEvent } from './read-journal.ts'
import { readPosition } from './rendition-mark.ts'

/** Requests whose events are awaited: one for each of their renditions. */
export interface AwaitedEvents {
  /**
   * Begins to wait for the events of a request; to be called before it is sent.
   *
   * @returns the event of each rendition, in their order
   */
  expect: (requestId: string, renditions: number) => Promise<JournalEvent>[]
  /** Takes an event, if it is awaited. */
  take: (event: JournalEvent) => void
  /** Nobody waits for the events of a request any more. */
  forget: (requestId: string) => void
  /** Whether an event is awaited. */
  isAwaited: () => boolean
  /** No event is going to come any more of what is awaited now. */
  giveUp: (error: unknown) => void
}

/** Waits for the events of requests that were sent as `prepareRequest` has them. */
export function createAwaitedEvents(): AwaitedEvents {
  const requests = new Map<string, readonly PromiseWithResolvers<JournalEvent>[]>()
  return {
    expect(requestId, renditions) {
      const awaited = Array.from({ length: renditions }, () =>
        Promise.withResolvers<JournalEvent>(),
      )
      requests.set(requestId, awaited)
      // Whoever waits for the answer to the request does not wait for its events yet.
      for (const { promise } of awaited) promise.catch(() => undefined)
      return awaited.map(({ promise }) => promise)
    },
    take(event) {
      requests.get(event.requestId ?? '')?.[readPosition(event.rendition) ?? -1]?.resolve(event)
    },
    forget: (requestId) => void requests.delete(requestId),
    isAwaited: () => requests.size > 0,
    giveUp(error) {
      for (const { reject } of Array.from(requests.values()).flat()) reject(error)
    },
  }
}
