import { execFile } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import { open, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import * as z from 'zod/mini'
import { convertMarkup } from '../src/engine/markup/convert-markup.ts'
import { metadata } from '../src/engine/metadata/metadata.ts'
import { writePdfPositions, writePdfText } from '../src/engine/pdf/pdf.ts'
import { qpdf } from '../src/engine/pdf/qpdf/qpdf.ts'
import { startRenditions } from '../src/engine/pictures/render.ts'
import { MAX_SOURCE_PIXELS } from '../src/engine/pictures/source.ts'
import { extractText } from '../src/engine/text/extract-text.ts'
import { readPictureOptions } from '../src/sdk/picture-outline.ts'
import { identifySource } from '../src/sources/identify.ts'
import { compare, takeTurns, timeProgram } from './beside.ts'
import { drawBook } from './documents/pdf.ts'
import { type Finding, megabytes, time } from './measure.ts'

const run = promisify(execFile)

const ROUNDS = 7
const BOOK_PAGES = 300
const PAGE_WIDTH = 1280
const LETTER_PARAGRAPHS = 2000

const ARCHIVING = fileURLToPath(new URL('./documents/archiving.ts', import.meta.url))
const ARCHIVED_FILES = 20
const ARCHIVED_FILE_BYTES = 50_000_000
const SMALL_FILE_BYTES = 500_000
const ARCHIVING_ROUNDS = 3

/**
 * Text and pages of a PDF file beside the tools of poppler, what it says of itself beside ExifTool, text of a letter beside LibreOffice,
 * and an archive beside `zip`. They take turns.
 */
export async function measureDocuments(folder: string): Promise<Finding[]> {
  const book = path.join(folder, 'book.pdf')
  await writeFile(book, await drawBook(BOOK_PAGES))
  const pdf = { path: book, password: undefined }
  return [
    await measureText(book, {
      what: '',
      write: () => writePdfText(pdf, path.join(folder, 'book.txt')),
      program: [],
    }),
    await measureText(book, {
      what: ' with positions',
      write: () => writePdfPositions(pdf, path.join(folder, 'book.json')),
      program: ['-bbox-layout'],
    }),
    await measureOfficeText(folder),
    await measurePage(folder, book),
    await measureMetadata(folder, book),
    await measureTags(folder, book),
    ...(await measureArchive(folder)),
  ]
}

/** What is written of the text of a PDF, beside what poppler writes of it. */
async function measureText(
  book: string,
  {
    what,
    write,
    program,
  }: { what: string; write: () => Promise<unknown>; program: readonly string[] },
): Promise<Finding> {
  const { mine, theirs } = await takeTurns(
    ROUNDS,
    () => time(write),
    () => timeProgram('pdftotext', [...program, book, `${book}.theirs`]),
  )
  return compare({
    what: `text of a PDF of ${BOOK_PAGES} pages${what}, warm`,
    mine,
    theirs,
    program: ['pdftotext', ...program].join(' '),
    limit: 4,
    goal: 'within 4 ×',
  })
}

async function measureOfficeText(folder: string): Promise<Finding> {
  const plain = path.join(folder, 'letter.txt')
  await writeFile(plain, 'A paragraph about boats and lights.\n\n'.repeat(LETTER_PARAGRAPHS))
  const letter = path.join(folder, 'letter.docx')
  await writeFile(letter, await convertMarkup(plain, 'text', 'docx'))
  const source = await identifySource(letter)
  const profile = `-env:UserInstallation=${pathToFileURL(path.join(folder, 'office')).href}`
  const { mine, theirs } = await takeTurns(
    ROUNDS,
    () => time(() => extractText({ source, textPath: path.join(folder, 'ours.txt') })),
    () =>
      timeProgram('soffice', [
        profile,
        '--headless',
        '--convert-to',
        'txt:Text',
        '--outdir',
        path.join(folder, 'office-text'),
        letter,
      ]),
  )
  return compare({
    what: `text of a DOCX of ${LETTER_PARAGRAPHS} paragraphs, warm`,
    mine,
    theirs,
    program: 'soffice',
    limit: 1,
    goal: 'faster',
  })
}

/** All that a PDF says of itself as one flat object. */
async function measureTags(folder: string, book: string): Promise<Finding> {
  const source = await identifySource(book)
  const jsonPath = path.join(folder, 'tags.json')
  const { mine, theirs } = await takeTurns(
    ROUNDS,
    () => time(() => metadata.readTags({ source, jsonPath })),
    () => timeProgram('exiftool', ['-j', book]),
  )
  return compare({
    what: `JSON of what a PDF of ${BOOK_PAGES} pages says of itself, warm`,
    mine,
    theirs,
    program: 'exiftool -j',
    limit: 4,
    goal: 'within 4 ×',
  })
}

async function measurePage(folder: string, book: string): Promise<Finding> {
  const ours = path.join(folder, 'page.png')
  const instructions = { fmt: 'png', width: PAGE_WIDTH, page: 7 }
  const size = ['-scale-to-x', String(PAGE_WIDTH), '-scale-to-y', '-1']
  const { mine, theirs } = await takeTurns(
    ROUNDS,
    () =>
      time(async () => {
        const [rendition] = startRenditions(
          await identifySource(book),
          [{ options: readPictureOptions(instructions), path: ours }],
          {
            maxPixels: MAX_SOURCE_PIXELS,
            loadWatermark: () => Promise.reject(new Error('There is no watermark.')),
            signal: new AbortController().signal,
          },
        )
        await rendition
      }),
    () =>
      timeProgram('pdftoppm', [
        '-png',
        '-f',
        '7',
        '-l',
        '7',
        '-singlefile',
        ...size,
        book,
        path.join(folder, 'theirs'),
      ]),
  )
  return compare({
    what: `a page of a PDF to a PNG ${PAGE_WIDTH} px wide, warm`,
    mine,
    theirs,
    program: 'pdftoppm',
    limit: 1,
    goal: 'faster',
  })
}

/** Encrypted with 256 bits, and many pages: what takes longest of what a PDF says of itself. */
async function measureMetadata(folder: string, book: string): Promise<Finding> {
  const locked = path.join(folder, 'locked.pdf')
  const encrypt = ['--encrypt', '', 'owner', '256', '--']
  await qpdf([{ path: book }, { path: locked }, ...encrypt], undefined, undefined)
  const source = await identifySource(locked)
  const xmpPath = path.join(folder, 'locked.xmp')
  await metadata.extractXmp({ source, xmpPath })
  const { mine, theirs } = await takeTurns(
    ROUNDS,
    () => time(() => metadata.extractXmp({ source, xmpPath })),
    () => timeProgram('pdfinfo', [locked]),
  )
  return compare({
    what: `XMP of an encrypted PDF of ${BOOK_PAGES} pages, warm`,
    mine,
    theirs,
    program: 'pdfinfo',
    limit: 4,
    goal: 'within 4 ×',
  })
}

const usageSchema = z.object({ milliseconds: z.number(), peakBytes: z.number() })

async function measureArchive(folder: string): Promise<Finding[]> {
  const small = await writeFiles(folder, 'small', SMALL_FILE_BYTES)
  const large = await writeFiles(folder, 'large', ARCHIVED_FILE_BYTES)
  const archive = path.join(folder, 'ours.zip')
  const theirArchive = path.join(folder, 'theirs.zip')

  async function archiveIn(files: readonly string[]) {
    await rm(archive, { force: true })
    const { stdout } = await run(process.execPath, [ARCHIVING, archive, ...files])
    return usageSchema.parse(JSON.parse(stdout))
  }

  const little = await archiveIn(small)
  let peakBytes = 0
  const { mine, theirs } = await takeTurns(
    ARCHIVING_ROUNDS,
    async () => {
      const usage = await archiveIn(large)
      peakBytes = Math.max(peakBytes, usage.peakBytes)
      return usage.milliseconds
    },
    async () => {
      await rm(theirArchive, { force: true })
      return timeProgram('zip', ['-0', '-q', '-j', theirArchive, ...large])
    },
  )
  const grown = peakBytes / little.peakBytes
  return [
    compare({
      what: 'an archive of 1 GB that cannot be compressed, from files',
      mine,
      theirs,
      program: 'zip -0',
      limit: 1.5,
      goal: 'within 1.5 ×',
    }),
    {
      what: 'the most memory that a process which does only this has held',
      measured: megabytes(peakBytes),
      baseline: `${megabytes(little.peakBytes)} for an archive of 10 MB`,
      distance: `${grown.toFixed(2)} ×`,
      goal: 'within 1.5 ×',
      reached: grown <= 1.5,
    },
  ]
}

async function writeFiles(folder: string, name: string, bytes: number): Promise<string[]> {
  const chunk = Buffer.alloc(1_000_000)
  const files = Array.from({ length: ARCHIVED_FILES }, (_, index) =>
    path.join(folder, `${name}${index}.jpg`),
  )
  for (const file of files) {
    await using handle = await open(file, 'w')
    for (let left = bytes; left > 0; left -= chunk.length) {
      await handle.write(randomFillSync(chunk), 0, Math.min(left, chunk.length))
    }
  }
  return files
}
