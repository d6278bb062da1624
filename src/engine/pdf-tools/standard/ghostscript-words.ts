import { missingProgram } from '../../../programs/missing-program.ts'

/** What is wrong with a PDF for which Ghostscript takes more than it may. */
export const TOO_MUCH = {
  time: 'it takes too long',
  memory: 'it takes too much memory',
  written: 'it becomes too large',
  files: 'it becomes more than one file',
} as const

/** No longer is what Ghostscript says in a sentence, in characters. */
const MOST_SHOWN = 200

/** What Ghostscript says of a PDF that it cannot write, in a sentence. */
export function wordsOf(said: string): string {
  return `Ghostscript says ${JSON.stringify(said.trim().slice(0, MOST_SHOWN))}`
}

/**
 * @param what - what cannot be done without it, such as "Writing a PDF as PDF/X-3"
 * @throws {@link OperationError} program_missing
 */
export function requireGhostscript(what: string, path: string | undefined): string {
  if (path !== undefined) return path
  throw missingProgram('gs', what)
}
