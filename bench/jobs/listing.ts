import { randomUUID } from 'node:crypto'
import path from 'node:path'
import * as z from 'zod/mini'
import { openDatabase } from '../../src/home/database.ts'
import { SERVICE_MIGRATIONS } from '../../src/home/service-schema.ts'
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
  const database = openDatabase(path.join(home, 'gateway.sqlite'), SERVICE_MIGRATIONS)
  const addJob = database.prepare(
    `INSERT INTO jobs (sequence, id, user, tag, webhook_url, status, created_at, started_at, ended_at)
       SELECT ?1, ?2, user, tag, webhook_url, status, created_at, started_at, ended_at FROM jobs WHERE sequence = 1`,
  )
  const addTask = database.prepare(
    `INSERT INTO tasks (id, user, job, name, operation, payload, status, ignore_error, result, created_at, started_at, ended_at)
       SELECT ?2, user, ?1, name, operation, payload, status, ignore_error, result, created_at, started_at, ended_at
         FROM tasks WHERE sequence = ?3`,
  )
  await database.write(() => {
    for (let sequence = 2; sequence <= jobs; sequence += 1) {
      addJob.run(sequence, randomUUID())
      for (const task of [1, 2]) addTask.run(sequence, randomUUID(), task)
    }
  })
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
