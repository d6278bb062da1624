import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { HOLD_UPS, type HoldUp, openStranger, signInAs } from '../test/attack/hold-ups.ts'
import {
  linkOf,
  presign,
  readJournal,
  register,
  sendProcess,
  trust,
  upload,
} from '../test/e2e/api-client.ts'
import { startServiceProcess } from '../test/e2e/service-process.ts'
import { makeLargePhoto } from './images/pictures.ts'
import { stopService } from './jobs/stop-service.ts'
import { type Finding, median, ms, time, times } from './measure.ts'

const ALONE_RUNS = 10
const BESIDE_RUNS = 5

/** What holds others up is given so long to do so, in milliseconds. */
const GRIP_MS = 4000

/** What takes longer than this is not waited for, in milliseconds. */
const LONGEST_MS = 120_000

/** How much longer than alone a rendition may take beside whatever somebody else asks for. */
const MOST_TIMES = 3

/** How long a small rendition of one client takes while another client holds the service up, against its time alone. */
export async function measureFairness(folder: string): Promise<Finding[]> {
  const photo = await makeLargePhoto(folder)
  const findings: Finding[] = []
  for (const [index, holdUp] of [...HOLD_UPS, manyPhotos(photo)].entries()) {
    const home = path.join(folder, String(index))
    await mkdir(home)
    findings.push(await measureBeside(holdUp, home))
  }
  return findings
}

async function measureBeside(holdUp: HoldUp, home: string): Promise<Finding> {
  const service = await startServiceProcess({ home })
  const stranger = await openStranger(home)
  try {
    const { origin } = service
    trust(home)
    const innocent = await signInAs('innocent', home)
    const busy = await signInAs('busy', home)
    const journal = await register(origin, innocent)
    await register(origin, busy)
    const small = await readFile('samples/harbour.jpg')
    const source = { url: await upload(origin, innocent, 'small.jpg', new Uint8Array(small)) }
    const target = await presign(origin, innocent, 'small.png', 'w')
    const renditions = [{ fmt: 'png', width: 319, height: 319, target }]

    const renderSmall = async (): Promise<number> => {
      const end = await fetch(`${journal}?seek=-PT0S`, { headers: innocent })
      const next = linkOf(end, 'next')
      return time(async () => {
        await sendProcess(origin, innocent, { source, renditions })
        const read = readJournal(next, innocent, 1)
        const [entry] = await Promise.race([read, sleep(LONGEST_MS, [])])
        if (entry && entry.event.type !== 'rendition_created')
          throw new Error(JSON.stringify(entry))
      })
    }
    const alone: number[] = []
    for (let run = 0; run < ALONE_RUNS; run += 1) alone.push(await renderSmall())

    const means = {
      stranger: stranger.origin,
      put: (name: string, content: string | Uint8Array<ArrayBuffer>) =>
        upload(origin, busy, name, content),
    }
    for (const [number, request] of (await holdUp.requests(means)).entries()) {
      const put = await presign(origin, busy, `made/${number}`, 'w')
      const body = {
        source: request.source,
        renditions: [{ ...request.rendition, target: put }],
      }
      const { status } = await sendProcess(origin, busy, body)
      if (status !== 200) throw new Error(`${holdUp.title}: /process answered ${status}`)
    }
    await sleep(GRIP_MS)
    const beside = [0]
    for (let run = 0; run < BESIDE_RUNS && Math.max(...beside) < LONGEST_MS; run += 1) {
      beside.push(await renderSmall())
    }

    const usual = median(alone.slice(ALONE_RUNS / 2))
    const worst = Math.max(...beside)
    return {
      what: `a small rendition, while somebody else asks for ${holdUp.title}`,
      measured: `${ms(worst)} at worst, ${ms(median(beside.slice(1)))} usually`,
      baseline: `${ms(usual)} alone`,
      distance: times(worst / usual),
      goal: `within ${MOST_TIMES} ×`,
      reached: worst <= MOST_TIMES * usual,
    }
  } finally {
    stranger.close()
    await stopService(service)
  }
}

/** Nothing is wrong with these, but that they are many and long. */
function manyPhotos(photo: string): HoldUp {
  return {
    title: '60 PNGs of a photo of 24 megapixels',
    async requests({ put }) {
      const url = await put('photo.jpg', new Uint8Array(await readFile(photo)))
      return Array.from({ length: 60 }, () => ({
        source: { url },
        rendition: { fmt: 'png', width: 4000 },
      }))
    },
  }
}
