import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { ServiceDatabase, ServiceWriting } from './service-database.ts'

/** How often a front end says that it is alive, in milliseconds. */
export const HEARTBEAT_MS = 5000

/** After how many milliseconds of silence it is gone, by the clock of the database. */
export const LEASE_MS = 20_000

/** After how many heartbeats it is looked in any case whether there is something that nobody holds. */
const LOOK_BEATS = 6

/** The front end of a database that nobody else has, and what holds what no front end does. */
export const NOBODY = ''

/** What is told when one comes or goes. */
const TOPIC = 'front-ends'

/** The front ends that work on one database, as one of them sees it. */
export interface FrontEnds {
  /** This one's, which is another one at each start. */
  readonly id: string
  /** The clock that all of them go by, that of the database: milliseconds since 1970. */
  readonly now: () => number
  /** The ids of those that are alive, as far as this one has seen; those that leave have work under way for as long. */
  readonly living: () => readonly string[]
  /** How many are alive and do not leave, one at least. */
  readonly count: () => number
  /**
   * Whether this one does what is done once for all. At a handover two may think so for a moment, or none.
   */
  readonly isFirst: () => boolean
  /**
   * Calls a listener each time when there may be something that nobody holds: another one is gone, or this one was silent for so long
   * that others may have taken what it held; and now and then in any case.
   *
   * @returns what ends it
   */
  readonly onGone: (listener: () => void) => () => void
  /** Leaves what is to be done to the others from now on, and goes on with what it holds. */
  readonly leave: () => Promise<void>
  /** Is not there for the others from now on. */
  readonly close: () => Promise<void>
}

