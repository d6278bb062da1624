import type { Action } from '@adobe/asset-compute-sdk'
import { ARCHIVE_INSTRUCTIONS } from '../contract/instructions/archive-instructions.ts'
import type { Instructions } from '../contract/instructions/instruction.ts'
import { type ArchiveOptions, archive } from '../engine/archive/archive.ts'
import { createBuiltInAction, requireFormat } from './built-in-action.ts'
import { readInstruction } from './parameters.ts'
import { makeRendition, prepareJob } from './rendition-job.ts'

/**
 * The `main` of the action that makes ZIP archives. What goes into one is in the instructions of the rendition, so a
 * request needs no source, and one that is there is not looked at.
 */
export function createArchiveWorker(): Action {
  return createBuiltInAction('archive_worker', async (_source, rendition) => {
    const { instructions } = rendition
    requireFormat(instructions['fmt'], 'archive', 'zip, which is all that this worker makes')
    const job = prepareJob(rendition, [], (sentence) => console.log(sentence))
    await makeRendition(archive, job, readArchiveOptions(instructions), rendition)
  })
}

function readArchiveOptions(instructions: Instructions): ArchiveOptions {
  const { files, duplicate } = ARCHIVE_INSTRUCTIONS
  return {
    files: (readInstruction('files', files, instructions) ?? []).map((file) =>
      typeof file === 'string' ? { url: file } : { url: file.url, path: file.path ?? undefined },
    ),
    duplicate: readInstruction('duplicate', duplicate, instructions) ?? 'refuse',
  }
}
