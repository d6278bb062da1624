import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { ServiceError } from '../base/errors.ts'
import { refuseFullDisk } from '../base/full-disk.ts'

/**
 * The folder with one file a part. A file is written once and never changed, under a random name, and belongs to an
 * object from the moment the index says so.
 */
export interface PartFiles {
  /**
   * Writes a body to a new file, through to the disk. A body that fails leaves no file.
   *
   * @returns the name of the file and its size in bytes
   * @throws `ServiceError` 400 for a body that broke off, 413 for one that is too long, 507 for a full disk
   */
  write(
    body: ReadableStream<Uint8Array> | null,
    size: BodySize,
  ): Promise<{ name: string; size: number }>
  /** Deletes files, each as soon as nobody reads it any more. */
  remove(names: readonly string[]): Promise<void>
  /** Keeps files from being deleted until the returned function is called; further calls of it do nothing. */
  hold(names: readonly string[]): () => Promise<void>
  /** The path of a file, for reading. */
  pathOf(name: string): string
}

/** How much of a body may wait in memory for the disk. */
const WRITE_BUFFER_BYTES = 1024 * 1024

/**
 * Opens the folder, creating it if need be, and deletes what an earlier process did not finish.
 *
 * @param inUse - the names of all files that belong to an object
 */
export async function openPartFiles(
  directory: string,
  inUse: ReadonlySet<string>,
): Promise<PartFiles> {
  await mkdir(directory, { recursive: true })
  for (const name of await readdir(directory)) {
    if (!inUse.has(name)) await rm(join(directory, name))
  }

  const holders = new Map<string, number>()
  const doomed = new Set<string>()
  const pathOf = (name: string) => join(directory, name)

  async function remove(names: readonly string[]): Promise<void> {
    for (const name of names) {
      if (holders.has(name)) doomed.add(name)
      else await rm(pathOf(name), { force: true })
    }
  }

  function hold(names: readonly string[]): () => Promise<void> {
    for (const name of names) holders.set(name, (holders.get(name) ?? 0) + 1)
    let held = true
    return async () => {
      if (!held) return
      held = false
      for (const name of names) {
        const others = (holders.get(name) ?? 1) - 1
        if (others > 0) holders.set(name, others)
        else holders.delete(name)
      }
      await remove(names.filter((name) => !holders.has(name) && doomed.delete(name)))
    }
  }

  async function write(body: ReadableStream<Uint8Array> | null, size: BodySize) {
    const name = randomUUID()
    try {
      // Opened before the body is looked at: a stream that opens its own file may create it after it was given up.
      const handle = await open(pathOf(name), 'wx')
      const file = handle.createWriteStream({ flush: true, highWaterMark: WRITE_BUFFER_BYTES })
      await pipeline(checkedChunks(body, size), file)
      await syncDirectory(directory)
      return { name, size: file.bytesWritten }
    } catch (error) {
      await rm(pathOf(name), { force: true })
      throw refuseFullDisk(error, 'object store')
    }
  }

  return { write, remove, hold, pathOf }
}

/** A new file survives a power cut only when its folder was written as well. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** What a body may be and what it was said to be, in bytes. */
export interface BodySize {
  /** The longest body to accept. */
  max?: number | undefined
  /** The length that the sender announced. */
  announced?: number | undefined
}

/**
 * The body of an upload, chunk by chunk, which fails rather than end when the body is not what it should be.
 *
 * @throws {@link ServiceError} 400 for a body that broke off or has not the announced length, 413 for one that is too long
 */
async function* checkedChunks(
  body: ReadableStream<Uint8Array> | null,
  { max, announced }: BodySize,
): AsyncGenerator<Uint8Array, void, void> {
  let received = 0
  for await (const chunk of readBody(body)) {
    received += chunk.byteLength
    if (max !== undefined && received > max) throw tooLong(max)
    yield chunk
  }
  if (announced !== undefined && received !== announced) {
    throw new ServiceError(
      'invalid',
      `The upload has ${received} bytes, but its Content-Length is ${announced}; nothing was stored.`,
    )
  }
}

async function* readBody(body: ReadableStream<Uint8Array> | null) {
  if (body === null) return
  try {
    yield* body
  } catch (cause) {
    throw new ServiceError('invalid', 'The upload broke off before its end; nothing was stored.', {
      cause,
    })
  }
}

/** The refusal of a body longer than `max` bytes. */
export function tooLong(max: number): ServiceError {
  return new ServiceError(
    'too_large',
    `The upload is longer than the ${max} bytes that this URL allows.`,
  )
}
