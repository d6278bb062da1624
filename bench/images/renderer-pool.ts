import { cpus } from 'node:os'
import { time } from '../measure.ts'
import type { Job } from './job.ts'
import { type RendererProcess, startRenderer } from './renderer-process.ts'
import { share } from './sharing.ts'

/** What one round took. */
export interface Cost {
  /** From the first job to the last complete file, in milliseconds. */
  ms: number
  /** Processor time of everybody involved, in milliseconds; missing where it cannot be seen. */
  cpuMs?: number
  /** Processor time that nobody on the machine used meanwhile, in milliseconds. */
  idleMs?: number
  /** The most memory that one of the processes has held, in bytes; missing where it cannot be seen. */
  peakBytes?: number
}

/** Renderer processes beside each other. */
export interface RendererPool {
  /** Has the jobs done, each by the next process that is free. */
  run: (jobs: readonly Job[]) => Promise<Required<Cost>>
  end: () => Promise<void>
}

/**
 * Makes a pool; its processes are started before anything is timed.
 *
 * @param options.module - what the processes run, see {@link startRenderer}
 * @param options.fresh - whether every run gets new processes
 * @param options.path - where they look for programs
 */
export function createRendererPool(options: {
  module: string
  processes: number
  fresh: boolean
  path?: string | undefined
}): RendererPool {
  const { module, path, fresh } = options
  const start = (): Promise<RendererProcess[]> =>
    Promise.all(Array.from({ length: options.processes }, () => startRenderer(module, path)))
  let kept: Promise<RendererProcess[]> | undefined

  return {
    async run(jobs) {
      const processes = await (fresh ? start() : (kept ??= start()))
      const idleBefore = readIdleMs()
      let cpuMs = 0
      let peakBytes = 0
      try {
        const ms = await time(() =>
          share(jobs, processes, async (job, process) => {
            const usage = await process.render(job)
            cpuMs += usage.cpuMs
            peakBytes = Math.max(peakBytes, usage.peakBytes)
          }),
        )
        return { ms, cpuMs, idleMs: readIdleMs() - idleBefore, peakBytes }
      } finally {
        if (fresh) for (const process of processes) process.end()
      }
    },
    async end() {
      for (const process of (await kept) ?? []) process.end()
    },
  }
}

function readIdleMs(): number {
  return cpus().reduce((sum, { times }) => sum + times.idle, 0)
}
