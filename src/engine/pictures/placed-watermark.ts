import type { Sharp } from 'sharp'
import { OperationError } from '../../base/operation-error.ts'
import { clip, countPixels, type Size } from './dimensions.ts'
import { decodeMark, type LoadMark, MAX_WATERMARK_PIXELS } from './mark-picture.ts'
import { placeMark, sizeMark } from './mark-place.ts'
import { type DecodedImage, openDecoded, toMemory } from './memory.ts'
import type { Colour, PictureMark, PlacedMark, Watermark } from './options.ts'
import { drawText } from './text-mark.ts'
import { overlayWatermark } from './watermark.ts'

/** What is known of an image that gets a watermark; its size in pixels is that of a frame. */
interface MarkedPicture extends Size {
  /** Which of its frames get it, from 0. */
  readonly marked: readonly number[]
  /** Whether nothing of the result is transparent. */
  readonly opaque: boolean
  /** Whether the image may be transparent, before it is put on its background. */
  readonly transparent: boolean
  readonly background: Colour | undefined
}

interface MarkTools {
  /** Of the rendition, beside which a text is laid out. */
  readonly path: string
  readonly loadMark: LoadMark
  readonly signal: AbortSignal
}

/** The URL of a watermark's picture; undefined for a text. */
export function markUrl(watermark: Watermark): string | undefined {
  if ('image' in watermark) return watermark.image
  return 'image' in watermark.mark ? watermark.mark.image : undefined
}

/**
 * Puts an image on its background, and a watermark where it belongs: over both, or between them.
 *
 * @throws {@link OperationError} when the watermark cannot be had or drawn
 */
export async function layMark(
  image: Sharp,
  picture: MarkedPicture,
  watermark: Watermark | undefined,
  tools: MarkTools,
): Promise<Sharp> {
  const { background } = picture
  const flatten = (each: Sharp): Sharp => (background ? each.flatten({ background }) : each)
  if (watermark === undefined || picture.marked.length === 0) return flatten(image)
  if ('image' in watermark) {
    return overlayWatermark(flatten(image), picture, watermark, tools.loadMark)
  }
  const mark = await drawMark(watermark, picture, tools)
  const layers = place(mark, watermark, picture)
  if (watermark.layer === 'above') {
    const marked = flatten(image).composite(layers)
    return picture.opaque ? marked.removeAlpha() : marked
  }
  if (!picture.transparent) return flatten(image)
  // sharp flattens before it composes, so what is beneath the picture has to be there first.
  const beneath = layers.map((layer) => ({ ...layer, blend: 'dest-over' as const }))
  return flatten(openDecoded(await toMemory(image.ensureAlpha().composite(beneath))))
}

async function drawMark(
  { mark, opacity, rotation }: PlacedMark,
  picture: Size,
  tools: MarkTools,
): Promise<DecodedImage> {
  const drawn =
    'text' in mark
      ? await drawText(mark, picture, { pdfPath: `${tools.path}.text.pdf`, signal: tools.signal })
      : await loadPicture(mark, picture, tools.loadMark)
  const faded = fade(drawn, opacity)
  if (rotation % 360 === 0) return faded
  return toMemory(openDecoded(faded).rotate(rotation, { background: TRANSPARENT }))
}

const TRANSPARENT = { r: 0, g: 0, b: 0, alpha: 0 }

async function loadPicture(
  { image: url, ...wanted }: PictureMark,
  picture: Size,
  load: LoadMark,
): Promise<DecodedImage> {
  const mark = await load(url)
  const size = sizeMark(mark.natural, wanted, picture)
  if (countPixels(size) > MAX_WATERMARK_PIXELS) {
    const fields = { place: mark.place, ...size, most: MAX_WATERMARK_PIXELS }
    throw new OperationError('watermark_too_large', fields)
  }
  const pixels = await decodeMark(mark, size)
  return { pixels, layout: { ...size, channels: 4 } }
}

function fade({ pixels, layout }: DecodedImage, opacity: number): DecodedImage {
  if (opacity === 100) return { pixels, layout }
  const faded = Buffer.from(pixels)
  for (let at = 3; at < faded.length; at += 4) {
    faded[at] = Math.round(((faded[at] ?? 0) * opacity) / 100)
  }
  return { pixels: faded, layout }
}

/** What of a mark lies on the picture, once for each frame, which lie below each other. */
function place({ pixels, layout }: DecodedImage, watermark: PlacedMark, picture: MarkedPicture) {
  const { left, top } = placeMark(layout, watermark, picture)
  const at = { left: Math.round(left), top: Math.round(top) }
  const { width, height } = layout
  const seen = clip({ ...at, width, height }, picture)
  if (seen === undefined) return []
  const shown = cut({ pixels, layout }, { left: seen.left - at.left, top: seen.top - at.top }, seen)
  return picture.marked.map((frame) => ({
    input: shown.pixels,
    raw: shown.layout,
    left: seen.left,
    top: seen.top + frame * picture.height,
  }))
}

function cut(
  { pixels, layout }: DecodedImage,
  { left, top }: { readonly left: number; readonly top: number },
  { width, height }: Size,
): DecodedImage {
  const rows = Array.from({ length: height }, (_, row) => {
    const start = ((top + row) * layout.width + left) * 4
    return pixels.subarray(start, start + width * 4)
  })
  return { pixels: Buffer.concat(rows), layout: { width, height, channels: 4 } }
}
