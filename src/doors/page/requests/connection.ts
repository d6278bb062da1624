import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod/mini'
import { type JournalEvent, readPage, register } from '../../../client/read-journal.ts'
import { ServiceRefusal } from '../../../client/refusal.ts'
import { sendProcess } from '../../../client/service-client.ts'
import { openSession } from '../../../client/session.ts'
import type { SignIn } from '../../../client/sign-in.ts'
import { openStorage, relay, type Storage } from '../files/storage.ts'
import type { PageDatabase } from '../page-database.ts'

/** Before the journal is asked again after something went wrong, in milliseconds. */
const PAUSE_MS = 1000

/** What a journal answers that is not there any more, or not at this place: unregistered, replaced or expired. */
const LOST: ReadonlySet<number> = new Set([400, 404, 410])

const rowSchema = z.object({ next: z.string() })

/** The developer page as a registered client of the service. */
export interface Connection {
  readonly storage: Storage
  /**
   * Sends `POST /process`.
   *
   * @throws {ServiceError} with the status and the sentence of the service
   */
  send: (requestId: string, body: object) => Promise<void>
  /** Reads the journal from now on, for as long as an event is awaited. */
  follow: () => void
  /** Ends every conversation with the service. */
  close: () => Promise<void>
}

/**
 * Opens the connection, which signs in and registers with the first request. How far it has read the journal is in the
 * database, so that it misses nothing after a kill; what does not work is tried again until it does.
 *
 * @param options.origin - that of the service
 * @param options.prepare - gets events ready to be noted; what it resolves with notes them
 * @param options.isAwaited - whether there is an event to wait for
 * @param options.onLost - is told that events which are awaited will not come any more
 */
export function openConnection(options: {
  origin: string
  signIn: SignIn
  database: PageDatabase
  prepare: (events: readonly JournalEvent[]) => Promise<() => void>
  isAwaited: () => boolean
  onLost: () => void
  /** Aborts when the service begins to stop: a journal then answers at once, and with nothing. */
  stopping: AbortSignal
  log: { warn: (message: string) => void }
}): Connection {
  const { database, log } = options
  const session = openSession(options.origin, options.signIn)
  const closed = new AbortController()
  const ended = AbortSignal.any([closed.signal, options.stopping])
  let journal: Promise<string> | undefined
  let following: Promise<void> | undefined
  /** How often the journal was lost. */
  let restarts = 0

  function registered(): Promise<string> {
    journal ??= register(session).catch((error: unknown) => {
      journal = undefined
      throw error
    })
    return journal
  }

  const place = (): string | undefined =>
    database.all('SELECT next FROM journal').map((row) => rowSchema.parse(row).next)[0]

  function restart(): void {
    log.warn('The journal of the developer page begins anew; what it was waiting for is lost.')
    journal = undefined
    restarts += 1
    database.run('DELETE FROM journal')
    options.onLost()
  }

  async function readOn(): Promise<void> {
    const before = restarts
    // The journal is ours alone, so that a new one is read from its beginning.
    const url = await registered()
    try {
      const { events, next } = await readPage(session, place() ?? url, ended)
      const note = await options.prepare(events)
      // Whoever sent a request meanwhile may have found that this journal is gone.
      if (before !== restarts) return
      database.transaction(() => {
        note()
        database.run('INSERT OR REPLACE INTO journal (only, next) VALUES (1, ?)', next)
      })
    } catch (error) {
      if (!(error instanceof ServiceRefusal) || !LOST.has(error.status)) throw error
      if (before === restarts) restart()
    }
  }

  const isAwaited = (): boolean => !ended.aborted && options.isAwaited()

  async function followNow(): Promise<void> {
    let goesOn = true
    while (goesOn) {
      try {
        await readOn()
        goesOn = isAwaited()
      } catch (error) {
        if (ended.aborted) break
        log.warn(`The journal of the developer page cannot be read now: ${String(error)}`)
        await sleep(PAUSE_MS, undefined, { signal: ended }).catch(() => undefined)
      }
    }
    // At once after the last look, so that nothing can have begun to be awaited in between.
    following = undefined
  }

  return {
    storage: openStorage(session),
    async send(requestId, body) {
      const before = restarts
      const send = async () => {
        await registered()
        await sendProcess(session, requestId, body)
      }
      await relay(
        send().catch((error: unknown) => {
          if (!(error instanceof ServiceRefusal) || error.status !== 404) throw error
          if (before === restarts) restart()
          return send()
        }),
      )
    },
    follow() {
      if (following === undefined && isAwaited()) following = followNow()
    },
    async close() {
      closed.abort()
      await following
    },
  }
}
