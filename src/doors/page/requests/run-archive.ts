import path from 'node:path'
import type { Context } from 'hono'
import { ServiceError } from '../../../base/errors.ts'
import { describeFile } from '../../../http/untrusted-headers.ts'
import type { DevtoolRequest } from '../api.ts'
import { uniqueNames } from '../files/file-name.ts'
import type { Storage } from '../files/storage.ts'
import { renditionKey } from './rendition-key.ts'
import { renditionFileName } from './rendition-name.ts'

/** Makes a ZIP of files as it is read, each of which is read twice. Its size, in bytes, is known before. */
export type StreamZip = (
  files: readonly {
    readonly path: string
    readonly size: number
    readonly date: Date
    readonly read: () => Promise<AsyncIterable<Uint8Array>>
  }[],
) => { readonly size: number; readonly content: AsyncIterable<Uint8Array> }

/** Those who ask for it again get what has been made meanwhile. */
const CHANGING = { 'cache-control': 'no-store' }

/**
 * Answers with a ZIP archive of all renditions that were created so far. Those of several requests are in folders, which are called
 * as the sources.
 *
 * @throws {ServiceError} 404 when there are none
 */
export function answerArchive(
  c: Context,
  requests: readonly [DevtoolRequest, ...DevtoolRequest[]],
  { storage, streamZip }: { storage: Storage; streamZip: StreamZip },
): Response {
  const stems = requests.map(({ source }) => path.parse(source?.name ?? 'renditions').name)
  const folders = requests.length === 1 ? [''] : uniqueNames(stems).map((stem) => `${stem}/`)
  const files = requests.flatMap((request, index) =>
    filesOf(request, storage).map((file) => ({ ...file, path: `${folders[index]}${file.path}` })),
  )
  if (files.length === 0) throw new ServiceError('not_found', 'No rendition was created yet.')
  const { size, content } = streamZip(files)
  const name = `${requests.length === 1 ? stems[0] : 'renditions'}.zip`
  return new Response(ReadableStream.from(content), {
    headers: {
      ...describeFile(c, { name, type: 'application/zip' }),
      ...CHANGING,
      'content-length': String(size),
    },
  })
}

function filesOf(request: DevtoolRequest, storage: Storage) {
  const created = request.renditions.flatMap(({ file, endedAt = request.sentAt }, position) =>
    file === undefined ? [] : [{ position, size: file.size, date: new Date(endedAt) }],
  )
  const names = uniqueNames(created.map(({ position }) => renditionFileName(request, position)))
  return created.map(({ position, size, date }, index) => ({
    path: names[index] ?? String(position),
    size,
    date,
    async read(): Promise<AsyncIterable<Uint8Array>> {
      const { body } = await storage.get(renditionKey(request.id, position))
      return body ?? ReadableStream.from<Uint8Array>([])
    },
  }))
}
