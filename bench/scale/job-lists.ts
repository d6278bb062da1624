import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'
import * as z from 'zod/mini'
import { trust } from '../../test/e2e/api-client.ts'
import { readJobsEnv } from '../../test/e2e/jobs-env.ts'
import { type ServiceProcess, startServiceProcess } from '../../test/e2e/service-process.ts'
import { stopService } from '../jobs/stop-service.ts'
import { type Finding, median, ms, time, times } from '../measure.ts'

const FEW = 10_000
const LISTS = 60
const WARM_UP = 10

/** The lists that are asked for, and how many jobs or tasks are in each. */
const ASKED = [
  ['of 100 jobs with their tasks', '/v2/jobs?per_page=100&include=tasks', 100],
  [
    'of 100 jobs by status and tag',
    '/v2/jobs?per_page=100&filter[status]=finished&filter[tag]=a',
    100,
  ],
  ['of jobs by a status that none has', '/v2/jobs?filter[status]=error', 0],
  ['of 100 tasks by operation', '/v2/tasks?per_page=100&filter[operation]=import/raw', 100],
] as const

/** Where jobs are, and how their numbers are written there. */
export interface JobDatabase {
  readonly name: string
  /** What a service has in its environment whose state is in a folder of this name. */
  readonly environment: (name: string) => Promise<Readonly<Record<string, string>>>
  /** `numbers (n)`: from 2 to as many as there are to be. */
  readonly numbers: (last: number) => string
  /** A number with twelve digits. */
  readonly digits: (number: string) => string
  /** Runs statements on what the service has there, which does not run. */
  readonly run: (
    at: { home: string; environment: Readonly<Record<string, string>> },
    statements: readonly string[],
  ) => Promise<void>
}

export const SQLITE: JobDatabase = {
  name: 'SQLite',
  environment: () => Promise.resolve({}),
  numbers: (last) =>
    `WITH RECURSIVE numbers (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${last})`,
  digits: (number) => `printf('%012d', ${number})`,
  run({ home }, statements) {
    const database = new DatabaseSync(path.join(home, 'gateway.sqlite'))
    for (const statement of statements) database.exec(statement)
    database.close()
    return Promise.resolve()
  },
}

/** @param createDatabase - makes an empty one; resolves with its URL */
export function postgresJobs(createDatabase: () => Promise<string>): JobDatabase {
  return {
    name: 'PostgreSQL',
    environment: async () => ({
      DATABASE_URL: await createDatabase(),
      DATABASE_KEY: randomBytes(32).toString('hex'),
    }),
    numbers: (last) => `WITH numbers (n) AS (SELECT generate_series(2, ${last}))`,
    digits: (number) => `lpad((${number})::text, 12, '0')`,
    async run({ environment: { DATABASE_URL: url = '' } }, statements) {
      const client = new Client(url)
      await client.connect()
      for (const statement of [...statements, 'ANALYZE']) await client.query(statement)
      await client.end()
    },
  }
}

/** Jobs as they are listed by a service that has so many, each with one task. */
async function openFilled(
  { environment: prepare, numbers, digits, run }: JobDatabase,
  home: string,
  jobs: number,
): Promise<{ list: (path: string, length: number) => Promise<void>; close: () => Promise<void> }> {
  const environment = await prepare(path.basename(home))
  const start = (): Promise<ServiceProcess> => startServiceProcess({ home, warm: [], environment })
  const first = await start()
  trust(home)
  const { CLOUDCONVERT_API_KEY: key, CLOUDCONVERT_SYNC_URL: sync } = readJobsEnv(home)
  const headers = { authorization: `Bearer ${key}` }
  const given = { operation: 'import/raw', file: 'hello', filename: 'hello.txt' }
  const body = JSON.stringify({ tag: 'a', tasks: { import: given } })
  const made = await fetch(`${sync}/jobs`, { method: 'POST', headers, body })
  if (!made.ok) throw new Error(`The first job was answered ${made.status}.`)
  // What it brings is copied, so that its payloads are as this service seals them.
  await stopService(first)
  await run({ home, environment }, [
    `INSERT INTO jobs (sequence, id, "user", tag, webhook_url, status, created_at, started_at, ended_at)
       ${numbers(jobs)} SELECT n, '00000000-0000-4000-8000-' || ${digits('n')}, "user", tag, webhook_url, status, created_at, started_at, ended_at
         FROM numbers, jobs WHERE jobs.sequence = 1`,
    `INSERT INTO tasks (sequence, id, "user", job, name, operation, payload, status, ignore_error, result, created_at, started_at, ended_at)
       ${numbers(jobs)} SELECT n, '00000001-0000-4000-8000-' || ${digits('n')}, "user", n, name, operation, payload, status, ignore_error, result, created_at, started_at, ended_at
         FROM numbers, tasks WHERE tasks.sequence = 1`,
  ])
  const service = await start()
  trust(home)
  return {
    async list(where, length) {
      const response = await fetch(`${service.origin}${where}`, { headers })
      const { data } = z.object({ data: z.array(z.unknown()) }).parse(await response.json())
      if (data.length !== length) throw new Error(`${where} lists ${data.length}.`)
    },
    close: () => stopService(service),
  }
}

/** What lists cost out of many jobs, beside those out of few, by turns. */
export async function measureJobLists(
  folder: string,
  database: JobDatabase,
  many: number,
): Promise<Finding[]> {
  const small = await openFilled(database, path.join(folder, 'few'), FEW)
  const large = await openFilled(database, path.join(folder, 'many'), many)
  const findings: Finding[] = []
  for (const [what, where, length] of ASKED) {
    const taken: { small: number[]; large: number[] } = { small: [], large: [] }
    for (let nth = -WARM_UP; nth < LISTS; nth += 1) {
      const ofSmall = await time(() => small.list(where, length))
      const ofLarge = await time(() => large.list(where, length))
      if (nth < 0) continue
      taken.small.push(ofSmall)
      taken.large.push(ofLarge)
    }
    const ratio = median(taken.large) / median(taken.small)
    findings.push({
      what: `a list in ${database.name} ${what}, out of ${many.toLocaleString('en')}`,
      measured: ms(median(taken.large)),
      baseline: `${ms(median(taken.small))} out of ${FEW.toLocaleString('en')}`,
      distance: times(ratio),
      goal: 'within 1.5 ×',
      reached: ratio <= 1.5,
    })
  }
  await small.close()
  await large.close()
  return findings
}
