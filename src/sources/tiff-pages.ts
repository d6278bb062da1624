import type { OpenFile } from './open-file.ts'

/** `NewSubfileType` (TIFF 6.0, section 8): its bits for a smaller version of another picture, and for a mask. */
const SUBFILE_TYPE = 254
const NO_PAGE = 0b101

/** As many pages as libtiff counts to. */
const MOST_DIRECTORIES = 65_535

/** An entry of a directory cannot take this many times its bytes. */
const MOST_ENTRIES = 65_535

/** A page of a TIFF file. */
export interface TiffPage {
  /** Among all directories, from 0. */
  readonly index: number
  /** Where its directory begins. */
  readonly directory: number
}

/** Finds the pages of a TIFF or BigTIFF file: its pictures without the smaller versions and the masks of them. */
export function findTiffPages(file: Pick<OpenFile, 'read'>): TiffPage[] {
  const header = file.read(0, 16)
  if (header.length < 8) return []
  const isLittle = header[0] === 0x49
  const isBig = header[isLittle ? 2 : 3] === 43
  const readShort = (bytes: Buffer, at: number): number =>
    isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)
  const readOffset = (bytes: Buffer, at: number): number => {
    if (isBig) return Number(isLittle ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at))
    return isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
  }
  const [countBytes, entryBytes, offsetBytes] = isBig ? [8, 20, 8] : [2, 12, 4]
  const seen = new Set<number>()
  const pages: TiffPage[] = []
  try {
    for (let at = readOffset(header, isBig ? 8 : 4); at > 0 && !seen.has(at); ) {
      if (seen.size >= MOST_DIRECTORIES) break
      seen.add(at)
      const head = file.read(at, countBytes)
      const entries = isBig ? readOffset(head, 0) : readShort(head, 0)
      if (entries > MOST_ENTRIES) break
      const directory = file.read(at + countBytes, entries * entryBytes + offsetBytes)
      let type = 0
      for (let entry = 0; entry < entries * entryBytes; entry += entryBytes) {
        if (readShort(directory, entry) !== SUBFILE_TYPE) continue
        const value = entry + entryBytes - offsetBytes
        type = isLittle ? directory.readUInt32LE(value) : directory.readUInt32BE(value)
      }
      if ((type & NO_PAGE) === 0) pages.push({ index: seen.size - 1, directory: at })
      at = readOffset(directory, entries * entryBytes)
    }
  } catch (error) {
    // The file ends within a directory, which is none then.
    if (!(error instanceof RangeError)) throw error
  }
  return pages
}
