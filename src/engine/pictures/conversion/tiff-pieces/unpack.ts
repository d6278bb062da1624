import { inflateSync, zstdDecompressSync } from 'node:zlib'
import { IncompleteFile } from '../magick-source.ts'
import { unpackBits } from '../unpack-bits.ts'
import { unpackLzw } from './lzw.ts'
import { decompressXz } from './xz.ts'

/** Unpacks a piece, which has at most as many bytes. */
type Unpack = (packed: Buffer, most: number) => Buffer

const inflate: Unpack = (packed, most) => inflateSync(packed, { maxOutputLength: most })

/** By the number of `Compression` (TIFF 6.0, its supplements, and what libtiff has added). */
const UNPACKERS: Readonly<Record<number, Unpack>> = {
  1: (packed) => packed,
  5: unpackLzw,
  8: inflate,
  32_773: (packed, most) => unpackBits(packed, Buffer.alloc(most)),
  32_946: inflate,
  34_925: decompressXz,
  50_000: (packed, most) => zstdDecompressSync(packed, { maxOutputLength: most }),
}

/** Whether pieces of such a compression can be unpacked here. */
export function isUnpackedHere(compression: number): boolean {
  return UNPACKERS[compression] !== undefined
}

/**
 * Unpacks a piece of a picture.
 *
 * @param length - how many bytes it has
 * @throws {@link IncompleteFile} when it is damaged or has fewer
 */
export function unpackPiece(packed: Buffer, compression: number, length: number): Buffer {
  const bytes = unpackSoundly(packed, UNPACKERS[compression], Math.max(1, length))
  if (bytes.length < length) throw new IncompleteFile('A piece of the picture has too few bytes.')
  return bytes
}

function unpackSoundly(packed: Buffer, unpack: Unpack | undefined, most: number): Buffer {
  try {
    return unpack?.(packed, most) ?? Buffer.alloc(0)
  } catch (error) {
    // What zlib says is no more than that it is damaged.
    if (error instanceof Error && 'code' in error)
      throw new IncompleteFile('A piece of the picture cannot be unpacked.', { cause: error })
    throw error
  }
}
