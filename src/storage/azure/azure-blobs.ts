import { createHash } from 'node:crypto'
import { retrying } from '../../fetching/resume.ts'
import { openAzureWire } from '../../peers/azure/azure-wire.ts'
import { objectUrl } from '../../peers/http/object-url.ts'
import { readXml } from '../../peers/http/xml.ts'
import type { PeerContext } from '../../peers/peer.ts'
import { createQueue } from '../../tasks/queue.ts'
import type { Blobs, UploadedPart } from '../elsewhere/blobs.ts'
import { cutBody, PIECE_BYTES } from '../elsewhere/cut-body.ts'
import { readBlob } from '../elsewhere/read-blob.ts'
import { newUploadId } from '../presigned-url.ts'
import type { AzureSettings } from './azure-settings.ts'
import { idOfPart, idOfPiece, readPartId } from './block-ids.ts'
import { signBlobUrl } from './sign-blob-url.ts'

/** How many blobs are deleted at a time; each takes a call. */
const DELETED_AT_ONCE = 8

/** A block that Azure has of a blob; its `version` is its id. */
interface Block extends UploadedPart {
  /** Whether the blob is made of it. */
  readonly isCommitted: boolean
}

/**
 * Opens a container. A part of an upload is a block until the blob is made of it. So is a whole upload by a URL: Adobe's SDK does not
 * say `x-ms-blob-type`, without which Azure takes no whole blob.
 *
 * @param options.now - the clock, in milliseconds of the epoch
 */
