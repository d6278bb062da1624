import { createHash } from 'node:crypto'
import { type FileHandle, mkdir, open, realpath, symlink } from 'node:fs/promises'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { extract, type Header } from 'tar-stream'
import * as z from 'zod/mini'
import { parseJson } from '../../base/json.ts'
import { syncFolder } from '../private-file.ts'
import { removeTree } from '../remove-tree.ts'
import {
  type BackupHeader,
  CONTENT,
  FORMAT,
  HEADER,
  headerSchema,
  lineOf,
  MANIFEST,
  ownMode,
} from './backup-format.ts'

/** How long the first file of an archive may be, in bytes: a sentence or two. */
const LONGEST_HEADER_BYTES = 4096

/** How many files are written before the disk is waited for, for all of them together. */
const SYNCED_AT_ONCE = 16

const namedSchema = z.object({ name: z.string() })

/** The bytes of a file in an archive, and what it says of it. */
type ArchiveFile = AsyncIterable<unknown> & { header: Header; resume: () => unknown }

/**
 * Unpacks a backup, and compares what came with what it says of itself in the end.
 *
 * @param options.file - the path of the archive, for sentences
 * @param options.folder - where to keep notes meanwhile; nothing of this is left in it when this fails
 * @param options.content - where the files go, below that folder; there is nothing yet
 * @throws {Error} one sentence, when it is damaged or no backup
 */
export async function unpackBackup(
  archive: FileHandle,
  options: { file: string; folder: string; content: string; signal: AbortSignal },
): Promise<BackupHeader & { files: number; bytes: number }> {
  const { file, folder, content, signal } = options
  await mkdir(content, { recursive: true, mode: 0o700 })
  const found = path.join(folder, 'found.jsonl')
  const told = path.join(folder, 'told.jsonl')
  const list = await open(found, 'wx', 0o600)
  const unsynced: FileHandle[] = []
  const links: { name: string; target: string }[] = []
  const sums = { files: 0, bytes: 0 }
  let about: BackupHeader | undefined
  let isWhole = false

  async function syncAll(): Promise<void> {
    const handles = unsynced.splice(0)
    await Promise.all(handles.map((handle) => handle.sync()))
    await Promise.all(handles.map((handle) => handle.close()))
  }

  async function keep(entry: ArchiveFile): Promise<void> {
    const { header } = entry
    const name = header.name.slice(CONTENT.length).replace(/\/$/, '')
    if (!header.name.startsWith(CONTENT) || !isBelow(name)) throw damaged(file, header.name)
    const mode = ownMode(header.mode).toString(8)
    const place = path.join(content, name)
    sums.files += 1
    if (header.type === 'file') {
      const handle = await open(place, 'wx', ownMode(header.mode) | 0o600)
      unsynced.push(handle)
      const written = await writeBytes(handle, entry)
      sums.bytes += written.size
      await list.appendFile(`${lineOf({ name, mode, ...written })}\n`)
      if (unsynced.length >= SYNCED_AT_ONCE) await syncAll()
      return
    }
    if (header.type === 'directory') {
      await mkdir(place, { mode: 0o700 })
      await list.appendFile(`${lineOf({ name, mode, size: 0, content: null })}\n`)
    } else if (header.type === 'symlink') {
      const target = header.linkname
      links.push({ name, target })
      await list.appendFile(`${lineOf({ name, mode, size: 0, content: target })}\n`)
    } else throw damaged(file, header.name)
    entry.resume()
  }

  async function walk(walker: AsyncIterable<ArchiveFile>): Promise<void> {
    for await (const entry of walker) {
      signal.throwIfAborted()
      if (about === undefined) {
        about = await readHeader(file, entry)
        if (about.format !== FORMAT) throw otherFormat(file, about)
      } else if (isWhole) throw damaged(file, entry.header.name)
      else if (entry.header.name === MANIFEST) {
        const handle = await open(told, 'wx', 0o600)
        unsynced.push(handle)
        await writeBytes(handle, entry)
        isWhole = true
      } else await keep(entry)
    }
  }

  try {
    const walker = extract()
    const read = pipeline(archive.createReadStream({ autoClose: false }), walker, { signal })
    // One that fails ends the other, and what comes of that says less.
    const ends = await Promise.allSettled([walk(walker), read])
    for (const end of ends) if (end.status === 'rejected') throw end.reason
    await syncAll()
    if (about === undefined) throw noBackup(file)
    if (!isWhole) throw brokenOff(file)
    await compare(file, { told, found })
    for (const link of links) await makeLink(file, content, link)
    await syncFolder(content)
    return { ...about, ...sums }
  } catch (error) {
    await Promise.allSettled(unsynced.map((handle) => handle.close()))
    await removeTree(folder)
    throw about === undefined ? noBackup(file, error) : explain(file, error)
  } finally {
    await list.close()
  }
}

