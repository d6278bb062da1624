import { rm } from 'node:fs/promises'
import * as z from 'zod/mini'
import { OperationError } from '../../base/operation-error.ts'
import { requireSmallFile, requireSmallPackage } from '../../packages/small-source.ts'
import {
  DATA_CONVERSIONS,
  type DataFormat,
  type DataSource,
} from '../../sources/data-conversions.ts'
import { formatOfExtension } from '../../sources/format-lookup.ts'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { createThread } from '../../tasks/thread.ts'
import { type Operation, onlySource, startEach } from '../operation.ts'
import type { DataTask, DataWork } from './data-task.ts'

const options = z.object({
  /** What the source is: that it is a table, a page or a text only its name tells. */
  from: z.custom<DataSource>((value) => typeof value === 'string' && value in DATA_CONVERSIONS),
  to: z.custom<DataFormat>((value) => typeof value === 'string'),
  /** Whether a drawing that is made smaller may say nothing but what shows it. */
  strip: z.optional(z.boolean()),
})

/** What is made of what. */
export type DataOptions = Readonly<z.infer<typeof options>>

/** Sources that are archives of parts. */
const PACKAGES: ReadonlySet<DataSource> = new Set(['xlsx', 'ods', 'docx', 'epub'])

const LONGEST_MS = 60_000

/** As much memory as an idle thread may keep, in bytes. */
const MOST_HELD_BYTES = 128_000_000

const { run: work } = createThread<DataWork>({
  module: new URL('./data-thread.ts', import.meta.url),
  longestMs: LONGEST_MS,
  mostHeldBytes: MOST_HELD_BYTES,
})

/** Converts tables, texts with markup and fonts, and makes drawings smaller. */
export const data: Operation<DataOptions> = {
  options,
  run(job) {
    const { signal } = job
    return startEach(job, 'data', async ({ from, to, strip = false }, outputPath) => {
      const { path } = onlySource(job)
      try {
        await requireSmallFile(path)
        if (PACKAGES.has(from)) await requireSmallPackage(path)
        await convert({ path, from, to, strip, outputPath }, signal)
      } catch (error) {
        await rm(outputPath, { force: true })
        throw error
      }
      const id = formatOfExtension(to)
      const mediaType = id === undefined ? 'application/octet-stream' : KNOWN_FORMATS[id].mediaType
      return [{ path: outputPath, mediaType }]
    })
  },
}

async function convert(task: DataTask, signal: AbortSignal): Promise<void> {
  const { title } = KNOWN_FORMATS[task.from]
  const outcome = await work(task, signal).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
      throw new OperationError('source_out_of_memory', { task: 'convert', title }, { cause: error })
    }
    throw error
  })
  if (outcome === undefined) {
    throw new OperationError('source_too_slow', {
      task: 'convert',
      seconds: LONGEST_MS / 1000,
      title,
    })
  }
  if (outcome.outcome === 'written') return
  const { code, fields, cause } = outcome.failure
  throw new OperationError(code, fields, { cause })
}
