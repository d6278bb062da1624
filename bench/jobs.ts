import { randomUUID } from 'node:crypto'
import path from 'node:path'
import sharp from 'sharp'
import * as z from 'zod/mini'
import { openDatabase } from '../src/home/database.ts'
import { SERVICE_MIGRATIONS } from '../src/home/service-schema.ts'
import { trust } from '../test/e2e/api-client.ts'
import { readJobsEnv } from '../test/e2e/jobs-env.ts'
import { drawPhoto } from '../test/e2e/photo.ts'
import { type ServiceProcess, startServiceProcess } from '../test/e2e/service-process.ts'
import { createHttpsClient } from './https-client.ts'
import { type Finding, median, ms, quantile, time, times } from './measure.ts'
import { sendSteadily } from './steadily.ts'

const RATE = 100
const SECONDS = 10
/** Sent beforehand, so that neither connections nor compiled code are new when it counts. */
const WARM_UP_SECONDS = 1

const CONVERSIONS = 15
const WARM_UPS = 4

const FEW = 1000
const MANY = 100_000
const LISTS = 40

const formSchema = z.object({
  url: z.string(),
  parameters: z.record(z.string(), z.coerce.string()),
})
const jobSchema = z.object({
  data: z.object({
    id: z.string(),
    status: z.string(),
    tasks: z.array(
      z.object({
        result: z.nullable(
          z.object({
            form: z.optional(formSchema),
            files: z.optional(z.array(z.object({ url: z.optional(z.string()) }))),
          }),
        ),
      }),
    ),
  }),
})

/** The jobs API: how fast jobs are accepted, how long one takes over its picture, and what lists cost. */
export async function measureJobs(folder: string): Promise<Finding[]> {
  const bare = await measureBare(path.join(folder, 'bare'))
  const home = path.join(folder, 'service')
  const service = await startServiceProcess({ home })
  trust(home)
  const findings = [await measureConverting(home), await measureAcceptingJobs(home, service, bare)]
  await stop(service)
  const few = await measureLists(path.join(folder, 'few'), FEW)
  const many = await measureLists(path.join(folder, 'many'), MANY)
  return [
    ...findings,
    {
      what: `a list of 100 jobs out of ${MANY}, with their tasks`,
      measured: ms(many),
      baseline: `out of ${FEW}: ${ms(few)}`,
      distance: times(many / few),
      goal: 'within 1.5 ×',
      reached: many / few <= 1.5,
    },
  ]
}

async function stop(service: ServiceProcess): Promise<void> {
  service.child.kill('SIGTERM')
  await service.exited
}

/** The 99th percentile of a server that does nothing, in milliseconds. */
async function measureBare(home: string): Promise<number> {
  const bare = await startServiceProcess({
    home,
    command: [process.execPath, 'bench/baseline-server.ts', home],
  })
  trust(home)
  const client = createHttpsClient()
  const send = async (): Promise<void> => {
    await client.post(`${bare.origin}/v2/jobs`, {}, JSON.stringify(toJob()))
  }
  await sendSteadily({ rate: RATE, seconds: WARM_UP_SECONDS }, send)
  const { latencies } = await sendSteadily({ rate: RATE, seconds: SECONDS }, send)
  client.close()
  bare.child.kill('SIGKILL')
  return quantile(latencies, 0.99)
}

/** A job that the service does without any action. */
function toJob(): object {
  return {
    tasks: {
      import: { operation: 'import/raw', file: 'hello', filename: 'hello.txt' },
      export: { operation: 'export/url', input: 'import' },
    },
  }
}

