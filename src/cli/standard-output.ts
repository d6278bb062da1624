import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { BROKEN_PIPE_STATUS } from './own-service.ts'

/** What the call names in place of a folder or a file for what goes to the standard output. */
export const STANDARD_OUTPUT = '-'

/** Writes bytes to the standard output, and nothing else. The process ends when nobody reads them. */
export async function writeToStandardOutput(content: Readable): Promise<void> {
  try {
    await pipeline(content, process.stdout, { end: false })
  } catch (error) {
    const isUnread = error instanceof Error && 'code' in error && error.code === 'EPIPE'
    if (isUnread) process.exit(BROKEN_PIPE_STATUS)
    throw error
  }
}

/**
 * Writes the only file of some to the standard output; nothing when there is none.
 *
 * @throws {Error} when there are several
 */
export async function writeOnlyFile(files: readonly string[]): Promise<void> {
  const [file, second] = files
  if (second !== undefined) {
    throw new Error(`--out - is for one file, but ${files.length} have been made; name a folder.`)
  }
  if (file !== undefined) await writeToStandardOutput(createReadStream(file))
}
