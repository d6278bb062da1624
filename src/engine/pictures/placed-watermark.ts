import type { Sharp } from 'sharp'
import { OperationError } from '../../base/operation-error.ts'
import { nameUrl } from '../../base/redact.ts'
import { clip, countPixels, type Size, scale, scaleToFit } from './dimensions.ts'
import { type DecodedImage, openDecoded, toMemory } from './memory.ts'
import type { Colour, PictureMark, PlacedMark, Watermark } from './options.ts'
import { drawText } from './text-mark.ts'
import {
  decodeMark,
  type LoadWatermark,
  MAX_WATERMARK_PIXELS,
  measureMark,
  overlayWatermark,
} from './watermark.ts'

/** What is known of an image that gets a watermark; its size in pixels is that of a frame. */
interface MarkedPicture extends Size {
  readonly frames: number
  /** Whether nothing of the result is transparent. */
  readonly opaque: boolean
  /** Whether the image may be transparent, before it is put on its background. */
  readonly transparent: boolean
  readonly background: Colour | undefined
}

interface MarkTools {
  /** Of the rendition, beside which a text is laid out. */
  readonly path: string
  readonly loadWatermark: LoadWatermark
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
  if (watermark === undefined) return flatten(image)
  if ('image' in watermark) {
    return overlayWatermark(flatten(image), picture, watermark, tools.loadWatermark)
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
      : await loadPicture(mark, picture, tools.loadWatermark)
  const faded = fade(drawn, opacity)
  if (rotation % 360 === 0) return faded
  return toMemory(openDecoded(faded).rotate(rotation, { background: TRANSPARENT }))
}

const TRANSPARENT = { r: 0, g: 0, b: 0, alpha: 0 }

async function loadPicture(
  { image: url, width, height, widthPercent }: PictureMark,
  picture: Size,
  load: LoadWatermark,
): Promise<DecodedImage> {
  const png = await load(url)
  const natural = await measureMark(png, url)
  const size = sizeMark(natural, { width, height, widthPercent }, picture)
  if (countPixels(size) > MAX_WATERMARK_PIXELS) {
    const fields = { place: nameUrl(url), ...size, most: MAX_WATERMARK_PIXELS }
    throw new OperationError('watermark_too_large', fields)
  }
  const pixels = await decodeMark(png, size, url)
  return { pixels, layout: { ...size, channels: 4 } }
}

/** The size that is asked for; by itself a mark has its own, or that of the picture if it is larger. */
function sizeMark(
  natural: Size,
  { width, height, widthPercent }: Omit<PictureMark, 'image'>,
  picture: Size,
): Size {
  if (widthPercent !== undefined) {
    return scale(natural, (picture.width * widthPercent) / 100 / natural.width)
  }
  if (width !== undefined && height !== undefined) return { width, height }
  if (width !== undefined || height !== undefined) {
    return scale(natural, scaleToFit(natural, { width, height }))
  }
  return scale(natural, Math.min(1, scaleToFit(natural, picture)))
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
  const { horizontal, vertical, marginHorizontal, marginVertical } = watermark
  const at = {
    left: START[horizontal](picture.width - layout.width, marginHorizontal),
    top: START[vertical](picture.height - layout.height, marginVertical),
  }
  const { width, height } = layout
  const seen = clip({ ...at, width, height }, picture)
  if (seen === undefined) return []
  const shown = cut({ pixels, layout }, { left: seen.left - at.left, top: seen.top - at.top }, seen)
  return Array.from({ length: picture.frames }, (_, frame) => ({
    input: shown.pixels,
    raw: shown.layout,
    left: seen.left,
    top: seen.top + frame * picture.height,
  }))
}

/** Where a mark starts, of the room that it leaves. */
const START = {
  left: (_room: number, margin: number) => margin,
  top: (_room: number, margin: number) => margin,
  center: (room: number) => Math.round(room / 2),
  right: (room: number, margin: number) => room - margin,
  bottom: (room: number, margin: number) => room - margin,
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
