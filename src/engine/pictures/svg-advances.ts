import { escapeXml } from '../../base/xml.ts'
import { sharp } from './libvips.ts'

/** A text as it stands in XML, and the style of its font. */
export interface MeasuredText {
  readonly letters: string
  readonly font: string
  /** How large its letters are, in pixels. */
  readonly size: number
}

/** The most texts that are measured of a drawing, and the pixels that are drawn for it. */
export const MOST_TEXTS = 3000
const MOST_PIXELS = 12_000_000

/** As high is what is looked for behind a text, and as far apart such are, in the units of a drawing. */
const MARK = { size: 8, apart: 12 }

/** Wider than this many times their size letters are not, in the mean. */
const WIDEST = 1.3

/**
 * Tells how far librsvg goes on behind each text: a mark is drawn there, and looked for.
 *
 * @returns in pixels; undefined when there are too many, or letters that nobody knows
 */
export async function measureAdvances(
  texts: readonly MeasuredText[],
): Promise<readonly number[] | undefined> {
  if (texts.length > MOST_TEXTS) return undefined
  if (texts.length === 0) return []
  const longest = Math.max(...texts.map(({ letters, size }) => letters.length * size * WIDEST))
  const width = longest + 4 * MARK.size
  const height = (texts.length + 1) * MARK.apart
  const scale = Math.min(8, Math.sqrt(MOST_PIXELS / (width * height)))
  const rows = [{ letters: '', font: '' }, ...texts].map(({ letters, font }, index) => {
    const hidden =
      letters === ''
        ? ''
        : `<tspan xml:space="preserve" style="${escapeXml(font.replaceAll('"', "'"))};fill:none;stroke:none">${letters}</tspan>`
    const y = index * MARK.apart + MARK.size - 1
    return `<text xml:space="preserve" x="${MARK.size}" y="${y}">${hidden}<tspan style="font:${MARK.size}px monospace">|</tspan></text>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${Math.ceil(width * scale)}" height="${Math.ceil(height * scale)}">${rows.join('')}</svg>`
  const drawn = await drawAlpha(svg)
  if (drawn === undefined) return undefined
  const { data, info } = drawn
  const step = info.height / (texts.length + 1)
  const places = [...rows.keys()].map((index) => {
    const [from, to] = [Math.round(index * step), Math.round((index + 1) * step)]
    return middleOf(data, info.width, [from, to]) / scale
  })
  const [first = Number.NaN] = places
  const advances = places.slice(1).map((place) => place - first)
  return advances.every(Number.isFinite) ? advances : undefined
}

/** How much each pixel of a drawing covers; undefined when a text has letters that nobody knows without the whole drawing. */
async function drawAlpha(svg: string) {
  try {
    return await sharp(Buffer.from(svg, 'latin1'), { limitInputPixels: false })
      .extractChannel('alpha')
      .raw()
      .toBuffer({ resolveWithObject: true })
  } catch {
    return undefined
  }
}

/** Where the middle of all that is drawn in some rows is. */
function middleOf(data: Buffer, width: number, [from, to]: readonly [number, number]): number {
  let [sum, weight] = [0, 0]
  for (let y = from; y < to; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const alpha = data[y * width + x] ?? 0
      sum += alpha * x
      weight += alpha
    }
  }
  return sum / weight
}
