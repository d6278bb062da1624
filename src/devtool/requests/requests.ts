import path from 'node:path'
import { Hono } from 'hono'
import type { JournalEvent } from '../../client/journal.ts'
import type { SignIn } from '../../client/sign-in.ts'
import { HttpError } from '../../contract/errors.ts'
import type { DevtoolRequest } from '../api.ts'
import { openDatabase } from '../database.ts'
import { createProfileRoutes } from '../profiles/profile-routes.ts'
import { openProfiles } from '../profiles/profiles.ts'
import { createSourceRoutes } from '../sources/source-routes.ts'
import { openSources, sourceKey } from '../sources/sources.ts'
import type { Updates } from '../updates.ts'
import { beginActivation, endActivation } from './activation-progress.ts'
import { type ActivationSource, readAssignment } from './activations.ts'
import { type Connection, openConnection } from './connection.ts'
import { createDerivedFiles } from './derived-files.ts'
import { createHiddenRequests } from './hidden-requests.ts'
import { isPending, openHistory } from './history.ts'
import { readMark } from './rendition-mark.ts'
import type { RequestFiles } from './request-files.ts'
import { createdFile, createRequestRoutes } from './request-routes.ts'
import { createRequestSender } from './request-sender.ts'
import { readCreatedFile, renditionKey, settleRendition } from './settled-rendition.ts'

const LOST = {
  reason: 'GenericError',
  message: 'The journal of the service does not tell any more what became of this rendition.',
}

/** What the page sends to the service, and what it remembers of it. */
export interface DevtoolRequests {
  /** `/sources`, `/samples`, `/profiles` and `/requests`, to be mounted at `/devtool/api`. */
  routes: Hono
  files: RequestFiles
  /** To be called once the service can be reached: goes on with what was under way when it ended. */
  start: () => void
  /** Ends every conversation with the service and closes the history; to be called when no activation is left. */
  close: () => Promise<void>
}

/**
 * Opens the developer page's requests, whose state is `devtool.sqlite` in `options.home`. Nothing is asked of the service
 * before the page wants something, or {@link DevtoolRequests.start}.
 *
 * @param options.origin - that of the service; asked when the first request is sent
 * @param options.signIn - gets a token of a client that nobody else is, so that its journal is its own
 * @param options.samples - a folder of pictures
 * @param options.eventsUrl - where activations post their events
 * @param options.stopping - aborts when the service begins to stop
 * @throws {Error} one sentence, when the file is damaged or used by another service
 */
export function openRequests(options: {
  home: string
  origin: () => string
  signIn: SignIn
  samples: string
  activations: ActivationSource
  eventsUrl: () => string
  updates: Updates
  stopping: AbortSignal
  log: { warn: (message: string) => void }
  now: () => number
}): DevtoolRequests {
  const { origin, signIn, updates, stopping, log, now } = options
  const database = openDatabase(path.join(options.home, 'devtool.sqlite'))
  const history = openHistory(database, updates)
  const hidden = createHiddenRequests(connect)
  let connection: Connection | undefined
  let closed = false

  function connect(): Connection {
    if (closed) throw new HttpError(503, 'The service is stopping.')
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

  async function prepare(events: readonly JournalEvent[]): Promise<() => void> {
    const endedAt = now()
    const notes = await Promise.all(
      events.map(async (event) => {
        hidden.take(event)
        const { requestId = '' } = event
        const position = readMark(event.rendition) ?? -1
        const rendition = history.find(requestId)?.renditions[position]
        if (rendition === undefined || !isPending(rendition)) return undefined
        const file =
          event.type === 'rendition_created'
            ? await readCreatedFile(event, renditionKey(requestId, position), storage())
            : undefined
        return () => {
          history.change(requestId, (request) =>
            settleRendition(request, position, event, { file, endedAt }),
          )
        }
      }),
    )
    return () => {
      for (const noteOne of notes) noteOne?.()
    }
  }

  function giveUp(): void {
    hidden.giveUp(new HttpError(503, LOST.message))
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
  const run = createRequestSender({ sources, history, connection: connect, now })

  return {
    routes: new Hono()
      .route('/', createSourceRoutes({ sources, storage, derived }))
      .route('/', createRequestRoutes({ history, run, storage, derived }))
      .route('/', createProfileRoutes(openProfiles(database))),
    files: {
      request: history.find,
      copySource: async (id, file) => storage().save(sourceKey(sources.find(id)), file),
      copyRendition: async (requestId, position, file) =>
        storage().save(
          createdFile(history, { id: requestId, position: String(position) }).key,
          file,
        ),
    },
    start() {
      if (history.isPending()) connect().follow()
    },
    async close() {
      closed = true
      hidden.giveUp(new HttpError(503, 'The service is stopping.'))
      await connection?.close()
      database.close()
    },
  }
}