async function readHeader(file: string, entry: ArchiveFile): Promise<BackupHeader> {
  const { name, size } = entry.header
  if (name !== HEADER || size > LONGEST_HEADER_BYTES) throw noBackup(file)
  const { success, data } = z.safeParse(headerSchema, parseJson(await text(bytesOf(entry))))
  if (!success) throw noBackup(file)
  return data
}

async function writeBytes(
  handle: FileHandle,
  bytes: AsyncIterable<unknown>,
): Promise<{ size: number; content: string }> {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of bytesOf(bytes)) {
    hash.update(chunk)
    size += chunk.length
    await handle.appendFile(chunk)
  }
  return { size, content: hash.digest('hex') }
}

async function* bytesOf(content: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) if (chunk instanceof Uint8Array) yield chunk
}

/** Compares what the archive says of its files with what came, in the order in which they came. */
async function compare(file: string, lists: { told: string; found: string }): Promise<void> {
  const [told, found] = await Promise.all([open(lists.told), open(lists.found)])
  try {
    const foundLines = found.readLines()[Symbol.asyncIterator]()
    for await (const line of told.readLines()) {
      const { value, done } = await foundLines.next()
      if (done === true) throw damaged(file, nameIn(line))
      if (value !== line) throw damaged(file, nameIn(value))
    }
    const { value, done } = await foundLines.next()
    if (done !== true) throw damaged(file, nameIn(value))
  } finally {
    await Promise.all([told.close(), found.close()])
  }
}

function nameIn(line: string): string {
  const { success, data } = z.safeParse(namedSchema, parseJson(line))
  return success ? data.name : MANIFEST
}

async function makeLink(
  file: string,
  content: string,
  { name, target }: { name: string; target: string },
): Promise<void> {
  const place = path.join(content, name)
  const leadsTo = path.posix.join(path.posix.dirname(name), target)
  if (path.posix.isAbsolute(target) || !isBelow(leadsTo)) throw leadingOut(file, name)
  await symlink(target, place)
  // What is not there leads nowhere.
  const end = await realpath(place).catch(() => place)
  const root = await realpath(content)
  if (end !== place && !end.startsWith(root + path.sep)) throw leadingOut(file, name)
}

function isBelow(name: string): boolean {
  return (
    name !== '' &&
    name !== '.' &&
    path.posix.normalize(name) === name &&
    !path.posix.isAbsolute(name) &&
    name.split('/')[0] !== '..' &&
    !name.includes('\0')
  )
}

function explain(file: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error
  if (error.message === 'Unexpected end of data') return brokenOff(file)
  return error.message.startsWith('Invalid tar header') ? damaged(file, 'its order') : error
}

function noBackup(file: string, cause?: unknown): Error {
  return new Error(`${file} is no backup of Darkroom; npm run backup makes one.`, { cause })
}

function otherFormat(file: string, { version }: BackupHeader): Error {
  return new Error(
    `${file} was made by Darkroom ${version} in a way that this version does not know; it has to be restored by that one.`,
  )
}

function brokenOff(file: string): Error {
  return new Error(`${file} has no end: it was broken off, and another backup is needed.`)
}

function damaged(file: string, what: string): Error {
  return new Error(
    `${file} is damaged: ${what} is not what was backed up; another backup is needed.`,
  )
}

function leadingOut(file: string, name: string): Error {
  return new Error(`${file} has a link that leads out of the state folder: ${name}.`)
}
