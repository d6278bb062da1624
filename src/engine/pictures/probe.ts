import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { corruptSource, OperationError } from '../../base/operation-error.ts'
import { type FormatId, KNOWN_FORMATS } from '../../sources/formats.ts'
import { countGifFrames } from '../../sources/gif-blocks.ts'
import type { IdentifiedSource } from '../../sources/identify.ts'
import { countJpegScans } from '../../sources/jpeg-scans.ts'
import { withOpenFile } from '../../sources/open-file.ts'
import { numberOf, TIFF_TAGS } from '../../sources/tiff-directory.ts'
import { findTiffPages, type TiffPage } from '../../sources/tiff-pages.ts'
import { countUnreadFrames } from '../../sources/unread-frames.ts'
import { takeContained } from './contained-file.ts'
import {
  type ConversionRequest,
  type ConvertibleFormat,
  MAX_CONVERTED_PIXELS,
} from './conversion/conversion.ts'
import { convertToTiff } from './conversion/convert.ts'
import { writePlainSamples } from './conversion/plain-samples.ts'
import { countPixels, type Orientation, toOrientation, turnSize } from './dimensions.ts'
import { readHeader } from './headers/header.ts'
import { type PictureFacts, readPlainJpeg } from './headers/plain-jpeg.ts'
import { FAIL_ON, sharp } from './libvips.ts'
import {
  findSamples,
  findSpace,
  isInPieces,
  isInverted,
  isLeftToMagick,
} from './meaning/find-samples.ts'
import { mendPicture } from './mending/mend.ts'
import type { SourceSelection } from './options.ts'
import { openPdfPage } from './pdf-page.ts'
import { type PlacedPicture, withPicture } from './placed-picture.ts'
import { takeRawPreview } from './raw-preview.ts'
import { findSourceFormat, SOURCE_FORMATS, type SourceFormat } from './source-formats.ts'
import { type Source, tooManyPixels } from './source.ts'
import { openStandIn } from './stand-ins/open-stand-in.ts'
import type { StandInFormat } from './stand-ins/stand-in.ts'

