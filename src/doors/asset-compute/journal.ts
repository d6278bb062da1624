import { type Given, prepareQuery } from '../../database/prepared-query.ts'
import type {
  ServiceDatabase,
  ServiceReading,
  ServiceWriting,
} from '../../database/service-database.ts'
import { SWEPT_AT_ONCE } from '../../home/group-commit.ts'
import { createWords, type NextWord } from '../../tasks/words.ts'
import type { Registration } from './registrations.ts'

/** Adobe I/O Events keeps a journal's events for seven days. */
export const RETENTION_MS = 7 * 24 * 60 * 60 * 1000

/**
 * The longest that an event may be held back, in milliseconds. One that seems to be held for longer was stored before the
 * clock was set back, and is shown.
 */
const LONGEST_HOLD_MS = 1000

/**
 * By how much an event may be younger than one behind it, in milliseconds: front ends are not of one mind about the time to the
 * millisecond.
 */
const CLOCKS_APART_MS = 1000

/** Events in a page when the reader names no limit. */
const DEFAULT_PAGE_EVENTS = 100

/** A page holds no more than 1.5 MB of events, but at least one. */
const LARGEST_PAGE_BYTES = 1.5 * 1000 * 1000

/** How many events are read at once: each may have a rendition of 32 KB in it. */
const READ_AT_ONCE = 20

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

/** The ordered lists of events, one a registration, each with positions of its own, which only ever grow. */
export interface Journal {
  /**
   * Adds an event. Those of one journal are committed in the order of their positions: whoever has read to a position has missed nothing
   * before it.
   *
   * @returns false when the registration has been removed meanwhile
   */
  append: (tables: ServiceWriting, entry: JournalEntry) => Promise<boolean>
  /** Events after `since`, at most `limit` of them. */
  read: (registrationId: string, since: number, limit?: number) => Promise<JournalPage>
  /** Listens for the next event that any front end adds to a journal from now on; nobody waits for it any more when `signal` aborts. */
  listen: (registrationId: string, signal: AbortSignal) => NextWord
  /** How many events come after `since`. */
  count: (registrationId: string, since: number) => Promise<number>
  /**
   * Where a reader begins who asks for `latest`: at the end, but not beyond an event that answers this reader's own
   * request and was not handed to it yet. Adobe's client polls for the first time only after its first `/process` was
   * answered, and begins again with `latest` after every error, so that a plain end would lose it a fast worker's event.
   */
  latestFor: (registration: Registration, tokenId: string) => Promise<number>
  /** The position before the first event that is not older than `time`. */
  before: (registration: Registration, time: number) => Promise<number>
  /**
   * Notes that a reader was handed everything up to `position`, at once for this life of the service; the promise
   * resolves when the note is on the disk, and never rejects.
   */
  delivered: (registrationId: string, tokenId: string, position: number) => Promise<void>
  /** Removes events past their {@link RETENTION_MS}. */
  sweep: () => Promise<void>
}

const goOn = prepareQuery((tables: ServiceWriting, given: Given<{ registrationId: string }>) =>
  tables
    .updateTable('registrations')
    .set(({ eb }) => ({ last_position: eb('last_position', '+', 1) }))
    .where('id', '=', given('registrationId'))
    .returning('last_position'),
)

const add = prepareQuery(
  (
    tables: ServiceWriting,
    given: Given<{
      registrationId: string
      position: number
      tokenId: string
      createdAt: number
      visibleAt: number
      event: string
    }>,
  ) =>
    tables.insertInto('events').values({
      registration_id: given('registrationId'),
      position: given('position'),
      token_id: given('tokenId'),
      created_at: given('createdAt'),
      visible_at: given('visibleAt'),
      event: given('event'),
    }),
)

const next = prepareQuery(
  (
    tables: ServiceReading,
    given: Given<{ registrationId: string; since: number; limit: number }>,
  ) =>
    tables
      .selectFrom('events')
      .select(['position', 'visible_at', 'event'])
      .where('registration_id', '=', given('registrationId'))
      .where('position', '>', given('since'))
      .orderBy('position')
      .limit(given('limit')),
)

/** What is told when there is another event: in whose journal. */
const TOPIC = 'journal'

