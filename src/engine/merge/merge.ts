import { closeSync, constants, openSync, writeFileSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { OperationError } from '../../base/operation-error.ts'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { createQueue } from '../../tasks/queue.ts'
import { type Job, type Operation, onlySource, startEach } from '../operation.ts'
import { mergePdfs, type PdfPart } from '../pdf/combine.ts'
import type { PdfFile } from '../pdf/document.ts'
import { mergePages, readPdfOutline } from '../pdf/pdf.ts'
import { tellBroken } from '../pdf/signatures.ts'
import { countPictures } from '../pictures/count-pages.ts'
import { identifyPicture } from '../pictures/identify-picture.ts'
import { watermarkOption } from '../pictures/options.ts'
import { type EmbeddedPicture, writePicturePage } from '../pictures/picture-page.ts'
import { MAX_SOURCE_PIXELS } from '../pictures/source.ts'
import { embedPicture } from './embed-picture.ts'
import { fetchFile } from './fetch-file.ts'
import { markPages } from './mark-pages.ts'
import { countLostPictures, type Losses, tellLosses } from './merge-losses.ts'
import type { PreparedSources } from './prepared-sources.ts'

const options = z.object({
  /** What is merged, in this order: PDF files and pictures behind `https:` or `data:` URLs; the source when undefined. */
  files: z.optional(
    z.readonly(
      z.array(
        z.object({
          url: z.string(),
          /** What the bookmark to it is called; without one, its own bookmarks are those of the whole. */
          title: z.optional(z.string()),
        }),
      ),
    ),
  ),
  /** What opens those that are encrypted. */
  password: z.optional(z.string()),
  /** What is put on the pages that come of it. */
  watermark: z.optional(watermarkOption),
})

/** What a PDF is made of. */
export type MergeOptions = Readonly<z.infer<typeof options>>

/** As many pages as are made of one file. */
const MOST_PAGES = 1000

/** As many files as are fetched beside each other, while the first of them are read: it is the way that takes the time. */
const FETCHED_AT_ONCE = 4

/**
 * Makes the operation that makes a PDF of pictures, each of which becomes a page of its own size, and so does each page or frame of it, and of other PDFs. A
 * source that is a PDF already stays as it is.
 *
 * @param options.maxPixels - the most pixels that a picture may have
 */
export function createMerge({ maxPixels = MAX_SOURCE_PIXELS } = {}): Operation<MergeOptions> {
  return {
    options,
    run(job) {
      return startEach(job, 'pdf', async (wanted, path) => {
        const folder = await mkdtemp(`${path}.`)
        try {
          const made = join(folder, 'made.pdf')
          const prepared = { ...job, folder, maxPixels, progress: () => undefined }
          const lost =
            wanted.files === undefined
              ? await makeOfSource(job, wanted, made, prepared)
              : await makeOfFiles(wanted.files, wanted, made, prepared)
          const { watermark, password } = wanted
          const marked =
            watermark && (await markPages({ path: made, password }, watermark, prepared))
          await rename(marked?.path ?? made, path)
          // Those of files that were merged have been told already.
          const isBroken = wanted.files === undefined && (marked?.signatures ?? 0) > 0
          const remarks = [...lost, ...(isBroken ? [tellBroken()] : [])]
          const { mediaType } = KNOWN_FORMATS.pdf
          return [{ path, mediaType, ...(remarks.length > 0 && { remarks }) }]
        } finally {
          await rm(folder, { recursive: true, force: true })
        }
      })
    },
  }
}

async function makeOfSource(
  job: Job<MergeOptions>,
  { password }: MergeOptions,
  made: string,
  prepared: PreparedSources,
): Promise<string[]> {
  const { path } = onlySource(job)
  const ready = await makeReady(path, '0', password, prepared)
  // Even what cannot be changed, such as one with signatures, goes through.
  await copyFile(ready.path, made, constants.COPYFILE_FICLONE)
  return tellLosses(ready, undefined)
}

async function makeOfFiles(
  wanted: NonNullable<MergeOptions['files']>,
  { password }: MergeOptions,
  made: string,
  prepared: PreparedSources,
): Promise<string[]> {
  const given = new AbortController()
  const signal = AbortSignal.any([prepared.signal, given.signal])
  const queue = createQueue(FETCHED_AT_ONCE)
  const fetched = wanted.map(({ url }, index) =>
    queue.run(index, async () => {
      signal.throwIfAborted()
      const path = join(prepared.folder, `file${index}`)
      await fetchFile({ index, url }, path, { fetch: prepared.fetch, signal })
      return path
    }),
  )
  // One that fails is told when it is its turn.
  const settled = Promise.allSettled(fetched)
  const files: PdfPart[] = []
  const lost: string[] = []
  try {
    for (const [index, fetching] of fetched.entries()) {
      const path = await fetching
      const ready = await makeReady(path, String(index), password, prepared).catch(
        (error: unknown) => {
          throw blame(index, error)
        },
      )
      const title = wanted[index]?.title
      files.push({ ...ready, title })
      lost.push(...tellLosses(ready, title ?? `files[${index}]`))
    }
  } finally {
    given.abort()
    await settled
  }
  await mergePdfs(files, made, prepared.signal)
  return lost
}

/** Makes a page of each picture in a file; a PDF is ready already, if it opens. */
async function makeReady(
  path: string,
  name: string,
  password: string | undefined,
  prepared: PreparedSources,
): Promise<PdfPart & Losses> {
  const source = await identifyPicture(path)
  if (source.content === 'pdf') {
    const outline = await readPdfOutline({ path, password }, prepared.signal)
    return { path, password, outline, signatures: outline.signatures, pictures: 1 }
  }
  const pages: PdfFile[] = []
  const count = await countPictures(source)
  if (count > MOST_PAGES) {
    throw new OperationError('source_exceeds_limit', { most: MOST_PAGES, of: 'pages' })
  }
  for (let page = 1; page <= count; page += 1) {
    const own = `${name}.${page}`
    const pagePath = join(prepared.folder, `${own}.pdf`)
    await mkdir(join(prepared.folder, own))
    writePage(pagePath, await embedPicture(source, page, own, prepared))
    // What it was made of may be as large as the picture itself.
    await rm(join(prepared.folder, own), { recursive: true })
    pages.push({ path: pagePath, password: undefined })
  }
  const losses = { signatures: 0, pictures: Math.max(1, countLostPictures(source) - count + 1) }
  const [first] = pages
  if (first !== undefined && pages.length === 1) return { ...first, ...losses }
  const pagesPath = join(prepared.folder, `${name}.pdf`)
  await mergePages(pages, pagesPath, prepared.signal)
  return { path: pagesPath, password: undefined, ...losses }
}

function writePage(path: string, picture: EmbeddedPicture): void {
  const descriptor = openSync(path, 'w')
  try {
    for (const piece of writePicturePage(picture)) writeFileSync(descriptor, piece)
  } finally {
    closeSync(descriptor)
  }
}

/** What is wrong with a source, told of the file that it is. */
function blame(index: number, error: unknown): unknown {
  if (!(error instanceof OperationError)) return error
  return new OperationError('file_unusable', { index, failure: error.message }, { cause: error })
}
