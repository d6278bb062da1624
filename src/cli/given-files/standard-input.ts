import { createWriteStream } from 'node:fs'
import { rename, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isFormatId } from '../../sources/format-lookup.ts'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { identifySource } from '../../sources/identify.ts'
import { UsageError } from '../arguments.ts'
import { withTemporaryFolder } from '../with-temporary-folder.ts'
import { type GivenFile, STANDARD_INPUT } from './find-files.ts'

/**
 * Has what comes from the standard input as a file while it is used, wherever {@link STANDARD_INPUT} was given. It is called `stdin`,
 * with the extension of what it is by its content.
 *
 * @throws {UsageError} when nothing comes from there
 */
export async function withStandardInput<T>(
  files: readonly GivenFile[],
  use: (files: readonly GivenFile[]) => Promise<T>,
): Promise<T> {
  if (files.every(({ file }) => file !== STANDARD_INPUT)) return use(files)
  if (process.stdin.isTTY) {
    throw new UsageError(
      'A file called - comes from the standard input, but that is a terminal; pipe it in, as in: cat photo.jpg | npm run …',
    )
  }
  return withTemporaryFolder(async (folder) => {
    const file = await saveStream(process.stdin, folder)
    return use(files.map((each) => (each.file === STANDARD_INPUT ? { ...each, file } : each)))
  })
}

async function saveStream(stream: Readable, folder: string): Promise<string> {
  const file = path.join(folder, 'stdin')
  await pipeline(stream, createWriteStream(file))
  if ((await stat(file)).size === 0) throw new UsageError('The standard input has no bytes.')
  const { content } = await identifySource(file)
  if (content === undefined || !isFormatId(content)) return file
  const named = `${file}.${KNOWN_FORMATS[content].extensions[0]}`
  await rename(file, named)
  return named
}
