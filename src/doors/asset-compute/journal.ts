import * as z from 'zod/mini'
import { type Database, SWEPT_AT_ONCE } from '../../home/database.ts'

/** Adobe I/O Events keeps a journal's events for seven days. */
export const RETENTION_MS = 7 * 24 * 60 * 60 * 1000

/**
 * The longest that an event may be held back, in milliseconds. One that seems to be held for longer was stored before the
 * clock was set back, and is shown.
 */
const LONGEST_HOLD_MS = 1000

/** Events in a page when the reader names no limit. */
const DEFAULT_PAGE_EVENTS = 100

/** A page holds no more than 1.5 MB of events, but at least one. */
const LARGEST_PAGE_BYTES = 1.5 * 1000 * 1000

const eventRow = z.object({ position: z.int(), visible_at: z.int(), event: z.string() })
const numberRow = z.object({ value: z.nullable(z.int()) })

/** A stretch of a journal. */
export interface JournalPage {
  /** Positions and the JSON texts of their events, oldest first. */
  events: { position: number; json: string }[]
  /** Where the next page begins: after this position. */
  last: number
  /** In how many milliseconds the next event may be shown, if it is stored already. */
  heldForMs: number | undefined
}

/** An event on its way into the journal. */
export interface JournalEntry {
  registrationId: string
  /** The token of the program that waits for it. */
  tokenId: string
  /** Before this time nobody gets to see it, at most {@link LONGEST_HOLD_MS} from now; milliseconds since 1970. */
  visibleAt: number
  event: object
}

/** The ordered lists of events, one a registration. Positions only ever grow. */
export interface Journal {
  /** Adds an event; to be called inside {@link Database.write}, and followed by {@link Journal.announce}. */
  append: (entry: JournalEntry) => void
  /** Wakes those who wait for this journal. */
  announce: (registrationId: string) => void
  /** Events after `since`, at most `limit` of them. */
  read: (registrationId: string, since: number, limit?: number) => JournalPage
  /** Resolves at the next {@link Journal.announce}, after so many milliseconds, or when `signal` aborts. */
  changed: (registrationId: string, waitMs: number, signal: AbortSignal) => Promise<void>
  /** How many events come after `since`. */
  count: (registrationId: string, since: number) => number
  /** The newest position of all. */
  end: () => number
  /**
   * Where a reader begins who asks for `latest`: at the end, but not beyond an event that answers this reader's own
   * request and was not handed to it yet. Adobe's client polls for the first time only after its first `/process` was
   * answered, and begins again with `latest` after every error, so that a plain end would lose it a fast worker's event.
   */
  latestFor: (registrationId: string, tokenId: string) => number
  /** The position before the first event that is not older than `time`. */
  before: (registrationId: string, time: number) => number
  /**
   * Notes that a reader was handed everything up to `position`, at once for this life of the service; the promise
   * resolves when the note is on the disk, and never rejects.
   */
  delivered: (registrationId: string, tokenId: string, position: number) => Promise<void>
  /** Removes events past their {@link RETENTION_MS}. */
  sweep: () => Promise<void>
}

