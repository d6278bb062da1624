import { writeFile } from 'node:fs/promises'
import { type Failure, OperationError } from '../../base/operation-error.ts'
import type { IdentifiedSource } from '../../sources/identify.ts'
import { createThread } from '../../tasks/thread.ts'
import { fontFolders } from '../typesetting/fonts/font-folders.ts'
import type { PagePicture } from './drawing/page-pictures.ts'
import { finishPages } from './drawing/write-pages.ts'
import type { layOutHere, PageOutcome } from './lay-out-here.ts'

/** Many times what the longest real documents take on two cores of a cloud machine. */
const LONGEST_TASK_MS = 60_000

/** As much memory as the thread may keep for the next document, in bytes. */
const MOST_HELD_BYTES = 200_000_000

/** As many pages are laid out of a document. */
const MOST_PAGES = 500

const { run } = createThread<typeof layOutHere>({
  module: new URL('./page-thread.ts', import.meta.url),
  longestMs: LONGEST_TASK_MS,
  mostHeldBytes: MOST_HELD_BYTES,
})

/** Makes a picture that pages can have of the file of one; undefined when nobody can read it. */
export type LoadPicture = (file: Uint8Array) => Promise<PagePicture | undefined>

/** A document, and what becomes of it. */
export interface DocumentPages {
  readonly source: IdentifiedSource
  /** Of the PDF file to write. */
  readonly pdfPath: string
  readonly password: string | undefined
  /** How many pages are wanted. */
  readonly count: number
  readonly loadPicture: LoadPicture
  readonly folders?: readonly string[]
}

/**
 * Writes a PDF file with the first pages of an office document, in a thread: documents are files of strangers, and to lay them
 * out takes long.
 *
 * @returns what is not on them as the document has it, a sentence each
 * @throws {@link OperationError} when it is damaged, encrypted, too large, or takes too long; then there is no file
 */
export async function writeDocumentPages(
  { source, pdfPath, password, count, loadPicture, folders = fontFolders() }: DocumentPages,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const scratchPath = `${pdfPath}.part`
  const pages = Math.min(count, MOST_PAGES)
  const task = { source, password, scratchPath, count: pages, folders }
  const outcome = await run(task, signal).catch(toOutcome)
  if (outcome === undefined) {
    throw new OperationError('source_too_slow', { task: 'draw', seconds: LONGEST_TASK_MS / 1000 })
  }
  if (outcome.outcome === 'failed') {
    throw new OperationError(outcome.failure.code, outcome.failure.fields)
  }
  const pictures = new Map<string, PagePicture>()
  for (const [name, file] of outcome.files) {
    signal?.throwIfAborted()
    const picture = await loadPicture(file)
    if (picture !== undefined) pictures.set(name, picture)
  }
  await writeFile(pdfPath, finishPages(outcome.written, pictures))
  const missing = [...outcome.written.pictures.keys()].filter((name) => !pictures.has(name))
  return [...outcome.remarks, ...tellMissing(missing.length)]
}

function tellMissing(pictures: number): string[] {
  if (pictures === 0) return []
  return pictures === 1
    ? ['A picture of the document is missing, or cannot be read; there is a grey box in its place.']
    : [
        `${pictures} pictures of the document are missing, or cannot be read; there are grey boxes in their places.`,
      ]
}

/** A thread that has run out of memory says so with a code; whatever else ends it is no fault of the source. */
function toOutcome(error: unknown): PageOutcome {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    const failure: Failure = {
      code: 'source_out_of_memory',
      fields: { task: 'draw' },
      cause: error,
    }
    return { outcome: 'failed', failure }
  }
  throw error
}
