import path from 'node:path'
import { readJournal, register, signIn, trust } from '../test/e2e/api-client.ts'
import { startServiceProcess } from '../test/e2e/service-process.ts'
import { createHttpsClient } from './https-client.ts'
import { type Finding, ms, quantile, time } from './measure.ts'
import { sendSteadily } from './steadily.ts'

const RATE = 500
const SECONDS = 10

/** Sent beforehand, so that neither connections nor compiled code are new when it counts. */
const WARM_UP_SECONDS = 1

/** `/process` at a steady rate while workers answer at once, against a server that does nothing. */
export async function measureAccepting(folder: string): Promise<Finding[]> {
  const bare = await startServiceProcess({
    home: folder,
    command: [process.execPath, 'bench/baseline-server.ts', path.join(folder, 'bare')],
  })
  trust(path.join(folder, 'bare'))
  const body = JSON.stringify({
    source: 'https://localhost/source.jpg',
    renditions: [{ name: 'a.png', fmt: 'png', width: 48, target: 'https://localhost/a.png' }],
  })
  const client = createHttpsClient()
  const sendToBare = async (): Promise<void> => {
    await client.post(`${bare.origin}/process`, {}, body)
  }
  await sendSteadily({ rate: RATE, seconds: WARM_UP_SECONDS }, sendToBare)
  const baseline = await sendSteadily({ rate: RATE, seconds: SECONDS }, sendToBare)
  bare.child.kill('SIGKILL')

  const service = await startServiceProcess({ home: folder, manifest: 'instant.yml' })
  const { origin } = service
  trust(folder)
  const headers = await signIn(origin, folder)
  const journal = await register(origin, headers)
  let refused = 0
  const sendToService = async (): Promise<void> => {
    if ((await client.post(`${origin}/process`, headers, body)) !== 200) refused += 1
  }
  await sendSteadily({ rate: RATE, seconds: WARM_UP_SECONDS }, sendToService)
  const accepting = await sendSteadily({ rate: RATE, seconds: SECONDS }, sendToService)
  const untilAllReported = await time(() =>
    readJournal(`${journal}?limit=1000`, headers, RATE * (WARM_UP_SECONDS + SECONDS) - refused),
  )
  client.close()
  service.child.kill('SIGTERM')
  await service.exited

  const p50 = quantile(accepting.latencies, 0.5)
  const p99 = quantile(accepting.latencies, 0.99)
  const p99Bare = quantile(baseline.latencies, 0.99)
  return [
    {
      what: `/process, ${RATE} a second for ${SECONDS} s, workers that answer at once (all reported ${ms(untilAllReported)} after the last; ${refused} refused)`,
      measured: `${Math.round(accepting.perSecond)}/s, p50 ${ms(p50)}, p99 ${ms(p99)}`,
      baseline: `p99 ${ms(p99Bare)} bare HTTPS server`,
      distance: `p99 ${(p99 / p99Bare).toFixed(1)} ×`,
      goal: '500/s, p99 under 50 ms',
      reached: refused === 0 && accepting.perSecond >= RATE * 0.99 && p99 < 50,
    },
  ]
}
