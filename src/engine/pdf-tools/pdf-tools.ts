import { constants } from 'node:fs'
import { copyFile, mkdtemp, rename, rm, stat } from 'node:fs/promises'
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
import { encryptionOf } from './encryption.ts'
import { optimizePdf } from './optimize/optimize.ts'
import { type PdfChanges, pdfChanges } from './pdf-changes.ts'
import { conform, requireGhostscript } from './standard/conform.ts'

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
        try {
          const workshop = { folder, signal: job.signal, progress: job.progress, tesseract }
          const { standard, ...others } = wanted
          const made =
            standard === undefined
              ? await change(sourcePath, wanted, workshop)
              : await writeStandard(sourcePath, others, { ...workshop, standard, ghostscript })
          await rename(made, path)
          return [{ path, mediaType: KNOWN_FORMATS.pdf.mediaType }]
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
  /** The folder of what recognises text; undefined where there is none. */
  readonly tesseract: string | undefined
}

/** No standard has encrypted files. */
async function writeStandard(
  path: string,
  { linearize, ...others }: PdfChanges,
  workshop: Workshop & Pick<Parameters<typeof conform>[1], 'standard' | 'ghostscript'>,
): Promise<string> {
  const { folder, signal, standard, ghostscript } = workshop
  requireGhostscript(standard, ghostscript)
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
  const { password, pages, rotate, ocr, optimize } = wanted
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
  const isSigned = info.signatures > 0 && optimize?.flattenSignatures !== true
  const small = optimize && !isSigned ? await makeSmall(current, optimize, workshop) : undefined
  const isAltered = current.path !== path || ALTERING.some((name) => wanted[name])
  if (small === undefined && !isAltered) return copyTo(path, folder)
  const isOptimizedOnly = optimize !== undefined && !isAltered
  const plain = isOptimizedOnly ? path : await write(current, 'written.pdf', [])
  if (small === undefined) return plain
  const dense = await write({ path: small, password: undefined }, 'dense.pdf', DENSE)
  const isSmaller = (await stat(dense)).size < (await stat(plain)).size
  if (isSmaller) return dense
  return plain === path ? copyTo(path, folder) : plain
}

/** What is not there any more when a file is taken as it was. */
const ALTERING = ['rotate', 'linearize', 'decrypt', 'encrypt'] as const

/** How qpdf writes what is to be small. */
const DENSE = ['--recompress-flate', '--compression-level=9', '--remove-unreferenced-resources=yes']

/** @returns the path of a file that is not encrypted; undefined when nothing can be done */
async function makeSmall(
  { path, password }: PdfFile,
  { profile, quality, flattenSignatures }: NonNullable<PdfChanges['optimize']>,
  { folder, signal }: Workshop,
): Promise<string | undefined> {
  const openPath = join(folder, 'open.pdf')
  const plainly = ['--decrypt', '--object-streams=disable']
  const flat = flattenSignatures === true ? ['--remove-restrictions'] : []
  const given = [...opening(path, password), ...plainly, ...flat, { path: openPath }]
  await qpdf(given, password, signal)
  return optimizePdf(openPath, { profile, quality, folder, signal })
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
