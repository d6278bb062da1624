import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import type { Topics } from './topics.ts'

/** By which all front ends on a database hear each other: a topic, a space, and what is told of it. */
export const CHANNEL = 'darkroom'

/** How often it is tried whether the connection is still there, in milliseconds; one that was cut says nothing of it. */
const TRY_MS = 5000

/** How long an answer may take, in milliseconds, until the connection is taken for lost. */
const ANSWER_MS = 5000

/** How long the next attempt to connect waits, in milliseconds. */
const AGAIN_MS = 500

/** Listens until it is closed, with another connection when one is lost. */
export interface PostgresListening {
  /** Resolves when all is heard that is told from then on, rejects when it does not answer at first. */
  readonly begun: Promise<void>
  readonly close: () => Promise<void>
}

interface Connection {
  /** Resolves when it is lost or given up, with the reason. */
  readonly lost: Promise<Error>
}

/**
 * Begins to say to those who listen here what any front end on this database tells. When the connection was lost, everybody is told
 * that something may have been missed.
 *
 * @param onLoss - is told of each connection that is lost
 */
export function listenToPostgres(
  url: string,
  topics: Topics,
  onLoss: (error: Error) => void,
): PostgresListening {
  const closing = new AbortController()

  async function connect(): Promise<Connection> {
    const client = new Client({
      connectionString: url,
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
      application_name: 'darkroom listening',
    })
    const { promise: lost, resolve: lose } = Promise.withResolvers<Error>()
    client.on('error', lose)
    client.on('end', () => lose(new Error('PostgreSQL has ended the connection')))
    client.on('notification', ({ payload = '' }) => {
      const end = payload.indexOf(' ')
      topics.say(payload.slice(0, end), payload.slice(end + 1))
    })
    try {
      await client.connect()
      await client.query(`LISTEN ${CHANNEL}`)
    } catch (error) {
      await leave(client)
      throw error
    }
    void keepTrying(client, lose)
    return { lost: lost.then((error) => leave(client).then(() => error)) }
  }

  async function keepTrying(client: Client, lose: (error: Error) => void): Promise<void> {
    try {
      for (;;) {
        await delay(TRY_MS, undefined, { signal: closing.signal, ref: false })
        await client.query('SELECT 1')
      }
    } catch (error) {
      lose(error instanceof Error ? error : new Error(String(error)))
    }
  }

  async function listen(first: Promise<Connection>): Promise<void> {
    let connection: Connection | undefined = await first
    while (connection !== undefined) {
      const error = await connection.lost
      if (closing.signal.aborted) return
      onLoss(error)
      connection = await connectAgain()
      if (connection !== undefined) topics.sayMissed()
    }
  }

  /** @returns undefined when it is closed meanwhile */
  async function connectAgain(): Promise<Connection | undefined> {
    while (!closing.signal.aborted) {
      try {
        return await connect()
      } catch {
        await delay(AGAIN_MS, undefined, { signal: closing.signal }).catch(() => undefined)
      }
    }
    return undefined
  }

  const first = connect()
  const ended = listen(first).catch(() => undefined)
  return {
    begun: first.then(() => undefined),
    async close() {
      closing.abort()
      await ended
    },
  }
}

/** A connection that is lost does not say when it has ended. */
async function leave(client: Client): Promise<void> {
  await Promise.race([
    client.end().catch(() => undefined),
    delay(ANSWER_MS, undefined, { ref: false }),
  ])
}
