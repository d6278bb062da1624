import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { memoryOfFamily } from '../src/programs/process-family.ts'
import { trust } from '../test/e2e/api-client.ts'
import { drawPhoto } from '../test/e2e/photo.ts'
import { type ServiceProcess, startServiceProcess } from '../test/e2e/service-process.ts'
import { compare, takeTurns } from './beside.ts'
import { createHttpsClient } from './https-client.ts'
import { stopService } from './jobs/stop-service.ts'
import { type Finding, megabytes, ms, quantile, time, times } from './measure.ts'
import { sendSteadily } from './steadily.ts'

const ROUNDS = 15
const THUMBNAILS = 60
const RATE = 200
const SECONDS = 10
const REQUESTS = 5000

/** Image Serving: what a picture costs over bare sharp, and what the service takes. */
export async function measureServing(folder: string): Promise<Finding[]> {
  const [home, assets] = [path.join(folder, 'home'), path.join(folder, 'assets')]
  await mkdir(assets)
  const photo = await drawPhoto(4000, 3000)
  for (let nth = 0; nth < THUMBNAILS; nth += 1) {
    await writeFile(path.join(assets, `photo${nth}.jpg`), photo)
  }
  await writeFile(path.join(assets, 'small.jpg'), await drawPhoto(600, 400))
  const command = [process.execPath, 'src/cli/start.ts', '--assets', assets]
  const service = await startServiceProcess({ home, command })
  trust(home)
  try {
    return [
      await measurePicture(service, assets),
      await measureThumbnails(service, assets),
      await measureKept(service),
      await measureMemory(service),
    ]
  } finally {
    await stopService(service)
  }
}

async function get({ origin }: ServiceProcess, target: string): Promise<void> {
  const answer = await fetch(`${origin}/is/image/darkroom/${target}`)
  const bytes = await answer.arrayBuffer()
  if (answer.status !== 200) throw new Error(Buffer.from(bytes).toString())
}

const bare = async (file: string, width: number): Promise<Buffer> =>
  sharp(await readFile(file))
    .resize({ width })
    .jpeg({ quality: 80 })
    .toBuffer()

async function measurePicture(service: ServiceProcess, assets: string): Promise<Finding> {
  const file = path.join(assets, 'photo0.jpg')
  const turns = await takeTurns(
    ROUNDS,
    async () => time(() => get(service, 'photo0?wid=800&cache=off')),
    async () => time(() => bare(file, 800)),
  )
  return compare({
    ...turns,
    what: 'a 12-megapixel JPEG to wid=800, over HTTPS, none kept',
    program: 'bare sharp',
    limit: 1.5,
    goal: 'within 1.5 ×',
  })
}

async function measureThumbnails(service: ServiceProcess, assets: string): Promise<Finding> {
  const numbers = Array.from({ length: THUMBNAILS }, (_, nth) => nth)
  const turns = await takeTurns(
    3,
    async () =>
      time(() => Promise.all(numbers.map((nth) => get(service, `photo${nth}?wid=160&cache=off`)))),
    async () =>
      time(() => inParallel(numbers, (nth) => bare(path.join(assets, `photo${nth}.jpg`), 160))),
  )
  return compare({
    ...turns,
    what: `a page of ${THUMBNAILS} thumbnails of 12-megapixel JPEGs, none kept`,
    program: `bare sharp on ${availableParallelism()} cores`,
    limit: 1.2,
    goal: 'within 1.2 ×',
  })
}

/** As many at a time as there are cores. */
async function inParallel(
  numbers: readonly number[],
  work: (nth: number) => Promise<unknown>,
): Promise<void> {
  const left = [...numbers]
  const lane = async (): Promise<void> => {
    for (let nth = left.shift(); nth !== undefined; nth = left.shift()) await work(nth)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, lane))
}

async function measureKept(service: ServiceProcess): Promise<Finding> {
  // `fetch` makes a connection for each request that finds the others busy, and each costs this one thread more than ten kept
  // pictures cost the service: behind every pause of the measuring program it would measure itself. Browsers keep a few.
  const client = createHttpsClient()
  const send = async () => {
    const status = await client.get(`${service.origin}/is/image/darkroom/photo0?wid=400`)
    if (status !== 200) throw new Error(`A kept picture was answered ${status}.`)
  }
  await sendSteadily({ rate: RATE, seconds: 2 }, send)
  const { latencies, perSecond } = await sendSteadily({ rate: RATE, seconds: SECONDS }, send)
  client.close()
  const slow = quantile(latencies, 0.99)
  return {
    what: `${RATE} requests a second of a picture that is kept`,
    measured: `p50 ${ms(quantile(latencies, 0.5))}, p99 ${ms(slow)}`,
    baseline: `${Math.round(perSecond)} a second were sent`,
    distance: ms(slow),
    goal: 'p99 under 20 ms',
    reached: slow < 20,
  }
}

async function measureMemory(service: ServiceProcess): Promise<Finding> {
  const ask = async (from: number, to: number): Promise<void> => {
    const numbers = Array.from({ length: to - from }, (_, nth) => from + nth)
    await inParallel(numbers, (nth) =>
      get(service, `small?wid=${100 + (nth % 400)}&qlt=${1 + (nth % 97)}`),
    )
  }
  await ask(0, REQUESTS / 10)
  const before = memoryOfFamily(service.child.pid ?? 0)
  await ask(REQUESTS / 10, REQUESTS)
  const after = memoryOfFamily(service.child.pid ?? 0)
  return {
    what: `memory of the service and its processes over ${REQUESTS} different requests`,
    measured: megabytes(after),
    baseline: `${megabytes(before)} after the first ${REQUESTS / 10}`,
    distance: times(after / before),
    goal: 'within 1.2 ×',
    reached: after <= before * 1.2,
  }
}
