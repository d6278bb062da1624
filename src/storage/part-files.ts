import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { refuseFullDisk } from '../base/full-disk.ts'
import type { Log } from '../base/log.ts'
import { syncFolder } from '../home/private-file.ts'
import { setAside } from '../home/set-aside.ts'
import { type BodySize, checkedChunks } from './upload-body.ts'

/**
 * The folder with one file a part. A file is written once and never changed, under a random name, and belongs to an
 * object from the moment the index says so.
 */
export interface PartFiles {
  /**
   * Writes a body to a new file, through to the disk. A body that fails leaves no file.
   *
   * @returns the name of the file, its size in bytes, and the CRC-32 of what was written
   * @throws `ServiceError` 400 for a body that broke off, 413 for one that is too long, 507 for a full disk
   */
  write(
    body: AsyncIterable<Uint8Array> | null,
    size: BodySize,
  ): Promise<{ name: string; size: number; checksum: number }>
  /** Deletes files, each as soon as nobody reads it any more. */
  remove(names: readonly string[]): Promise<void>
  /** Keeps files from being deleted until the returned function is called; further calls of it do nothing. */
  hold(names: readonly string[]): () => Promise<void>
  /** The path of a file, for reading. */
  pathOf(name: string): string
  /** How large a file is, in bytes; undefined when it is not there. */
  sizeOf(name: string): number | undefined
}

/** How much of a body may wait in memory for the disk. */
const WRITE_BUFFER_BYTES = 1024 * 1024

/** What a file is called until it is whole. */
const UNFINISHED = '.unfinished'

/** What the index knows of the files, and wants to be told of them. */
export interface KnownFiles {
  /** Those that belong to an object, with their sizes in bytes. */
  files: () => ReadonlyMap<string, number>
  /** Those that are to be deleted. */
  removed: () => ReadonlySet<string>
  /** Is told of those that are deleted. */
  forget: (names: readonly string[]) => void
}

/**
 * Opens the folder, creating it if need be. What an earlier process did not finish writing or deleting is deleted; a file that is
 * whole and that the index does not know is set aside, see {@link setAside}; what the index knows and is not there is told the
 * log.
 */
export async function openPartFiles(
  directory: string,
  known: KnownFiles,
  log: Log,
): Promise<PartFiles> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const files = known.files()
  const removed = known.removed()
  const there = new Set(await readdir(directory))
  const unknown: string[] = []
  for (const name of there) {
    if (files.has(name)) continue
    if (removed.has(name) || name.endsWith(UNFINISHED)) await rm(join(directory, name))
    else unknown.push(name)
  }
  known.forget([...removed])
  await setAside(directory, unknown, { what: 'belongs to no object of the index', log })
  const lost = [...files.keys()].filter((name) => !there.has(name))
  if (lost.length > 0) {
    log.error(
      `Files of objects are missing in ${directory} (${lost.length}, the first is ${lost[0]}); their objects cannot be read.`,
    )
  }

  const holders = new Map<string, number>()
  const doomed = new Set<string>()
  const pathOf = (name: string) => join(directory, name)

  async function remove(names: readonly string[]): Promise<void> {
    for (const name of names) {
      if (holders.has(name)) doomed.add(name)
      else {
        await rm(pathOf(name), { force: true })
        known.forget([name])
      }
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

  async function write(body: AsyncIterable<Uint8Array> | null, size: BodySize) {
    const name = randomUUID()
    const draft = pathOf(`${name}${UNFINISHED}`)
    try {
      // Opened before the body is looked at: a body that fails must not leave a file that is made after it.
      const handle = await open(draft, 'wx', 0o600)
      try {
        const written = await writeChunks(handle, checkedChunks(body, size))
        await rename(draft, pathOf(name))
        // The disk writes both at once. Until the index knows the file nobody takes it for whole.
        await Promise.all([handle.datasync(), syncFolder(directory)])
        return { name, ...written }
      } finally {
        await handle.close()
      }
    } catch (error) {
      await Promise.all([draft, pathOf(name)].map((each) => rm(each, { force: true })))
      throw refuseFullDisk(error, 'object store')
    }
  }

  return {
    write,
    remove,
    hold,
    pathOf,
    sizeOf: (name) => statSync(pathOf(name), { throwIfNoEntry: false })?.size,
  }
}

/** Writes chunks one after the other, those of some kilobytes together; returns how many bytes there were, and their CRC-32. */
async function writeChunks(
  file: FileHandle,
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ size: number; checksum: number }> {
  let size = 0
  let checksum = 0
  let waiting: Uint8Array[] = []
  let waitingBytes = 0

  async function writeWaiting(): Promise<void> {
    const [first = new Uint8Array()] = waiting
    await file.writeFile(waiting.length === 1 ? first : Buffer.concat(waiting))
    waiting = []
    waitingBytes = 0
  }

  for await (const chunk of chunks) {
    size += chunk.byteLength
    checksum = crc32(chunk, checksum)
    waiting.push(chunk)
    waitingBytes += chunk.byteLength
    if (waitingBytes >= WRITE_BUFFER_BYTES) await writeWaiting()
  }
  if (waitingBytes > 0) await writeWaiting()
  return { size, checksum }
}