async function measureAcceptingJobs(
  home: string,
  { origin }: ServiceProcess,
  p99Bare: number,
): Promise<Finding> {
  const headers = { authorization: `Bearer ${readJobsEnv(home).CLOUDCONVERT_API_KEY}` }
  const client = createHttpsClient()
  let refused = 0
  const send = async (): Promise<void> => {
    const status = await client.post(`${origin}/v2/jobs`, headers, JSON.stringify(toJob()))
    if (status !== 201) refused += 1
  }
  await sendSteadily({ rate: RATE, seconds: WARM_UP_SECONDS }, send)
  const { latencies, perSecond } = await sendSteadily({ rate: RATE, seconds: SECONDS }, send)
  client.close()
  const p99 = quantile(latencies, 0.99)
  return {
    what: `POST /v2/jobs, ${RATE} a second for ${SECONDS} s, import/raw and export/url, which are done meanwhile (${refused} refused)`,
    measured: `${Math.round(perSecond)}/s, p50 ${ms(quantile(latencies, 0.5))}, p99 ${ms(p99)}`,
    baseline: `p99 ${ms(p99Bare)} bare HTTPS server`,
    distance: `p99 ${times(p99 / p99Bare)}`,
    goal: '100/s, p99 under 100 ms',
    reached: refused === 0 && perSecond >= RATE * 0.99 && p99 < 100,
  }
}

async function measureConverting(home: string): Promise<Finding> {
  const photo = await drawPhoto(1732, 1155)
  const env = readJobsEnv(home)
  const headers = {
    authorization: `Bearer ${env.CLOUDCONVERT_API_KEY}`,
    'content-type': 'application/json',
  }
  const body = JSON.stringify({
    tasks: {
      import: { operation: 'import/upload' },
      convert: { operation: 'convert', input: 'import', output_format: 'webp', width: 1280 },
      export: { operation: 'export/url', input: 'convert' },
    },
  })
  const convert = async (): Promise<void> => {
    const created = await fetch(`${env.CLOUDCONVERT_API_URL}/jobs`, {
      method: 'POST',
      headers,
      body,
    })
    const { data } = jobSchema.parse(await created.json())
    const form = formSchema.parse(data.tasks[0]?.result?.form)
    const parts = new FormData()
    for (const [name, value] of Object.entries(form.parameters)) parts.append(name, value)
    parts.append('file', new Blob([photo]), 'photo.jpg')
    const uploaded = await fetch(form.url, { method: 'POST', body: parts })
    await uploaded.arrayBuffer()
    const ended = await fetch(`${env.CLOUDCONVERT_SYNC_URL}/jobs/${data.id}`, { headers })
    const job = jobSchema.parse(await ended.json()).data
    if (job.status !== 'finished') throw new Error(`The job ended as ${JSON.stringify(job)}.`)
    const file = await fetch(job.tasks[2]?.result?.files?.[0]?.url ?? '')
    await file.arrayBuffer()
  }
  const bare = () => sharp(photo).rotate().resize({ width: 1280 }).webp().toBuffer()
  const ours: number[] = []
  const sharps: number[] = []
  for (let nth = 0; nth < WARM_UPS + CONVERSIONS; nth += 1) {
    const [whole, alone] = [await time(convert), await time(bare)]
    if (nth < WARM_UPS) continue
    ours.push(whole)
    sharps.push(alone)
  }
  const over = median(ours) - median(sharps)
  return {
    what: 'a JPEG of 2 megapixels uploaded, converted to a WebP of 1280 px, exported and downloaded, warm',
    measured: ms(median(ours)),
    baseline: `bare sharp ${ms(median(sharps))}`,
    distance: `${ms(over)} over`,
    goal: 'at most 80 ms over bare sharp',
    reached: over <= 80,
  }
}

/** How long a list of 100 jobs takes, in milliseconds, when there are so many; each has two tasks, and no files. */
async function measureLists(home: string, jobs: number): Promise<number> {
  // What it brings is copied, so that its payloads are as this home seals them.
  await stop(await startWithOneJob(home))
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
  await stop(service)
  return median(taken)
}

async function startWithOneJob(home: string): Promise<ServiceProcess> {
  const service = await startServiceProcess({ home })
  trust(home)
  const env = readJobsEnv(home)
  await fetch(`${env.CLOUDCONVERT_SYNC_URL}/jobs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${env.CLOUDCONVERT_API_KEY}` },
    body: JSON.stringify(toJob()),
  })
  return service
}
