import type { Action, Rendition, Source, WorkerParams } from '@adobe/asset-compute-sdk'
import { isTextRendition } from '../contract/actions.ts'
import { createMerge } from '../engine/merge/merge.ts'
import type { JobSource } from '../engine/operation.ts'
import { createPdfTools } from '../engine/pdf-tools/pdf-tools.ts'
import { surveyPdf } from '../engine/pdf/pdf.ts'
import { type TextKind, textKindOf } from '../engine/text/text-kind.ts'
import { missingLanguages } from '../programs/tesseract.ts'
import { identifySource } from '../sources/identify.ts'
import { createBuiltInAction, requireFormat } from './built-in-action.ts'
import { readMaxPixels, readSelection } from './parameters.ts'
import { readRecognition } from './pdf-changes.ts'
import { makePdf, readPdfPrograms } from './pdf-worker.ts'
import { remark } from './remarks.ts'
import { prepareJob, startJob } from './rendition-job.ts'
import { makeText, textSource } from './text-rendition.ts'

const MADE = 'pdf, or that of a text, which is all that this worker makes'

/** What is said of a source that is neither pages nor a picture. */
const NO_SCAN = 'ocr makes no difference, since the source is no PDF file and no picture.'

/**
 * The `main` of the action that recognises the text of scans: it lays it over the pages of a PDF, or has it be in the text of a PDF or
 * a picture. Where nothing is installed that could, the text is what there is without, and the event says what would bring it.
 */
export function createOcrWorker(): Action {
  return createBuiltInAction('ocr_worker', async (source, rendition, params) => {
    const { instructions } = rendition
    if (isTextRendition(instructions)) {
      const readable = await recogniseSource(source, rendition, params)
      return makeText(readable, rendition)
    }
    requireFormat(instructions['fmt'], 'pdf', MADE)
    return makePdf(source, rendition, params)
  })
}

/** @returns the source, or a PDF of it with the text that its scans show */
async function recogniseSource(
  source: Source | undefined,
  rendition: Rendition,
  params: WorkerParams,
): Promise<JobSource> {
  const { instructions } = rendition
  const given = textSource(source)
  const { path, name, mediaType } = given
  const ocr = readRecognition(instructions)
  if (ocr === undefined) return given
  const kind = textKindOf(await identifySource(path, { name, mimetype: mediaType }))
  if (kind !== 'PDF' && kind !== 'picture') {
    remark(rendition, [NO_SCAN])
    return given
  }
  const { password } = readSelection(instructions)
  const programs = readPdfPrograms(params)
  const what = 'Recognising the text of scans'
  const missing = missingLanguages(ocr.languages, programs.tesseract, what)
  if (missing !== undefined) {
    if (await isWithoutText(kind, { path, password })) remark(rendition, [missing.message])
    return given
  }
  const pages = kind === 'PDF' ? given : await makePages(path, rendition, params)
  const [made] = startJob(
    createPdfTools(programs),
    prepareJob(rendition, [pages], (sentence) => console.log(sentence)),
    [instructions],
    () => ({ ocr, password }),
  )
  const file = await made
  if (file === undefined) return given
  remark(rendition, file.remarks ?? [])
  return { path: file.path }
}

/** Makes a page of each picture. */
async function makePages(
  path: string,
  rendition: Rendition,
  params: WorkerParams,
): Promise<JobSource> {
  const merge = createMerge({ maxPixels: readMaxPixels(params) })
  const [made] = startJob(
    merge,
    prepareJob(rendition, [{ path }]),
    [rendition.instructions],
    () => ({}),
  )
  const file = await made
  if (file === undefined) throw new RangeError('a picture has become no pages')
  remark(rendition, file.remarks ?? [])
  return { path: file.path }
}

/** Whether there may be text that only recognition reads. */
async function isWithoutText(
  kind: TextKind,
  file: Parameters<typeof surveyPdf>[0],
): Promise<boolean> {
  return kind === 'picture' || (await surveyPdf(file)).some(({ hasText }) => !hasText)
}
