import { corruptSource, OperationError } from '../../../base/operation-error.ts'
import { encryptedDocument } from '../../../packages/document-errors.ts'
import { createThread } from '../../../tasks/thread.ts'
import { MOST_MEMORY } from '../most-memory.ts'
import type { QpdfArgument, runQpdf } from './run-qpdf.ts'

/** Several times what a PDF of 10,000 pages takes. */
const LONGEST_RUN_MS = 120_000

/** As much memory as the thread may keep for the next document, in bytes. */
const MOST_HELD_BYTES = 256_000_000

const { run } = createThread<typeof runQpdf>({
  module: new URL('./qpdf-thread.ts', import.meta.url),
  longestMs: LONGEST_RUN_MS,
  mostHeldBytes: MOST_HELD_BYTES,
})

/**
 * Runs qpdf, which reads and writes the files among its arguments.
 *
 * @param password - that among the arguments, for the sentence
 * @throws {@link OperationError} when a file is damaged, encrypted or takes too long
 */
export async function qpdf(
  given: readonly QpdfArgument[],
  password: string | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const title = 'PDF'
  const end = await run(given, signal)
  switch (end?.outcome) {
    case 'done':
      return
    case 'refused': {
      const cause = new Error(end.said)
      throw end.said.includes('invalid password')
        ? encryptedDocument(title, password)
        : corruptSource(title, { cause })
    }
    case 'out of memory':
      throw new OperationError('source_out_of_memory', {
        task: 'draw',
        title,
        megabytes: MOST_MEMORY / 1024 ** 2,
      })
    case undefined: {
      const seconds = LONGEST_RUN_MS / 1000
      throw new OperationError('source_too_slow', { task: 'draw', seconds, title })
    }
  }
}

/** The arguments that name a file to read, and open it. */
export function opening(path: string, password: string | undefined): QpdfArgument[] {
  return [...(password === undefined ? [] : [`--password=${password}`]), { path }]
}
