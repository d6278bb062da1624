import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { escapeXml } from '../../base/xml.ts'
import { retrying } from '../../fetching/resume.ts'
import { objectUrl } from '../../peers/http/object-url.ts'
import { readXml } from '../../peers/http/xml.ts'
import type { PeerContext } from '../../peers/peer.ts'
import { Refusal } from '../../peers/refusal.ts'
import { openS3Wire } from '../../peers/s3/s3-wire.ts'
import type { BlobFacts, Blobs, ListedBlob, UploadedPart } from '../elsewhere/blobs.ts'
import { readBlob } from '../elsewhere/read-blob.ts'
import { addAbortRule, hasAbortRule } from './lifecycle-rule.ts'
import { nameOfPart, PARTS, readPartName } from './part-names.ts'
import { presignS3 } from './presign-s3.ts'
import type { S3Settings } from './s3-settings.ts'
import { createS3Writing } from './s3-writing.ts'

/** How many objects one call deletes. */
const DELETED_AT_ONCE = 1000

/**
 * Opens a bucket. A part of an upload is an object of its own until the object is put together of them, by the store itself: so parts
 * come by a simple PUT, may be of any size, and are found by a listing, which every store has.
 *
 * @param options.now - the clock, in milliseconds of the epoch
 */
export function openS3Blobs(
  settings: S3Settings,
  context: PeerContext & { now: () => number },
): Blobs {
  const { base, bucket, region, accessKeyId, secretAccessKey, sessionToken } = settings
  const { now } = context
  const wire = openS3Wire(
    {
      bucket,
      region,
      access_key_id: accessKeyId,
      secret_access_key: secretAccessKey,
      session_token: sessionToken,
    },
    context,
  )
  const urlOf = (name: string): URL => objectUrl(base, name)
  const writing = createS3Writing({ bucket, urlOf, wire })
  const openAgain = (to: number | undefined) =>
    retrying(
      (href, request) => wire.open(href, { ...request, ...(to !== undefined && { to }) }),
      context,
    )

  async function look(name: string): Promise<(BlobFacts & { madeOf: string }) | undefined> {
    // The answer to HEAD has no words of why, and none are needed.
    const { status, headers } = await wire.ask({ method: 'HEAD', url: urlOf(name) }, [404])
    if (status === 404) return undefined
    return {
      size: Number(headers['content-length']),
      contentType: headers['content-type'] ?? 'application/octet-stream',
      modified: Date.parse(headers['last-modified'] ?? ''),
      etag: headers.etag ?? '',
      madeOf: String(headers['x-amz-meta-made-of'] ?? ''),
    }
  }

  async function* listBelow(
    prefix: string,
    isFlat = false,
  ): AsyncGenerator<ListedBlob & { version: string }> {
    let token: string | undefined
    do {
      const url = new URL(base)
      url.searchParams.set('list-type', '2')
      url.searchParams.set('prefix', prefix)
      if (isFlat) url.searchParams.set('delimiter', '/')
      // XML has no control characters, which keys may have.
      url.searchParams.set('encoding-type', 'url')
      if (token !== undefined) url.searchParams.set('continuation-token', token)
      const xml = readXml((await wire.ask({ url })).text)
      const isEncoded = xml.text('EncodingType') === 'url'
      for (const object of xml.all('Contents')) {
        const key = object.text('Key') ?? ''
        const name = isEncoded ? decodeURIComponent(key.replaceAll('+', ' ')) : key
        yield {
          name,
          size: Number(object.text('Size')),
          modified: Date.parse(object.text('LastModified') ?? ''),
          version: object.text('ETag') ?? '',
          partOf: readPartName(name)?.name,
        }
      }
      const next = xml.text('NextContinuationToken')
      // One that stands still would go on for ever.
      token = next === token ? undefined : next
    } while (token !== undefined)
  }

  async function partsOf(name: string): Promise<UploadedPart[]> {
    const parts: UploadedPart[] = []
    for await (const listed of listBelow(`${PARTS}${name}/`, true)) {
      const part = readPartName(listed.name)
      if (part?.name === name) parts.push({ ...part, ...listed })
    }
    return parts
  }

  async function removeNames(names: readonly string[]): Promise<void> {
    for (let start = 0; start < names.length; start += DELETED_AT_ONCE) {
      const keys = names.slice(start, start + DELETED_AT_ONCE)
      const list = keys.map((key) => `<Object><Key>${escapeXml(key)}</Key></Object>`)
      const body = `<Delete><Quiet>true</Quiet>${list.join('')}</Delete>`
      const url = new URL(base)
      url.searchParams.set('delete', '')
      const headers = {
        'content-type': 'application/xml',
        'content-md5': createHash('md5').update(body).digest('base64'),
      }
      const xml = readXml((await wire.ask({ method: 'POST', url, headers, body })).text)
      const [failure] = xml.all('Error')
      if (failure !== undefined) {
        const code = failure.text('Code')
        throw new Refusal('failed', `the server answered ${code} (${failure.text('Message')})`, {
          reason: code,
        })
      }
    }
  }

  function presign(method: string, url: URL, expires: number): string {
    const expiresIn = expires - Math.floor(now() / 1000)
    return presignS3(settings, { method, url, expiresIn, now: now() })
  }

  return {
    base,
    where: `the bucket “${bucket}” at ${new URL(base).host}`,
    look,
    open: (name, range) =>
      readBlob(range, ({ from, to }) =>
        openAgain(to)(urlOf(name).href, { from, signal: context.signal }),
      ),
    write: writing.write,
    writePart: async (name, of, bytes) => {
      await writing.putWhole(nameOfPart(name, of), bytes, {})
    },
    partsOf,
    async join(name, parts, contentType) {
      const madeOf = createHash('sha256')
      for (const { version } of parts) madeOf.update(version)
      const mark = madeOf.digest('base64url')
      const before = await look(name)
      const newest = Math.max(...parts.map(({ modified = 0 }) => modified))
      if (before?.madeOf === mark || (before !== undefined && before.modified > newest)) return
      await writing.join(name, parts, { 'content-type': contentType, 'x-amz-meta-made-of': mark })
    },
    async dropParts(name) {
      const parts = await partsOf(name)
      await removeNames(parts.map((part) => nameOfPart(name, part)))
    },
    async *list(prefix) {
      yield* listBelow(prefix)
      if (prefix !== '') yield* listBelow(`${PARTS}${prefix}`)
    },
    async remove(names) {
      const known = new Set(names)
      const parts: string[] = []
      for (const folder of new Set(names.map((name) => posix.dirname(name)))) {
        for await (const { name, partOf } of listBelow(`${PARTS}${folder}/`)) {
          if (partOf !== undefined && known.has(partOf)) parts.push(name)
        }
      }
      await removeNames([...names, ...parts])
    },
    toRead(name, { expires, disposition, method = 'GET' }) {
      const url = urlOf(name)
      if (disposition !== undefined)
        url.searchParams.set('response-content-disposition', disposition)
      return presign(method, url, expires)
    },
    toWrite: (name, expires) => presign('PUT', urlOf(name), expires),
    toWritePart: (name, of, expires) => presign('PUT', urlOf(nameOfPart(name, of)), expires),
    ofPartAt(url) {
      if (!url.href.startsWith(`${base}/`)) return undefined
      return readPartName(
        decodeURIComponent(url.pathname.slice(new URL(`${base}/`).pathname.length)),
      )?.name
    },
    abortRule: {
      isThere: () => hasAbortRule(wire, base),
      add: () => addAbortRule(wire, base),
    },
    close: () => wire.close(),
  }
}
