import { createWriteStream } from 'node:fs'
import { mkdir, realpath, symlink } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { crc32 } from 'node:zlib'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { ServiceError } from '../../base/errors.ts'

/** What an action on Adobe I/O Runtime has as its disk. */
const MOST_UNPACKED_BYTES = 600_000_000
const MOST_ENTRIES = 50_000
const LONGEST_LINK_BYTES = 4096

/** Of the mode of a file, which is the upper half of its attributes. */
const FILE_TYPE = 0o170000
const SYMBOLIC_LINK = 0o120000
const EXECUTABLE = 0o111

/**
 * Unpacks the zip file of an action into an empty folder. Its paths are anybody's: nothing is written outside of the
 * folder, and no link leads out of it. Whoever calls removes the folder when this fails. On return all of it is on disk.
 *
 * @throws {ServiceError} 400 for a file that is no zip file, is damaged or leads out of the folder, 413 for too large a one
 */
export async function unzip(archive: Buffer, folder: string): Promise<void> {
  const zip = await orDamaged(() => fromBufferPromise(archive))
  try {
    await unpack(zip, await realpath(folder))
  } finally {
    zip.close()
  }
}

async function unpack(zip: ZipFile, folder: string): Promise<void> {
  if (zip.entryCount > MOST_ENTRIES) throw tooLarge(`more than ${MOST_ENTRIES} entries`)
  const entries = await orDamaged(() => readDirectory(zip))
  // Whatever has more bytes than it says is refused when it is read.
  const bytes = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0)
  if (bytes > MOST_UNPACKED_BYTES) {
    throw tooLarge(`more than ${MOST_UNPACKED_BYTES / 1_000_000} MB unpacked`)
  }

  const links: { file: string; target: string }[] = []
  for (const entry of entries) {
    const file = path.join(folder, entry.fileName)
    if (!isIn(folder, file)) throw damaged(`it has a path that leads out: ${entry.fileName}`)
    const isFolder = entry.fileName.endsWith('/')
    await orDamaged(() => mkdir(isFolder ? file : path.dirname(file), { recursive: true }))
    if (isFolder) continue
    const mode = entry.externalFileAttributes >>> 16
    if ((mode & FILE_TYPE) === SYMBOLIC_LINK) {
      links.push({ file, target: await readLink(zip, entry) })
    } else {
      const written = { mode: (mode & EXECUTABLE) === 0 ? 0o600 : 0o700, flags: 'wx', flush: true }
      await orDamaged(() => pipeline(read(zip, entry), createWriteStream(file, written)))
    }
  }
  // Only now is there a link, so nothing was written through one, and all of the folders that they lie in are real.
  for (const { file, target } of links) await orDamaged(() => symlink(target, file))
  for (const { file } of links) {
    const end = await orDamaged(() => realpath(file))
    if (!isIn(folder, end)) {
      throw damaged(`it has a link that leads out: ${path.relative(folder, file)}`)
    }
  }
}

async function readDirectory(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = []
  // Names that are absolute or lead up are refused here.
  for await (const entry of zip.eachEntry()) entries.push(entry)
  return entries
}

function isIn(folder: string, file: string): boolean {
  return `${file}${path.sep}`.startsWith(`${folder}${path.sep}`)
}

async function* read(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  if (entry.isEncrypted()) throw damaged('it is encrypted')
  const stream = await orDamaged(() => zip.openReadStreamPromise(entry))
  const chunks: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]()
  let checksum = 0
  try {
    for (;;) {
      const chunk = await orDamaged(() => chunks.next())
      if (chunk.done === true) break
      checksum = crc32(chunk.value, checksum)
      yield chunk.value
    }
  } finally {
    stream.destroy()
  }
  if (checksum !== entry.crc32) throw damaged(`the checksum of ${entry.fileName} is wrong`)
}

async function readLink(zip: ZipFile, entry: Entry): Promise<string> {
  if (entry.uncompressedSize > LONGEST_LINK_BYTES) throw damaged('it has a link that is too long')
  const decoder = new TextDecoder()
  let target = ''
  for await (const chunk of read(zip, entry)) target += decoder.decode(chunk, { stream: true })
  return target
}

function damaged(why: string, options?: ErrorOptions): ServiceError {
  return new ServiceError(
    'invalid',
    `The code is not a zip file that can be unpacked: ${why}.`,
    options,
  )
}

function tooLarge(what: string): ServiceError {
  return new ServiceError('too_large', `The code is too large: it has ${what}.`)
}

/** Codes of the system that the archive brings about: two entries of one name, a file that is a folder too, a long name. */
const OF_THE_ARCHIVE = new Set(['EEXIST', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ENOENT', 'ELOOP'])

/** Whatever a zip file makes its reader throw says that it is damaged, unless the disk does. */
async function orDamaged<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    if (!(error instanceof Error) || error instanceof ServiceError) throw error
    const code = 'code' in error && 'syscall' in error ? String(error.code) : undefined
    if (code !== undefined && !OF_THE_ARCHIVE.has(code)) throw error
    throw damaged(code ?? error.message, { cause: error })
  }
}
