import { basename } from 'node:path'
import type { Action, RenditionCallback, WorkerParams } from '@adobe/asset-compute-sdk'
import * as z from 'zod/mini'
import { splitName } from '../base/file-name.ts'
import type { Instructions } from '../contract/instructions/instruction.ts'
import { PDF_INSTRUCTIONS } from '../contract/instructions/table.ts'
import { toWatermark } from '../contract/instructions/watermark-instruction.ts'
import { createMerge, type MergeOptions } from '../engine/merge/merge.ts'
import { createPdfTools } from '../engine/pdf-tools/pdf-tools.ts'
import { createBuiltInAction, requireFormat } from './built-in-action.ts'
import { readInstruction, readMaxPixels, readParameters } from './parameters.ts'
import { readPdfChanges } from './pdf-changes.ts'
import { remark } from './remarks.ts'
import { makeRendition, prepareJob, requireSource, startJob } from './rendition-job.ts'

/**
 * The `main` of the action that makes PDF files: of the `files` of a rendition, PDFs and pictures in their order, or of its
 * source; with a `watermark` on its pages, if it is to have one, and changed as other instructions say. With files a request
 * needs no source, and one that is there is not looked at.
 */
export function createPdfWorker(): Action {
  return createBuiltInAction('pdf_worker', async (source, rendition, params) => {
    const { fmt } = rendition.instructions
    requireFormat(fmt, 'pdf', 'pdf, which is all that this worker makes')
    await makePdf(source, rendition, params)
  })
}

/** Makes a PDF as {@link createPdfWorker} says. */
export const makePdf: RenditionCallback = async (source, rendition, params) => {
  const { instructions } = rendition
  const options = readMergeOptions(instructions)
  const changes = readPdfChanges(instructions)
  const sources =
    options.files === undefined
      ? [{ path: requireSource(source, 'A PDF rendition without files') }]
      : []
  const merge = createMerge({ maxPixels: readMaxPixels(params) })
  const job = prepareJob(rendition, sources)
  if (changes === undefined) {
    await makeRendition(merge, job, options, rendition)
    return
  }
  const [merged] = startJob(merge, job, [instructions], () => options)
  if (merged === undefined) return
  const { path, remarks = [] } = await merged
  remark(rendition, remarks)
  // A file that was merged needs no password.
  const { password } = options.files === undefined ? options : { password: undefined }
  const tools = createPdfTools(readPdfPrograms(params))
  const changing = prepareJob(rendition, [{ path }], (sentence) => console.log(sentence))
  await makeRendition(tools, changing, { ...changes, password }, rendition)
}

const inputsSchema = z.object({
  DARKROOM_GS: z.optional(z.string()),
  DARKROOM_OCR: z.optional(z.string()),
})

/** Where Ghostscript and Tesseract are: the action's inputs in manifest.yml; undefined where they are not. */
export function readPdfPrograms({ DARKROOM_GS, DARKROOM_OCR }: WorkerParams) {
  const read = readParameters(inputsSchema, { DARKROOM_GS, DARKROOM_OCR })
  return { ghostscript: read.DARKROOM_GS, tesseract: read.DARKROOM_OCR }
}

function readMergeOptions(instructions: Instructions): MergeOptions {
  const { files, password, watermark } = PDF_INSTRUCTIONS
  const mark = readInstruction('watermark', watermark, instructions)
  return {
    files: readInstruction('files', files, instructions)?.map((file) =>
      typeof file === 'string'
        ? { url: file }
        : { url: file.url, title: file.path ? splitName(basename(file.path)).base : undefined },
    ),
    password: readInstruction('password', password, instructions),
    watermark: mark && toWatermark(mark),
  }
}
