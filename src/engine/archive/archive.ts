import * as z from 'zod/mini'
import { type Operation, startEach } from '../operation.ts'
import { planFiles } from './plan-files.ts'
import { type ArchiveProgress, writeArchive } from './write-archive.ts'

/** Being told more often than this tells nobody more. */
const MAX_STEPS = 100

const options = z.object({
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

/** Makes a ZIP archive of files behind URLs; it has no sources. */
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
      await writeArchive(path, planned, { open: fetch, onFile, signal })
      return [{ path, mediaType: 'application/zip' }]
    })
  },
}

/** One step a file; of thousands of files, one for each hundredth of them. */
function isTold({ files }: ArchiveProgress, total: number): boolean {
  return files % Math.ceil(total / MAX_STEPS) === 0 || files === total
}

function tell({ files, bytes }: ArchiveProgress, total: number): string {
  const megabytes = (bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)
  return `archived ${files} of ${total} files, ${megabytes} MB`
}
