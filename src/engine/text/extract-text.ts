import { rm } from 'node:fs/promises'
import { OperationError } from '../../base/operation-error.ts'
import type { IdentifiedSource } from '../../sources/identify.ts'
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
export function createTextExtractor({ thread = THREAD, longestMs = LONGEST_EXTRACTION_MS } = {}): (
  request: TextRequest,
  signal?: AbortSignal,
) => Promise<readonly string[]> {
  const { run } = createThread<typeof extractHere>({
    module: thread,
    longestMs,
    mostHeldBytes: MOST_HELD_BYTES,
  })

  async function extract(
    { source, textPath, encoding, password }: TextRequest,
    signal: AbortSignal | undefined,
  ): Promise<readonly string[]> {
    if (source.start.length === 0 && source.content === undefined) {
      throw new OperationError('source_empty', {})
    }
    const kind = textKindOf(source)
    if (kind === 'PDF') return writePdfText({ path: source.path, password }, textPath, signal)
    const task = { source, textPath, kind, encoding, password }
    const extracted = await run(task, signal).catch(toOutcome)
    if (extracted === undefined) {
      throw new OperationError('source_too_slow', { task: 'text', seconds: longestMs / 1000 })
    }
    if (extracted.outcome === 'written') return extracted.remarks
    throw new OperationError(extracted.failure.code, extracted.failure.fields)
  }

  return async (request, signal) => {
    try {
      return await extract(request, signal)
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
 * @returns what of it could not be read, a sentence each
 * @throws {@link OperationError} for a source that is not there, empty, damaged, of no kind that text is made of,
 *   encrypted, or too large; whatever is not about the source, such as a full disk, as it is. There is no text file after
 *   any of them
 */
export const extractText = createTextExtractor()

/** A thread that has run out of memory says so with a code; whatever else ends it is no fault of the source. */
function toOutcome(error: unknown): Extracted {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    const failure = {
      code: 'source_out_of_memory',
      fields: { task: 'text' },
      cause: error,
    } as const
    return { outcome: 'failed', failure }
  }
  throw error
}
