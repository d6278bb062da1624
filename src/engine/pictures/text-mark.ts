import { rm, writeFile } from 'node:fs/promises'
import { OperationError } from '../../base/operation-error.ts'
import { assemblePdf, encodeWinAnsi } from '../pages/pdf-file.ts'
import { drawPage } from '../pdf/pdf.ts'
import type { Region, Size } from './dimensions.ts'
import type { DecodedImage } from './memory.ts'
import type { TextMark } from './options.ts'
import { MAX_WATERMARK_PIXELS } from './watermark.ts'

/** Points of the page for one em, which is the size of the font. */
const EM = 10
/** From one line to the next, in ems; no letter of the fonts is higher. */
const LEADING = 1.25
/** How far below the top of its line a letter stands, in ems. */
const BASELINE = 0.95
/** The widest letter, and the white around the page, in ems. */
const WIDEST = 1.1
const EDGE = 0.5
/** In which size lines are measured, in pixels. */
const MEASURED_SIZE = 32

const WHITE = { r: 255, g: 255, b: 255 }

interface PageTools {
  /** Where the page may be written; it is removed again. */
  readonly pdfPath: string
  readonly signal: AbortSignal
}

/** A line as the codes of its letters, and how far from the left it begins, in ems. */
interface Line {
  readonly codes: Buffer
  readonly left: number
}

/** A drawn page: how dark each of its pixels is, from 0 to 255. */
interface Ink extends Size {
  readonly dark: Uint8Array
}

/**
 * Draws a text in one colour on nothing, as large as what is seen of it. PDFium does so, whose fonts are the same on every
 * machine; where actions run there may be no others. The text is data of a PDF, and no markup.
 *
 * @param picture - the rendition, of whose width the text may take a part
 * @throws {@link OperationError} for letters that the fonts do not have, or more pixels than are drawn
 */
export async function drawText(
  mark: TextMark,
  picture: Size,
  tools: PageTools,
): Promise<DecodedImage> {
  const lines = encodeLines(mark.text)
  const longest = Math.max(...lines.map((codes) => codes.length))
  const room = { width: longest * WIDEST + 2 * EDGE, height: lines.length * LEADING + 2 * EDGE }
  const measured = await drawLines(
    lines.map((codes) => ({ codes, left: EDGE })),
    { mark, room, size: MEASURED_SIZE },
    tools,
  )
  const extents = lines.map((_, index) => measureLine(measured, index))
  const widest = Math.max(...extents.map(({ width }) => width))
  const aligned = lines.map((codes, index) => {
    const { left = 0, width = 0 } = extents[index] ?? {}
    return { codes, left: 2 * EDGE - left + SLACK[mark.align] * (widest - width) }
  })
  const size =
    mark.widthPercent === undefined
      ? mark.size
      : (picture.width * mark.widthPercent) / 100 / Math.max(widest, 1 / MEASURED_SIZE)
  const page = { width: widest + 2 * EDGE, height: room.height }
  return colour(await drawLines(aligned, { mark, room: page, size }, tools), mark)
}

const SLACK = { left: 0, center: 0.5, right: 1 }

function encodeLines(text: string): Buffer[] {
  const lines = text.split(/\r\n|\r|\n/).map((line) => Array.from(line.replaceAll('\t', ' ')))
  const unknown = new Set(lines.flat().filter((letter) => encodeWinAnsi(letter) === undefined))
  if (unknown.size > 0) {
    throw new OperationError('watermark_letters_unknown', { letters: [...unknown].slice(0, 5) })
  }
  return lines.map((letters) => Buffer.from(letters.map((letter) => encodeWinAnsi(letter) ?? 0)))
}

