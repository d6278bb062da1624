import { createHmac } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import sharp from 'sharp'
import * as z from 'zod/mini'
import { openReceiver } from '../../test/doors/jobs/receiver.ts'
import { readJobsEnv } from '../../test/e2e/jobs-env.ts'
import { ask, bytesOf, type Crowd, insist } from './crowd.ts'

/** Between two looks whether a job has ended, in milliseconds. */
const LOOK_MS = 100

/** Widths of pictures, by which those of neighbours are told apart. */
const WIDTHS = { least: 20, count: 200 } as const

const jobSchema = z.object({
  id: z.string(),
  tag: z.nullable(z.string()),
  status: z.string(),
  tasks: z.array(
    z.object({
      name: z.string(),
      message: z.nullable(z.string()),
      result: z.nullable(
        z.object({
          form: z.optional(
            z.object({ url: z.string(), parameters: z.record(z.string(), z.coerce.string()) }),
          ),
          files: z.optional(z.array(z.object({ url: z.optional(z.string()) }))),
        }),
      ),
    }),
  ),
})
const oneJob = z.object({ data: jobSchema })
const manyJobs = z.object({ data: z.array(z.object({ id: z.string() })) })

type Job = z.infer<typeof jobSchema>

const hasEnded = ({ status }: Job): boolean => status === 'finished' || status === 'error'

const widthOf = (nth: number): number => WIDTHS.least + (nth % WIDTHS.count)

/** A picture as wide as that. */
async function drawPicture(nth: number): Promise<Buffer<ArrayBuffer>> {
  const picture = { width: widthOf(nth), height: 10, channels: 3, background: 'teal' } as const
  return Buffer.from(await sharp({ create: picture }).png().toBuffer())
}

/** Every other job is uploaded to, the others have their picture with them. */
const isUploaded = (nth: number): boolean => nth % 2 === 1

/**
 * Clients of the jobs API, who insist on each job by its key: there is one of each, which ends once, its webhook is called at least once
 * and always with that end, and its file is there.
 *
 * @param home - where the credentials are
 * @param until - when nobody waits any longer
 */
export async function openJobs(origin: string, home: string, until: AbortSignal): Promise<Crowd> {
  const { CLOUDCONVERT_API_KEY: key, CLOUDCONVERT_WEBHOOK_SECRET: secret } = readJobsEnv(home)
  const receiver = await openReceiver()
  const run = process.pid
  /** The ids of jobs, by the number of each. */
  const created = new Map<number, string>()
  let begun = 0

  async function call(path: string, init: RequestInit = {}): Promise<unknown> {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${key}`)
    const bytes = await bytesOf(await ask(`${origin}/v2/${path}`, { ...init, headers }))
    return JSON.parse(bytes.toString())
  }

  const look = async (id: string): Promise<Job> => oneJob.parse(await call(`jobs/${id}`)).data

  const tagOf = (nth: number): string => `chaos-${run}-${nth}`

  async function create(nth: number): Promise<Job> {
    const file = (await drawPicture(nth)).toString('base64')
    const source = isUploaded(nth)
      ? { operation: 'import/upload' }
      : { operation: 'import/base64', file, filename: `${nth}.png` }
    const made = {
      operation: 'convert',
      input: 'import',
      output_format: 'webp',
      width: widthOf(nth),
    }
    const body = JSON.stringify({
      tag: tagOf(nth),
      webhook_url: receiver.url(`/${nth}`),
      tasks: { import: source, made, export: { operation: 'export/url', input: 'made' } },
    })
    const headers = { 'Idempotency-Key': tagOf(nth), 'content-type': 'application/json' }
    return insist(
      async () => oneJob.parse(await call('jobs', { method: 'POST', headers, body })).data,
      until,
    )
  }

  function upload(id: string, nth: number): Promise<void> {
    return insist(async () => {
      const { tasks } = await look(id)
      const form = tasks.find(({ name }) => name === 'import')?.result?.form
      // One that has come, though its answer has not.
      if (form === undefined) return
      const body = new FormData()
      for (const [name, value] of Object.entries(form.parameters)) body.append(name, value)
      body.append('file', new Blob([await drawPicture(nth)]), `${nth}.png`)
      await bytesOf(await ask(form.url, { method: 'POST', body }))
    }, until)
  }

  /** @returns what is wrong with a job, and what its webhook was told */
  async function examine(nth: number, id: string): Promise<{ wrong: string[]; reason?: string }> {
    const job = await insist(() => look(id), until)
    const name = `The job ${nth} (${id})`
    if (!hasEnded(job)) return { wrong: [`${name} has not ended: it is ${job.status}.`] }
    const wrong: string[] = []
    const { data } = await insist(
      async () => manyJobs.parse(await call(`jobs?filter[tag]=${tagOf(nth)}`)),
      until,
    )
    if (data.length !== 1) wrong.push(`${name} is there ${data.length} times.`)
    const told = receiver.received.filter(({ path }) => path === `/${nth}`)
    if (told.length === 0) wrong.push(`The webhook of ${name} was not called.`)
    for (const { body, headers } of told) {
      const signature = createHmac('sha256', secret).update(body).digest('hex')
      if (headers['cloudconvert-signature'] !== signature)
        wrong.push(`${name} is signed otherwise.`)
      if (body !== told[0]?.body) wrong.push(`The webhook of ${name} was told of two ends.`)
    }
    if (job.status === 'error') {
      const reason = job.tasks.flatMap(({ message }) => message ?? [])[0]
      return { wrong, reason: `failed: ${reason?.slice(0, 80)}` }
    }
    const url = job.tasks.find(({ name: task }) => task === 'export')?.result?.files?.[0]?.url
    try {
      const bytes = await insist(async () => bytesOf(await ask(url ?? '')), until)
      const { width } = await sharp(bytes).metadata()
      if (width !== widthOf(nth)) wrong.push(`The file of ${name} is ${width} pixels wide.`)
    } catch (error) {
      wrong.push(`The file of ${name} is not there: ${String(error)}.`)
    }
    return { wrong }
  }

  return {
    async turn() {
      const nth = (begun += 1)
      const { id } = await create(nth)
      created.set(nth, id)
      if (isUploaded(nth)) await upload(id, nth)
      while (!hasEnded(await insist(() => look(id), until)) && !until.aborted) await delay(LOOK_MS)
    },
    async check() {
      const wrong: string[] = []
      const reasons: Record<string, number> = {}
      const isTold = (nth: number): boolean =>
        receiver.received.some(({ path }) => path === `/${nth}`)
      while (![...created.keys()].every(isTold) && !until.aborted) await delay(LOOK_MS)
      for (const [nth, id] of created) {
        const { wrong: found, reason } = await examine(nth, id)
        wrong.push(...found)
        if (reason !== undefined) reasons[reason] = (reasons[reason] ?? 0) + 1
      }
      const failed = Object.values(reasons).reduce((sum, count) => sum + count, 0)
      return {
        figures: {
          created: created.size,
          finished: created.size - failed,
          'calls of webhooks': receiver.received.length,
          ...reasons,
        },
        wrong,
      }
    },
    close: receiver.close,
  }
}
