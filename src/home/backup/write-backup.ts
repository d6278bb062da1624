import { createHash } from 'node:crypto'
import { createReadStream, lstatSync, readFileSync, readlinkSync } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Pack, pack } from 'tar-stream'
import { refuseFullDisk } from '../../base/full-disk.ts'
import type { HomeFiles } from '../home-files.ts'
import { syncFolder } from '../private-file.ts'
import { CONTENT, FORMAT, HEADER, lineOf, MANIFEST, ownMode } from './backup-format.ts'
import { type StagedHome, stageHome } from './stage-home.ts'

/** What became of a backup. */
export interface WrittenBackup {
  /** How many files of the state folder are in it. */
  readonly files: number
  /** In bytes, of those files. */
  readonly bytes: number
  /** Files that are missing in the state folder itself. */
  readonly lost: readonly string[]
}

/** How much of a file is read at once, in bytes. */
const READ_AT_ONCE_BYTES = 128 * 1024

/** How many lines of the manifest are kept until they are written. */
const LINES_AT_ONCE = 500

/**
 * Writes all that is in a state folder at one moment into a TAR archive, see {@link HEADER}; a service may run there. The file is
 * there when it is whole and on the disk; until then, another one ends in `.draft`.
 *
 * @param options.version - of Darkroom
 * @throws {Error} one sentence, when the home cannot be read, or the file is there or cannot be written
 */
export async function writeBackup(options: {
  home: string
  file: string
  files: HomeFiles
  version: string
  now: () => number
  signal: AbortSignal
}): Promise<WrittenBackup> {
  const { home, file, files, version, now, signal } = options
  const draft = `${file}.${process.pid}.draft`
  const target = await open(draft, 'wx', 0o600)
  let staged: StagedHome | undefined
  try {
    staged = await stageHome(home, files, signal)
    const createdAt = new Date(now()).toISOString()
    const header = JSON.stringify({ format: FORMAT, version, createdAt })
    const packed = pack()
    const written = pipeline(bytesOf(packed), target.createWriteStream({ flush: true }), { signal })
    const filled = fill(packed, staged, header, signal)
    // One that fails ends the other, and what comes of that says less.
    filled.catch((error: Error) => packed.destroy(error))
    written.catch(() => packed.destroy())
    const [sums] = await Promise.all([filled, written])
    await rename(draft, file)
    await syncFolder(path.dirname(file))
    return { ...sums, lost: staged.lost }
  } catch (error) {
    await target.close()
    await rm(draft, { force: true })
    throw refuseFullDisk(error, 'backup')
  } finally {
    await staged?.remove()
  }
}

async function* bytesOf(packed: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const chunk of packed) {
    if (chunk instanceof Uint8Array) yield chunk
  }
}

async function fill(
  packed: Pack,
  staged: StagedHome,
  header: string,
  signal: AbortSignal,
): Promise<{ files: number; bytes: number }> {
  const list = await open(path.join(path.dirname(staged.folder), MANIFEST), 'wx+', 0o600)
  const sums = { files: 0, bytes: 0 }
  let lines: string[] = []
  async function writeLines(): Promise<void> {
    await list.appendFile(lines.join(''))
    lines = []
  }
  try {
    await addBytes(packed, { name: HEADER, mode: 0o600 }, Buffer.from(header))
    for await (const name of staged.names()) {
      signal.throwIfAborted()
      const { size, line } = await addFile(packed, path.join(staged.folder, name), name)
      lines.push(`${line}\n`)
      if (lines.length >= LINES_AT_ONCE) await writeLines()
      sums.files += 1
      sums.bytes += size
    }
    await writeLines()
    await addContent(packed, list, { name: MANIFEST, mode: 0o600 })
  } finally {
    await list.close()
  }
  packed.finalize()
  return sums
}

/** Adds a file, a folder or a link; returns how many bytes it has, and its line of the manifest. */
async function addFile(
  packed: Pack,
  file: string,
  name: string,
): Promise<{ size: number; line: string }> {
  const found = lstatSync(file)
  const entry = { name: `${CONTENT}${name}`, mtime: found.mtime, mode: ownMode(found.mode) }
  const mode = entry.mode.toString(8)
  if (found.isDirectory()) {
    packed.entry({ ...entry, type: 'directory' })
    return { size: 0, line: lineOf({ name, mode, size: 0, content: null }) }
  }
  if (found.isSymbolicLink()) {
    const linkname = readlinkSync(file)
    packed.entry({ ...entry, type: 'symlink', linkname })
    return { size: 0, line: lineOf({ name, mode, size: 0, content: linkname }) }
  }
  const { size, content } = await (found.size <= READ_AT_ONCE_BYTES
    ? addBytes(packed, entry, readFileSync(file))
    : addLarge(packed, entry, file))
  return { size, line: lineOf({ name, mode, size, content }) }
}

/** Adds a file of these bytes, and waits until there is room for the next. */
async function addBytes(
  packed: Pack,
  entry: { name: string; mode: number },
  bytes: Buffer,
): Promise<{ size: number; content: string }> {
  await new Promise<void>((resolve, reject) => {
    packed.entry(entry, bytes, (error) => (error ? reject(error) : resolve()))
  })
  return { size: bytes.length, content: createHash('sha256').update(bytes).digest('hex') }
}

async function addLarge(packed: Pack, entry: { name: string; mode: number }, file: string) {
  const handle = await open(file)
  try {
    return await addContent(packed, handle, entry)
  } finally {
    await handle.close()
  }
}

/** Adds the bytes of an open file, as many as it has now; returns their number, and their SHA-256 in hexadecimal. */
async function addContent(
  packed: Pack,
  handle: FileHandle,
  entry: { name: string; mode: number },
): Promise<{ size: number; content: string }> {
  const { size } = await handle.stat()
  if (size === 0) return addBytes(packed, entry, Buffer.alloc(0))
  const hash = createHash('sha256')
  const sink = packed.entry({ ...entry, size })
  async function* summed() {
    const source = createReadStream('', {
      fd: handle,
      autoClose: false,
      start: 0,
      end: size - 1,
      highWaterMark: READ_AT_ONCE_BYTES,
    })
    for await (const chunk of source) {
      hash.update(chunk)
      yield chunk
    }
  }
  await pipeline(summed(), sink)
  return { size, content: hash.digest('hex') }
}
