import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import sharp from 'sharp'
import * as z from 'zod/mini'
import { trust } from '../../test/e2e/api-client.ts'
import { readJobsEnv } from '../../test/e2e/jobs-env.ts'
import { drawPhoto } from '../../test/e2e/photo.ts'
import { startServiceProcess } from '../../test/e2e/service-process.ts'
import { type Finding, median, ms, time } from '../measure.ts'
import { stopService } from './stop-service.ts'

const CONVERSIONS = 15
const WARM_UPS = 4

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

/** How long a job takes over its picture, beside sharp alone, and beside the same exchanges and the SDK with nothing else. */
export async function measureConverting(folder: string): Promise<Finding> {
  const home = path.join(folder, 'converting')
  const service = await startServiceProcess({ home })
  trust(home)
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
  const alone = await openAlone(home, photo)
  const ours: number[] = []
  const least: number[] = []
  const sharps: number[] = []
  for (let nth = 0; nth < WARM_UPS + CONVERSIONS; nth += 1) {
    const whole = await time(convert)
    const nothing = await alone.measure()
    const sharpAlone = await time(bare)
    if (nth < WARM_UPS) continue
    ours.push(whole)
    least.push(nothing)
    sharps.push(sharpAlone)
  }
  await alone.close()
  await stopService(service)
  const over = median(ours) - median(sharps)
  return {
    what: 'a JPEG of 2 megapixels uploaded, converted to a WebP of 1280 px, exported and downloaded, warm',
    measured: ms(median(ours)),
    baseline: `bare sharp ${ms(median(sharps))}; the SDK and the exchanges alone ${ms(median(least) - median(sharps))} over it`,
    distance: `${ms(over)} over`,
    goal: 'at most 80 ms over bare sharp',
    reached: over <= 80,
  }
}

/** The same exchanges with a server that does nothing, and the same rendition by the SDK between them. */
async function openAlone(home: string, photo: Uint8Array<ArrayBuffer>) {
  const source = path.join(home, 'photo.jpg')
  await writeFile(source, photo)
  const server = await startServiceProcess({
    home,
    command: [process.execPath, 'bench/baseline-server.ts', home, source],
  })
  const { origin } = server
  const worker = spawn(process.execPath, ['bench/jobs/sdk-alone.ts', origin], {
    env: {
      ...process.env,
      NODE_EXTRA_CA_CERTS: path.join(home, 'ca.pem'),
      WORKER_BASE_DIRECTORY: path.join(home, 'alone'),
      OPENWHISK_NEWRELIC_DISABLE_METRICS: 'true',
      OPENWHISK_NEWRELIC_DISABLE_ALL_INSTRUMENTATION: 'true',
      ASSET_COMPUTE_SDK_DISABLE_CGROUP_METRICS: 'true',
      __OW_ACTIVATION_ID: 'bench',
      __OW_ACTION_NAME: '/bench/darkroom/worker',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const lines = createInterface(worker.stdout)[Symbol.asyncIterator]()
  const post = async (body: string | FormData): Promise<void> => {
    const answer = await fetch(`${origin}/`, { method: 'POST', body })
    await answer.arrayBuffer()
  }
  return {
    async measure(): Promise<number> {
      const exchanges = await time(async () => {
        await post('{}')
        const form = new FormData()
        form.append('file', new Blob([photo]), 'photo.jpg')
        await post(form)
        await post('{}')
        const file = await fetch(`${origin}/photo.jpg`)
        await file.arrayBuffer()
      })
      worker.stdin.write('one\n')
      const { value } = await lines.next()
      if (value === undefined) throw new Error('The SDK alone made no rendition.')
      return exchanges + Number(value)
    },
    async close(): Promise<void> {
      worker.stdin.end()
      await once(worker, 'exit')
      server.child.kill('SIGTERM')
      await server.exited
    },
  }
}
