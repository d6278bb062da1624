import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import { createThread } from '../../../tasks/thread.ts'
import { FAIL_ON, sharp } from '../../pictures/libvips.ts'
import { compressFax, spreadBits } from './fax.ts'
import type { NewLayers, NewPicture, work } from './optimize-thread.ts'
import type { FoundPictures, PdfPicture } from './pictures-of-pdf.ts'
import type { PictureTreatment } from './profiles.ts'

/** Several times what a PDF of 10,000 pages takes. */
const LONGEST_TASK_MS = 120_000

/** As much memory as the thread may keep for the next document, in bytes. */
const MOST_HELD_BYTES = 256_000_000

const { run } = createThread<typeof work>({
  module: new URL('./optimize-thread.ts', import.meta.url),
  longestMs: LONGEST_TASK_MS,
  mostHeldBytes: MOST_HELD_BYTES,
})

const deflated = promisify(deflate)

/** Less than this is not worth a loss, as a part of what it was. */
const LEAST_GAIN = 0.97

/** What is compressed without loss becomes a JPEG only where that is much smaller, lest a drawing becomes blurred for nothing. */
const LEAST_GAIN_OF_LOSSLESS = 0.5

/** What is nearly fine enough stays as it is. */
const NEARLY = 0.9

/** A PDF of which the pictures are known. */
export interface OpenedPdf extends FoundPictures {
  readonly path: string
  /** Which part of PDF/A it keeps to; undefined for none. */
  readonly archival: number | undefined
}

/** What optimising works with. */
interface Workshop {
  /** Of one's own. */
  readonly folder: string
  readonly signal: AbortSignal
}

/**
 * Finds the pictures of a PDF.
 *
 * @param path - of a file that is not encrypted
 * @returns undefined when it cannot be read
 */
export async function findPictures(
  path: string,
  { folder, signal }: Workshop,
): Promise<OpenedPdf | undefined> {
  const listed = await run({ task: 'list', path, picturesPath: join(folder, 'picture') }, signal)
  if (listed?.outcome !== 'listed') return undefined
  const { pictures, untouched, archival } = listed
  return { path, pictures, untouched, archival }
}

/**
 * Makes the pictures of a PDF smaller, writes equal objects once, and leaves out what nobody sees.
 *
 * @returns the path of a file in the folder, which may be larger all the same; undefined when it cannot be done
 */
export async function optimizePdf(
  { path, pictures: found }: OpenedPdf,
  treatment: PictureTreatment,
  { folder, signal }: Workshop,
): Promise<string | undefined> {
  const pictures: (NewPicture | NewLayers)[] = []
  for (const picture of found) {
    signal.throwIfAborted()
    const layers = treatment.isOfScans
      ? await layer(picture, treatment.paperQuality, signal)
      : undefined
    const made = layers ?? (await compress(picture, treatment))
    if (made !== undefined) pictures.push(made)
  }
  const writtenPath = join(folder, 'optimized.pdf')
  const replaced = await run({ task: 'replace', path, pictures, writtenPath }, signal)
  return replaced?.outcome === 'replaced' ? writtenPath : undefined
}

/** @returns undefined when it stays as it is */
async function compress(
  picture: PdfPicture,
  { dotsPerInch, quality }: PictureTreatment,
): Promise<NewPicture | undefined> {
  const { object, generation, path, width, height, channels, bytes, stored, isMask, drawn } =
    picture
  if (stored === 'bits') return compressBits(picture)
  const isJpeg = stored === 'jpeg'
  // Nothing that has lost nothing yet is to lose something where a copy is to last.
  if (!isJpeg && dotsPerInch === undefined) return undefined
  const size = { width, height }
  if (dotsPerInch !== undefined && drawn !== undefined) {
    const wanted = [drawn.width / width, drawn.height / height].map(
      (points) => (points * dotsPerInch) / 72,
    )
    const scale = Math.max(...wanted)
    if (scale > 0 && scale < NEARLY) {
      size.width = Math.max(1, Math.round(width * scale))
      size.height = Math.max(1, Math.round(height * scale))
    }
  }
  try {
    const image = await openPicture(picture)
    if (image === undefined) return undefined
    const sized = image.resize({ ...size, fit: 'fill' }).toColourspace(SPACES[channels])
    const content = isMask
      ? await deflated(await sized.raw().toBuffer(), { level: 9 })
      : await sized.jpeg({ quality, mozjpeg: true }).toBuffer()
    const least = isJpeg || isMask ? LEAST_GAIN : LEAST_GAIN_OF_LOSSLESS
    if (content.length > bytes * least) return undefined
    const newPath = `${path}.new`
    await writeFile(newPath, content)
    const compression = isMask ? 'deflated' : 'jpeg'
    return { object, generation, path: newPath, compression, ...size }
  } catch (error) {
    if (!isDamage(error)) throw error
    return undefined
  }
}

