import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReadableStream } from 'node:stream/web'
import { ServiceError } from '../base/errors.ts'
import { refuseFullDisk } from '../base/full-disk.ts'
import type { Log } from '../base/log.ts'
import { type ByteRange, readSlices } from './file-slices.ts'
import type { FilesHere, ObjectHere } from './files-here.ts'
import { checkKey } from './object-key.ts'
import type { ObjectStore } from './object-store.ts'
import { openPartFiles } from './part-files.ts'
import { openPartIndex, type PartOfUpload, type StoredPart } from './part-index.ts'

/** Objects in a folder. Streams that are open stay readable, whatever is removed. */
export interface FolderStore extends ObjectStore {
  readonly here: FilesHere
}

/** How much of a body is written before it counts, in bytes: each part is a file that is waited for until it is on the disk. */
const PART_BYTES = 32 * 1024 * 1024

/**
 * Opens the object store in `directory`, creating it if need be, and sweeps what broken uploads of an earlier process
 * left. One process at a time may have a directory open.
 *
 * @param options.now - the clock, in milliseconds of the epoch
 */
export async function openFolderStore(
  directory: string,
  { now, log }: { now: () => number; log: Log },
): Promise<FolderStore> {
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

  function check({ key, parts }: ObjectHere): void {
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

  function hold(object: ObjectHere, { start, end } = { start: 0, end: object.size }) {
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

  function look(key: string): ObjectHere | undefined {
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
  }

  function read(object: ObjectHere, range?: ByteRange): ReadableStream<Uint8Array> {
    const { slices, release } = hold(object, range)
    return readSlices(slices, release)
  }

  return {
    here: {
      look,
      check,
      read,
      hold: (object) => hold(object),
      byAge: (after) => index.byAge(after),
    },
    urls: undefined,
    base: undefined,
    partBytes: PART_BYTES,
    async put({ key, body, size, contentType, of }) {
      checkKey(key)
      const written = await files.write(body, size)
      const { name: file, ...kept } = written
      const part = { file, ...kept, contentType, modified: now() }
      const replaced = await record(key, part, of)
      await files.remove(replaced)
      return { etag: etagOf([part]), replaced: replaced.length > 0 }
    },
    stat: async (key) => look(key),
    async open(key, range) {
      const object = look(key)
      return object && read(object, range)
    },
    async arrived(key) {
      const { parts, size } = look(key) ?? { parts: [], size: 0 }
      return { parts: parts.length, size }
    },
    // Parts are an object as soon as they come.
    complete: async () => undefined,
    completeTarget: async () => undefined,
    async *list(prefix) {
      for (const key of index.keys(prefix)) {
        const { size, modified } = look(key) ?? { size: 0, modified: 0 }
        yield { key, size, modified }
      }
    },
    size: () => index.size(),
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
