import { constants } from 'node:fs'
import { copyFile, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { OperationError } from '../../base/operation-error.ts'
import { type PageSpan, pagesWithin } from '../../base/page-range.ts'
import { missingLanguages } from '../../programs/tesseract.ts'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { addText } from '../ocr/add-text.ts'
import { type Operation, onlySource, startEach } from '../operation.ts'
import { takePages, writeRange } from '../pdf/combine.ts'
import type { PdfFile } from '../pdf/document.ts'
import { readPdfInfo } from '../pdf/pdf.ts'
import { opening, qpdf } from '../pdf/qpdf/qpdf.ts'
import { convertColours, TO_CHANGE_COLOURS } from './colours/convert-colours.ts'
import { encryptionOf } from './encryption.ts'
import { findPictures, type OpenedPdf } from './optimize/optimize.ts'
import { shrink } from './optimize/shrink.ts'
import { tellUntouched } from './optimize/untouched-pictures.ts'
import { type PdfChanges, pdfChanges } from './pdf-changes.ts'
import { tellSigned } from './signed.ts'
import { conform } from './standard/conform.ts'
import { requireGhostscript } from './standard/ghostscript-words.ts'

/**
 * Makes the operation that changes a PDF: its pages, how they are turned, the text of scans, how it is compressed,
 * encrypted and written.
 *
 * @param options.ghostscript - the absolute path of the program that writes standards
 * @param options.tesseract - the folder of what recognises text
 */
export function createPdfTools({
  ghostscript,
  tesseract,
}: {
  readonly ghostscript?: string | undefined
  readonly tesseract?: string | undefined
} = {}): Operation<PdfChanges> {
  return {
    options: pdfChanges,
    run(job) {
      const { path: sourcePath } = onlySource(job)
      return startEach(job, 'changed', async (wanted, path) => {
        const folder = await mkdtemp(`${path}.`)
        const remarks: string[] = []
        try {
          const workshop = {
            folder,
            remark: (sentence: string) => void remarks.push(sentence),
            signal: job.signal,
            progress: job.progress,
            tesseract,
            ghostscript,
          }
          const { standard, ...others } = wanted
          const made =
            standard === undefined
              ? await change(sourcePath, wanted, workshop)
              : await writeStandard(sourcePath, others, { ...workshop, standard, ghostscript })
          await rename(made, path)
          const { mediaType } = KNOWN_FORMATS.pdf
          return [{ path, mediaType, ...(remarks.length > 0 && { remarks }) }]
        } finally {
          await rm(folder, { recursive: true, force: true })
        }
      })
    },
  }
}

/** What changes work with. */
interface Workshop {
  /** Of one's own. */
  readonly folder: string
  readonly signal: AbortSignal
  readonly progress: (done: number, sentence: string) => void
  /** Takes a sentence about what could not be done, see {@link OutputFile.remarks}. */
  readonly remark: (sentence: string) => void
  /** The folder of what recognises text; undefined where there is none. */
  readonly tesseract: string | undefined
  /** The absolute path of the program; undefined where there is none. */
  readonly ghostscript: string | undefined
}

/** No standard has encrypted files. */
async function writeStandard(
  path: string,
  { linearize, ...others }: PdfChanges,
  workshop: Workshop & Pick<Parameters<typeof conform>[1], 'standard' | 'ghostscript'>,
): Promise<string> {
  const { folder, signal, standard, ghostscript } = workshop
  requireGhostscript(`Writing a PDF as ${standard}`, ghostscript)
  const changed = await change(path, { ...others, decrypt: true, encrypt: undefined }, workshop)
  const { pages } = await readPdfInfo({ path: changed, password: undefined }, signal)
  const written = await conform(changed, { standard, pages, folder, ghostscript, signal })
  if (linearize !== true) return written
  const linearized = join(folder, 'linearized.pdf')
  await qpdf([{ path: written }, '--linearize', { path: linearized }], undefined, signal)
  return linearized
}

/** @returns the path of a file in the folder */
async function change(path: string, wanted: PdfChanges, workshop: Workshop): Promise<string> {
  const { folder, signal } = workshop
  const { password, pages, rotate, ocr, colours, optimize } = wanted
  if (colours !== undefined) requireGhostscript(TO_CHANGE_COLOURS, workshop.ghostscript)
  const tesseract = ocr && requireTesseract(ocr.languages, workshop.tesseract)
  const info = await readPdfInfo({ path, password }, signal)
  const source = { path, password, isEncrypted: info.isEncrypted }
  let current = { path, password }
  let count = info.pages
  if (pages !== undefined) {
    const taken = requirePages(pages, count, 'pages')
    const takenPath = join(folder, 'taken.pdf')
    await takePages(current, taken, takenPath, signal)
    current = { path: takenPath, password: undefined }
    count = taken.length
  }
  const turned = rotate && requirePages(rotate.pages ?? [{ from: 1 }], count, 'rotate.pages')
  let turning = rotate && turned ? [`--rotate=+${rotate.degrees}:${writeRange(turned)}`] : []
  if (ocr !== undefined && tesseract !== undefined) {
    if (turning.length > 0) {
      const turnedPath = join(folder, 'turned.pdf')
      const given = [...opening(current.path, current.password), '--decrypt', ...turning]
      await qpdf([...given, { path: turnedPath }], password, signal)
      current = { path: turnedPath, password: undefined }
      turning = []
    }
    const searchable = await addText(current, { ...workshop, ...ocr, tesseract })
    if (searchable !== undefined) current = { path: searchable, password: undefined }
  }
  const write = async (from: PdfFile, name: string, others: readonly string[]): Promise<string> => {
    const writtenPath = join(folder, name)
    await qpdf(
      [
        ...opening(from.path, from.password),
        ...turning,
        ...(from.path === path ? [] : ['--object-streams=generate']),
        ...(wanted.linearize === true ? ['--linearize'] : []),
        ...others,
        ...encryptionOf(source, wanted),
        { path: writtenPath },
      ],
      password,
      signal,
    )
    return writtenPath
  }
  // A signature holds for the file as it is.
  const isFixed = info.signatures > 0 && optimize?.flattenSignatures !== true
  if (colours !== undefined && !isFixed) {
    const plainPath = await openPlainly(current, optimize, workshop)
    const work = { ...workshop, pages: count, profile: optimize?.profile }
    current = { path: await convertColours(plainPath, colours, work), password: undefined }
  }
  const isAltered = current.path !== path || ALTERING.some((name) => wanted[name])
  const plain = isAltered ? await write(current, 'written.pdf', []) : path
  const opened =
    optimize &&
    !isFixed &&
    (await findPictures(await openPlainly(current, optimize, workshop), workshop))
  const made = optimize
    ? await shrink(plain, opened || undefined, optimize, { ...workshop, write })
    : plain
  const signed = tellSigned(info.signatures, made !== path, wanted)
  const remarks = [signed, optimize && !isFixed ? tellPictures(opened || undefined) : undefined]
  for (const each of remarks) if (each !== undefined) workshop.remark(each)
  return made === path ? copyTo(path, folder) : made
}

function tellPictures(opened: OpenedPdf | undefined): string | undefined {
  return opened
    ? tellUntouched(opened.untouched)
    : 'Its pictures could not be read, and so stay as they are.'
}

/** What is not there any more when a file is taken as it was. */
const ALTERING = ['rotate', 'linearize', 'decrypt', 'encrypt'] as const

/** @returns the path of a file that is not encrypted */
async function openPlainly(
  { path, password }: PdfFile,
  optimize: PdfChanges['optimize'],
  { folder, signal }: Workshop,
): Promise<string> {
  const openPath = join(folder, 'open.pdf')
  const plainly = ['--decrypt', '--object-streams=disable']
  const flat = optimize?.flattenSignatures === true ? ['--remove-restrictions'] : []
  const given = [...opening(path, password), ...plainly, ...flat, { path: openPath }]
  await qpdf(given, password, signal)
  return openPath
}

/** @throws {@link OperationError} program_missing */
function requireTesseract(
  languages: NonNullable<PdfChanges['ocr']>['languages'],
  folder: string | undefined,
): string {
  const missing = missingLanguages(languages, folder, 'Recognising the text of a PDF')
  if (missing !== undefined) throw missing
  if (folder === undefined) throw new RangeError('there is no Tesseract')
  return folder
}

async function copyTo(path: string, folder: string): Promise<string> {
  const copy = join(folder, 'same.pdf')
  await copyFile(path, copy, constants.COPYFILE_FICLONE)
  return copy
}

/** @throws {@link OperationError} when none of the pages is there */
function requirePages(
  spans: readonly PageSpan[],
  pages: number,
  option: 'pages' | 'rotate.pages',
): number[] {
  const found = pagesWithin(spans, pages)
  if (found.length > 0) return found
  const range = spans.map(({ from, to }) => (from === to ? from : `${from}-${to ?? ''}`)).join()
  throw new OperationError('pages_missing', { pages, range, option })
}
