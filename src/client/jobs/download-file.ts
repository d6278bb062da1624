import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { refuseBad } from '../refusal.ts'
import type { ExportedFile } from './job-answer.ts'

/** There is a file already where one is to be written. */
export class FileExists extends Error {
  override readonly name = 'FileExists'

  constructor(file: string, cause: unknown) {
    super(`${file} is there already.`, { cause })
  }
}

/**
 * Downloads a file of an `export/url` task. What breaks off leaves nothing behind, and a file that is to be overwritten is what
 * it was.
 *
 * @param file - where it goes
 * @param options.overwrite - whether it may replace a file
 * @returns its size in bytes
 * @throws {FileExists} when it may not
 */
export async function downloadFile(
  exported: ExportedFile,
  file: string,
  options: { overwrite: boolean; signal?: AbortSignal | undefined },
): Promise<number> {
  const { overwrite, signal } = options
  if (exported.url === undefined) throw new Error(`${exported.filename} has no URL.`)
  const { body } = await refuseBad(
    await fetch(exported.url, signal === undefined ? {} : { signal }),
  )
  const written = overwrite ? path.join(path.dirname(file), `.${randomUUID()}.part`) : file
  const target = createWriteStream(written, { flags: 'wx' })
  try {
    const content = body === null ? Readable.from([]) : Readable.fromWeb(body)
    await pipeline(content, target, signal === undefined ? {} : { signal })
    if (overwrite) await rename(written, file)
    return (await stat(file)).size
  } catch (error) {
    if (isExists(error)) throw new FileExists(file, error)
    await rm(written, { force: true })
    throw error
  }
}

function isExists(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}
