import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { OperationError } from '../../base/operation-error.ts'
import { missingProgram } from '../../programs/missing-program.ts'
import type { ProgramLimits } from '../../programs/program-limits.ts'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { createQueue } from '../../tasks/queue.ts'
import { createThread } from '../../tasks/thread.ts'
import {
  type Job,
  type JobSource,
  type Operation,
  type OutputFile,
  onlySource,
  startEach,
} from '../operation.ts'
import { readPdfInfo } from '../pdf/pdf.ts'
import { makeFile } from './make-file.ts'
import type { OfficeSource } from './open-source.ts'
import { type OfficeOptions, officeOptions } from './options.ts'
import { NO_SANDBOX, openSandbox, type Sandbox, TEMPORARY } from './sandbox.ts'
import type { work } from './source-thread.ts'

/** What one conversion may take. */
export interface OfficeLimits extends ProgramLimits {
  /** Of a PDF that is made. */
  readonly mostPages: number
}

/** Thirty times what a start takes; a novel takes ten seconds. */
const LIMITS: OfficeLimits = {
  longestMs: 120_000,
  mostMemoryBytes: 2_000_000_000,
  mostWrittenBytes: 1_000_000_000,
  // Its profile is some fifty of them, and HTML leaves a picture each.
  mostFiles: 10_000,
  mostPages: 5000,
}

/** As much memory as the thread that opens sources may keep, in bytes. */
const MOST_HELD_BYTES = 100_000_000

const LONGEST_OPENING_MS = 30_000

/**
 * Makes the operation that makes another format of an office file, by the LibreOffice of the machine: each in a process and
 * a profile of its own, one after the other.
 *
 * @param programs - their paths, empty where they are missing: without `soffice` everything fails with program_missing;
 *   without `bwrap`, or where it does not work, LibreOffice sees what its user may see, and its settings alone keep
 *   documents from reading other files and the network
 */
export function createOffice({
  programs,
  limits = LIMITS,
}: {
  programs: { readonly soffice: string; readonly bwrap: string }
  limits?: OfficeLimits
}): Operation<OfficeOptions> {
  const { soffice, bwrap } = programs
  const queue = createQueue(1)
  const { run: open } = createThread<typeof work>({
    module: new URL('./source-thread.ts', import.meta.url),
    longestMs: LONGEST_OPENING_MS,
    mostHeldBytes: MOST_HELD_BYTES,
  })
  let sandbox: Promise<Sandbox | undefined> | undefined

  async function openSource(
    source: JobSource,
    openPath: string,
    password: string | undefined,
    signal: AbortSignal,
  ): Promise<OfficeSource> {
    const opening = await open({ source, openPath, password }, signal)
    if (opening === undefined) {
      const seconds = LONGEST_OPENING_MS / 1000
      throw new OperationError('source_too_slow', { task: 'convert', seconds, title: 'office' })
    }
    if (opening.outcome === 'opened') return opening.opened
    throw new OperationError(opening.failure.code, opening.failure.fields)
  }

  async function convert(
    job: Job<OfficeOptions>,
    options: OfficeOptions,
    path: string,
  ): Promise<OutputFile> {
    const folder = await mkdtemp(`${path}.`)
    try {
      const { signal } = job
      const openPath = join(folder, 'opened')
      const opened = await openSource(onlySource(job), openPath, options.password, signal)
      const work = join(folder, 'work')
      await mkdir(join(work, TEMPORARY), { recursive: true })
      sandbox ??= bwrap === '' ? Promise.resolve(undefined) : openSandbox(bwrap, work)
      const around = (await sandbox) ?? NO_SANDBOX
      const made = await makeFile(opened, options, {
        soffice,
        sandbox: around,
        limits,
        work,
        signal,
      })
      if (options.format === 'pdf') await requirePages(made, limits.mostPages, signal)
      await rename(made, path)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
    const { mediaType, group } = KNOWN_FORMATS[options.format]
    return { path, mediaType, ...(group === 'text' && { charset: 'utf-8' as const }) }
  }

  return {
    options: officeOptions,
    run: (job) =>
      startEach(job, 'office', async (options, path) => {
        if (soffice === '') {
          const what = `Making ${KNOWN_FORMATS[options.format].title} of an office file`
          throw missingProgram('soffice', what)
        }
        return [await queue.run(0, () => convert(job, options, path), job.signal)]
      }),
  }
}

async function requirePages(path: string, most: number, signal: AbortSignal): Promise<void> {
  const { pages } = await readPdfInfo({ path, password: undefined }, signal)
  if (pages > most) throw new OperationError('source_exceeds_limit', { most, of: 'pages' })
}