async function drawLines(
  lines: readonly Line[],
  { mark, room, size }: { readonly mark: TextMark; readonly room: Size; readonly size: number },
  { pdfPath, signal }: PageTools,
): Promise<Ink> {
  const width = Math.ceil(room.width * size)
  const height = Math.ceil(room.height * size)
  if (width * height > MAX_WATERMARK_PIXELS) {
    throw new OperationError('watermark_text_too_large', {
      width,
      height,
      most: MAX_WATERMARK_PIXELS,
    })
  }
  // In whole pixels, or the letters would be stretched a little.
  const points = { width: (width / size) * EM, height: (height / size) * EM }
  const top = points.height - EDGE * EM
  const content = lines
    .map(({ codes, left }, index) => {
      const y = top - (index * LEADING + BASELINE) * EM
      return `BT /F ${EM} Tf ${(left * EM).toFixed(4)} ${y.toFixed(4)} Td <${codes.toString('hex')}> Tj ET`
    })
    .join('\n')
  const pdf = assemblePdf([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${points.width.toFixed(4)} ${points.height.toFixed(4)}]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>`,
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    `<</Type/Font/Subtype/Type1/BaseFont/${fontName(mark)}/Encoding/WinAnsiEncoding>>`,
  ])
  const page = { path: pdfPath, password: undefined, page: 1 }
  const whole = { left: 0, top: 0, width, height }
  try {
    await writeFile(pdfPath, pdf)
    const view = { drawnAt: { width, height }, ...whole, background: WHITE }
    const { pixels } = await drawPage(page, view, signal)
    const dark = new Uint8Array(width * height)
    for (let at = 0; at < dark.length; at += 1) dark[at] = 255 - (pixels[at * 3] ?? 255)
    return { width, height, dark }
  } finally {
    await rm(pdfPath, { force: true })
  }
}

/** The name of one of the fonts that every reader of PDF has (ISO 32000-1, 9.6.2.2). */
function fontName({ font: { family, bold, italic } }: TextMark): string {
  const slanted = family === 'Times' ? 'Italic' : 'Oblique'
  const style = `${bold ? 'Bold' : ''}${italic ? slanted : ''}`
  if (style !== '') return `${family}-${style}`
  return family === 'Times' ? 'Times-Roman' : family
}

/** Where what is seen of a line begins, and how wide it is; in ems, for which it was drawn in {@link MEASURED_SIZE}. */
function measureLine(page: Ink, index: number): { readonly left: number; readonly width: number } {
  const top = Math.floor((EDGE + index * LEADING) * MEASURED_SIZE)
  const height = Math.min(Math.floor(LEADING * MEASURED_SIZE), page.height - top)
  const seen = findInk(page, { left: 0, top, width: page.width, height })
  if (seen === undefined) return { left: EDGE, width: 0 }
  return { left: seen.left / MEASURED_SIZE, width: seen.width / MEASURED_SIZE }
}

/** The smallest region that all ink of another is in; undefined when there is none. */
function findInk({ dark, width }: Ink, within: Region): Region | undefined {
  let [left, right, top, bottom] = [width, -1, -1, -1]
  for (let y = within.top; y < within.top + within.height; y += 1) {
    for (let x = within.left; x < within.left + within.width; x += 1) {
      if (dark[y * width + x] === 0) continue
      left = Math.min(left, x)
      right = Math.max(right, x)
      if (top === -1) top = y
      bottom = y
    }
  }
  if (right === -1) return undefined
  return { left, top, width: right - left + 1, height: bottom - top + 1 }
}

/** What is inked in the colour of a mark; one transparent pixel when nothing is, as of blanks. */
function colour(page: Ink, { colour: { r, g, b } }: TextMark): DecodedImage {
  const { left, top, width, height } = findInk(page, { left: 0, top: 0, ...page }) ?? {
    left: 0,
    top: 0,
    width: 1,
    height: 1,
  }
  const pixels = Buffer.alloc(width * height * 4)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const alpha = page.dark[(top + y) * page.width + left + x] ?? 0
      pixels.set([r, g, b, alpha], (y * width + x) * 4)
    }
  }
  return { pixels, layout: { width, height, channels: 4 } }
}
