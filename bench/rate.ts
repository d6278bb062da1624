import sharp from 'sharp'
import { presign, readJournal, register, signIn, trust, upload } from '../test/e2e/api-client.ts'
import { startServiceProcess } from '../test/e2e/service-process.ts'
import { createHttpsClient } from './https-client.ts'
import { type Finding, ms, quantile, time } from './measure.ts'
import { sendSteadily } from './steadily.ts'

const RATE = 200
const SECONDS = 30

/** Sent beforehand, so that neither connections nor compiled code are new when it counts. */
const WARM_UP_SECONDS = 1

/** The most that 99 of 100 answers may take, in milliseconds. */
const GOAL_MS = 150

/**
 * `/process` at a steady rate that is more than the machine makes pictures of: whoever asks has to be answered beside all that work,
 * and every rendition that was accepted has its event in the end.
 */
export async function measureRate(folder: string): Promise<Finding[]> {
  const service = await startServiceProcess({ home: folder })
  const { origin } = service
  trust(folder)
  const headers = await signIn(origin, folder)
  const journal = await register(origin, headers)
  const picture = sharp({ create: { width: 64, height: 64, channels: 3, background: 'teal' } })
  const source = await upload(
    origin,
    headers,
    'source.png',
    new Uint8Array(await picture.png().toBuffer()),
  )
  const target = await presign(origin, headers, 'made.png', 'w')
  const body = JSON.stringify({ source, renditions: [{ fmt: 'png', width: 48, target }] })
  const client = createHttpsClient()
  let accepted = 0
  const send = async (): Promise<void> => {
    if ((await client.post(`${origin}/process`, headers, body)) === 200) accepted += 1
  }
  await sendSteadily({ rate: RATE, seconds: WARM_UP_SECONDS }, send)
  const { latencies, perSecond } = await sendSteadily({ rate: RATE, seconds: SECONDS }, send)
  const events = new Set<string>()
  const untilAllReported = await time(async () => {
    for (const { position } of await readJournal(`${journal}?limit=1000`, headers, accepted)) {
      events.add(position)
    }
  })
  client.close()
  service.child.kill('SIGTERM')
  await service.exited

  const asked = RATE * (WARM_UP_SECONDS + SECONDS)
  const refused = asked - accepted
  const lost = accepted - events.size
  const [p50 = 0, p90 = 0, p99 = 0, most = 0] = [0.5, 0.9, 0.99, 1].map((share) =>
    quantile(latencies, share),
  )
  return [
    {
      what: `/process, ${RATE} a second for ${SECONDS} s, beside the renditions that come of it (all reported ${ms(untilAllReported)} after the last; ${refused} refused, ${lost} lost)`,
      measured: `${Math.round(perSecond)}/s, p50 ${ms(p50)}, p90 ${ms(p90)}, p99 ${ms(p99)}, at most ${ms(most)}`,
      baseline: `p50 ${ms(p50)}`,
      distance: `p99 ${(p99 / p50).toFixed(1)} ×`,
      goal: `p99 under ${GOAL_MS} ms, none refused, none lost`,
      reached: refused === 0 && lost === 0 && p99 < GOAL_MS,
    },
  ]
}
