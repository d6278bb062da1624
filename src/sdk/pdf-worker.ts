import type { Action } from '@adobe/asset-compute-sdk'
import type { Instructions } from '../contract/instructions/instruction.ts'
import { PDF_INSTRUCTIONS } from '../contract/instructions/table.ts'
import { toWatermark } from '../contract/instructions/watermark-instruction.ts'
import { createMerge, type MergeOptions } from '../engine/merge/merge.ts'
import { createBuiltInAction, requireFormat } from './built-in-action.ts'
import { readInstruction, readMaxPixels } from './parameters.ts'
import { makeRendition, prepareJob, requireSource } from './rendition-job.ts'

/**
 * The `main` of the action that makes PDF files: of the `files` of a rendition, PDFs and pictures in their order, or of its
 * source; with a `watermark` on its pages, if it is to have one. With files a request needs no source, and one that is there is not looked at.
 */
export function createPdfWorker(): Action {
  return createBuiltInAction('pdf_worker', async (source, rendition, params) => {
    const { instructions } = rendition
    requireFormat(instructions['fmt'], 'pdf', 'pdf, which is all that this worker makes')
    const options = readMergeOptions(instructions)
    const sources =
      options.files === undefined
        ? [{ path: requireSource(source, 'A PDF rendition without files') }]
        : []
    const merge = createMerge({ maxPixels: readMaxPixels(params) })
    await makeRendition(merge, prepareJob(rendition, sources), options, rendition)
  })
}

function readMergeOptions(instructions: Instructions): MergeOptions {
  const { files, password, watermark } = PDF_INSTRUCTIONS
  const mark = readInstruction('watermark', watermark, instructions)
  return {
    files: readInstruction('files', files, instructions)?.map((file) =>
      typeof file === 'string' ? file : file.url,
    ),
    password: readInstruction('password', password, instructions),
    watermark: mark && toWatermark(mark),
  }
}
