import { createEnding } from '../base/ending.ts'
import { createAwaitedEvents } from './awaited-events.ts'
import { prepareRequest, type RenderRequest } from './prepare-request.ts'
import type { JournalEvent } from './read-journal.ts'
import type { ServiceClient } from './service-client.ts'

/** A rendition of which the journal has told how it ended. */
export interface EndedRendition {
  /** In its request, from 0. */
  readonly position: number
  readonly event: JournalEvent
  /** Between the answer to `POST /process` and the event. */
  readonly milliseconds: number
}

/** Has a service make renditions, of any number of requests beside each other, and reads the journal for all. */
export interface Rendering {
  /**
   * Uploads what a request needs, sends it, and waits for its events.
   *
   * @param onEnd - is told of each rendition when it has ended, and waited for
   * @returns all renditions, in the order of the request
   * @throws {ServiceRefusal} what the service refuses, and what `onEnd` throws; the others of the request are not waited for
   */
  render: (
    request: RenderRequest,
    onEnd?: (rendition: EndedRendition) => Promise<void> | void,
  ) => Promise<EndedRendition[]>
  /** Stops to read the journal; what was still awaited has failed. */
  end: () => void
}

/** Begins to read the journal of a client, for the renditions that it will ask for. */
export function startRendering(
  client: Pick<ServiceClient, 'objects' | 'process' | 'events'>,
): Rendering {
  const awaited = createAwaitedEvents()
  const ended = new AbortController()
  const reading = createEnding()
  receive().catch(reading.end)

  async function receive(): Promise<void> {
    for await (const event of client.events(ended.signal)) awaited.take(event)
  }

  /** @returns when it was accepted, by `performance.now()` */
  async function send(request: RenderRequest): Promise<number> {
    const { body } = await prepareRequest(client.objects, request)
    await client.process(request.id, body)
    return performance.now()
  }

  return {
    async render(request, onEnd = () => undefined) {
      const events = awaited.expect(request.id, request.renditions.length)
      const accepted = send(request)
      const endings = events.map(async (told, position): Promise<EndedRendition> => {
        // An event may come before the answer to the request.
        const [event, acceptedAt] = await Promise.all([told, accepted])
        const ending = { position, event, milliseconds: performance.now() - acceptedAt }
        await onEnd(ending)
        return ending
      })
      const whole = Promise.all([accepted, ...endings]).then(
        ([_acceptedAt, ...renditions]) => renditions,
      )
      try {
        return await reading.unless(whole)
      } finally {
        awaited.forget(request.id)
      }
    },
    end: () => ended.abort(),
  }
}