/** Opens the journals in `database`. */
export function openJournal(database: ServiceDatabase, now: () => number): Journal {
  const { committed } = database
  const eventsOf = (registrationId: string, tables: ServiceReading = committed) =>
    tables.selectFrom('events').where('registration_id', '=', registrationId)

  const words = createWords()
  database.hear(TOPIC, words.say)
  /** What readers were handed and is not on the disk yet. */
  const handedOver = new Map<string, number>()

  return {
    async append(tables, { registrationId, tokenId, visibleAt, event }) {
      // Whoever adds another event to this journal waits here until this one is committed.
      const registration = await goOn.first(tables, { registrationId })
      if (registration === undefined) return false
      await add.count(tables, {
        registrationId,
        position: registration.last_position,
        tokenId,
        createdAt: now(),
        visibleAt,
        event: JSON.stringify(event),
      })
      await database.tell(tables, TOPIC, registrationId)
      return true
    },

    async read(registrationId, since, limit = DEFAULT_PAGE_EVENTS) {
      const page: JournalPage = { events: [], last: since, heldForMs: undefined }
      let bytes = 0
      while (page.events.length < limit) {
        const rows = await next.all(committed, {
          registrationId,
          since: page.last,
          limit: Math.min(READ_AT_ONCE, limit - page.events.length),
        })
        for (const { position, visible_at: visibleAt, event: json } of rows) {
          const holdMs = visibleAt - now()
          if (holdMs > 0 && holdMs <= LONGEST_HOLD_MS) {
            // Whatever comes after it waits as well, or a reader would step over it.
            page.heldForMs = holdMs
            return page
          }
          bytes += Buffer.byteLength(json)
          if (bytes > LARGEST_PAGE_BYTES && page.events.length > 0) return page
          page.events.push({ position, json })
          page.last = position
        }
        if (rows.length < READ_AT_ONCE) return page
      }
      return page
    },

    listen: words.listen,

    async count(registrationId, since) {
      const { value } = await eventsOf(registrationId)
        .select(({ fn }) => fn.countAll<number>().as('value'))
        .where('position', '>', since)
        .executeTakeFirstOrThrow()
      return value
    },

    async latestFor({ id, lastPosition }, tokenId) {
      const reader = await committed
        .selectFrom('readers')
        .select('delivered')
        .where('registration_id', '=', id)
        .where('token_id', '=', tokenId)
        .executeTakeFirst()
      const handed = Math.max(reader?.delivered ?? 0, handedOver.get(`${id} ${tokenId}`) ?? 0)
      const undelivered = await eventsOf(id)
        .select('position')
        .where('token_id', '=', tokenId)
        .where('position', '>', handed)
        .orderBy('position')
        .limit(1)
        .executeTakeFirst()
      return undelivered === undefined ? lastPosition : undelivered.position - 1
    },

    async before({ id, lastPosition }, time) {
      // Not the least position of all that are not older, for which it would look through all of them.
      const soonest = await eventsOf(id)
        .select('created_at')
        .where('created_at', '>=', time)
        .orderBy('created_at')
        .limit(1)
        .executeTakeFirst()
      if (soonest === undefined) return lastPosition
      const { first } = await eventsOf(id)
        .select(({ fn }) => fn.min<number>('position').as('first'))
        .where('created_at', '>=', time)
        .where('created_at', '<=', soonest.created_at + CLOCKS_APART_MS)
        .executeTakeFirstOrThrow()
      return first - 1
    },

    async delivered(registrationId, tokenId, position) {
      const reader = `${registrationId} ${tokenId}`
      handedOver.set(reader, Math.max(position, handedOver.get(reader) ?? 0))
      try {
        await database.write((tables) => noteReader(tables, registrationId, tokenId, position))
        if (handedOver.get(reader) === position) handedOver.delete(reader)
      } catch {
        // The disk refused: the note lives as long as the service does.
      }
    },

    async sweep() {
      const registrations = await committed.selectFrom('registrations').select('id').execute()
      for (const { id } of registrations) {
        await database.sweep(async (tables) => {
          const old = await eventsOf(id, tables)
            .select('position')
            .where('created_at', '<', now() - RETENTION_MS)
            .orderBy('created_at')
            .limit(SWEPT_AT_ONCE)
            .execute()
          if (old.length === 0) return false
          const last = Math.max(...old.map(({ position }) => position))
          await tables
            .deleteFrom('events')
            .where('registration_id', '=', id)
            .where('position', '<=', last)
            .execute()
          // A reader who has not come beyond what is gone begins with what is left, as if it were not known.
          await tables
            .deleteFrom('readers')
            .where('registration_id', '=', id)
            .where('delivered', '<=', last)
            .execute()
          await tables
            .updateTable('registrations')
            .set({ swept_position: last })
            .where('id', '=', id)
            .execute()
          return true
        })
      }
    },
  }
}

/** Notes how far a reader has come, unless it has come further or the registration has been removed meanwhile. */
async function noteReader(
  tables: ServiceWriting,
  registrationId: string,
  tokenId: string,
  position: number,
): Promise<void> {
  await tables
    .insertInto('readers')
    .columns(['registration_id', 'token_id', 'delivered'])
    .expression(
      tables
        .selectFrom('registrations')
        .select((eb) => ['id', eb.val(tokenId).as('token_id'), eb.val(position).as('delivered')])
        .where('id', '=', registrationId),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['registration_id', 'token_id'])
        .doUpdateSet((eb) => ({ delivered: eb.ref('excluded.delivered') }))
        .whereRef('readers.delivered', '<', 'excluded.delivered'),
    )
    .execute()
}
