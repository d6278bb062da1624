import type { MagickFormatName } from './conversion.ts'
import { findDds } from './dds.ts'
import { findJpeg2000 } from './jpeg-2000.ts'
import { IncompleteFile, type SourceBytes } from './magick-source.ts'
import { findPcx } from './pcx.ts'
import { findPict } from './pict.ts'
import type { Picture } from './picture.ts'
import { findPnm } from './pnm.ts'
import { findComposite } from './psd.ts'
import { findTga } from './tga.ts'

const BOX_HEADER_BYTES = 8
const LARGE_BOX_HEADER_BYTES = 16
const SGI_HEADER_BYTES = 512

/**
 * Finds the picture in a source file. A decoder takes all that it gets into its memory, and most of a PSD file is layers
 * that nobody asks for.
 *
 * @throws {@link IncompleteFile} when the file ends before its picture does, as far as the decoder would not tell
 */
export function findPicture(file: SourceBytes, format: MagickFormatName): Picture {
  return FINDERS[format](file)
}

const FINDERS: Readonly<Record<MagickFormatName, (file: SourceBytes) => Picture>> = {
  PSD: findComposite,
  HEIC: findHeic,
  AVIF: findHeic,
  SGI: findSgi,
  TIFF: findWhole,
  // A photo lies as the sensor does.
  RAW: (file) => ({ ...findWhole(file), kind: 'DNG', liesAsStored: true }),
  JXL: (file) => ({ ...findWhole(file), liesAsStored: true }),
  JP2: findJpeg2000,
  TGA: findTga,
  PCX: findPcx,
  PNM: findPnm,
  DDS: findDds,
  PICT: findPict,
}

function findWhole(file: SourceBytes): Picture {
  return { size: undefined, pieces: [{ start: 0, length: file.size }] }
}

/** libheif makes do without tiles that the file ends before. */
function findHeic(file: SourceBytes): Picture {
  const picture = { size: undefined, pieces: [{ start: 0, length: file.size }] }
  let start = 0
  while (start + LARGE_BOX_HEADER_BYTES <= file.size) {
    const header = file.read([{ start, length: LARGE_BOX_HEADER_BYTES }])
    const name = header.toString('latin1', 4, BOX_HEADER_BYTES)
    const shortLength = header.readUInt32BE(0)
    const length =
      shortLength === 1 ? Number(header.readBigUInt64BE(BOX_HEADER_BYTES)) : shortLength
    // The last box may leave it open, and what some cameras put behind it is none.
    if (length < BOX_HEADER_BYTES) return picture
    start += length
    if (name === 'mdat' && start > file.size) {
      throw new IncompleteFile('The file ends within its image data.')
    }
  }
  return picture
}

/** ImageMagick leaves compressed rows black that the file ends before. */
function findSgi(file: SourceBytes): Picture {
  const header = file.read([{ start: 0, length: 12 }])
  const width = header.readUInt16BE(6)
  const height = header.readUInt16BE(8)
  const isCompressed = header.readUInt8(2) === 1
  if (isCompressed) {
    const rows = height * header.readUInt16BE(10)
    const tables = file.read([{ start: SGI_HEADER_BYTES, length: rows * 8 }])
    for (let row = 0; row < rows; row++) {
      const start = tables.readUInt32BE(row * 4)
      const length = tables.readUInt32BE((rows + row) * 4)
      if (start + length > file.size) throw new IncompleteFile('The file ends within its rows.')
    }
  }
  return { size: { width, height }, pieces: [{ start: 0, length: file.size }] }
}
