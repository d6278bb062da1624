import { crc32 } from 'node:zlib'
import { METHODS } from './methods.ts'
import {
  directoryEnd,
  directoryHeader,
  type EntryRecord,
  LIMIT_32,
  localHeader,
} from './zip-format.ts'

/** A file that goes into an archive which nobody keeps. */
export interface StreamedFile {
  readonly path: string
  /** In bytes. */
  readonly size: number
  readonly date: Date
  /** Reads it; is called twice, and has to give the same both times. */
  readonly read: () => Promise<AsyncIterable<Uint8Array>>
}

/** An archive that is written as it is read. */
export interface StreamedArchive {
  /** In bytes. */
  readonly size: number
  /**
   * All of it, once.
   *
   * @throws what a file's reading throws, and when a file has another size than was said
   */
  readonly content: AsyncIterable<Uint8Array>
}

/**
 * Makes a ZIP archive of files whose sizes are known, which are stored as they are: so its size is known before the first byte. Each
 * file is read twice, at first for its checksum, which stands before it: nothing is kept on the disk or in memory.
 */
export function streamArchive(files: readonly StreamedFile[]): StreamedArchive {
  let offset = 0
  const placed = files.map((file) => {
    const start = offset
    offset += localHeader(recordOf(file, 0)).length + file.size
    return { file, start }
  })
  const length = placed.reduce(
    (sum, { file, start }) => sum + directoryHeader(recordOf(file, 0), start).length,
    0,
  )
  const end = directoryEnd({ entries: files.length, offset, size: length })

  async function* write(): AsyncGenerator<Uint8Array> {
    const directory: Buffer[] = []
    for (const { file, start } of placed) {
      const record = recordOf(file, await checksum(file))
      yield localHeader(record)
      yield* whole(file)
      directory.push(directoryHeader(record, start))
    }
    yield* directory
    yield end
  }

  return { size: offset + length + end.length, content: write() }
}

function recordOf({ path, size, date }: StreamedFile, crc: number): EntryRecord {
  const large = size >= LIMIT_32
  const name = Buffer.from(path)
  return { name, method: METHODS.stored, date, crc, size, compressedSize: size, large }
}

async function checksum(file: StreamedFile): Promise<number> {
  let crc = 0
  for await (const chunk of whole(file)) crc = crc32(chunk, crc)
  return crc
}

async function* whole({ path, size, read }: StreamedFile): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of await read()) {
    bytes += chunk.length
    yield chunk
  }
  if (bytes !== size) throw new Error(`${path} has ${bytes} bytes, but was said to have ${size}`)
}
