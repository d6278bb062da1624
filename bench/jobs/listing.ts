import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as z from 'zod/mini'
import { trust } from '../../test/e2e/api-client.ts'
import { readJobsEnv } from '../../test/e2e/jobs-env.ts'
import { type ServiceProcess, startServiceProcess } from '../../test/e2e/service-process.ts'
import { type Finding, median, ms, time, times } from '../measure.ts'
import { smallJob } from './small-job.ts'
import { stopService } from './stop-service.ts'

const FEW = 1000
const MANY = 1_000_000
const LISTS = 40

/** What a list costs out of many jobs, beside one out of few. */
export async function measureListing(folder: string): Promise<Finding> {
  const few = await measureLists(path.join(folder, 'few'), FEW)
  const many = await measureLists(path.join(folder, 'many'), MANY)
  return {
    what: `a list of 100 jobs out of ${MANY}, with their tasks`,
    measured: ms(many),
    baseline: `out of ${FEW}: ${ms(few)}`,
    distance: times(many / few),
    goal: 'within 1.5 ×',
    reached: many / few <= 1.5,
  }
}

/** How long a list of 100 jobs takes, in milliseconds, when there are so many; each has two tasks, and no files. */
async function measureLists(home: string, jobs: number): Promise<number> {
  // What it brings is copied, so that its payloads are as this home seals them.
  await stopService(await startWithOneJob(home))
  const database = new DatabaseSync(path.join(home, 'gateway.sqlite'))
  const numbers =
    'WITH RECURSIVE numbers (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)'
  const addJobs = database.prepare(
    `INSERT INTO jobs (sequence, id, user, tag, webhook_url, status, created_at, started_at, ended_at)
       ${numbers} SELECT n, printf('00000000-0000-4000-8000-%012x', n), user, tag, webhook_url, status, created_at, started_at, ended_at
         FROM numbers, jobs WHERE jobs.sequence = 1`,
  )
  const addTasks = database.prepare(
    `INSERT INTO tasks (id, user, job, name, operation, payload, status, ignore_error, result, created_at, started_at, ended_at)
       ${numbers} SELECT printf('%08x-0000-4000-8000-%012x', tasks.sequence, n), user, n, name, operation, payload, status, ignore_error, result, created_at, started_at, ended_at
         FROM numbers, tasks WHERE tasks.sequence IN (1, 2) ORDER BY n, tasks.sequence`,
  )
  addJobs.run(jobs)
  addTasks.run(jobs)
  database.close()
  const service = await startServiceProcess({ home })
  trust(home)
  const env = readJobsEnv(home)
  const headers = { authorization: `Bearer ${env.CLOUDCONVERT_API_KEY}` }
  const taken: number[] = []
  for (let nth = 0; nth < LISTS; nth += 1) {
    const each = await time(async () => {
      const url = `${service.origin}/v2/jobs?per_page=100&include=tasks`
      const response = await fetch(url, { headers })
      const { data } = z.object({ data: z.array(z.unknown()) }).parse(await response.json())
      if (data.length !== 100) throw new Error(`The list has ${data.length} jobs.`)
    })
    if (nth >= LISTS / 4) taken.push(each)
  }
  await stopService(service)
  return median(taken)
}

async function startWithOneJob(home: string): Promise<ServiceProcess> {
  const service = await startServiceProcess({ home })
  trust(home)
  const env = readJobsEnv(home)
  await fetch(`${env.CLOUDCONVERT_SYNC_URL}/jobs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${env.CLOUDCONVERT_API_KEY}` },
    body: JSON.stringify(smallJob()),
  })
  return service
}
