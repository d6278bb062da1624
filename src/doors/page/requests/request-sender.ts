import { randomUUID } from 'node:crypto'
import { prepareRequest, type RenderRequest } from '../../../client/prepare-request.ts'
import { chooseBuiltInWorker } from '../../../contract/actions.ts'
import type { Instructions } from '../../../contract/instructions/instruction.ts'
import type { DevtoolRequest, KeptSource, Rendition, RunOfRequest, WantedRun } from '../api.ts'
import { type Sources, sourceKey } from '../sources/kept-sources.ts'
import type { Connection } from './connection.ts'
import { renditionKey } from './rendition-key.ts'
import type { RequestHistory } from './request-history.ts'
import { type PlannedRequest, planRequests, referTo } from './request-plan.ts'

/**
 * Sends the requests that {@link planRequests} makes of what the page wants, one after the other.
 *
 * @param wanted.id - of the run
 * @param signal - sends no more of them, once it is aborted
 * @returns those that were sent
 * @throws {ServiceError} 404 for a source that is not there, and what the service refuses with its status and sentence; the
 *   requests before that one are under way
 */
export type SendRun = (
  wanted: Omit<WantedRun, 'run'> & { readonly id: string },
  signal: AbortSignal,
) => Promise<DevtoolRequest[]>

/** Makes the {@link SendRun} of the page. */
export function createRequestSender(options: {
  sources: Sources
  history: RequestHistory
  connection: () => Connection
  now: () => number
}): SendRun {
  const { sources, history, connection, now } = options

  async function send(planned: PlannedRequest, run: RunOfRequest): Promise<DevtoolRequest> {
    const { storage, send: process, follow } = connection()
    const id = randomUUID()
    const { body, shown } = await prepareRequest(storage, toRenderRequest(id, planned, sources))
    const { source, files, renditions } = planned
    const request: DevtoolRequest = {
      id,
      sentAt: now(),
      run,
      ...(source !== undefined && { source }),
      files: [...files],
      renditions: renditions.map((instructions) => toRendition(instructions, source)),
      activations: [],
      body: shown,
    }
    // An activation may begin before the answer comes.
    history.begin(request)
    try {
      await process(id, body)
    } catch (error) {
      history.discard(id)
      throw error
    }
    history.accept(id)
    follow()
    return history.find(id) ?? request
  }

  return async ({ id, ...wanted }, signal) => {
    const planned = planRequests([...new Set(wanted.sources)].map(sources.find), wanted.renditions)
    const renditions = planned.reduce((sum, each) => sum + each.renditions.length, 0)
    const sent: DevtoolRequest[] = []
    for (const [position, each] of planned.entries()) {
      if (signal.aborted) break
      sent.push(await send(each, { id, position, renditions }))
    }
    return sent
  }
}

/** @throws {ServiceError} 404 for a source that is not there any more */
function toRenderRequest(
  id: string,
  { source, files, renditions }: PlannedRequest,
  sources: Sources,
): RenderRequest {
  const keptAs = (file: KeptSource) => ({ key: sourceKey(sources.find(file.id)) })
  return {
    id,
    source: source && { ...source, ...keptAs(source) },
    files: new Map(files.map((file) => [referTo(file), keptAs(file)])),
    renditions: renditions.map((instructions, position) => ({
      instructions,
      key: renditionKey(id, position),
    })),
  }
}

function toRendition(instructions: Instructions, source: KeptSource | undefined): Rendition {
  const { worker } = instructions
  return {
    instructions,
    state: 'queued',
    worker: typeof worker === 'string' ? worker : chooseBuiltInWorker(instructions, source),
    spans: [],
  }
}
