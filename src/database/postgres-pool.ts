import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import { isAway, refuseAway } from './postgres-trouble.ts'

/** Is told whether PostgreSQL can be asked. */
export interface Watcher {
  /** It could be asked, and cannot any more. */
  readonly onLoss: (error: Error) => void
  /** It can be asked again. */
  readonly onReturn: () => void
}

/**
 * Has what goes wrong with connections told as what it means for whoever asks, see {@link refuseAway}; a connection that has broken is not
 * used again.
 */
export function watchPool(pool: PostgresPool, { onLoss, onReturn }: Watcher) {
  const watched = new WeakMap<PostgresPoolClient, PostgresPoolClient>()
  let isLost = false

  function noteLoss(error: unknown): void {
    if (isLost || !(error instanceof Error)) return
    isLost = true
    onLoss(error)
  }
  function noteAnswer(): void {
    if (!isLost) return
    isLost = false
    onReturn()
  }

  function watch(client: PostgresPoolClient): PostgresPoolClient {
    let isBroken = false
    function query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>
    function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
    function query<R>(what: string | PostgresCursor<R>, parameters: readonly unknown[] = []) {
      if (typeof what !== 'string') return client.query(what)
      return client.query<R>(what, parameters).then(
        (result) => {
          noteAnswer()
          return result
        },
        (error: unknown) => {
          if (isAway(error)) {
            isBroken = true
            noteLoss(error)
          }
          throw refuseAway(error)
        },
      )
    }
    return { query, release: (destroy = false) => client.release(destroy || isBroken) }
  }

  const told: PostgresPool = {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      let client: PostgresPoolClient
      try {
        client = await pool.connect()
      } catch (error) {
        noteLoss(error)
        throw refuseAway(error)
      }
      // Whoever has a connection once more finds what was noted of it.
      const known = watched.get(client) ?? watch(client)
      watched.set(client, known)
      return known
    },
  }
  return { pool: told, noteLoss }
}
