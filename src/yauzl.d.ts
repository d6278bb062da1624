/** The parts of `yauzl` 3.4.0 that this project uses. The package brings no types; these are read off its index.js. */
declare module 'yauzl' {
  import type { Readable } from 'node:stream'

  export interface Entry {
    readonly fileName: string
    readonly compressionMethod: number
    /** In bytes; reading fails when there are more or fewer. */
    readonly uncompressedSize: number
    readonly compressedSize: number
    readonly crc32: number
    /** Of a zip file made on Unix, the mode of the file in the upper 16 bits. */
    readonly externalFileAttributes: number
    /** Bit 11 says that names are in UTF-8. */
    readonly generalPurposeBitFlag: number
    /** The bytes of {@link fileName}; only where strings are not decoded. */
    readonly fileNameRaw: Buffer
    readonly extraFields: readonly { readonly id: number }[]
    isEncrypted(): boolean
    getLastModDate(): Date
  }

  export interface ZipFile {
    readonly entryCount: number
    /** Once only. */
    eachEntry(): AsyncIterable<Entry>
    openReadStreamPromise(entry: Entry): Promise<Readable>
    close(): void
  }

  /** @param options.decodeStrings - whether names are decoded, and refused where they lead out of a folder */
  export function openPromise(
    path: string,
    options?: { autoClose?: boolean; decodeStrings?: boolean },
  ): Promise<ZipFile>

  export function fromBufferPromise(buffer: Buffer): Promise<ZipFile>

  /** Reads an archive from wherever it is; one of both is to be overridden. */
  export class RandomAccessReader {
    /** Opens a stream of bytes, from `start` to before `end`. */
    _readStreamForRange(start: number, end: number): Readable
    /** Reads `length` bytes of the archive into `target`, and says how many there were. */
    read(
      target: Buffer,
      offset: number,
      length: number,
      position: number,
      callback: (error: unknown, bytesRead?: number) => void,
    ): void
  }

  /** @param totalSize - of the archive, in bytes */
  export function fromRandomAccessReaderPromise(
    reader: RandomAccessReader,
    totalSize: number,
    options?: { autoClose?: boolean },
  ): Promise<ZipFile>
}
