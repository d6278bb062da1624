import path from 'node:path'
import { trust } from '../../test/e2e/api-client.ts'
import { readJobsEnv } from '../../test/e2e/jobs-env.ts'
import { startServiceProcess } from '../../test/e2e/service-process.ts'
import { createHttpsClient } from '../https-client.ts'
import { type Finding, ms, quantile, times } from '../measure.ts'
import { sendSteadily } from '../steadily.ts'
import { smallJob } from './small-job.ts'
import { stopService } from './stop-service.ts'

const RATE = 100
const SECONDS = 10
/** Sent beforehand, so that neither connections nor compiled code are new when it counts, and actions have been loaded. */
const WARM_UP_SECONDS = 6

/** The 99th percentile of a server that does nothing, in milliseconds. */
async function measureBareServer(home: string): Promise<number> {
  const bare = await startServiceProcess({
    home,
    command: [process.execPath, 'bench/baseline-server.ts', home],
  })
  trust(home)
  const client = createHttpsClient()
  const send = async (): Promise<void> => {
    await client.post(`${bare.origin}/v2/jobs`, {}, JSON.stringify(smallJob()))
  }
  await sendSteadily({ rate: RATE, seconds: WARM_UP_SECONDS }, send)
  const { latencies } = await sendSteadily({ rate: RATE, seconds: SECONDS }, send)
  client.close()
  bare.child.kill('SIGKILL')
  return quantile(latencies, 0.99)
}

/** How fast jobs are accepted, beside a server that does nothing. */
export async function measureAcceptingJobs(folder: string): Promise<Finding> {
  const p99Bare = await measureBareServer(path.join(folder, 'bare'))
  const home = path.join(folder, 'accepting')
  const service = await startServiceProcess({ home })
  trust(home)

  const headers = { authorization: `Bearer ${readJobsEnv(home).CLOUDCONVERT_API_KEY}` }
  const client = createHttpsClient()
  let refused = 0
  const send = async (): Promise<void> => {
    const status = await client.post(
      `${service.origin}/v2/jobs`,
      headers,
      JSON.stringify(smallJob()),
    )
    if (status !== 201) refused += 1
  }
  await sendSteadily({ rate: RATE, seconds: WARM_UP_SECONDS }, send)
  const { latencies, perSecond } = await sendSteadily({ rate: RATE, seconds: SECONDS }, send)
  client.close()
  await stopService(service)
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
