import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { register, signIn, trust } from '../../test/e2e/api-client.ts'
import { readJobsEnv } from '../../test/e2e/jobs-env.ts'
import { startServiceProcess } from '../../test/e2e/service-process.ts'
import { startPostgres } from '../../test/support/postgres.ts'
import { compare, takeTurns } from '../beside.ts'
import { createHttpsClient } from '../https-client.ts'
import { smallJob } from '../jobs/small-job.ts'
import { stopService } from '../jobs/stop-service.ts'
import { type Finding, time } from '../measure.ts'

const ROUNDS = 200
const WARM_UP = 100

/** A service, and how long it takes over one piece of work while nobody else asks, in milliseconds. */
interface Asked {
  /** Until `/process` is answered, and so its order is on the disk. */
  readonly order: () => Promise<number>
  /** Until a job has ended whose tasks take no action. */
  readonly job: () => Promise<number>
  readonly close: () => Promise<void>
}

async function startAsked(
  home: string,
  environment: Readonly<Record<string, string>>,
): Promise<Asked> {
  const service = await startServiceProcess({ home, manifest: 'instant.yml', environment })
  const { origin } = service
  trust(home)
  const headers = await signIn(origin, home)
  await register(origin, headers)
  const { CLOUDCONVERT_API_KEY: key, CLOUDCONVERT_SYNC_URL: sync } = readJobsEnv(home)
  const client = createHttpsClient()
  const source = 'https://localhost/source.jpg'
  const renditions = [{ fmt: 'png', width: 48, target: 'https://localhost/a.png' }]

  async function post(url: string, by: Record<string, string>, body: object): Promise<void> {
    const status = await client.post(url, by, JSON.stringify(body))
    if (status >= 300) throw new Error(`${url} answered ${status}.`)
  }
  return {
    order: () => time(() => post(`${origin}/process`, headers, { source, renditions })),
    job: () => time(() => post(`${sync}/jobs`, { authorization: `Bearer ${key}` }, smallJob())),
    async close() {
      client.close()
      await stopService(service)
    },
  }
}

/** What one piece of work takes with PostgreSQL and with SQLite, both on the same disk, and safe from a power cut. */
export async function measureOneOrder(folder: string): Promise<Finding[]> {
  const postgres = await startPostgres(true)
  const mine = await startAsked(path.join(folder, 'postgres'), {
    DATABASE_URL: await postgres.createDatabase(),
    DATABASE_KEY: randomBytes(32).toString('hex'),
  })
  const theirs = await startAsked(path.join(folder, 'sqlite'), {})
  const findings: Finding[] = []
  for (const [what, ask] of [
    ['one order with PostgreSQL, until /process is answered', ({ order }: Asked) => order()],
    [
      'one job of two tasks without actions with PostgreSQL, until it has ended',
      ({ job }: Asked) => job(),
    ],
  ] as const) {
    for (let nth = 0; nth < WARM_UP; nth += 1) await Promise.all([ask(mine), ask(theirs)])
    const taken = await takeTurns(
      ROUNDS,
      () => ask(mine),
      () => ask(theirs),
    )
    findings.push(compare({ what, ...taken, program: 'SQLite', limit: 2, goal: 'within 2 ×' }))
  }
  await mine.close()
  await theirs.close()
  postgres.stop()
  return findings
}
