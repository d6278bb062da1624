import { rm } from 'node:fs/promises'
import * as z from 'zod/mini'
import { OperationError } from '../../base/operation-error.ts'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { type Operation, startEach } from '../operation.ts'
import { isDiskFull } from './disk-full.ts'
import { type PlannedFile, planFiles } from './plan-files.ts'
import { runSevenZip } from './seven-zip.ts'
import { type ArchiveProgress, type ArchiveWriting, writeArchive } from './write-archive.ts'
import { writeCompressedTar, writeSevenZip } from './write-seven-zip.ts'
import { writeTar } from './write-tar.ts'

/** Being told more often than this tells nobody more. */
const MAX_STEPS = 100

/** What archives are made. */
const FORMATS = ['zip', '7z', 'tar', 'gzip', 'bzip2', 'xz'] as const

const options = z.object({
  /** The last three are a TAR that is compressed as a whole. */
  format: z.enum(FORMATS),
  /** What goes into the archive, in this order. */
  files: z.readonly(
    z.array(
      z.object({
        /** An `https:` or `data:` URL. */
        url: z.string(),
        /** Where in the archive; without one, the name at the end of the URL. */
        path: z.optional(z.string()),
      }),
    ),
  ),
  /** What becomes of several files with one path: the first is kept, or none and there is no archive. */
  duplicate: z.enum(['ignore', 'refuse']),
})

/** What an archive is made of. */
export type ArchiveOptions = Readonly<z.infer<typeof options>>

/** Makes an archive of files behind URLs; it has no sources. */
export const archive: Operation<ArchiveOptions> = {
  options,
  run(job) {
    const { fetch, signal, progress } = job
    // It tells more than how many archives are made.
    return startEach({ ...job, progress: () => undefined }, 'archive', async (wanted, path) => {
      const planned = planFiles(wanted.files, { ignoreDuplicates: wanted.duplicate === 'ignore' })
      const ignored = wanted.files.length - planned.length
      if (ignored > 0) progress(0, `left out files whose path another has: ${ignored}`)
      const onFile = (step: ArchiveProgress): void => {
        if (isTold(step, planned.length))
          progress(step.files / planned.length, tell(step, planned.length))
      }
      await write(path, planned, { format: wanted.format, open: fetch, onFile, signal })
      return [{ path, mediaType: KNOWN_FORMATS[wanted.format].mediaType }]
    })
  },
}

/** Leaves no file when it fails. */
async function write(
  path: string,
  files: readonly PlannedFile[],
  { format, ...writing }: ArchiveWriting & Pick<ArchiveOptions, 'format'>,
): Promise<void> {
  try {
    if (format === 'zip') await writeArchive(path, files, writing)
    else if (format === '7z') await writeSevenZip(path, files, { ...writing, run: runSevenZip })
    else if (format === 'tar' || format === 'gzip') {
      await writeTar(path, files, { ...writing, gzip: format === 'gzip' })
    } else {
      await writeCompressedTar(path, files, { ...writing, run: runSevenZip, type: format })
    }
  } catch (error) {
    await rm(path, { force: true })
    if (!isDiskFull(error)) throw error
    throw new OperationError('archive_disk_full', {}, { cause: error })
  }
}

/** One step a file; of thousands of files, one for each hundredth of them. */
function isTold({ files }: ArchiveProgress, total: number): boolean {
  return files % Math.ceil(total / MAX_STEPS) === 0 || files === total
}

function tell({ files, bytes }: ArchiveProgress, total: number): string {
  const megabytes = (bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)
  return `archived ${files} of ${total} files, ${megabytes} MB`
}
