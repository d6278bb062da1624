import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { refuseBad } from '../refusal.ts'
import { writeNew, writeWhole } from '../write-whole.ts'
import type { ExportedFile } from './job-answer.ts'

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
  const write = async (target: string): Promise<void> => {
    const content = body === null ? Readable.from([]) : Readable.fromWeb(body)
    const written = createWriteStream(target, { flags: 'wx' })
    await pipeline(content, written, signal === undefined ? {} : { signal })
  }
  if (overwrite) await writeWhole(file, write)
  else await writeNew(file, write)
  return (await stat(file)).size
}
