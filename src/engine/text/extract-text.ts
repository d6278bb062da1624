import { rm } from 'node:fs/promises'
import { RenditionError } from '../../base/errors.ts'
import { unsupported } from '../../packages/document-errors.ts'
import { emptySource, type IdentifiedSource } from '../../sources/identify.ts'
import { createThread } from '../../tasks/thread.ts'
import { writePdfText } from '../pdf/pdf.ts'
import type { Extracted, extractHere } from './extract-here.ts'
import { textKindOf } from './text-kind.ts'

/** A source file, and the text file to write. */
export interface TextRequest {
  readonly source: IdentifiedSource
  readonly textPath: string
  /** The encoding of a source that is text, as the WHATWG standard names it; found out when it is missing or wrong. */
  readonly encoding?: string | undefined
  /** What opens an encrypted source. */
  readonly password?: string | undefined
}

/** Twenty times what the largest real documents take on two cores of a cloud machine. */
const LONGEST_EXTRACTION_MS = 60_000

/** As much memory as a thread may keep for the next source, in bytes. What encodings are guessed with takes 50 MB. */
const MOST_HELD_BYTES = 160_000_000

const THREAD = new URL('./text-thread.ts', import.meta.url)

/**
 * Makes a function that extracts text in a {@link createThread thread} of its own.
 *
 * @param options.thread - the module that runs in the thread
 * @param options.longestMs - the time limit of one source
 */
export function createTextExtractor({
  thread = THREAD,
  longestMs = LONGEST_EXTRACTION_MS,
} = {}): (request: TextRequest) => Promise<void> {
  const { run } = createThread<typeof extractHere>({
    module: thread,
    longestMs,
    mostHeldBytes: MOST_HELD_BYTES,
  })

  async function extract({ source, textPath, encoding, password }: TextRequest): Promise<void> {
    if (source.start.length === 0 && source.content === undefined) throw emptySource()
    const kind = textKindOf(source)
    if (kind === 'PDF') return writePdfText({ path: source.path, password }, textPath)
    const task = { source, textPath, kind, encoding, password }
    const extracted = await run(task).catch(toOutcome)
    if (extracted === undefined) {
      throw unsupported(`more text than is read within ${longestMs / 1000} seconds`)
    }
    if (extracted.outcome === 'failed')
      throw new RenditionError(extracted.reason, extracted.message)
  }

  return async (request) => {
    try {
      await extract(request)
    } catch (error) {
      await rm(request.textPath, { force: true })
      throw error
    }
  }
}

/**
 * Writes the plain text of a document: UTF-8, paragraphs and rows on lines of their own, cells behind tabs, and a blank
 * line between slides, sheets or chapters. A picture has none, so that its file is empty.
 *
 * @throws {@link RenditionError} SourceCorrupt for a source that is empty or damaged, SourceUnsupported for one that is
 *   of no kind that text is made of, encrypted, or too large, GenericError for one that is not there; whatever is not
 *   about the source, such as a full disk, as it is. There is no text file after any of them
 */
export const extractText = createTextExtractor()

/** A thread that has run out of memory says so with a code; whatever else ends it is no fault of the source. */
function toOutcome(error: unknown): Extracted {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    const { reason, message } = unsupported('more text than this worker has memory for')
    return { outcome: 'failed', reason, message }
  }
  throw error
}
