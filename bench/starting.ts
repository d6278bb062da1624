import { mkdirSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { readSourceActions } from '../src/build/source-actions.ts'
import { createRuntime } from '../src/runtime/run/runtime.ts'
import { startServiceProcess } from '../test/e2e/service-process.ts'
import { type Finding, median, ms, time } from './measure.ts'

const STARTS = 5
const COLD_RUNS = 5

const MOST_START_MS = 800
const MOST_COLD_MS = 300

async function stopped(service: Awaited<ReturnType<typeof startServiceProcess>>): Promise<void> {
  service.child.kill('SIGTERM')
  await service.exited
}

/** `npm start` to its `ready` line, against Node starting npm's way with nothing to do. */
export async function measureStart(folder: string): Promise<Finding[]> {
  const command = ['npm', 'start', '--silent']
  const first = { home: path.join(folder, 'first'), command }
  const firstStart = await time(async () => stopped(await startServiceProcess(first)))
  const starts: number[] = []
  const bare: number[] = []
  for (let run = 0; run < STARTS; run += 1) {
    let service: Awaited<ReturnType<typeof startServiceProcess>> | undefined
    starts.push(
      await time(async () => {
        service = await startServiceProcess(first)
      }),
    )
    if (service !== undefined) await stopped(service)
    const nothing = [
      'npm',
      'exec',
      '--silent',
      '--',
      'node',
      '-e',
      'console.log("ready https://localhost:1")',
    ]
    bare.push(await time(async () => startServiceProcess({ home: folder, command: nothing })))
  }
  return [
    {
      what: `npm start to ready (first start of all, with its stop: ${ms(firstStart)})`,
      measured: ms(median(starts)),
      baseline: `${ms(median(bare))} npm and an empty Node`,
      distance: `${ms(median(starts) - median(bare))} over it`,
      goal: `at most ${MOST_START_MS} ms`,
      reached: median(starts) <= MOST_START_MS,
    },
  ]
}

/** An activation that finds no process, against one that does. */
export async function measureColdActivation(folder: string): Promise<Finding[]> {
  const work = path.join(folder, 'work')
  mkdirSync(work, { recursive: true })
  const picture = await sharp({
    create: { width: 64, height: 64, channels: 3, background: 'teal' },
  })
    .jpeg()
    .toBuffer()
  const params = {
    source: { url: `data:image/jpeg;base64,${picture.toString('base64')}` },
    renditions: [{ fmt: 'png', width: 32, target: {}, embedBinaryLimit: 32_000 }],
  }
  const cold: number[] = []
  const warm: number[] = []
  for (let run = 0; run < COLD_RUNS; run += 1) {
    const host = createRuntime({
      namespace: 'bench',
      apiKey: 'user:password',
      actions: readSourceActions('manifest.yml'),
      environment: () => ({
        NODE_COMPILE_CACHE: path.resolve('node_modules/.cache/darkroom'),
        WORKER_BASE_DIRECTORY: work,
        OPENWHISK_NEWRELIC_DISABLE_METRICS: 'true',
        OPENWHISK_NEWRELIC_DISABLE_ALL_INSTRUMENTATION: 'true',
        ASSET_COMPUTE_SDK_DISABLE_CGROUP_METRICS: 'true',
      }),
      bindParams: (given) => given,
      clientOf: () => '',
      directory: process.cwd(),
      now: Date.now,
    })
    const activate = async (): Promise<void> => {
      const { response } = await host.invoke('dx-asset-compute-worker-1/worker', params).ended
      if (!response.success) throw new Error(JSON.stringify(response.result))
    }
    cold.push(await time(activate))
    warm.push(await time(activate))
    await host.stop(0)
  }
  return [
    {
      what: 'cold activation of the worker, a small picture',
      measured: ms(median(cold)),
      baseline: `${ms(median(warm))} warm`,
      distance: `${ms(median(cold) - median(warm))} over it`,
      goal: `at most ${MOST_COLD_MS} ms`,
      reached: median(cold) <= MOST_COLD_MS,
    },
  ]
}
