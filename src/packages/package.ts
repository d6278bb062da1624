import { crc32 } from 'node:zlib'
import type { Entry, ZipFile } from 'yauzl'
import { corruptSource, OperationError } from '../base/operation-error.ts'
import { decodeXml } from '../sources/charset.ts'
import { START_BYTES } from '../sources/identify.ts'
import { readPart } from '../sources/open-file.ts'
import { readChunks } from '../sources/read-chunks.ts'
import { findZipStart } from '../sources/zip-start.ts'
import { tooMany, unsupported } from './document-errors.ts'
import { readFlatParts } from './flat-package.ts'
import { type MarkupHandler, parseMarkup } from './markup.ts'
import { openZip } from './open-zip.ts'

/** The most parts that a package may have. A book of pictures has some thousands. */
const MAX_PARTS = 20_000

/** The most that is unpacked of a package, in bytes; the text of a long novel is one megabyte. */
export const MAX_UNPACKED_BYTES = 256_000_000

const STORED = 0
const DEFLATED = 8

/** What a package may be; when it is damaged, nobody can tell. */
const TITLE = 'DOCX, PPTX, XLSX, OpenDocument or EPUB'

/** The parts of a document, each read from its start to its end. */
export interface Package {
  /** As they are written in the file. */
  readonly names: readonly string[]
  /** Whether there is a part of this name, in upper or lower case. */
  has(name: string): boolean
  /**
   * The bytes of a part.
   *
   * @throws {@link OperationError} when it is not there or damaged, or it is too large
   */
  read(name: string): AsyncGenerator<Buffer>
  /** Reads a part that is XML, see {@link parseMarkup}. */
  parse(name: string, handler: MarkupHandler, skip?: ReadonlySet<string>): Promise<void>
}

/**
 * Opens a document that is a zip file, or {@link readFlatParts one file of XML}, while `use` needs it.
 *
 * @param source - its path or its bytes
 * @throws {@link OperationError} when it is damaged, or it has too many parts
 */
export async function withPackage<T>(
  source: string | Buffer,
  use: (parts: Package) => Promise<T>,
): Promise<T> {
  if (!isZip(source)) return use(openFlat(await readFlatParts(readChunks(source))))
  const zip = await orCorrupt(() => openZip(source))
  try {
    return await use(await openParts(zip))
  } finally {
    zip.close()
  }
}

/** Whether a source, its path or its bytes, is a zip file, which may have something in front. */
export function isZip(source: string | Buffer): boolean {
  const start = readPart(source, 0, START_BYTES)
  return start.toString('latin1', 0, 2) === 'PK' || findZipStart(start) !== undefined
}

function openFlat(parts: ReadonlyMap<string, Buffer>): Package {
  const contents = new Map(Array.from(parts, ([name, content]) => [name.toLowerCase(), content]))
  const find = (name: string): Buffer | undefined => contents.get(name.toLowerCase())
  return createPackage({
    names: [...parts.keys()],
    has: (name) => find(name) !== undefined,
    async *read(name) {
      const content = find(name)
      if (content === undefined) throw corruptSource(TITLE)
      yield content
    },
  })
}

/** All bytes of a part; undefined when there are more than `mostBytes`. */
export async function readWhole(
  parts: Package,
  name: string,
  mostBytes: number,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of parts.read(name)) {
    bytes += chunk.length
    if (bytes > mostBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** A package of which parts are read so. */
export function createPackage({
  names,
  has,
  read,
}: Pick<Package, 'names' | 'has' | 'read'>): Package {
  return {
    names,
    has,
    read,
    parse: (name, handler, skip) =>
      parseMarkup(decodeXml(read(name)), handler, {
        language: 'XML',
        partOf: TITLE,
        ...(skip && { skip }),
      }),
  }
}

async function openParts(zip: ZipFile): Promise<Package> {
  if (zip.entryCount > MAX_PARTS) throw tooMany(MAX_PARTS, 'parts')
  const entries = new Map<string, Entry>()
  await orCorrupt(async () => {
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName.toLowerCase(), entry)
  })
  let unpacked = 0

  function count(bytes: number): void {
    unpacked += bytes
    if (unpacked > MAX_UNPACKED_BYTES) {
      throw tooMany(MAX_UNPACKED_BYTES / 1_000_000, 'MB of unpacked text')
    }
  }

  async function* read(name: string): AsyncGenerator<Buffer> {
    const entry = entries.get(name.toLowerCase())
    if (entry === undefined) throw corruptSource(TITLE)
    if (entry.isEncrypted()) throw unsupported('parts that are encrypted as no document is')
    if (![STORED, DEFLATED].includes(entry.compressionMethod)) {
      throw unsupported(`parts compressed in a way (${entry.compressionMethod}) no document is`)
    }
    const stream = await orCorrupt(() => zip.openReadStreamPromise(entry))
    const chunks: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]()
    let checksum = 0
    try {
      for (;;) {
        const chunk = await orCorrupt(() => chunks.next())
        if (chunk.done === true) break
        count(chunk.value.length)
        checksum = crc32(chunk.value, checksum)
        yield chunk.value
      }
    } finally {
      stream.destroy()
    }
    if (checksum !== entry.crc32) throw corruptSource(TITLE)
  }

  const names = Array.from(entries.values(), ({ fileName }) => fileName)
  return createPackage({ names, has: (name) => entries.has(name.toLowerCase()), read })
}

/** Whatever a zip file makes its reader throw says that it is damaged, unless the disk does. */
async function orCorrupt<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    if (error instanceof OperationError || (error instanceof Error && 'syscall' in error)) {
      throw error
    }
    throw corruptSource(TITLE, { cause: error })
  }
}
