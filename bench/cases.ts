import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { readCases } from '../src/cases/test-case.ts'
import { type Finding, median, time } from './measure.ts'

const run = promisify(execFile)

/**
 * What Adobe's test command waits for the log of its container, a case (aio-cli-plugin-asset-compute 4.0.4,
 * src/lib/actionrunner.js, AIO_ASSET_COMPUTE_LOG_DELAY), in milliseconds.
 */
const LOG_DELAY_MS = 100

/** How many comparisons are timed. */
const SAMPLES = 12

/**
 * The test cases of the `worker` action with the whole command, start and stop of the service included, against what Adobe's
 * command takes at least for the same cases: it runs one after the other, and in each it waits for the log and runs `validate`
 * with bash. The container and the worker in it come on top, which cannot be had without Docker.
 */
export async function measureCases(): Promise<Finding[]> {
  const all = readCases(path.join('test', 'asset-compute', 'worker'))
  const command = ['src/cli/test-worker.ts', '-a', 'worker']
  const measured = await time(() => run(process.execPath, command))

  const comparisons = all.flatMap((each) =>
    each.state === 'ready' && each.validate !== undefined && each.rendition !== undefined
      ? [['-x', each.validate, each.rendition, each.rendition]]
      : [],
  )
  const step = Math.floor(comparisons.length / SAMPLES)
  const times: number[] = []
  for (let index = 0; index < SAMPLES; index += 1) {
    const comparison = comparisons[index * step]
    if (comparison !== undefined) times.push(await time(() => run('bash', comparison)))
  }
  const waiting = all.length * LOG_DELAY_MS
  const comparing = comparisons.length * median(times)
  const distance = measured / (waiting + comparing)
  return [
    {
      what: `npm run test-worker -- -a worker: ${all.length} test cases`,
      measured: `${seconds(measured)}, ${Math.round(measured / all.length)} ms a case`,
      baseline: `Adobe's command without its container: ${seconds(waiting)} of waiting and ${seconds(comparing)} of validate`,
      distance: `${distance.toFixed(2)} ×`,
      goal: 'a third',
      reached: distance < 1 / 3,
    },
  ]
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