export function openAzureBlobs(
  settings: AzureSettings,
  context: PeerContext & { now: () => number },
): Blobs {
  const { base, account, container, key } = settings
  const { now } = context
  const wire = openAzureWire(
    { storage_account: account, storage_access_key: key, container },
    context,
  )
  const urlOf = (name: string, query: Readonly<Record<string, string>> = {}): URL => {
    const url = objectUrl(base, name)
    for (const [parameter, value] of Object.entries(query)) url.searchParams.set(parameter, value)
    return url
  }
  const blockUrl = (name: string, blockid: string): URL => urlOf(name, { comp: 'block', blockid })

  async function put(
    url: URL,
    bytes: Uint8Array,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<string> {
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

  async function commit(
    name: string,
    ids: readonly string[],
    contentType: string,
  ): Promise<string> {
    const list = ids.map((id) => `<Latest>${id}</Latest>`).join('')
    const { headers } = await wire.ask({
      method: 'PUT',
      url: urlOf(name, { comp: 'blocklist' }),
      headers: { 'content-type': 'application/xml', 'x-ms-blob-content-type': contentType },
      isSlow: true,
      body: `<?xml version="1.0" encoding="utf-8"?><BlockList>${list}</BlockList>`,
    })
    return headers.etag ?? ''
  }

  async function blocksOf(name: string): Promise<Block[]> {
    const url = urlOf(name, { comp: 'blocklist', blocklisttype: 'all' })
    const { status, text } = await wire.ask({ url }, [404])
    if (status === 404) return []
    const xml = readXml(text)
    const blocks = (['CommittedBlocks', 'UncommittedBlocks'] as const).flatMap((kind) =>
      xml.all(kind).flatMap((list) =>
        list.all('Block').flatMap((block) => {
          const version = block.text('Name') ?? ''
          const part = readPartId(version)
          const size = Number(block.text('Size'))
          const isCommitted = kind === 'CommittedBlocks'
          return part === undefined
            ? []
            : [{ ...part, size, version, modified: undefined, isCommitted }]
        }),
      ),
    )
    // What was sent again since takes the place of what the blob has.
    return [...new Map(blocks.map((block) => [block.version, block])).values()]
  }

  async function removeBlob(name: string): Promise<void> {
    const { status } = await wire.ask({ method: 'DELETE', url: urlOf(name) }, [404])
    if (status !== 404 || (await blocksOf(name)).length === 0) return
    // Blocks that no blob is made of cannot be deleted but with one.
    await put(urlOf(name), new Uint8Array(), { 'x-ms-blob-type': 'BlockBlob' })
    await wire.ask({ method: 'DELETE', url: urlOf(name) }, [404])
  }

  const toWritePart: Blobs['toWritePart'] = (name, of, expires) =>
    signBlobUrl(settings, { name, url: blockUrl(name, idOfPart(of)), permissions: 'cw', expires })

  return {
    base,
    where: `the container “${container}” at ${new URL(base).host}`,
    async look(name) {
      const { status, headers } = await wire.ask({ method: 'HEAD', url: urlOf(name) }, [404])
      if (status === 404) return undefined
      return {
        size: Number(headers['content-length']),
        contentType: headers['content-type'] ?? 'application/octet-stream',
        modified: Date.parse(headers['last-modified'] ?? ''),
        etag: headers.etag ?? '',
      }
    },
    open: (name, range) =>
      readBlob(range, ({ from, to }) => {
        const open = retrying(
          (href, request) => wire.open(href, { ...request, ...(to !== undefined && { to }) }),
          context,
        )
        return open(urlOf(name).href, { from, signal: context.signal })
      }),
    async write(name, body, contentType) {
      const pieces = cutBody(body)
      const { value: first = new Uint8Array() } = await pieces.next()
      if (first.length < PIECE_BYTES) {
        return put(urlOf(name), first, {
          'content-type': contentType,
          'x-ms-blob-type': 'BlockBlob',
        })
      }
      const upload = newUploadId(now())
      const ids: string[] = []
      const send = async (piece: Uint8Array): Promise<void> => {
        const id = idOfPiece(upload, ids.length)
        await put(blockUrl(name, id), piece)
        ids.push(id)
      }
      await send(first)
      for await (const piece of pieces) if (piece.length > 0) await send(piece)
      return commit(name, ids, contentType)
    },
    async writePart(name, of, bytes) {
      // Azure has no empty blocks.
      if (bytes.length > 0) await put(blockUrl(name, idOfPart(of)), bytes)
      else if (of.part === 0) await put(urlOf(name), bytes, { 'x-ms-blob-type': 'BlockBlob' })
    },
    partsOf: blocksOf,
    async join(name, parts, contentType) {
      const blocks = await blocksOf(name)
      const ids = parts.map(({ version }) => version)
      const known = new Map(blocks.map((block) => [block.version, block.isCommitted]))
      const isDone = ids.every((id) => known.get(id) === true)
      if (!isDone) await commit(name, ids, contentType)
    },
    // Those that a blob is not made of go with its next commit, or after a week.
    dropParts: async () => undefined,
    async *list(prefix) {
      let marker: string | undefined
      do {
        const url = new URL(base)
        const query = { restype: 'container', comp: 'list', prefix, ...(marker && { marker }) }
        for (const [parameter, value] of Object.entries(query)) {
          url.searchParams.set(parameter, value)
        }
        const xml = readXml((await wire.ask({ url })).text)
        for (const blob of xml.all('Blob')) {
          yield {
            name: blob.text('Name') ?? '',
            size: Number(blob.text('Content-Length')),
            modified: Date.parse(blob.text('Last-Modified') ?? ''),
          }
        }
        const next = xml.text('NextMarker')
        marker = next === marker ? undefined : next
      } while (marker !== undefined)
    },
    async remove(names) {
      const queue = createQueue(DELETED_AT_ONCE)
      await Promise.all(names.map((name, index) => queue.run(index, () => removeBlob(name))))
    },
    toRead: (name, { expires, disposition }) =>
      signBlobUrl(settings, { name, url: urlOf(name), permissions: 'r', expires, disposition }),
    toWrite: (name, expires) => toWritePart(name, { upload: newUploadId(now()), part: 0 }, expires),
    toWritePart,
    ofPartAt(url) {
      if (!url.href.startsWith(`${base}/`) || url.searchParams.get('comp') !== 'block')
        return undefined
      return decodeURIComponent(url.pathname.slice(new URL(`${base}/`).pathname.length))
    },
    // Blocks that make no blob go after a week.
    abortRule: undefined,
    close: () => wire.close(),
  }
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
