import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import type { Cluster, Member } from '../../test/e2e/cluster/cluster.ts'
import type { PostgresCluster } from '../../test/support/postgres.ts'
import type { Store } from './store.ts'

/** Longest times between two attacks, and that somebody stays dead, in milliseconds. */
const LONGEST_PEACE_MS = 4000
const LONGEST_DEATH_MS = 3000

/** What is done to a cluster, by what it is called. */
type Attacks = Readonly<Record<string, () => Promise<void>>>

/** What can be killed and started again. */
interface Mortal {
  readonly kill: () => Promise<unknown>
  readonly start: () => Promise<unknown>
}

const someOf = <Each>(all: readonly Each[]): Each => {
  const found = all[Math.floor(Math.random() * all.length)]
  if (found === undefined) throw new Error('There is nobody.')
  return found
}

async function kill({ kill: end, start }: Mortal): Promise<void> {
  await end()
  await delay(Math.random() * LONGEST_DEATH_MS)
  await start()
}

/** Asks it to end, which it does in order, and starts it again. */
const restart = ({ stop, start }: Member): Promise<void> => kill({ kill: stop, start })

/** All that is done to a cluster and what it stands on. */
export function attacksOn({
  cluster,
  postgres,
  store,
  database,
}: {
  cluster: Cluster
  postgres: PostgresCluster
  store: Store
  database: string
}): Attacks {
  return {
    'front ends killed': () => kill(someOf(cluster.frontEnds)),
    'both front ends killed': async () => {
      await Promise.all(cluster.frontEnds.map(kill))
    },
    'front ends restarted': () => restart(someOf(cluster.frontEnds)),
    'runtimes killed': () => kill(someOf(cluster.apiHosts)),
    'PostgreSQL killed': () => kill(postgres),
    'the store killed': () => kill(store),
    'all connections of clients cut': async () => cluster.balancer.cut(),
    'all connections to PostgreSQL cut': () => postgres.cutConnections(database, ''),
    'one connection to PostgreSQL cut': () => cutOne(database),
  }
}

async function cutOne(database: string): Promise<void> {
  const client = new Client(database)
  await client.connect()
  await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1`,
  )
  await client.end()
}

/**
 * Attacks again and again.
 *
 * @param until - when it is over
 * @returns how often each was done
 */
export async function attack(
  attacks: Attacks,
  until: AbortSignal,
): Promise<Record<string, number>> {
  const done: Record<string, number> = {}
  const kinds = Object.entries(attacks)
  while (!until.aborted) {
    await delay(Math.random() * LONGEST_PEACE_MS)
    const [name, run] = someOf(kinds)
    await run()
    done[name] = (done[name] ?? 0) + 1
  }
  return done
}