interface ProbeOptions {
  readonly maxPixels: number
  readonly workFolder: string
  readonly autoOrient?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Reads what a request has to know of its source before anything is decoded.
 *
 * @param selection - what of a file with several pages is the source; other files have nothing to select
 * @param options.maxPixels - the largest source that is taken
 * @param options.workFolder - a folder that is made when the source has to be mended, converted or drawn into files first; whoever
 *   asks removes it when it has done with the source
 * @param options.autoOrient - whether it counts as it is turned by its header, as it does unless told otherwise
 * @param options.signal - ends the thread or process that reads, converts or draws it
 * @throws {@link OperationError} for a file that is empty, damaged or not there, no image of a known format, encrypted,
 *   has more than `maxPixels` or no such page
 */
export async function probeSource(
  file: IdentifiedSource,
  selection: SourceSelection,
  options: ProbeOptions,
): Promise<Source> {
  if (file.start.length === 0) throw new OperationError('source_empty', {})
  const format = findSourceFormat(file.content)
  if (format === undefined) {
    const taken = Object.values(SOURCE_FORMATS).map(({ title }) => title)
    throw new OperationError('source_no_picture', { taken })
  }
  if (format.standIn === undefined) return probePicture(file, format, selection, options)
  requirePage(selection.page, 1, format)
  return probeStandIn(file.path, format, format.standIn, options)
}

/** Probes the file that is shown in place of another, of which it is told as what it is. */
async function probeStandIn(
  path: string,
  format: SourceFormat,
  standIn: StandInFormat,
  options: ProbeOptions,
): Promise<Source> {
  const { workFolder, maxPixels, signal } = options
  await mkdir(workFolder, { recursive: true })
  const request = { path, format: standIn, standInPath: join(workFolder, 'stand-in'), maxPixels }
  const shown = await openStandIn(request, signal)
  const shownFormat = findSourceFormat(shown.content)
  // A preview may be of a kind that has none itself.
  if (shownFormat === undefined || shownFormat.standIn !== undefined)
    throw corruptSource(format.title)
  const named = { ...shownFormat, title: format.title }
  const first = { page: 1, password: undefined }
  const source = await probePicture(shown, named, first, {
    ...options,
    workFolder: join(workFolder, 'of-stand-in'),
  })
  const { input } = source
  return {
    ...source,
    isPreview: isShownByPreview(standIn),
    // A drawing of Windows has a size on paper, which an SVG has not.
    input: typeof input === 'string' ? input : { ...input, ...ON_PAPER },
  }
}

/** What SVGs that are drawn here in place of others have: a unit is a pixel of 96 an inch. */
const ON_PAPER = { usualScale: 1, unitsPerInch: 96 } as const

function isShownByPreview(id: FormatId): boolean {
  const facts = KNOWN_FORMATS[id]
  return 'shownBy' in facts
}

async function probePicture(
  { path, content }: IdentifiedSource,
  format: SourceFormat,
  selection: SourceSelection,
  options: ProbeOptions,
): Promise<Source> {
  const { page } = selection
  if (content === 'svg') {
    requirePage(page, 1, format)
    // Loaded only now, with what knows fonts and styles.
    const { openSvg } = await import('./svg.ts')
    return openSvg(path, format, { workFolder: options.workFolder, signal: options.signal })
  }
  if (content === 'pdf') {
    return openPdfPage({ path, password: undefined, ...selection }, format, options.signal)
  }
  const counted = (): number =>
    format.readInPart ? withOpenFile(path, (file) => countUnreadFrames(content, file)) : 1
  if (format.convert !== undefined) {
    requirePage(page, 1, format)
    const picture = { path, content, index: 0 }
    const contained = await takeContained(picture, options.workFolder)
    if (contained !== undefined) return probeRaster(contained, format, options)
    const probe = content === 'raw' ? probeRaw : probeConverted
    const source = await probe(picture, format, format.convert, options)
    return { ...source, pictures: counted() }
  }
  const place: PlacedPage =
    content === 'tiff' ? findTiffPage(path, page, { format, ...options }) : { index: page - 1 }
  const picture = { path, content, ...place }
  const pictures = (): number => place.pages ?? counted()
  if (isInPieces(picture)) {
    const source = await probeConverted(picture, format, 'TIFF in pieces', options)
    return { ...turnAsTold(source, picture, options), pictures: pictures() }
  }
  try {
    const source = await probeRaster(picture, format, options)
    return { ...source, pictures: place.pages ?? Math.max(source.frames, counted()) }
  } catch (error) {
    if (format.elseConvert === undefined || !isUnread(error, content)) throw error
    // A file can hold what libvips knows no way to read. If it is damaged indeed, whoever else reads it will say so as well.
    const source = await probeConverted(picture, format, format.elseConvert, options).catch(
      (other: unknown) => {
        throw isUnsupported(other) ? error : other
      },
    )
    return { ...turnAsTold(source, picture, options), pictures: pictures() }
  }
}

/** A source that was converted, turned as the directory of a TIFF says, of which its decoder takes no heed. */
function turnAsTold(source: Source, picture: PlacedPicture, options: ProbeOptions): Source {
  const { content, page } = picture
  if (content !== 'tiff') return source
  const { orientation, resolution } = withPicture(picture, (file) =>
    readHeader(file, 'TIFF', undefined, page?.directory.at),
  )
  const turn = orientationOf(orientation, options)
  return {
    ...source,
    ...turnSize(source, turn),
    orientation: turn,
    resolution: source.resolution ?? resolution,
  }
}

function isCorrupt(error: unknown): boolean {
  return error instanceof OperationError && error.code === 'source_corrupt'
}

/** Whether another than libvips may read what it does not: of JPEGs, those that it knows no way to read. */
function isUnread(error: unknown, content: PlacedPicture['content']): boolean {
  return content === 'jpeg' ? isUnsupported(error) : isCorrupt(error)
}

function isUnsupported(error: unknown): boolean {
  return error instanceof OperationError && error.code === 'source_feature_unsupported'
}

async function probeConverted(
  picture: PlacedPicture,
  format: SourceFormat,
  from: ConvertibleFormat,
  options: ProbeOptions,
): Promise<Source> {
  await mkdir(options.workFolder, { recursive: true })
  const tiffPath = join(options.workFolder, 'converted.tiff')
  const { path, index } = picture
  const meaning = { space: findSpace(picture), inverted: isInverted(picture) }
  const directory = picture.page?.directory.at
  await convert({ path, format: from, index, directory, tiffPath, ...meaning }, format, options)
  return probeRaster({ path: tiffPath, content: undefined, index: 0 }, format, options)
}

/** A raw photo that cannot be developed is shown by its preview. */
async function probeRaw(
  picture: PlacedPicture,
  format: SourceFormat,
  from: ConvertibleFormat,
  options: ProbeOptions,
): Promise<Source> {
  try {
    return await probeConverted(picture, format, from, options)
  } catch (error) {
    const preview = isCorrupt(error)
      ? await takeRawPreview(picture.path, options.workFolder)
      : undefined
    if (preview === undefined) throw error
    const { path, orientation } = preview
    const source = await probeRaster({ path, content: 'jpeg', index: 0 }, format, options)
    // What it says of itself has been heeded.
    const turn = source.orientation > 1 ? 1 : orientationOf(orientation, options)
    if (turn === 1) return { ...source, isPreview: true }
    return { ...source, ...turnSize(source, turn), orientation: turn, isPreview: true }
  }
}

/** Which of the pictures of a file is read. */
interface PlacedPage extends Pick<PlacedPicture, 'index' | 'page'> {
  /** How many there are in the file, where that is known already. */
  readonly pages?: number
}

/**
 * Where a page of a TIFF file is. A file in which none is found has its first picture all the same, or is damaged.
 *
 * @throws {@link OperationError} when it says that it has more than `maxPixels`: nothing of it is unpacked then
 */
function findTiffPage(
  path: string,
  page: number,
  { format, maxPixels }: Pick<ProbeOptions, 'maxPixels'> & { readonly format: SourceFormat },
): PlacedPage {
  return withOpenFile(path, (file) => {
    const found = findTiffPages(file)
    const pages = Math.max(1, found.length)
    requirePage(page, pages, format)
    const placed = found[page - 1]
    if (placed !== undefined) requirePixels(placed, maxPixels)
    return { index: placed?.index ?? 0, page: placed, pages }
  })
}

function requirePixels({ directory }: TiffPage, maxPixels: number): void {
  const [width, height] = [TIFF_TAGS.width, TIFF_TAGS.height].map((tag) => numberOf(directory, tag))
  const said = { width: width ?? 0, height: height ?? 0 }
  if (countPixels(said) > maxPixels) throw tooManyPixels(said, maxPixels)
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
function requireFewScans(picture: PlacedPicture): void {
  if (withPicture(picture, (file) => countJpegScans(file, MOST_SCANS)) > MOST_SCANS)
    throw new OperationError('source_exceeds_limit', { most: MOST_SCANS, of: 'scans' })
}

const SPACES = ['rgb16', 'grey16', 'b-w', 'cmyk'] as const

function orientationOf(tag: number | undefined, { autoOrient = true }: ProbeOptions): Orientation {
  return toOrientation(autoOrient ? tag : undefined)
}

async function probeRaster(
  placed: PlacedPicture,
  format: SourceFormat,
  options: ProbeOptions,
): Promise<Source> {
  const picture = { ...placed, bytes: readSmall(placed) }
  const { content, page } = picture
  if (content === 'jpeg') requireFewScans(picture)
  const { path, index } = await mendPicture(picture, options.workFolder)
  // As it would say itself when the picture is decoded.
  if (isLeftToMagick(picture)) throw corruptSource(format.title)
  const bytes = path === picture.path ? picture.bytes : readSmall({ path, content })
  const plain = content === 'jpeg' && bytes ? readPlainJpeg(bytes) : undefined
  const first = plain ?? (await readMetadata(bytes ?? path, format))
  const pages = first.pages ?? 1
  if (index >= pages && content === 'gif') requireWholeGif(path, pages)
  requirePage(index + 1, pages, format)
  const metadata = index === 0 ? first : await readMetadata(path, format, index)
  const stored = { width: metadata.width, height: metadata.height }
  if (countPixels(stored) > options.maxPixels) throw tooManyPixels(stored, options.maxPixels)
  // What is written here has the tags of a TIFF, whatever the source is.
  const written = content === undefined ? 'TIFF' : format.title
  const header = withPicture(picture, (file) =>
    readHeader(file, written, metadata.exif, page?.directory.at),
  )
  const tag = metadata.orientation ?? header.orientation
  const turn = orientationOf(format.liesUpright ? undefined : tag, options)
  const {
    decoded,
    input,
    page: read,
  } = await openSamples(picture, { path, index, metadata, format }, options)
  return {
    input,
    bytes: input === path ? bytes : undefined,
    format,
    ...turnSize(stored, turn),
    orientation: turn,
    resolution: header.resolution,
    page: read,
    opaque: !decoded.hasAlpha,
    frames: format.animates ? pages : 1,
    rewritten: input !== path,
    space: SPACES.find((space) => space === decoded.space),
    eightBit: decoded.depth === 'uchar',
    profile: isPlainRgb(decoded) ? decoded.icc : undefined,
    narrowTo: decoded.hasProfile ? NARROWED[decoded.space] : undefined,
  }
}

function isPlainRgb({ space, depth, icc }: PictureFacts): boolean {
  return space === 'srgb' && depth === 'uchar' && icc?.toString('latin1', 16, 20) === 'RGB '
}

/** Of these libvips understands no profile, or not rightly, before they have 8 bits. */
const NARROWED: Readonly<Record<string, 'srgb' | 'b-w'>> = { rgb16: 'srgb', grey16: 'b-w' }

/** What libvips decodes in the end, and what it says of that. */
interface OpenedSamples {
  readonly input: string
  readonly page: number
  readonly decoded: PictureFacts
}

/** Has samples that libvips takes for something else written as what they are. */
async function openSamples(
  picture: PlacedPicture,
  {
    path,
    index,
    metadata,
    format,
  }: {
    readonly path: string
    readonly index: number
    readonly metadata: PictureFacts
    readonly format: SourceFormat
  },
  { maxPixels, workFolder, signal }: ProbeOptions,
): Promise<OpenedSamples> {
  const samples = findSamples(picture, metadata)
  if (samples === undefined) return { input: path, page: index, decoded: metadata }
  const most = Math.min(maxPixels, MAX_CONVERTED_PIXELS)
  if (countPixels(metadata) > most) throw tooManyPixels(metadata, most)
  await mkdir(workFolder, { recursive: true })
  const input = join(workFolder, 'plain.tiff')
  try {
    await writePlainSamples({ path, page: index, samples }, input, signal)
  } catch (error) {
    signal?.throwIfAborted()
    throw isSystemError(error) ? error : corruptSource(format.title, { cause: error })
  }
  return { input, page: 0, decoded: await readMetadata(input, format) }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}

async function convert(
  source: Omit<ConversionRequest, 'maxPixels'>,
  format: SourceFormat,
  { maxPixels, signal }: ProbeOptions,
): Promise<void> {
  const result = await convertToTiff({ ...source, maxPixels }, signal)
  switch (result.outcome) {
    case 'converted':
      return
    case 'corrupt':
      throw corruptSource(format.title, { cause: result.cause })
    case 'unsupported':
      throw new OperationError('source_feature_unsupported', { feature: result.feature })
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

/** As large may a file be that is held in memory while it is needed, in bytes. */
const SMALL_BYTES = 4 * 1024 ** 2

/** Files of these libvips reads alike from memory. */
const READ_FROM_MEMORY: readonly PlacedPicture['content'][] = ['jpeg', 'png', 'webp']

/** The bytes of a small file, which libvips would open a dozen times until it has found out what is in there. */
function readSmall({ path, content }: Omit<PlacedPicture, 'index'>): Buffer | undefined {
  if (content === undefined || !READ_FROM_MEMORY.includes(content)) return undefined
  return withOpenFile(path, ({ size, read }) => (size > SMALL_BYTES ? undefined : read(0, size)))
}

async function readMetadata(
  file: string | Buffer,
  format: SourceFormat,
  page = 0,
): Promise<PictureFacts> {
  try {
    // The limit is checked by who asks, where more can be said about it than libvips does.
    return await sharp(file, { failOn: FAIL_ON, limitInputPixels: false, page }).metadata()
  } catch (error) {
    throw corruptSource(format.title, { cause: error })
  }
}
