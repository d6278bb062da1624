import { Hono } from 'hono'
import { ServiceError } from '../../../base/errors.ts'
import type { JournalEvent } from '../../../client/read-journal.ts'
import { readPosition } from '../../../client/rendition-mark.ts'
import type { SignIn } from '../../../client/sign-in.ts'
import { createQueue } from '../../../tasks/queue.ts'
import type { DevtoolRequest, Rendition } from '../api.ts'
import type { Storage } from '../files/storage.ts'
import type { PageDatabase } from '../page-database.ts'
import { openSources, sourceKey } from '../sources/kept-sources.ts'
import { createSourceRoutes } from '../sources/source-routes.ts'
import type { Updates } from '../update-channel.ts'
import { beginActivation, endActivation } from './activation-progress.ts'
import { type ActivationSource, readAssignment } from './assignments.ts'
import { type Connection, openConnection } from './connection.ts'
import { createdFile, readCreatedFile } from './created-file.ts'
import { createDerivedFiles, type DerivedFiles } from './derived-files.ts'
import { createHiddenRequests } from './hidden-requests.ts'
import { renditionKey } from './rendition-key.ts'
import type { RequestFiles } from './request-files.ts'
import { findRequest, isPending, openHistory } from './request-history.ts'
import { createRequestRoutes } from './request-routes.ts'
import { createRequestSender } from './request-sender.ts'
import type { StreamZip } from './run-archive.ts'
import { type CancelRequests, createRuns } from './runs.ts'
import { type SettledRendition, settleRenditions } from './settled-rendition.ts'

/** Files that the storage is asked for at a time. */
const FILES_AT_ONCE = 16

const LOST = {
  reason: 'GenericError',
  message: 'The journal of the service does not tell any more what became of this rendition.',
}

/** What the page sends to the service, and what it remembers of it. */
export interface DevtoolRequests {
  /** `/sources`, `/samples`, `/requests` and `/runs`, to be mounted at `/devtool/api`. */
  routes: Hono
  files: RequestFiles
  derived: DerivedFiles
  storage: () => Storage
  /** To be called once the service can be reached: goes on with what was under way when it ended. */
  start: () => void
  /** Ends every conversation with the service; to be called when no activation is left. */
  close: () => Promise<void>
}

/**
 * Opens the developer page's requests. Nothing is asked of the service before the page wants something, or
 * {@link DevtoolRequests.start}.
 *
 * @param options.origin - that of the service; asked when the first request is sent
 * @param options.signIn - gets a token of a client that nobody else is, so that its journal is its own
 * @param options.samples - a folder of pictures
 * @param options.eventsUrl - where activations post their events
 * @param options.cancel - ends requests of that client
 * @param options.stopping - aborts when the service begins to stop
 */
export function openPageRequests(options: {
  database: PageDatabase
  origin: () => string
  signIn: SignIn
  samples: string
  activations: ActivationSource
  eventsUrl: () => string
  cancel: CancelRequests
  streamZip: StreamZip
  updates: Updates
  stopping: AbortSignal
  log: { warn: (message: string) => void }
  now: () => number
}): DevtoolRequests {
  const { database, origin, signIn, updates, stopping, log, now } = options
  const history = openHistory(database, updates)
  const hidden = createHiddenRequests(connect)
  let connection: Connection | undefined
  let closed = false

  function connect(): Connection {
    if (closed) throw new ServiceError('stopping', 'The service is stopping.')
    connection ??= openConnection({
      origin: origin(),
      signIn,
      database,
      prepare,
      isAwaited: () => hidden.isAwaited() || history.isPending(),
      onLost: giveUp,
      stopping,
      log,
    })
    return connection
  }

  const storage = () => connect().storage
  const files = createQueue(FILES_AT_ONCE)

  async function readOutcome(
    id: string,
    renditions: readonly Rendition[],
    event: JournalEvent,
  ): Promise<SettledRendition[]> {
    const position = readPosition(event.rendition) ?? -1
    const rendition = renditions[position]
    if (rendition === undefined || !isPending(rendition)) return []
    const file =
      event.type === 'rendition_created'
        ? await files.run(0, () => readCreatedFile(event, renditionKey(id, position), storage()))
        : undefined
    return [{ position, event, file }]
  }

  async function prepare(events: readonly JournalEvent[]): Promise<() => void> {
    const endedAt = now()
    for (const event of events) hidden.take(event)
    // A request is read and written as a whole, and may have as many renditions as there are events.
    const byRequest = Map.groupBy(events, ({ requestId = '' }) => requestId)
    const settled = await Promise.all(
      Array.from(byRequest, async ([id, own]) => {
        const renditions = history.find(id)?.renditions ?? []
        const outcomes = await Promise.all(own.map((event) => readOutcome(id, renditions, event)))
        return { id, outcomes: outcomes.flat() }
      }),
    )
    return () => {
      for (const { id, outcomes } of settled) {
        if (outcomes.length === 0) continue
        history.change(id, (request) => settleRenditions(request, outcomes, endedAt))
      }
    }
  }

  function giveUp(): void {
    hidden.giveUp(new ServiceError('stopping', LOST.message))
    const endedAt = now()
    for (const { id } of history.pending()) {
      history.change(id, (request) => ({
        ...request,
        renditions: request.renditions.map((rendition) =>
          isPending(rendition)
            ? { ...rendition, state: 'failed', failure: LOST, endedAt }
            : rendition,
        ),
      }))
    }
  }

  /** The host goes on, whatever goes wrong here. */
  function note(id: string, change: (request: DevtoolRequest) => DevtoolRequest): void {
    if (closed) return
    try {
      history.change(id, change)
    } catch (error) {
      log.warn(`The developer page could not note what became of ${id}: ${String(error)}`)
    }
  }

  options.activations.onActivationBegin(({ start }, params) => {
    const assignment = readAssignment(params)
    if (assignment?.works !== true) return
    note(assignment.requestId, (request) => beginActivation(request, assignment, start))
  })
  options.activations.onActivationEnd((activation, params, exchanges) => {
    const assignment = readAssignment(params)
    if (assignment === undefined) return
    const eventsUrl = options.eventsUrl()
    note(assignment.requestId, (request) =>
      endActivation(request, assignment, activation, { exchanges, eventsUrl }),
    )
  })

  const sources = openSources({ database, storage, samples: options.samples })
  const derived = createDerivedFiles(storage, hidden)
  const send = createRequestSender({ sources, history, connection: connect, now })
  const runs = createRuns({ send, history, cancel: options.cancel })

  return {
    routes: new Hono()
      .route('/', createSourceRoutes({ sources, storage, derived }))
      .route('/', createRequestRoutes({ ...options, history, runs, storage, derived })),
    files: {
      request: history.find,
      copySource: async (id, file) => storage().save(sourceKey(sources.find(id)), file),
      copyRendition: async (requestId, position, file) =>
        storage().save(createdFile(findRequest(history, requestId), position).key, file),
    },
    derived,
    storage,
    start() {
      if (history.isPending()) connect().follow()
    },
    async close() {
      closed = true
      hidden.giveUp(new ServiceError('stopping', 'The service is stopping.'))
      await connection?.close()
    },
  }
}
