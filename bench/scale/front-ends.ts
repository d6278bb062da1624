import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { readJournal, register, signIn, trust } from '../../test/e2e/api-client.ts'
import { type Cluster, startCluster } from '../../test/e2e/cluster/cluster.ts'
import { runElsewhere } from '../../test/e2e/elsewhere-server.ts'
import { type PostgresCluster, startPostgres } from '../../test/support/postgres.ts'
import { processorTimeOf, processorTimeOfFamily } from '../../test/support/processor-time.ts'
import { createHttpsClient } from '../https-client.ts'
import { type Finding, ms, times } from '../measure.ts'
import { sendSteadily } from '../steadily.ts'

/** Requests a second, of one order each: no more than the machine does beside others. */
const RATE = 40
/** For each front end: what its code takes until it is compiled, each takes once. */
const WARM_UP_SECONDS = 10
const SECONDS = 8
const ROUNDS = 4

const BODY = JSON.stringify({
  source: 'https://localhost/source.jpg',
  renditions: [{ name: 'a.png', fmt: 'png', width: 48, target: 'https://localhost/a.png' }],
})

/** Processor time, in milliseconds. */
interface Taken {
  /** Of the processes of front ends alone. */
  readonly frontEnds: number
  /** Of those of their actions. */
  readonly actions: number
  readonly postgres: number
}

const PARTS = ['frontEnds', 'actions', 'postgres'] as const

const sumOf = (taken: Taken): number => PARTS.reduce((sum, part) => sum + taken[part], 0)

/** @param how - what becomes of each part of both */
function join(one: Taken, other: Taken, how: (a: number, b: number) => number): Taken {
  return {
    frontEnds: how(one.frontEnds, other.frontEnds),
    actions: how(one.actions, other.actions),
    postgres: how(one.postgres, other.postgres),
  }
}

const tell = (taken: Taken): string =>
  `${ms(sumOf(taken))} (front ends ${ms(taken.frontEnds)}, actions ${ms(taken.actions)}, PostgreSQL ${ms(taken.postgres)})`

/** What takes orders. */
interface Taker {
  /** Sends orders for so many seconds, to all front ends by turns; resolves with what one has taken, once all are reported. */
  readonly take: (seconds: number) => Promise<Taken>
  readonly close: () => Promise<void>
}

async function startTaker(
  folder: string,
  frontEnds: number,
  environment: Readonly<Record<string, string>>,
): Promise<Taker> {
  const postgres = await startPostgres(true)
  const cluster = await startCluster({
    folder,
    environment: {
      ...environment,
      DATABASE_URL: await postgres.createDatabase(),
      DATABASE_KEY: randomBytes(32).toString('hex'),
    },
    args: [`--manifest=${path.resolve('test/actions/instant.yml')}`],
    actionArgs: [],
    hasPlatform: false,
    frontEnds,
  })
  trust(folder)
  const headers = await signIn(cluster.origin, folder)
  const journal = await register(cluster.origin, headers)
  const client = createHttpsClient()
  let sent = 0
  let accepted = 0

  async function send(): Promise<void> {
    const { port } = cluster.frontEnds[(sent += 1) % frontEnds] ?? { port: 0 }
    const status = await client.post(`https://localhost:${port}/process`, headers, BODY)
    if (status === 200) accepted += 1
  }

  return {
    async take(seconds) {
      const before = { accepted, taken: look(cluster, postgres) }
      await sendSteadily({ rate: RATE, seconds }, send)
      await readJournal(`${journal}?limit=1000`, headers, accepted)
      const orders = accepted - before.accepted
      return join(look(cluster, postgres), before.taken, (now, then) => (now - then) / orders)
    },
    async close() {
      client.close()
      await cluster.close()
      postgres.stop()
    },
  }
}

/** What has been taken until now. */
function look({ frontEnds }: Cluster, postgres: PostgresCluster): Taken {
  const pids = frontEnds.map((each) => each.process().child.pid ?? 0)
  const [own, families] = [processorTimeOf, processorTimeOfFamily].map((timeOf) =>
    pids.reduce((sum, pid) => sum + timeOf(pid), 0),
  )
  return {
    frontEnds: own ?? 0,
    actions: (families ?? 0) - (own ?? 0),
    postgres: processorTimeOfFamily(postgres.pid()),
  }
}

const addRound = (sum: number, each: number): number => sum + each / ROUNDS

/** What an order takes of processors with one front end and with two, by turns. */
export async function measureFrontEnds(folder: string): Promise<Finding> {
  const store = await runElsewhere(path.join(folder, 'store'))
  const one = await startTaker(path.join(folder, 'one'), 1, store.environment)
  const two = await startTaker(path.join(folder, 'two'), 2, store.environment)
  const none: Taken = { frontEnds: 0, actions: 0, postgres: 0 }
  const taken = { one: none, two: none }
  await one.take(WARM_UP_SECONDS)
  await two.take(WARM_UP_SECONDS * 2)
  for (let round = 0; round < ROUNDS; round += 1) {
    const [ofOne, ofTwo] = [await one.take(SECONDS), await two.take(SECONDS)]
    taken.one = join(taken.one, ofOne, addRound)
    taken.two = join(taken.two, ofTwo, addRound)
  }
  await one.close()
  await two.close()
  await store.close()
  const ratio = sumOf(taken.two) / sumOf(taken.one)
  return {
    what: `/process with two front ends, ${RATE} a second by turns, workers that answer at once: processor time an order, of front ends, actions and PostgreSQL`,
    measured: tell(taken.two),
    baseline: `with one front end ${tell(taken.one)}`,
    distance: times(ratio),
    goal: 'within 1.1 ×',
    reached: ratio <= 1.1,
  }
}
