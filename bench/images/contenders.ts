import { availableParallelism } from 'node:os'
import { median } from '../measure.ts'
import type { Request, Tuning } from './job.ts'
import { type Cost, createRendererPool } from './renderer-pool.ts'

/** Someone who makes renditions. */
export interface Contender {
  /** Makes all that the requests want. */
  render: (requests: readonly Request[]) => Promise<Cost>
  /** Brings what was rendered last to where the requests want it, for one who does not write there. */
  collect?: (requests: readonly Request[]) => Promise<void>
  end: () => Promise<void>
}

/**
 * Bare sharp, all requests in one process, in the way that is the fastest for them on this machine: one thread within a
 * rendition or two; and one, two or four renditions beside each other, or requests when there are several.
 *
 * @param options.requests - what it is tuned for
 * @param options.tries - how often each way is tried
 * @param options.fresh - whether every round gets a new process
 */
export async function createBareSharp(options: {
  requests: readonly Request[]
  tries: number
  fresh: boolean
}): Promise<Contender & { tuning: Tuning }> {
  const { requests, tries, fresh } = options
  const pool = createRendererPool({ module: 'bare-sharp.ts', processes: 1, fresh })
  const run = (asked: readonly Request[], tuning: Tuning) =>
    pool.run([{ requests: [...asked], tuning }])
  const single = requests.flatMap(({ renditions }) => renditions).length === 1
  const trials = [1, 2]
    .flatMap((threads) => (single ? [1] : [1, 2, 4]).map((atOnce) => ({ threads, atOnce })))
    .map((tuning): { tuning: Tuning; times: number[] } => ({ tuning, times: [] }))
  for (let attempt = 0; attempt < tries; attempt += 1) {
    for (const { tuning, times } of trials) times.push((await run(requests, tuning)).ms)
  }
  const { tuning } = trials.reduce((best, trial) =>
    median(trial.times) < median(best.times) ? trial : best,
  )
  return { tuning, render: (asked) => run(asked, tuning), end: pool.end }
}

/**
 * The engine, in processes as the host starts them for an action: one a core, each busy with one request at a time.
 *
 * @param options.fresh - whether every round gets new ones
 */
export function createEngine({ fresh }: { fresh: boolean }): Contender {
  const pool = createRendererPool({ module: 'engine.ts', processes: availableParallelism(), fresh })
  return { render: (requests) => pool.run(oneEach(requests)), end: pool.end }
}

/**
 * The SDK's post-processing, in as many processes as the engine has.
 *
 * @param options.path - where its programs are
 */
export function createSdkPostProcessing({ path }: { path: string }): Contender {
  const pool = createRendererPool({
    module: 'sdk-post-processing.ts',
    processes: availableParallelism(),
    fresh: false,
    path,
  })
  return {
    // The work is done in programs that it starts, whose usage Node cannot see.
    render: async (requests) => ({ ms: (await pool.run(oneEach(requests))).ms }),
    end: pool.end,
  }
}

function oneEach(requests: readonly Request[]): { requests: Request[] }[] {
  return requests.map((request) => ({ requests: [request] }))
}