/** Opens the journals in `database`. */
export function openJournal(database: Database, now: () => number): Journal {
  const insert = database.prepare(
    'INSERT INTO events (registration_id, token_id, created_at, visible_at, event) VALUES (?, ?, ?, ?, ?)',
  )
  const select = database.prepare(
    'SELECT position, visible_at, event FROM events WHERE registration_id = ? AND position > ? ORDER BY position LIMIT ?',
  )
  const selectCount = database.prepare(
    'SELECT count(*) AS value FROM events WHERE registration_id = ? AND position > ?',
  )
  const selectEnd = database.prepare(
    "SELECT seq AS value FROM sqlite_sequence WHERE name = 'events'",
  )
  const selectUndelivered = database.prepare(
    `SELECT min(position) AS value FROM events WHERE registration_id = ?1 AND token_id = ?2 AND position >
       max(?3, coalesce((SELECT delivered FROM readers WHERE registration_id = ?1 AND token_id = ?2), 0))`,
  )
  const selectFirstSince = database.prepare(
    'SELECT min(position) AS value FROM events WHERE registration_id = ? AND created_at >= ?',
  )
  const upsertReader = database.prepare(
    `INSERT INTO readers (registration_id, token_id, delivered)
       SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM registrations WHERE id = ?1)
       ON CONFLICT DO UPDATE SET delivered = max(delivered, excluded.delivered)`,
  )
  const selectRegistrations = database.prepare('SELECT id FROM registrations')
  const selectLastToSweep = database.prepare(
    `SELECT max(position) AS value FROM (SELECT position FROM events
       WHERE registration_id = ? AND created_at < ? ORDER BY created_at LIMIT ${SWEPT_AT_ONCE})`,
  )
  const deleteUpTo = database.prepare(
    'DELETE FROM events WHERE registration_id = ? AND position <= ?',
  )
  // A reader who has not come beyond what is gone begins with what is left, as if it were not known.
  const deleteReaders = database.prepare(
    'DELETE FROM readers WHERE registration_id = ? AND delivered <= ?',
  )
  const markSwept = database.prepare('UPDATE registrations SET swept_position = ? WHERE id = ?')

  const waiting = new Map<string, Set<() => void>>()
  /** What readers were handed and is not on the disk yet. */
  const handedOver = new Map<string, number>()

  const end = () => numberOf(selectEnd.get()) ?? 0

  return {
    append({ registrationId, tokenId, visibleAt, event }) {
      insert.run(registrationId, tokenId, now(), visibleAt, JSON.stringify(event))
    },

    announce(registrationId) {
      for (const wake of waiting.get(registrationId) ?? []) wake()
    },

    read(registrationId, since, limit = DEFAULT_PAGE_EVENTS) {
      const page: JournalPage = { events: [], last: since, heldForMs: undefined }
      let bytes = 0
      for (const row of select.iterate(registrationId, since, limit)) {
        const { position, visible_at: visibleAt, event: json } = eventRow.parse(row)
        const holdMs = visibleAt - now()
        if (holdMs > 0 && holdMs <= LONGEST_HOLD_MS) {
          // Whatever comes after it waits as well, or a reader would step over it.
          page.heldForMs = holdMs
          break
        }
        bytes += Buffer.byteLength(json)
        if (bytes > LARGEST_PAGE_BYTES && page.events.length > 0) break
        page.events.push({ position, json })
        page.last = position
      }
      return page
    },

    changed(registrationId, waitMs, signal) {
      return new Promise((resolve) => {
        const waiters = waiting.get(registrationId) ?? new Set()
        waiting.set(registrationId, waiters)
        function wake(): void {
          clearTimeout(timer)
          signal.removeEventListener('abort', wake)
          waiters.delete(wake)
          if (waiters.size === 0) waiting.delete(registrationId)
          resolve()
        }
        const timer = setTimeout(wake, Math.max(0, waitMs))
        waiters.add(wake)
        signal.addEventListener('abort', wake)
        if (signal.aborted) wake()
      })
    },

    count: (registrationId, since) => numberOf(selectCount.get(registrationId, since)) ?? 0,
    end,

    latestFor(registrationId, tokenId) {
      const undelivered = numberOf(
        selectUndelivered.get(
          registrationId,
          tokenId,
          handedOver.get(`${registrationId} ${tokenId}`) ?? 0,
        ),
      )
      return undelivered === undefined ? end() : undelivered - 1
    },

    before(registrationId, time) {
      const first = numberOf(selectFirstSince.get(registrationId, time))
      return first === undefined ? end() : first - 1
    },

    async delivered(registrationId, tokenId, position) {
      const reader = `${registrationId} ${tokenId}`
      handedOver.set(reader, Math.max(position, handedOver.get(reader) ?? 0))
      try {
        await database.write(() => upsertReader.run(registrationId, tokenId, position))
        if (handedOver.get(reader) === position) handedOver.delete(reader)
      } catch {
        // The disk refused: the note lives as long as the service does.
      }
    },

    async sweep() {
      for (const row of selectRegistrations.all()) {
        const id = String(row['id'])
        await database.sweep(() => {
          const last = numberOf(selectLastToSweep.get(id, now() - RETENTION_MS))
          if (last === undefined) return false
          deleteUpTo.run(id, last)
          deleteReaders.run(id, last)
          markSwept.run(last, id)
          return true
        })
      }
    },
  }
}

function numberOf(row: unknown): number | undefined {
  return row === undefined ? undefined : (numberRow.parse(row).value ?? undefined)
}
