import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { ServiceDatabase, ServiceWriting } from './service-database.ts'

/** How often a front end says that it is alive, in milliseconds. */
export const HEARTBEAT_MS = 5000

/** After how many milliseconds of silence it is gone, by the clock of the database. */
export const LEASE_MS = 20_000

/** What is told when one comes or goes. */
const TOPIC = 'front-ends'

/** The front ends that work on one database, as one of them sees it. */
export interface FrontEnds {
  /** This one's, which is another one at each start. */
  readonly id: string
  /** The ids of those that are alive, as far as this one has seen. */
  readonly living: () => readonly string[]
  /** How many are alive, this one included. */
  readonly count: () => number
  /**
   * Whether this one does what is done once for all. At a handover two may think so for a moment, or none.
   */
  readonly isFirst: () => boolean
  /**
   * Calls a listener each time when there may be something that nobody holds: another one is gone, or this one was silent for so long
   * that others may have taken what it held.
   *
   * @returns what ends it
   */
  readonly onGone: (listener: () => void) => () => void
  /** Is not there for the others from now on. */
  readonly close: () => Promise<void>
}

/** The one front end of a database that nobody else has. */
export function onlyFrontEnd(): FrontEnds {
  return {
    id: '',
    living: () => [''],
    count: () => 1,
    isFirst: () => true,
    onGone: () => () => undefined,
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
  let living: readonly string[] = []
  let saidAt = Number.NEGATIVE_INFINITY

  await join()
  const unhear = database.hear(TOPIC, () => void beat())
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
        await tables
          .insertInto('front_ends')
          .values({ id, objects, joined_at: CLOCK, seen_at: CLOCK })
          .execute()
        await database.tell(tables, TOPIC, id)
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
    const rows = await database.committed
      .selectFrom('front_ends')
      .select('id')
      .orderBy('joined_at')
      .orderBy('id')
      .execute()
    living = rows.map((row) => row.id)
    saidAt = performance.now()
  }

  /** Says that it is alive, and looks who else is. */
  async function beat(): Promise<void> {
    if (closing.signal.aborted) return
    const before = new Set(living)
    try {
      const wasThere = await database.write(async (tables) => {
        const seen = await tables
          .updateTable('front_ends')
          .set({ seen_at: CLOCK })
          .where('id', '=', id)
          .executeTakeFirst()
        if (await removeSilent(tables)) await database.tell(tables, TOPIC, 'gone')
        if (seen.numUpdatedRows > 0n) return true
        await tables
          .insertInto('front_ends')
          .values({ id, objects, joined_at: CLOCK, seen_at: CLOCK })
          .execute()
        await database.tell(tables, TOPIC, id)
        return false
      })
      await look()
      for (const one of living) before.delete(one)
      if (!wasThere || before.size > 0) for (const listener of listeners) listener()
    } catch (error) {
      if (!closing.signal.aborted) onSilence(error)
    }
  }

  async function keepBeating(): Promise<void> {
    while (!closing.signal.aborted) {
      await delay(heartbeatMs, undefined, { signal: closing.signal, ref: false }).catch(
        () => undefined,
      )
      await beat()
    }
  }

  return {
    id,
    living: () => living,
    count: () => Math.max(living.length, 1),
    isFirst: () => living[0] === id && performance.now() - saidAt < leaseMs,
    onGone(listener) {
      const own = (): void => listener()
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    async close() {
      closing.abort()
      unhear()
      await beating
      await database
        .write(async (tables) => {
          await tables.deleteFrom('front_ends').where('id', '=', id).execute()
          await database.tell(tables, TOPIC, id)
        })
        .catch((error: unknown) => onSilence(error))
    },
  }
}
