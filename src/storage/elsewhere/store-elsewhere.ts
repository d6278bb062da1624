import { ReadableStream } from 'node:stream/web'
import { ServiceError } from '../../base/errors.ts'
import { redact } from '../../base/redact.ts'
import { FetchError } from '../../fetching/fetched-file.ts'
import { Refusal } from '../../peers/refusal.ts'
import type { StorageLimits, Swept } from '../lifecycle.ts'
import { checkKey } from '../object-key.ts'
import type { ObjectStore } from '../object-store.ts'
import { type ObjectUrls, PART_SIZES } from '../object-urls.ts'
import { newUploadId } from '../presigned-url.ts'
import { checkedChunks } from '../upload-body.ts'
import type { Blobs } from './blobs.ts'
import { chooseParts } from './choose-parts.ts'
import { gather, PIECE_BYTES } from './cut-body.ts'
import { createSweepElsewhere } from './sweep-elsewhere.ts'

/** Below this are objects that may be removed when they are old. */
const PASSING = 'clients/'

/** Below this are the others. */
const KEPT = 'kept/'

/** Longest key in bytes: the store's names have what is before it, and behind those of parts. */
const MOST_KEY_BYTES = 900

/** Who was told that the store does not answer may ask again so soon; in seconds. */
const RETRY_AFTER = '5'

/** Objects in an object store elsewhere. */
export interface StoreElsewhere extends ObjectStore {
  readonly urls: ObjectUrls
  /** Removes what is too old or too much, see {@link StorageLimits}. */
  sweep(limits: StorageLimits, isOver: () => boolean): Promise<Swept>
}

/**
 * Makes the storage of a bucket or container.
 *
 * @param options.isPassing - whether an object may be removed when it is old
 * @param options.now - the clock, in milliseconds of the epoch
 */
export function createStoreElsewhere(
  blobs: Blobs,
  options: { isPassing: (key: string) => boolean; now: () => number },
): StoreElsewhere {
  const { isPassing, now } = options
  const joining = new Map<string, Promise<void>>()
  const sweepBlobs = createSweepElsewhere(blobs, { passing: PASSING, now })
  let bytes = 0
  let closed = false

  const nameOf = (key: string): string => `${isPassing(key) ? PASSING : KEPT}${key}`

  /** Does something at the store; that it cannot be done is a refusal of what was wanted of this service. */
  async function telling<T>(work: () => Promise<T>): Promise<T> {
    try {
      if (closed) throw new ServiceError('stopping', 'The service is stopping.')
      return await work()
    } catch (error) {
      throw unavailable(error, blobs.where)
    }
  }

  async function* tellingContent(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* content
    } catch (error) {
      throw unavailable(error, blobs.where)
    }
  }

  async function join(name: string, contentType: string, isWhole: boolean): Promise<void> {
    const parts = chooseParts(await blobs.partsOf(name))
    if (parts === undefined) return
    await blobs.join(name, parts, contentType)
    if (isWhole) await blobs.dropParts(name)
  }

  /** Two at a time would take the parts from each other; another service may all the same, which then has made the object. */
  async function joinAgain(name: string, contentType: string, isWhole: boolean): Promise<void> {
    try {
      await join(name, contentType, isWhole)
    } catch (error) {
      if (!isMissing(error)) throw error
      await join(name, contentType, isWhole)
    }
  }

  function complete(name: string, contentType: string, isWhole: boolean): Promise<void> {
    const before = joining.get(name) ?? Promise.resolve()
    const joined = before
      .catch(() => undefined)
      .then(() => telling(() => joinAgain(name, contentType, isWhole)))
      .finally(() => {
        if (joining.get(name) === joined) joining.delete(name)
      })
    joining.set(name, joined)
    return joined
  }

  const urls: ObjectUrls = {
    toRead: (key, reading) => blobs.toRead(nameOf(key), reading),
    toWrite(key, expires) {
      checkKey(key, MOST_KEY_BYTES)
      return blobs.toWrite(nameOf(key), expires)
    },
    toWriteParts(key, { expires, parts }) {
      checkKey(key, MOST_KEY_BYTES)
      const upload = newUploadId(now())
      return {
        urls: Array.from({ length: parts }, (_, part) =>
          blobs.toWritePart(nameOf(key), { upload, part }, expires),
        ),
        ...PART_SIZES,
      }
    },
  }

  return {
    urls,
    here: undefined,
    base: `${blobs.base}/`,
    partBytes: PIECE_BYTES,
    async put({ key, body, size, contentType, of }) {
      checkKey(key, MOST_KEY_BYTES)
      const chunks = checkedChunks(body, size)
      if (of === undefined) {
        const etag = await telling(() => blobs.write(nameOf(key), chunks, contentType))
        return { etag, replaced: false }
      }
      const part = await gather(chunks)
      await telling(() => blobs.writePart(nameOf(key), of, part))
      return { etag: `"${of.upload}.${of.part}"`, replaced: false }
    },
    stat: (key) =>
      telling(async () => {
        const found = await blobs.look(nameOf(key))
        return found && { key, ...found }
      }),
    open: (key, range) =>
      telling(async () => {
        const content = await blobs.open(nameOf(key), range)
        return content && ReadableStream.from(tellingContent(content))
      }),
    arrived: (key) =>
      telling(async () => {
        const parts = chooseParts(await blobs.partsOf(nameOf(key)))
        if (parts === undefined) {
          return { parts: 0, size: (await blobs.look(nameOf(key)))?.size ?? 0 }
        }
        return { parts: parts.length, size: parts.reduce((sum, { size }) => sum + size, 0) }
      }),
    complete: (key, contentType, isWhole) => complete(nameOf(key), contentType, isWhole),
    async completeTarget(target, contentType) {
      const url = firstUrl(target)
      const name = url && blobs.ofPartAt(url)
      if (name !== undefined) await complete(name, contentType, true)
    },
    async *list(prefix) {
      try {
        for await (const { name, partOf, size, modified } of blobs.list(nameOf(prefix))) {
          yield { key: keyOf(partOf ?? name), size: partOf === undefined ? size : 0, modified }
        }
      } catch (error) {
        throw unavailable(error, blobs.where)
      }
    },
    remove: (keys) => telling(() => blobs.remove(keys.map(nameOf))),
    size: () => bytes,
    async sweep(limits, isOver) {
      const { left, ...swept } = await telling(() => sweepBlobs(limits, isOver))
      bytes = left
      return swept
    },
    close() {
      closed = true
      blobs.close()
    },
  }
}

/** The key that an object of the store has here. */
function keyOf(name: string): string {
  return name.slice(name.indexOf('/') + 1)
}

function firstUrl(target: unknown): URL | undefined {
  const url: unknown =
    typeof target === 'object' && target !== null && 'urls' in target && Array.isArray(target.urls)
      ? target.urls[0]
      : target
  return typeof url === 'string' ? (URL.parse(url) ?? undefined) : undefined
}

function isMissing(error: unknown): boolean {
  return error instanceof Refusal && error.failure === 'missing'
}

function unavailable(error: unknown, where: string): unknown {
  if (!(error instanceof FetchError)) return error
  const why = redact(error.message).replaceAll(/[\s\p{C}]+/gu, ' ')
  return new ServiceError(
    'storage_unavailable',
    `The storage of this service, ${where}, does not do its part: ${why}; try again later.`,
    { headers: { 'retry-after': RETRY_AFTER }, cause: error },
  )
}