/** What libvips calls colours, by the number of their channels. */
const SPACES = { 1: 'b-w', 3: 'srgb', 4: 'cmyk' } as const

/** Loses nothing. @returns undefined when it is not smaller that way */
async function compressBits({
  object,
  generation,
  path,
  width,
  height,
  bytes,
}: PdfPicture): Promise<NewPicture | undefined> {
  const size = { width, height }
  try {
    const fax = await compressFax(spreadBits(await readFile(path), size), size)
    if (fax.length > bytes * LEAST_GAIN) return undefined
    const newPath = `${path}.new`
    await writeFile(newPath, fax)
    return { object, generation, path: newPath, compression: 'fax', ...size }
  } catch (error) {
    if (!isDamage(error)) throw error
    return undefined
  }
}

/** A scan is drawn at least so large, in points, and has at least so many dots an inch. */
const SMALLEST_SCAN = 250
const COARSEST_SCAN = 120

/** The dots per inch of ink, and how well paper is kept unless told. */
const INK_DOTS = 300
const PAPER_QUALITY = 45

/** @returns undefined when it is no scan of text, or larger that way */
async function layer(
  picture: PdfPicture,
  quality: number | undefined,
  signal: AbortSignal,
): Promise<NewLayers | undefined> {
  const { object, generation, path, channels, bytes, drawn, isPlain, stored } = picture
  if (drawn === undefined || !isPlain || picture.isMask) return undefined
  if (stored === 'bits' || channels === 4) return undefined
  if (Math.min(drawn.width, drawn.height) < SMALLEST_SCAN) return undefined
  const dots = (picture.width * 72) / drawn.width
  if (dots < COARSEST_SCAN) return undefined
  const inkDots = Math.min(dots, INK_DOTS)
  const scale = inkDots / dots
  const width = Math.max(1, Math.round(picture.width * scale))
  const height = Math.max(1, Math.round(picture.height * scale))
  const size = { width, height, fit: 'fill' } as const
  const pixelsPath = `${path}.pixels`
  try {
    const image = await openPicture(picture)
    if (image === undefined) return undefined
    const colours = SPACES[channels]
    await writeFile(
      pixelsPath,
      await image.clone().resize(size).toColourspace(colours).raw().toBuffer(),
    )
    const separating = { path: pixelsPath, width, height, channels, dots: inkDots }
    const answer = await run({ task: 'separate', ...separating }, signal)
    const scan = answer?.outcome === 'separated' ? answer.scan : undefined
    if (scan === undefined) return undefined
    const { paper } = scan
    const raw = { width: paper.width, height: paper.height, channels }
    const jpeg = await sharp(paper.pixels, { raw })
      .toColourspace(colours)
      .jpeg({ quality: quality ?? PAPER_QUALITY, mozjpeg: true })
      .toBuffer()
    const fax = await compressFax(scan.ink, { width, height })
    if (jpeg.length + fax.length > bytes * LEAST_GAIN) return undefined
    const { colour } = scan
    return {
      object,
      generation,
      paper: { jpeg, width: paper.width, height: paper.height },
      ink: { fax, width, height, colour },
    }
  } catch (error) {
    if (!isDamage(error)) throw error
    return undefined
  } finally {
    await rm(pixelsPath, { force: true })
  }
}

/** @returns undefined when it is not what the PDF says that it is */
async function openPicture({ path, width, height, channels, stored }: PdfPicture) {
  // What a profile in the file says of its colours counts for nothing in a PDF.
  const open = { ignoreIcc: true, failOn: FAIL_ON, limitInputPixels: false } as const
  if (stored !== 'jpeg') {
    return sharp(await readFile(path), { ...open, raw: { width, height, channels } })
  }
  const image = sharp(path, open)
  // Otherwise it would be made of RGB.
  if (channels === 4) image.pipelineColourspace('cmyk')
  const told = await image.metadata()
  const isSame = told.channels === channels && told.width === width && told.height === height
  return isSame ? image : undefined
}

/** A damaged picture stays as it is; a full disk is something else. */
function isDamage(error: unknown): boolean {
  return error instanceof Error && !('syscall' in error) && !(error instanceof RangeError)
}
