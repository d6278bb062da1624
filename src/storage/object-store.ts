import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReadableStream } from 'node:stream/web'
import { ServiceError } from '../base/errors.ts'
import { refuseFullDisk } from '../base/full-disk.ts'
import type { Log } from '../base/log.ts'
import type { FileSlice } from '../base/read-slices.ts'
import { type ByteRange, readSlices } from './file-slices.ts'
import { checkKey } from './object-key.ts'
import { type BodySize, openPartFiles } from './part-files.ts'
import { openPartIndex, type PartIndex, type PartOfUpload, type StoredPart } from './part-index.ts'

/** An upload of a whole object or of one part of it. */
export interface Upload {
  key: string
  body: AsyncIterable<Uint8Array> | null
  size: BodySize
  /** The `Content-Type` of the request; an object has that of its first part. */
  contentType: string
  /** Absent for an object that is uploaded as a whole. */
  of?: PartOfUpload | undefined
}

/** An object as it is at one moment. */
export interface StoredObject {
  key: string
  /** In bytes. */
  size: number
  contentType: string
  /** When its latest part was uploaded, in milliseconds of the epoch. */
  modified: number
  /** A strong entity tag with its quotes. Any two uploads differ in it, even of the same bytes. */
  etag: string
  parts: readonly StoredPart[]
}

/** Objects under keys, each made of one part or of several. */
export interface ObjectStore {
  /**
   * Stores an object or a part of one; the bytes are on the disk when the promise resolves. Until then, and after a
   * failure, the object is what it was.
   *
   * @returns the entity tag of what was uploaded, and whether it took the place of something
   * @throws {@link ServiceError} 400 for an impossible key or a body that broke off, 409 for a part of an upload that a later
   * one has replaced, 413 for a body that is too long, 503 when the store was closed meanwhile, 507 for a full disk
   */
  put(upload: Upload): Promise<{ etag: string; replaced: boolean }>
  /** The object, or `undefined` while there is none or a part before its last is missing. */
  stat(key: string): StoredObject | undefined
  /**
   * Looks whether all of an object is on the disk.
   *
   * @throws {@link ServiceError} 410 when a file of it is missing or has another size
   */
  check(object: StoredObject): void
  /**
   * Reads an object, or a range of it, that {@link check} finds whole. To be called in the same tick as {@link stat}; from then on
   * the stream gives that very version, whatever is uploaded meanwhile. It fails before its end when the bytes of a part are not
   * those that were stored.
   */
  read(object: StoredObject, range?: ByteRange): ReadableStream<Uint8Array>
  /**
   * Keeps the files of an object, which {@link check} finds whole, for somebody on this machine who reads them himself. To be called in
   * the same tick as {@link stat}.
   *
   * @returns them, and what lets them go; further calls of it do nothing
   */
  hold(object: StoredObject): { slices: readonly FileSlice[]; release: () => Promise<void> }
  /** The keys that begin so. */
  keys(prefix: string): string[]
  /** Removes objects, of which some may not be there. Streams that are open stay readable. */
  remove(keys: readonly string[]): Promise<void>
  /** In bytes, of everything. */
  size: PartIndex['size']
  /** See {@link PartIndex.byAge}. */
  byAge: PartIndex['byAge']
  /** Closes the index. Streams that are open stay readable. */
  close(): void
}

/**
 * Opens the object store in `directory`, creating it if need be, and sweeps what broken uploads of an earlier process
 * left. One process at a time may have a directory open.
 *
 * @param options.now - the clock, in milliseconds of the epoch
 */
export async function openObjectStore(
  directory: string,
  { now, log }: { now: () => number; log: Log },
): Promise<ObjectStore> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const index = openPartIndex(join(directory, 'index.sqlite'))
  const files = await openPartFiles(join(directory, 'parts'), index, log)
  let closed = false

  async function record(
    key: string,
    part: StoredPart,
    of: PartOfUpload | undefined,
  ): Promise<string[]> {
    try {
      if (closed) throw new ServiceError('stopping', 'The service is stopping.')
      return await index.add(key, part, of)
    } catch (error) {
      await files.remove([part.file])
      throw refuseFullDisk(error, 'object store')
    }
  }

  function check({ key, parts }: StoredObject): void {
    for (const { file, size } of parts) {
      const found = files.sizeOf(file)
      if (found === size) continue
      const left = found === undefined ? 'is missing' : `has ${found} bytes`
      log.error(`The object ${JSON.stringify(key)} is damaged: ${files.pathOf(file)} ${left}.`)
      throw new ServiceError(
        'gone',
        `The object ${JSON.stringify(key)} is damaged: a file of ${size} bytes ${left}; it must be uploaded again.`,
      )
    }
  }

  function hold(object: StoredObject, { start, end } = { start: 0, end: object.size }) {
    check(object)
    let offset = 0
    const held = object.parts
      .map((part) => {
        const from = Math.max(start - offset, 0)
        const to = Math.min(end - offset, part.size)
        const isWhole = from === 0 && to === part.size
        const slice = {
          file: part.file,
          path: files.pathOf(part.file),
          start: from,
          end: to,
          checksum: isWhole ? (part.checksum ?? undefined) : undefined,
        }
        offset += part.size
        return slice
      })
      .filter((slice) => slice.start < slice.end)
    const slices = held.map(({ file: _file, ...slice }) => slice)
    return { slices, release: files.hold(held.map(({ file }) => file)) }
  }

  return {
    check,
    async put({ key, body, size, contentType, of }) {
      checkKey(key)
      const written = await files.write(body, size)
      const { name: file, ...kept } = written
      const part = { file, ...kept, contentType, modified: now() }
      const replaced = await record(key, part, of)
      await files.remove(replaced)
      return { etag: etagOf([part]), replaced: replaced.length > 0 }
    },
    stat(key) {
      const parts = index.partsOf(key)
      const [first] = parts
      if (first === undefined) return undefined
      return {
        key,
        size: parts.reduce((sum, part) => sum + part.size, 0),
        contentType: first.contentType,
        modified: parts.reduce((latest, part) => Math.max(latest, part.modified), 0),
        etag: etagOf(parts),
        parts,
      }
    },
    read(object, range) {
      const { slices, release } = hold(object, range)
      return readSlices(slices, release)
    },
    hold: (object) => hold(object),
    keys: (prefix) => index.keys(prefix),
    size: () => index.size(),
    byAge: (after) => index.byAge(after),
    async remove(keys) {
      if (closed) throw new ServiceError('stopping', 'The service is stopping.')
      await files.remove(await index.remove(keys))
    },
    close() {
      closed = true
      index.close()
    },
  }
}

/** Files are never changed and have random names, so the names of its files tell versions of an object apart. */
function etagOf(parts: readonly StoredPart[]): string {
  const hash = createHash('sha256')
  for (const { file } of parts) hash.update(file)
  return `"${hash.digest('base64url')}"`
}
