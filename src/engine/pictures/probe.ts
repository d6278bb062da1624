import type { Metadata } from 'sharp'
import { corruptSource, OperationError } from '../../base/operation-error.ts'
import { countGifFrames } from '../../sources/gif-frames.ts'
import type { IdentifiedSource } from '../../sources/identify.ts'
import { countJpegScans } from '../../sources/jpeg-scans.ts'
import { withOpenFile } from '../../sources/open-file.ts'
import { findTiffPages, type TiffPage } from '../../sources/tiff-pages.ts'
import { countUnreadFrames } from '../../sources/unread-frames.ts'
import type { ConversionRequest, ConvertibleFormat } from './conversion/conversion.ts'
import { convertToTiff } from './conversion/convert.ts'
import { FAIL_ON } from './decode-view.ts'
import { countPixels, type Orientation, toOrientation, turnSize } from './dimensions.ts'
import { readHeader } from './headers/header.ts'
import { sharp } from './libvips.ts'
import type { SourceSelection } from './options.ts'
import { openPdfPage } from './pdf-page.ts'
import { type Source, tooManyPixels } from './source.ts'
import { findSourceFormat, SOURCE_FORMATS, type SourceFormat } from './source-formats.ts'
import { openSvg } from './svg.ts'

interface ProbeOptions {
  readonly maxPixels: number
  readonly convertedPath: string
  readonly autoOrient?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Reads what a request has to know of its source before anything is decoded.
 *
 * @param selection - what of a file with several pages is the source; other files have nothing to select
 * @param options.maxPixels - the largest source that is taken
 * @param options.convertedPath - where a file, or a folder of files, may be written when the source has to be converted first;
 *   whoever asks removes it when it has done with the source
 * @param options.autoOrient - whether it counts as it is turned by its header, as it does unless told otherwise
 * @param options.signal - ends the thread or process that reads, converts or draws it
 * @throws {@link OperationError} for a file that is empty, damaged or not there, no image of a known format, encrypted,
 *   has more than `maxPixels` or no such page
 */
export async function probeSource(
  { path, content, start }: IdentifiedSource,
  selection: SourceSelection,
  options: ProbeOptions,
): Promise<Source> {
  const { page } = selection
  if (start.length === 0) throw new OperationError('source_empty', {})
  const format = findSourceFormat(content)
  if (format === undefined) {
    const taken = Object.values(SOURCE_FORMATS).map(({ title }) => title)
    throw new OperationError('source_no_picture', { taken })
  }
  if (content === 'svg') {
    requirePage(page, 1, format)
    return openSvg(path, format, { drawnPath: options.convertedPath, signal: options.signal })
  }
  if (content === 'pdf') {
    return openPdfPage({ path, password: undefined, ...selection }, format, options.signal)
  }
  const counted = (): number =>
    format.readInPart ? withOpenFile(path, (file) => countUnreadFrames(content, file)) : 1
  if (format.convert !== undefined) {
    requirePage(page, 1, format)
    const source = await probeConverted(path, format, format.convert, options)
    return { ...source, pictures: counted() }
  }
  const place: PlacedPage =
    content === 'tiff' ? findTiffPage(path, page, format) : { index: page - 1 }
  try {
    const source = await probeRaster(path, format, options, { page: place })
    return { ...source, pictures: place.pages ?? Math.max(source.frames, counted()) }
  } catch (error) {
    if (content !== 'tiff' || !isCorrupt(error)) throw error
    // A TIFF file can hold what libvips knows no way to read. If it is damaged indeed, ImageMagick will say so as well.
    const source = await probeConverted(path, format, 'TIFF', options, place.index)
    const { orientation } = readHeader(path, 'TIFF', undefined, place.directory)
    const turn = orientationOf(orientation, options)
    return { ...source, ...turnSize(source, turn), orientation: turn, pictures: place.pages }
  }
}

function isCorrupt(error: unknown): boolean {
  return error instanceof OperationError && error.code === 'source_corrupt'
}

async function probeConverted(
  path: string,
  format: SourceFormat,
  from: ConvertibleFormat,
  options: ProbeOptions,
  index = 0,
): Promise<Source> {
  await convert({ path, format: from, index }, format, options)
  return probeRaster(options.convertedPath, format, options, { written: 'TIFF' })
}

/** Which of the pictures of a file is read. */
interface PlacedPage extends Partial<TiffPage> {
  readonly index: number
  /** How many there are in the file, where that is known already. */
  readonly pages?: number
}

/** Where a page of a TIFF file is. A file in which none is found has its first picture all the same, or is damaged. */
function findTiffPage(path: string, page: number, format: SourceFormat): PlacedPage {
  const found = withOpenFile(path, findTiffPages)
  const pages = Math.max(1, found.length)
  requirePage(page, pages, format)
  return { ...(found[page - 1] ?? { index: 0 }), pages }
}

function requirePage(page: number, pages: number, { title }: SourceFormat): void {
  if (page > pages) throw new OperationError('page_missing', { title, pages, page })
}

/**
 * libvips leaves out frames that are damaged, and says nothing of it.
 *
 * @throws {@link OperationError} when there are any
 */
function requireWholeGif(path: string, pages: number): void {
  if (withOpenFile(path, countGifFrames) !== pages) throw corruptSource('GIF')
}

/**
 * Many times what encoders write. Each has libvips go over the whole picture, in a few bytes of the file: a thousand of them take a
 * minute, and nothing ends libvips but the end of its process.
 */
const MOST_SCANS = 100

/** @throws {@link OperationError} when a JPEG has more */
function requireFewScans(path: string): void {
  if (withOpenFile(path, (file) => countJpegScans(file, MOST_SCANS)) > MOST_SCANS)
    throw new OperationError('source_exceeds_limit', { most: MOST_SCANS, of: 'scans' })
}

const SPACES = ['rgb16', 'grey16', 'b-w', 'cmyk'] as const

function orientationOf(tag: number | undefined, { autoOrient = true }: ProbeOptions): Orientation {
  return toOrientation(autoOrient ? tag : undefined)
}

/**
 * @param which.page - which of the pictures of the file
 * @param which.written - the format of the file, when that is another than the source's
 */
async function probeRaster(
  path: string,
  format: SourceFormat,
  options: ProbeOptions,
  {
    page: { index, directory } = { index: 0 },
    written = format.title,
  }: { readonly page?: PlacedPage; readonly written?: string },
): Promise<Source> {
  const first = await readMetadata(path, format)
  const pages = first.pages ?? 1
  if (index >= pages && written === 'GIF') requireWholeGif(path, pages)
  requirePage(index + 1, pages, format)
  const metadata = index === 0 ? first : await readMetadata(path, format, index)
  const { orientation, resolution } = readHeader(path, written, metadata.exif, directory)
  const stored = { width: metadata.width, height: metadata.height }
  if (countPixels(stored) > options.maxPixels) throw tooManyPixels(stored, options.maxPixels)
  if (written === 'JPEG') requireFewScans(path)
  const turn = orientationOf(metadata.orientation ?? orientation, options)
  return {
    input: path,
    format,
    ...turnSize(stored, turn),
    orientation: turn,
    resolution,
    page: index,
    opaque: !metadata.hasAlpha,
    frames: format.animates ? pages : 1,
    space: SPACES.find((space) => space === metadata.space),
    eightBit: metadata.depth === 'uchar',
    narrowFirst: metadata.space === 'rgb16' && metadata.hasProfile,
  }
}

async function convert(
  source: Pick<ConversionRequest, 'path' | 'format' | 'index'>,
  format: SourceFormat,
  { maxPixels, convertedPath, signal }: ProbeOptions,
): Promise<void> {
  const request = { ...source, tiffPath: convertedPath, maxPixels }
  const result = await convertToTiff(request, signal)
  switch (result.outcome) {
    case 'converted':
      return
    case 'corrupt':
      throw corruptSource(format.title, { cause: result.cause })
    case 'too large':
      throw tooManyPixels(result, result.limit)
    case 'out of memory':
      throw new OperationError('source_out_of_memory', { task: 'decode', title: format.title })
    case 'too slow':
      throw new OperationError('source_too_slow', {
        task: 'decode',
        seconds: result.seconds,
        title: format.title,
      })
  }
}

async function readMetadata(path: string, format: SourceFormat, page = 0): Promise<Metadata> {
  try {
    // The limit is checked by who asks, where more can be said about it than libvips does.
    return await sharp(path, { failOn: FAIL_ON, limitInputPixels: false, page }).metadata()
  } catch (error) {
    throw corruptSource(format.title, { cause: error })
  }
}
