import { join } from 'node:path'
import { corruptSource } from '../../base/operation-error.ts'
import type { IdentifiedSource } from '../../sources/identify.ts'
import { withOpenFile } from '../../sources/open-file.ts'
import { type Size, toOrientation, turnSize } from '../pictures/dimensions.ts'
import { readHeader, walkPngChunks } from '../pictures/headers/header.ts'
import { DEFAULT_RESOLUTION, type Resolution } from '../pictures/headers/resolution.ts'
import { FAIL_ON, sharp } from '../pictures/libvips.ts'
import type { PictureOptions } from '../pictures/options.ts'
import type { EmbeddedPicture } from '../pictures/picture-page.ts'
import { createPictures } from '../pictures/pictures.ts'
import type { PreparedSources } from './prepared-sources.ts'

const POINTS_PER_INCH = 72

/** Opaque, as paper is, and compressed just as a PDF has it. */
const AS_PNG: PictureOptions = {
  format: 'png',
  encoder: {},
  steps: [],
  background: { r: 255, g: 255, b: 255 },
  animated: false,
  page: 1,
}

/** Where a PNG says how it is stored: depth, kind of colours, and whether it is interlaced (PNG, third edition, 11.2.1). */
const PNG_HEADER = { position: 24, length: 5 }

/**
 * Makes a picture of any kind ready for a page. The data of a JPEG in grey or RGB stay as they are, whatever else becomes a
 * PNG in sRGB.
 *
 * @param page - which picture of the file, from 1
 * @param name - of a folder of its own in that of the job, which has to be there until the page is written
 * @throws {@link OperationError} when it is damaged or no picture
 */
export async function embedPicture(
  source: IdentifiedSource,
  page: number,
  name: string,
  job: PreparedSources,
): Promise<EmbeddedPicture> {
  const jpeg = source.content === 'jpeg' ? await embedJpeg(source) : undefined
  if (jpeg !== undefined) return jpeg
  const folder = join(job.folder, name)
  const pictures = createPictures({ maxPixels: job.maxPixels, previews: false })
  const { path } = source
  const [made] = pictures.run({
    ...job,
    folder,
    sources: [{ path }],
    wanted: [{ ...AS_PNG, page }],
  })
  const [file] = (await made) ?? []
  if (file === undefined) throw new RangeError('no picture was made')
  return embedPng(file.path)
}

/** @returns undefined when it is in other colours than readers of PDF show alike */
async function embedJpeg({ path }: IdentifiedSource): Promise<EmbeddedPicture | undefined> {
  try {
    const image = sharp(path, { failOn: FAIL_ON, limitInputPixels: false })
    const { width, height, channels, exif, icc, orientation } = await image.metadata()
    if (channels !== 1 && channels !== 3) return undefined
    // Reads all of it: whether it is whole nobody else will ask.
    await image.resize(16, 16, { fit: 'fill' }).raw().toBuffer()
    const { resolution, end } = withOpenFile(path, (file) => ({
      ...readHeader(file, 'JPEG', exif),
      end: file.size,
    }))
    const turn = toOrientation(orientation)
    return {
      width,
      height,
      orientation: turn,
      page: turnSize(toPoints({ width, height }, resolution), turn),
      channels,
      profile: icc,
      filter: '/Filter/DCTDecode',
      ...dataOf(path, [{ start: 0, end }]),
    }
  } catch (error) {
    throw corruptSource('JPEG', { cause: error })
  }
}

/** A PNG of ours is whole, upright and opaque. */
async function embedPng(path: string): Promise<EmbeddedPicture> {
  const { width, height } = await sharp(path, { limitInputPixels: false }).metadata()
  return withOpenFile(path, (file) => {
    const { read } = file
    const { resolution } = readHeader(file, 'PNG', undefined)
    const [depth, colours, , , interlace] = read(PNG_HEADER.position, PNG_HEADER.length)
    const channels = colours === 0 ? 1 : 3
    if (depth !== 8 || (colours !== 0 && colours !== 2) || interlace !== 0) {
      throw new RangeError(`a PNG of ${depth} bits and colours of kind ${colours} was made`)
    }
    const data = Array.from(walkPngChunks(read))
      .filter(({ type }) => type === 'IDAT')
      .map(({ position, length }) => ({ start: position, end: position + length }))
    return {
      width,
      height,
      orientation: 1,
      page: toPoints({ width, height }, resolution),
      channels,
      filter: `/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors ${channels}/Columns ${width}>>`,
      ...dataOf(path, data),
    }
  })
}

/** Where data are in a file, in bytes. */
interface FilePart {
  readonly start: number
  readonly end: number
}

/** What of a file a PDF takes over as it is, which has to be there until it is written. */
function dataOf(path: string, parts: readonly FilePart[]): Pick<EmbeddedPicture, 'bytes' | 'data'> {
  const bytes = parts.reduce((sum, { start, end }) => sum + end - start, 0)
  return { bytes, data: readParts(path, parts) }
}

/** As much of a picture is copied at once, in bytes. */
const PIECE_BYTES = 1 << 20

function* readParts(path: string, parts: readonly FilePart[]): Generator<Uint8Array> {
  for (const { start, end } of parts) {
    for (let position = start; position < end; position += PIECE_BYTES) {
      const length = Math.min(PIECE_BYTES, end - position)
      yield withOpenFile(path, (file) => file.read(position, length))
    }
  }
}

function toPoints({ width, height }: Size, { x, y }: Resolution = DEFAULT_RESOLUTION): Size {
  return {
    width: (width * POINTS_PER_INCH) / toWhole(x),
    height: (height * POINTS_PER_INCH) / toWhole(y),
  }
}

/** PNG counts by the metre in whole numbers, and so has 72.009 dpi for 72. */
function toWhole(dpi: number): number {
  const whole = Math.round(dpi)
  return Math.abs(dpi - whole) < 0.02 ? whole : dpi
}
