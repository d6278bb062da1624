import type { Action } from '@adobe/asset-compute-sdk'
import * as z from 'zod/mini'
import { type ArchiveProgress, writeArchive } from '../archive/archive.ts'
import { planFiles } from '../archive/plan.ts'
import { createBuiltInAction, requireFormat } from './built-in-action.ts'
import { openUrl } from './download.ts'
import { readParameters } from './parameters.ts'

/** More than a request can name, whose instructions have to fit into the parameters of an action. */
const MAX_FILES = 100_000
/** More lines than these tell nobody more. */
const MAX_PROGRESS_LINES = 100

const FILES = `an array of 1 to ${MAX_FILES} files, each a URL or an object with a url and, if need be, a path`
const TEXT = 'a text'

/** https://experienceleague.adobe.com/docs/asset-compute/using/api.html, "Instructions in renditions" */
const schema = z.object({
  files: z
    .array(
      z.union([z.string(), z.object({ url: z.string(TEXT), path: z.nullish(z.string(TEXT)) })], {
        error: 'a URL or an object with a url and a path',
      }),
      { error: FILES },
    )
    .check(z.minLength(1, FILES), z.maxLength(MAX_FILES, FILES)),
  duplicate: z.optional(z.literal('ignore', { error: '"ignore", or not given to have an error' })),
})

/**
 * The `main` of the action that makes ZIP archives. What goes into one is in the instructions of the rendition, so a
 * request needs no source, and one that is there is not looked at.
 */
export function createArchiveWorker(): Action {
  return createBuiltInAction('archive_worker', async (_source, rendition) => {
    const { instructions, path } = rendition
    requireFormat(instructions['fmt'], 'archive', 'zip, which is all that this worker makes')
    const { files: requested, duplicate } = readParameters(schema, {
      files: instructions['files'],
      duplicate: instructions['duplicate'],
    })
    const planned = planFiles(requested.map(toRequestedFile), {
      ignoreDuplicates: duplicate === 'ignore',
    })
    const ignored = requested.length - planned.length
    if (ignored > 0) console.log(`left out files whose path another has: ${ignored}`)
    await writeArchive(path, planned, {
      open: openUrl,
      onFile: (progress) => report(progress, planned.length),
    })
    await rendition.setContentType('application/zip', 'binary')
  })
}

function toRequestedFile(file: z.infer<typeof schema>['files'][number]) {
  return typeof file === 'string' ? { url: file } : { url: file.url, path: file.path ?? undefined }
}

/** One line a file; of thousands of files, one for each hundredth of them. */
function report({ files, bytes }: ArchiveProgress, total: number): void {
  const step = Math.ceil(total / MAX_PROGRESS_LINES)
  if (files % step !== 0 && files !== total) return
  const megabytes = (bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)
  console.log(`archived ${files} of ${total} files, ${megabytes} MB`)
}
