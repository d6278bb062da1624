/**
 * `npm run chaos`: clients of all doors ask a cluster for work while its front ends, its runtimes, its PostgreSQL and its object store are
 * killed and started again, connections are cut, and one front end lives a minute ahead. Then it is counted what has come of all that was
 * accepted; it ends with 1 when something is not as it was promised.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { builtInAction } from '../src/contract/actions.ts'
import { trust } from '../test/e2e/api-client.ts'
import { startCluster } from '../test/e2e/cluster/cluster.ts'
import { startPostgres } from '../test/support/postgres.ts'
import { attack, attacksOn } from './chaos/attacks.ts'
import type { Account, Crowd } from './chaos/crowd.ts'
import { openImages } from './chaos/images.ts'
import { openJobs } from './chaos/jobs.ts'
import { openRenditions } from './chaos/renditions.ts'
import { startStore } from './chaos/store.ts'

/**
 * How long what was accepted may take to its end once there is peace, in milliseconds: what a killed runtime has lost is begun once more
 * after its time limit and five minutes.
 */
const SETTLING_MS = 15 * 60_000

const { minutes, clients } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    clients: { type: 'string', default: '16' },
  },
}).values

const folder = await mkdtemp(path.join(tmpdir(), 'darkroom-chaos-'))
const postgres = await startPostgres(true)
const store = await startStore(path.join(folder, 'store'))
const database = await postgres.createDatabase()
try {
  process.exitCode = (await run()) ? 0 : 1
} finally {
  await store.kill()
  postgres.stop()
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}

/** @returns whether all is as it was promised */
async function run(): Promise<boolean> {
  const home = path.join(folder, 'cluster')
  const worker = builtInAction('worker')
  const cluster = await startCluster({
    folder: home,
    environment: {
      ...store.environment,
      DATABASE_URL: database,
      DATABASE_KEY: randomBytes(32).toString('hex'),
    },
    args: ['--warm=', '--assets=samples'],
    actionArgs: [`--warm=${worker}`],
    hasPlatform: true,
    frontEnd: (index): Record<string, string> =>
      index === 0
        ? {}
        : { NODE_OPTIONS: `--import=${path.join(import.meta.dirname, 'chaos/minute-ahead.ts')}` },
  })
  trust(home)
  trust(path.join(folder, 'store'))
  const { origin } = cluster
  const settling = new AbortController()
  const war = new AbortController()
  const crowds: Record<string, Crowd> = {
    renditions: await openRenditions(origin, home, settling.signal),
    jobs: await openJobs(origin, home, settling.signal),
    images: await openImages(origin, { home, folder: path.join(folder, 'files') }, settling.signal),
  }
  const each = Object.values(crowds)
  console.log(`${clients} clients for ${minutes} minutes, at ${origin}`)

  const working = Promise.all(
    Array.from({ length: Number(clients) }, async (_, index) => {
      const crowd = each[index % each.length]
      while (!war.signal.aborted) await crowd?.turn().catch(() => undefined)
    }),
  )
  // Whoever has seen enough is told what has come of it until then.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => war.abort())
  const ending = setTimeout(() => war.abort(), Number(minutes) * 60_000)
  const done = await attack(attacksOn({ cluster, postgres, store, database }), war.signal)
  clearTimeout(ending)
  const giving = setTimeout(() => settling.abort(), SETTLING_MS)
  await working
  const accounts: Record<string, Account> = {}
  for (const [name, crowd] of Object.entries(crowds)) {
    accounts[name] = await crowd.check().catch((error: unknown) => ({
      figures: {},
      wrong: [`What has come of the ${name} cannot be told: ${String(error)}.`],
    }))
  }
  clearTimeout(giving)
  settling.abort()
  for (const crowd of each) await crowd.close()
  await cluster.close()

  print('attacks', done)
  for (const [name, { figures }] of Object.entries(accounts)) print(name, figures)
  const wrong = Object.values(accounts).flatMap((account) => account.wrong)
  for (const sentence of wrong) console.log(`WRONG  ${sentence}`)
  console.log(wrong.length === 0 ? 'Everything is as it was promised.' : `${wrong.length} wrong`)
  return wrong.length === 0
}

function print(title: string, figures: Readonly<Record<string, number>>): void {
  console.log(`\n${title}`)
  for (const [name, count] of Object.entries(figures)) {
    console.log(`${String(count).padStart(8)}  ${name}`)
  }
}
