import type { Action } from '@adobe/asset-compute-sdk'
import { ARCHIVE_INSTRUCTIONS } from '../contract/instructions/archive-instructions.ts'
import { readInstruction } from '../contract/instructions/instruction.ts'
import { planFiles, type RequestedFile } from '../engine/archive/plan-files.ts'
import { type ArchiveProgress, writeArchive } from '../engine/archive/write-archive.ts'
import { openUrl } from '../fetching/open-url.ts'
import { KNOWN_FORMATS } from '../sources/formats.ts'
import { createBuiltInAction, requireFormat } from './built-in-action.ts'

/** More lines than these tell nobody more. */
const MAX_PROGRESS_LINES = 100

/**
 * The `main` of the action that makes ZIP archives. What goes into one is in the instructions of the rendition, so a
 * request needs no source, and one that is there is not looked at.
 */
export function createArchiveWorker(): Action {
  return createBuiltInAction('archive_worker', async (_source, rendition) => {
    const { instructions, path } = rendition
    requireFormat(instructions['fmt'], 'archive', 'zip, which is all that this worker makes')
    const { files, duplicate } = ARCHIVE_INSTRUCTIONS
    const requested = readInstruction('files', files, instructions) ?? []
    const planned = planFiles(requested.map(toRequestedFile), {
      ignoreDuplicates: readInstruction('duplicate', duplicate, instructions) === 'ignore',
    })
    const ignored = requested.length - planned.length
    if (ignored > 0) console.log(`left out files whose path another has: ${ignored}`)
    await writeArchive(path, planned, {
      open: openUrl,
      onFile: (progress) => report(progress, planned.length),
    })
    await rendition.setContentType(KNOWN_FORMATS.zip.mediaType, 'binary')
  })
}

function toRequestedFile(
  file: string | { url: string; path?: string | null | undefined },
): RequestedFile {
  return typeof file === 'string' ? { url: file } : { url: file.url, path: file.path ?? undefined }
}

/** One line a file; of thousands of files, one for each hundredth of them. */
function report({ files, bytes }: ArchiveProgress, total: number): void {
  const step = Math.ceil(total / MAX_PROGRESS_LINES)
  if (files % step !== 0 && files !== total) return
  const megabytes = (bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)
  console.log(`archived ${files} of ${total} files, ${megabytes} MB`)
}
