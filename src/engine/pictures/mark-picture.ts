import { rm, writeFile } from 'node:fs/promises'
import { corruptSource, OperationError } from '../../base/operation-error.ts'
import { nameUrl } from '../../base/redact.ts'
import { identifyContent, START_BYTES } from '../../sources/identify.ts'
import { decodeSource } from './decode-view.ts'
import { countPixels, type Size, scale, scaleToFit } from './dimensions.ts'
import { identifyPicture } from './identify-picture.ts'
import { sharp } from './libvips.ts'
import { probeSource } from './probe.ts'

/** The largest watermark that is decoded, in pixels. */
export const MAX_WATERMARK_PIXELS = 50_000_000

/** The longer side that a drawing or a page is drawn with at least, in pixels, since it may be shown larger than it is. */
const DRAWN_SIDE = 2000

/** The picture of a watermark. */
export interface MarkPicture {
  readonly png: Buffer
  /** How large it is by itself: in pixels, units of a drawing, or points of a page. A drawing has more pixels in its file. */
  readonly natural: Size
  /** Where it is from, without what is secret in that. */
  readonly place: string
}

/** Gets the picture of the watermark that is behind a URL. */
export type LoadMark = (url: string) => Promise<MarkPicture>

/**
 * Makes a PNG of the picture of a watermark, which may be of any kind that sources have. What is one stays as it is.
 *
 * @param options.path - where files may be written meanwhile, with more behind it
 * @throws {@link OperationError} watermark_unusable or watermark_too_large
 */
export async function readMark(
  file: Buffer,
  url: string,
  options: { readonly path: string; readonly signal: AbortSignal },
): Promise<MarkPicture> {
  const place = nameUrl(url)
  const content = await identifyContent(file.subarray(0, START_BYTES))
  try {
    if (content !== 'png') return { ...(await convert(file, options)), place }
    const { width, height } = await measure(file)
    if (countPixels({ width, height }) > MAX_WATERMARK_PIXELS) throw tooLarge({ width, height })
    return { png: file, natural: { width, height }, place }
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    if (error.code === 'source_too_many_pixels') {
      throw new OperationError('watermark_too_large', { ...error.fields, place })
    }
    const fields = { place, failure: error.message }
    throw new OperationError('watermark_unusable', fields, { cause: error })
  }
}

/** A watermark in a size, with four bytes a pixel. */
export async function decodeMark(
  { png, place }: Pick<MarkPicture, 'png' | 'place'>,
  { width, height }: Size,
): Promise<Buffer> {
  try {
    return await sharp(png, { limitInputPixels: false })
      .resize(width, height, { fit: 'fill' })
      .ensureAlpha()
      .raw()
      .toBuffer()
  } catch (error) {
    const fields = { place, failure: corruptSource('PNG').message }
    throw new OperationError('watermark_unusable', fields, { cause: error })
  }
}

async function measure(png: Buffer): Promise<Size> {
  try {
    return await sharp(png, { limitInputPixels: false }).metadata()
  } catch (error) {
    throw corruptSource('PNG', { cause: error })
  }
}

function tooLarge({ width, height }: Size): OperationError {
  const fields = { width, height, most: MAX_WATERMARK_PIXELS }
  return new OperationError('source_too_many_pixels', fields)
}

async function convert(
  file: Buffer,
  { path, signal }: { readonly path: string; readonly signal: AbortSignal },
): Promise<Pick<MarkPicture, 'png' | 'natural'>> {
  const workFolder = `${path}.source`
  try {
    await writeFile(path, file)
    const source = await probeSource(
      await identifyPicture(path),
      { page: 1, password: undefined },
      { maxPixels: MAX_WATERMARK_PIXELS, workFolder, signal },
    )
    const natural = scale(source, 1)
    const larger = Math.max(1, scaleToFit(natural, { width: DRAWN_SIDE, height: DRAWN_SIDE }))
    const drawn = scale(natural, typeof source.input === 'string' ? 1 : larger)
    if (countPixels(drawn) > MAX_WATERMARK_PIXELS) throw tooLarge(drawn)
    const view = { ...drawn, region: undefined, animated: false, background: undefined }
    try {
      return { png: await (await decodeSource(source, view)).png().toBuffer(), natural }
    } catch (error) {
      if (error instanceof OperationError) throw error
      throw corruptSource(source.format.title, { cause: error })
    }
  } finally {
    await Promise.all([path, workFolder].map((each) => rm(each, { recursive: true, force: true })))
  }
}