/** The one front end of a database that nobody else has. */
export function onlyFrontEnd(): FrontEnds {
  return {
    id: NOBODY,
    now: Date.now,
    living: () => [NOBODY],
    count: () => 1,
    isFirst: () => true,
    onGone: () => () => undefined,
    leave: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
}

/** The clock of PostgreSQL, in milliseconds since 1970: those of front ends may differ. */
const CLOCK = sql<number>`(extract(epoch FROM clock_timestamp()) * 1000)::bigint`

/**
 * Joins those that work on a database of PostgreSQL, and says from now on that it is alive.
 *
 * @param options.objects - where its objects are, without secrets; the same for all
 * @param options.onSilence - is told why it could not be said that it is alive
 * @param options.heartbeatMs - {@link HEARTBEAT_MS} unless given
 * @param options.leaseMs - {@link LEASE_MS} unless given
 * @throws {Error} one sentence, when others are alive whose objects are elsewhere
 */
export async function joinFrontEnds(options: {
  database: ServiceDatabase
  objects: string
  onSilence: (error: unknown) => void
  heartbeatMs?: number
  leaseMs?: number
}): Promise<FrontEnds> {
  const { database, objects, onSilence } = options
  const { heartbeatMs = HEARTBEAT_MS, leaseMs = LEASE_MS } = options
  const id = randomUUID()
  const listeners = new Set<() => void>()
  const closing = new AbortController()
  /** Those that are not about to leave, the first one first. */
  let living: readonly string[] = []
  /** Those that leave as well. */
  let alive: readonly string[] = []
  let isLeaving = false
  let saidAt = Number.NEGATIVE_INFINITY
  /** By how much the clock of the database is ahead of that of this machine, in milliseconds. */
  let ahead = 0

  await join()
  let heard = Promise.resolve()
  const unhear = database.hear(TOPIC, () => {
    heard = heard.then(beat)
  })
  const beating = keepBeating()

  async function join(): Promise<void> {
    const until = performance.now() + leaseMs + heartbeatMs
    for (;;) {
      // One that was killed is taken for alive for a while, and may have been this one.
      const others = await database.write(async (tables) => {
        await removeSilent(tables)
        const found = await tables
          .selectFrom('front_ends')
          .select('objects')
          .where('objects', '<>', objects)
          .limit(1)
          .execute()
        if (found.length > 0) return found
        await enter(tables)
        return found
      })
      if (others[0] === undefined) break
      if (performance.now() > until) {
        throw new Error(
          `Another front end on the database of DATABASE_URL has its objects in ${others[0].objects}, and this one in ${objects}; all need the same STORAGE_URL.`,
        )
      }
      await delay(heartbeatMs)
    }
    await look()
  }

  async function enter(tables: ServiceWriting): Promise<void> {
    await tables
      .insertInto('front_ends')
      .values({ id, objects, joined_at: CLOCK, seen_at: CLOCK, leaving: isLeaving ? 1 : 0 })
      .execute()
    await database.tell(tables, TOPIC, id)
  }

  /** @returns whether there were some */
  async function removeSilent(tables: ServiceWriting): Promise<boolean> {
    const { numDeletedRows } = await tables
      .deleteFrom('front_ends')
      .where('seen_at', '<', sql<number>`${CLOCK} - ${leaseMs}`)
      .executeTakeFirst()
    return numDeletedRows > 0n
  }

  /** Sees who is there. */
  async function look(): Promise<void> {
    const askedAt = Date.now()
    const asking = performance.now()
    const rows = await database.committed
      .selectFrom('front_ends')
      .select(['id', 'leaving', CLOCK.as('clock')])
      .orderBy('joined_at')
      .orderBy('id')
      .execute()
    alive = rows.map((row) => row.id)
    living = rows.filter(({ leaving }) => leaving === 0).map((row) => row.id)
    saidAt = performance.now()
    // It was read at some time while it was asked, in the middle most likely.
    const clock = rows[0]?.clock
    if (clock !== undefined) ahead = Math.round(clock - askedAt - (saidAt - asking) / 2)
  }

  /** Says that it is alive, and looks who else is. */
  async function beat(): Promise<void> {
    if (closing.signal.aborted) return
    const before = { living, alive }
    try {
      const wasThere = await database.write(async (tables) => {
        const seen = await tables
          .updateTable('front_ends')
          .set({ seen_at: CLOCK })
          .where('id', '=', id)
          .executeTakeFirst()
        if (await removeSilent(tables)) await database.tell(tables, TOPIC, 'gone')
        if (seen.numUpdatedRows > 0n) return true
        await enter(tables)
        return false
      })
      await look()
      const isLess =
        before.living.some((one) => !living.includes(one)) ||
        before.alive.some((one) => !alive.includes(one))
      if (!wasThere || isLess) tellListeners()
    } catch (error) {
      if (!closing.signal.aborted) onSilence(error)
    }
  }

  function tellListeners(): void {
    for (const listener of listeners) listener()
  }

  async function keepBeating(): Promise<void> {
    for (let beats = 1; !closing.signal.aborted; beats += 1) {
      await delay(heartbeatMs, undefined, { signal: closing.signal, ref: false }).catch(
        () => undefined,
      )
      await beat()
      if (beats % LOOK_BEATS === 0 && !closing.signal.aborted) tellListeners()
    }
  }

  return {
    id,
    now: () => Date.now() + ahead,
    living: () => alive,
    count: () => Math.max(living.length, 1),
    isFirst: () => living[0] === id && performance.now() - saidAt < leaseMs,
    onGone(listener) {
      const own = (): void => listener()
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    async leave() {
      isLeaving = true
      await database
        .write(async (tables) => {
          await tables.updateTable('front_ends').set({ leaving: 1 }).where('id', '=', id).execute()
          await database.tell(tables, TOPIC, id)
        })
        .catch((error: unknown) => onSilence(error))
    },
    async close() {
      closing.abort()
      unhear()
      await Promise.all([beating, heard])
      await database
        .write(async (tables) => {
          await tables.deleteFrom('front_ends').where('id', '=', id).execute()
          await database.tell(tables, TOPIC, id)
        })
        .catch((error: unknown) => onSilence(error))
    },
  }
}
