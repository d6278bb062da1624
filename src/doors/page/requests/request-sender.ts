import { randomUUID } from 'node:crypto'
import { chooseBuiltInWorker } from '../../../contract/formats.ts'
import { createQueue } from '../../../tasks/queue.ts'
import type { DevtoolRequest, Instructions, Rendition, Run as Wanted } from '../api.ts'
import type { Storage } from '../files/storage.ts'
import { type Sources, sourceKey } from '../sources/kept-sources.ts'
import type { Connection } from './connection.ts'
import { type RequestUrls, toProcessBody, unsigned } from './process-body.ts'
import { renditionKey } from './rendition-key.ts'
import { markRendition } from './rendition-mark.ts'
import type { RequestHistory } from './request-history.ts'
import { type PlannedRequest, planRequests } from './request-plan.ts'

/** URLs that are asked for at a time. */
const URLS_AT_ONCE = 16

/**
 * Sends the requests that {@link planRequests} makes of what the page wants, one after the other.
 *
 * @throws {ServiceError} 404 for a source that is not there, and what the service refuses with its status and sentence; the
 *   requests before that one are under way
 */
export type Run = (wanted: Wanted) => Promise<DevtoolRequest[]>

/** Makes the {@link Run} of the page. */
export function createRequestSender(options: {
  sources: Sources
  history: RequestHistory
  connection: () => Connection
  now: () => number
}): Run {
  const { sources, history, connection, now } = options

  async function presign(
    storage: Storage,
    requestId: string,
    { source, files, renditions }: PlannedRequest,
  ): Promise<RequestUrls> {
    const queue = createQueue(URLS_AT_ONCE)
    const ids = [...(source === undefined ? [] : [source]), ...files].map((file) => file.id)
    const [read, targets] = await Promise.all([
      Promise.all(
        ids.map((id) => queue.run(0, () => storage.readUrl(sourceKey(sources.find(id))))),
      ),
      Promise.all(
        renditions.map((_, position) =>
          queue.run(0, () => storage.targetUrl(renditionKey(requestId, position))),
        ),
      ),
    ])
    return { read: new Map(ids.map((id, index) => [id, read[index] ?? ''])), targets }
  }

  async function send(planned: PlannedRequest): Promise<DevtoolRequest> {
    const { storage, send: process, follow } = connection()
    const id = randomUUID()
    const urls = await presign(storage, id, planned)
    const body = toProcessBody(planned, urls)
    const { source, files, renditions } = planned
    const request: DevtoolRequest = {
      id,
      sentAt: now(),
      ...(source !== undefined && { source }),
      files: [...files],
      renditions: renditions.map(toRendition),
      activations: [],
      body: toProcessBody(planned, unsigned(urls)),
    }
    // An activation may begin before the answer comes.
    history.begin(request)
    try {
      await process(id, { ...body, renditions: body.renditions.map(markRendition) })
    } catch (error) {
      history.discard(id)
      throw error
    }
    history.accept(id)
    follow()
    return history.find(id) ?? request
  }

  return async (wanted) => {
    const planned = planRequests([...new Set(wanted.sources)].map(sources.find), wanted.renditions)
    const sent: DevtoolRequest[] = []
    for (const each of planned) sent.push(await send(each))
    return sent
  }
}

function toRendition(instructions: Instructions): Rendition {
  const { worker } = instructions
  return {
    instructions,
    state: 'queued',
    worker: typeof worker === 'string' ? worker : chooseBuiltInWorker(instructions),
    spans: [],
  }
}
