import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import type { StampForm } from '../pdf/stamp/stamp-form.ts'
import type { Size } from '../pictures/dimensions.ts'
import { sharp } from '../pictures/libvips.ts'
import { decodeMark, MAX_WATERMARK_PIXELS, readMark } from '../pictures/mark-picture.ts'
import type { TextMark, Watermark } from '../pictures/options.ts'
import { drawShapedMark } from '../pictures/shaped-mark.ts'
import {
  describeText,
  drawLayout,
  EM,
  findInk,
  isWestern,
  type LayoutTools,
  layOutText,
} from '../pictures/text-layout.ts'

const compress = promisify(deflate)

/** In which size it is measured what is seen of a text, in pixels: fine enough for a margin, at any size. */
const MEASURED_SIZE = 128

/** The sizes of the font in which a text becomes a picture, in pixels, and how many of them a point gets between these. */
const SHAPED = { least: 128, most: 600, aPoint: 4 }

/** A mark that is ready to be put on pages. */
export interface Mark {
  readonly form: StampForm
  /** How large it is by itself, in points. */
  readonly natural: Size
}

interface MarkTools {
  /** Where files may be written meanwhile, with more behind it. */
  readonly path: string
  readonly load: (url: string) => Promise<Buffer>
  readonly signal: AbortSignal
}

/**
 * Gets the picture of a watermark, or lays out its text.
 *
 * @throws {@link OperationError} when it cannot be had or drawn
 */
export async function prepareMark(watermark: Watermark, tools: MarkTools): Promise<Mark> {
  if ('image' in watermark) return pictureMark(watermark.image, 1, tools)
  const opacity = watermark.opacity / 100
  const { mark } = watermark
  if ('image' in mark) return pictureMark(mark.image, opacity, tools)
  if (!isWestern(mark.text)) return shapedMark(mark, opacity, tools.signal)
  return textMark(mark, opacity, { pdfPath: `${tools.path}.text.pdf`, signal: tools.signal })
}

/** Its letters stay letters. Its size is that of what is seen of them, as on pictures. */
async function textMark(mark: TextMark, opacity: number, tools: LayoutTools): Promise<Mark> {
  const layout = await layOutText(mark, tools)
  const { width, height } = layout.page
  const finest = Math.sqrt(MAX_WATERMARK_PIXELS / 2 / (width * height))
  const size = Math.min(MEASURED_SIZE, finest)
  const ink = await drawLayout(layout, size, tools)
  const seen = findInk(ink, { left: 0, top: 0, ...ink }) ?? { left: 0, top: 0, width: 1, height: 1 }
  const points = EM / size
  const left = seen.left * points
  const right = left + seen.width * points
  const top = height * EM - seen.top * points
  const bottom = top - seen.height * points
  const { r, g, b } = mark.colour
  const colour = [r, g, b].map((part) => (part / 255).toFixed(4)).join(' ')
  return {
    form: {
      ink: {
        kind: 'text',
        content: `${colour} rg\n${describeText(layout, height * EM)}`,
        font: layout.font,
      },
      box: [left, bottom, right, top],
      opacity,
    },
    natural: {
      width: ((right - left) * mark.size) / EM,
      height: ((top - bottom) * mark.size) / EM,
    },
  }
}

/** Letters that not every reader has become a picture. */
async function shapedMark(mark: TextMark, opacity: number, signal: AbortSignal): Promise<Mark> {
  const size = Math.min(SHAPED.most, Math.max(SHAPED.least, mark.size * SHAPED.aPoint))
  const { pixels, layout } = await drawShapedMark(mark, size, signal)
  const { width, height } = layout
  const natural = { width: (width * mark.size) / size, height: (height * mark.size) / size }
  return { form: await pictureForm(pixels, { width, height }, opacity), natural }
}

async function pictureMark(url: string, opacity: number, tools: MarkTools): Promise<Mark> {
  const picture = await readMark(await tools.load(url), url, tools)
  const { natural } = picture
  const size = await sharp(picture.png, { limitInputPixels: false }).metadata()
  const pixels = await decodeMark(picture, size)
  return { form: await pictureForm(pixels, size, opacity), natural }
}

async function pictureForm(
  pixels: Buffer,
  { width, height }: Size,
  opacity: number,
): Promise<StampForm> {
  const [colours, alpha] = splitPixels(pixels)
  return {
    ink: {
      kind: 'picture',
      width,
      height,
      colours: await compress(colours),
      alpha: alpha && (await compress(alpha)),
    },
    box: [0, 0, 1, 1],
    opacity,
  }
}

/** The colours of pixels, and how much each covers; undefined when all of them cover all. */
function splitPixels(pixels: Buffer): [Buffer, Buffer | undefined] {
  const count = pixels.length / 4
  const colours = Buffer.allocUnsafeSlow(count * 3)
  const alpha = Buffer.allocUnsafeSlow(count)
  let opaque = true
  for (let pixel = 0; pixel < count; pixel += 1) {
    pixels.copy(colours, pixel * 3, pixel * 4, pixel * 4 + 3)
    const covers = pixels[pixel * 4 + 3] ?? 255
    alpha[pixel] = covers
    if (covers !== 255) opaque = false
  }
  return [colours, opaque ? undefined : alpha]
}
