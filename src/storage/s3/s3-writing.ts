import { createHash } from 'node:crypto'
import { escapeXml } from '../../base/xml.ts'
import type { Reply, Wire } from '../../peers/http/wire.ts'
import { readXml } from '../../peers/http/xml.ts'
import { Refusal } from '../../peers/refusal.ts'
import { createQueue } from '../../tasks/queue.ts'
import type { UploadedPart } from '../elsewhere/blobs.ts'
import { cutBody, PIECE_BYTES } from '../elsewhere/cut-body.ts'
import { nameOfPart } from './part-names.ts'

/** All parts of an object but the last have at least so many bytes, or no store puts them together. */
const LEAST_PART_BYTES = 5 * 1024 * 1024

/** How many parts the store is asked to copy at a time. */
const COPIES_AT_ONCE = 8

const CLEANUP_MS = 10_000

/** The headers that an object is to have. */
type Headers = Readonly<Record<string, string>>

/** How objects get into a bucket. */
export interface S3Writing {
  /** Puts some bytes as an object; resolves with its entity tag. */
  putWhole: (name: string, bytes: Uint8Array, headers: Headers) => Promise<string>
  /** Writes an object of any size; resolves with its entity tag. */
  write: (name: string, body: AsyncIterable<Uint8Array>, contentType: string) => Promise<string>
  /** Makes an object of others; the bytes of those that are large enough do not leave the store. */
  join: (name: string, parts: readonly UploadedPart[], headers: Headers) => Promise<void>
}

/** @param options.urlOf - where an object is */
export function createS3Writing(options: {
  bucket: string
  urlOf: (name: string) => URL
  wire: Wire
}): S3Writing {
  const { bucket, urlOf, wire } = options

  async function put(url: URL, bytes: Uint8Array, headers: Headers): Promise<string> {
    const { headers: answer } = await wire.ask({
      method: 'PUT',
      url,
      headers: {
        ...headers,
        'content-length': String(bytes.length),
        'content-md5': createHash('md5').update(bytes).digest('base64'),
      },
      body: () => chunksOf(bytes),
    })
    return answer.etag ?? ''
  }

  /** Makes an object of parts, which `send` sends; when that fails, nothing of them is left. */
  async function putParts(
    name: string,
    headers: Headers,
    send: (partUrl: (number: number) => URL) => Promise<readonly string[]>,
  ): Promise<string> {
    const url = urlOf(name)
    const begun = await wire.ask({
      method: 'POST',
      url: withQuery(url, { uploads: '' }),
      headers: { ...headers, 'content-length': '0' },
    })
    const uploadId = readXml(begun.text).text('UploadId')
    if (uploadId === undefined) throw new Refusal('failed', 'it did not begin an upload in parts')
    try {
      const tags = await send((number) => withQuery(url, { partNumber: String(number), uploadId }))
      const list = tags.map(
        (tag, index) =>
          `<Part><PartNumber>${index + 1}</PartNumber><ETag>${escapeXml(tag)}</ETag></Part>`,
      )
      const body = `<CompleteMultipartUpload>${list.join('')}</CompleteMultipartUpload>`
      const reply = await wire.ask({
        method: 'POST',
        url: withQuery(url, { uploadId }),
        headers: { 'content-type': 'application/xml' },
        body,
        isSlow: true,
      })
      return tagIn(reply)
    } catch (error) {
      await giveUp(withQuery(url, { uploadId }))
      throw error
    }
  }

  /** Parts that belong to nothing would be kept, and paid for. */
  async function giveUp(url: URL): Promise<void> {
    try {
      await wire.askOnce({ method: 'DELETE', url, signal: AbortSignal.timeout(CLEANUP_MS) })
    } catch {
      // What counts is why it was given up.
    }
  }

  const sourceOf = (name: string): Headers => ({
    'x-amz-copy-source': `/${bucket}/${name.split('/').map(encodeURIComponent).join('/')}`,
    'content-length': '0',
  })

  async function* readAll(parts: readonly Named[]): AsyncGenerator<Uint8Array> {
    const { signal } = new AbortController()
    for (const { name } of parts) {
      yield* (await wire.open(urlOf(name).href, { from: 0, signal })).content
    }
  }

  /** Has some parts go through this service, for what the store does not do itself. */
  async function relay(url: URL, parts: readonly Named[]): Promise<string> {
    const size = parts.reduce((sum, part) => sum + part.size, 0)
    const headers = { 'content-length': String(size) }
    return tagIn(await wire.ask({ method: 'PUT', url, headers, body: () => readAll(parts) }))
  }

  async function copy(url: URL, part: Named): Promise<string> {
    try {
      const headers = sourceOf(part.name)
      return tagIn(await wire.ask({ method: 'PUT', url, headers, isSlow: true }))
    } catch (error) {
      // Not every store that speaks this language can do that, or finds every name.
      if (!(error instanceof Refusal) || error.temporary) throw error
      return relay(url, [part])
    }
  }

  return {
    putWhole: (name, bytes, headers) => put(urlOf(name), bytes, headers),
    async write(name, body, contentType) {
      const headers = { 'content-type': contentType }
      const pieces = cutBody(body)
      const { value: first } = await pieces.next()
      if (first === undefined || first.length < PIECE_BYTES) {
        return put(urlOf(name), first ?? new Uint8Array(), headers)
      }
      return putParts(name, headers, async (partUrl) => {
        const tags = [await put(partUrl(1), first, {})]
        for await (const piece of pieces) {
          if (piece.length > 0) tags.push(await put(partUrl(tags.length + 1), piece, {}))
        }
        return tags
      })
    },
    async join(name, parts, headers) {
      const groups = groupsOf(
        parts.map((part) => ({ name: nameOfPart(name, part), size: part.size })),
      )
      if (parts.every(({ size }) => size === 0)) {
        await put(urlOf(name), new Uint8Array(), headers)
        return
      }
      await putParts(name, headers, (partUrl) => {
        const queue = createQueue(COPIES_AT_ONCE)
        return Promise.all(
          groups.map(([first, ...others], index) =>
            queue.run(index, () =>
              others.length === 0
                ? copy(partUrl(index + 1), first)
                : relay(partUrl(index + 1), [first, ...others]),
            ),
          ),
        )
      })
    },
  }
}

/** An object that becomes a part of another one. */
interface Named {
  readonly name: string
  /** In bytes. */
  readonly size: number
}

/** Parts that are too small go with those that follow, until there are enough bytes; the last may be small. */
function groupsOf(parts: readonly Named[]): [Named, ...Named[]][] {
  const groups: [Named, ...Named[]][] = []
  let missing = 0
  for (const part of parts) {
    if (part.size === 0) continue
    if (missing > 0) groups.at(-1)?.push(part)
    else {
      groups.push([part])
      missing = LEAST_PART_BYTES
    }
    missing -= part.size
  }
  return groups
}

/** Amazon sends the head of its answer before it knows how it ends. */
function tagIn({ text, headers }: Reply): string {
  const xml = readXml(text)
  const [failure] = xml.all('Error')
  if (failure !== undefined) {
    const code = failure.text('Code')
    throw new Refusal('failed', `the server answered ${code} (${failure.text('Message')})`, {
      reason: code,
    })
  }
  return xml.text('ETag') ?? headers.etag ?? ''
}

function withQuery(url: URL, query: Headers): URL {
  const target = new URL(url)
  for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value)
  return target
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
