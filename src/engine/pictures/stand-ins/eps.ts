import { writeFileSync } from 'node:fs'
import { type OpenFile, withOpenFile } from '../../../sources/open-file.ts'
import { readEpsiPreview } from './epsi.ts'
import { writeWmfDrawing } from './metafile/wmf.ts'
import { findPhotoshopThumbnail } from './photoshop-thumbnail.ts'
import type { StandInRequest } from './stand-in.ts'
import { findXmpThumbnail } from './xmp-thumbnails.ts'

/** What begins a file that has its program and its preview as parts of it (Adobe technical note 5002, 5.2). */
const BINARY_MARK = 0xc5d0d3c6

const BINARY_HEADER_BYTES = 28

/** More than any preview has, in bytes. */
const MOST_BYTES = 100_000_000

/**
 * Takes the preview that a PostScript file carries, the best first: a TIFF beside the program, a thumbnail of Illustrator or
 * InDesign in its XMP, one of Photoshop, a bitmap in its comments, a WMF. What the program itself draws nobody runs here.
 *
 * @throws {@link OperationError} source_corrupt when the file ends before its preview, or that is a damaged WMF
 */
export function writeEpsPreview(request: StandInRequest): boolean {
  const { path, standInPath } = request
  return withOpenFile(path, (file) => {
    const parts = readParts(file)
    const picture =
      partOf(file, parts?.tiff) ??
      findXmpThumbnail(file) ??
      findPhotoshopThumbnail(file) ??
      readEpsiPreview(file)
    if (picture !== undefined) {
      writeFileSync(standInPath, picture)
      return true
    }
    const drawing = partOf(file, parts?.wmf)
    if (drawing === undefined) return false
    const drawingPath = `${standInPath}.wmf`
    writeFileSync(drawingPath, drawing)
    return writeWmfDrawing({ ...request, format: 'wmf', path: drawingPath })
  })
}

interface Part {
  readonly start: number
  readonly length: number
}

function readParts({ read }: OpenFile): Readonly<Record<'tiff' | 'wmf', Part>> | undefined {
  const header = read(0, BINARY_HEADER_BYTES)
  if (header.length < BINARY_HEADER_BYTES || header.readUInt32BE(0) !== BINARY_MARK)
    return undefined
  const partAt = (at: number): Part => ({
    start: header.readUInt32LE(at),
    length: header.readUInt32LE(at + 4),
  })
  return { wmf: partAt(12), tiff: partAt(20) }
}

/** @throws {RangeError} when the file ends before its part */
function partOf({ read, size }: OpenFile, part: Part | undefined): Buffer | undefined {
  if (part === undefined || part.length === 0 || part.length > MOST_BYTES) return undefined
  if (part.start + part.length > size) throw new RangeError('The file ends before its preview.')
  return read(part.start, part.length)
}
