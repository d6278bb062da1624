import * as z from 'zod/mini'
import { escapeXml } from '../../base/xml.ts'
import { objectUrl } from '../http/object-url.ts'
import type { Wire } from '../http/wire.ts'
import { readXml } from '../http/xml.ts'
import { partsOf, readPart, sendParts } from '../parts.ts'
import { telling } from '../peer-error.ts'
import type { ExportPeer, OutgoingFile, PutContext } from '../peer.ts'
import { Refusal } from '../refusal.ts'
import { secretsOf } from '../secrets.ts'
import { S3_SECRETS, type S3ExportOptions, s3ExportOptions } from './s3-options.ts'
import { bucketUrl, openS3Wire } from './s3-wire.ts'

/** In bytes; Amazon takes 10,000 parts of at least 5 MiB. */
const PARTS = { bytes: 16 * 1024 * 1024, most: 10_000 } as const
const PARALLEL = 3
const CLEANUP_MS = 10_000

/** Files into a bucket of Amazon S3, or of a store that speaks its language; a large one in parts. */
export const s3Export: ExportPeer = {
  options: s3ExportOptions,
  secrets: S3_SECRETS,
  async put(given, file, context) {
    const options = z.parse(s3ExportOptions, given)
    const { key, key_prefix: prefix = '', bucket } = options
    const name = key ?? `${prefix}${file.name}`
    const base = bucketUrl(options)
    const where = `the bucket “${bucket}” at ${new URL(base).host}`
    const secrets = secretsOf(given, S3_SECRETS)
    const wire = openS3Wire(options, context)
    try {
      await telling({ what: `“${name}” could not be put into ${where}`, secrets }, async () => {
        const url = objectUrl(base, name)
        const headers = headersOf(options, file)
        if (file.size <= PARTS.bytes) await putWhole(url, headers, { file, wire, context })
        else await putParts(url, headers, { file, wire, context })
      })
    } finally {
      wire.close()
    }
  },
}

interface Putting {
  readonly file: OutgoingFile
  readonly wire: Wire
  readonly context: PutContext
}

function headersOf(options: S3ExportOptions, file: OutgoingFile): Record<string, string> {
  const named = {
    'x-amz-acl': options.acl,
    'cache-control': options.cache_control,
    'content-disposition': options.content_disposition,
    'content-type': options.content_type ?? file.contentType,
    'x-amz-server-side-encryption': options.server_side_encryption,
    'x-amz-tagging': options.tagging && new URLSearchParams(options.tagging).toString(),
    ...Object.fromEntries(
      Object.entries(options.metadata ?? {}).map(([name, value]) => [
        `x-amz-meta-${name.toLowerCase()}`,
        value,
      ]),
    ),
  }
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(named)) {
    if (value !== undefined) headers[name] = value
  }
  return headers
}

async function putWhole(
  url: URL,
  headers: Readonly<Record<string, string>>,
  { file, wire, context }: Putting,
): Promise<void> {
  const { size } = file
  await wire.ask({
    method: 'PUT',
    url,
    headers: { ...headers, 'content-length': String(size) },
    body: () => readPart(file, { start: 0, size }, context.progress),
  })
}

async function putParts(
  url: URL,
  headers: Readonly<Record<string, string>>,
  { file, wire, context }: Putting,
): Promise<void> {
  const begun = await wire.ask({ method: 'POST', url: withQuery(url, { uploads: '' }), headers })
  const uploadId = readXml(begun.text).text('UploadId')
  if (uploadId === undefined) throw new Refusal('failed', 'it did not begin an upload in parts')
  try {
    const sending = { parallel: PARALLEL, signal: context.signal, progress: context.progress }
    const tags = await sendParts(
      partsOf(file.size, PARTS),
      sending,
      async (part, onBytes, signal) => {
        const partNumber = String(part.index + 1)
        const { headers: answer } = await wire.ask({
          method: 'PUT',
          url: withQuery(url, { partNumber, uploadId }),
          headers: { 'content-length': String(part.size) },
          body: () => readPart(file, part, onBytes),
          signal,
        })
        return { partNumber, tag: answer.etag ?? '' }
      },
    )
    const list = tags.map(
      ({ partNumber, tag }) =>
        `<Part><PartNumber>${partNumber}</PartNumber><ETag>${escapeXml(tag)}</ETag></Part>`,
    )
    const body = `<CompleteMultipartUpload>${list.join('')}</CompleteMultipartUpload>`
    await complete(url, { uploadId, body, size: file.size }, wire)
  } catch (error) {
    await giveUp(withQuery(url, { uploadId }), wire)
    throw error
  }
}

async function complete(
  url: URL,
  { uploadId, body, size }: { uploadId: string; body: string; size: number },
  wire: Wire,
): Promise<void> {
  try {
    const headers = { 'content-type': 'application/xml' }
    const target = withQuery(url, { uploadId })
    const call = { method: 'POST', url: target, headers, body, isSlow: true }
    const xml = readXml((await wire.ask(call)).text)
    const [failure] = xml.all('Error')
    // Amazon sends the head of its answer before it knows how it ends.
    if (failure !== undefined) {
      const code = failure.text('Code')
      const words = `the server answered ${code} (${failure.text('Message')})`
      throw new Refusal('failed', words, { reason: code })
    }
  } catch (error) {
    // The answer to the first attempt may have been lost.
    if (!(error instanceof Refusal && error.reason === 'NoSuchUpload')) throw error
    if ((await wire.look(url)).size !== size) throw error
  }
}

/** Parts that belong to nothing would be kept, and paid for. */
async function giveUp(url: URL, wire: Wire): Promise<void> {
  try {
    await wire.askOnce({ method: 'DELETE', url, signal: AbortSignal.timeout(CLEANUP_MS) })
  } catch {
    // What counts is why it was given up.
  }
}

function withQuery(url: URL, query: Readonly<Record<string, string>>): URL {
  const target = new URL(url)
  for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value)
  return target
}
