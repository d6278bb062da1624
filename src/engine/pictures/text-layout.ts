import { rm, writeFile } from 'node:fs/promises'
import { OperationError } from '../../base/operation-error.ts'
import { assemblePdf, toBytes, toStream } from '../pages/drawing/pdf-objects.ts'
import { drawPage } from '../pdf/pdf.ts'
import type { Region, Size } from './dimensions.ts'
import { MAX_WATERMARK_PIXELS } from './mark-picture.ts'
import type { TextMark } from './options.ts'
import { encodeWinAnsi } from './win-ansi.ts'

/** Points of the page for one em, which is the size of the font. */
export const EM = 10
/** From one line to the next, in ems; no letter of the fonts is higher. */
export const LEADING = 1.25
/** How far below the top of its line a letter stands, in ems. */
const BASELINE = 0.95
/** The widest letter, and the white around the page, in ems. */
const WIDEST = 1.1
const EDGE = 0.5
/** In which size lines are measured, in pixels. */
const MEASURED_SIZE = 32

const WHITE = { r: 255, g: 255, b: 255 }

/** What a text is laid out with. */
export interface LayoutTools {
  /** Where a page may be written; it is removed again. */
  readonly pdfPath: string
  readonly signal: AbortSignal
}

/** A line as the codes of its letters, and how far from the left it begins, in ems. */
interface Line {
  readonly codes: Buffer
  readonly left: number
}

/** A text whose lines have their places. */
export interface TextLayout {
  /** The page that it is drawn on, with white around it, in ems. */
  readonly page: Size
  readonly lines: readonly Line[]
  /** The width of what is seen of the widest line, in ems. */
  readonly widest: number
  /** The name of the font, one of those that every reader of PDF has (ISO 32000-1, 9.6.2.2). */
  readonly font: string
}

/** A drawn page: how dark each of its pixels is, from 0 to 255. */
export interface Ink extends Size {
  readonly dark: Uint8Array
}

/**
 * Lays out a text of Western European letters. PDFium draws it to see how wide its lines are; its fonts are the same on every machine, and where actions
 * run there may be no others.
 *
 * @throws {@link OperationError} for more pixels than are drawn
 */
export async function layOutText(mark: TextMark, tools: LayoutTools): Promise<TextLayout> {
  const lines = encodeLines(mark.text)
  const longest = Math.max(...lines.map((codes) => codes.length))
  const font = fontName(mark)
  const first = {
    page: { width: longest * WIDEST + 2 * EDGE, height: lines.length * LEADING + 2 * EDGE },
    lines: lines.map((codes) => ({ codes, left: EDGE })),
    widest: 0,
    font,
  }
  const measured = await drawLayout(first, MEASURED_SIZE, tools)
  const extents = lines.map((_, index) => measureLine(measured, index))
  const widest = Math.max(...extents.map(({ width }) => width))
  const aligned = lines.map((codes, index) => {
    const { left = 0, width = 0 } = extents[index] ?? {}
    return { codes, left: 2 * EDGE - left + SLACK[mark.align] * (widest - width) }
  })
  return {
    page: { width: widest + 2 * EDGE, height: first.page.height },
    lines: aligned,
    widest: Math.max(widest, 1 / MEASURED_SIZE),
    font,
  }
}

const SLACK = { left: 0, center: 0.5, right: 1 }

/** Whether the fonts that every reader of PDF has have all letters of a text: those of Windows-1252. */
export function isWestern(text: string): boolean {
  return linesOf(text)
    .flat()
    .every((letter) => encodeWinAnsi(letter) !== undefined)
}

function linesOf(text: string): string[][] {
  return text.split(/\r\n|\r|\n/).map((line) => Array.from(line.replaceAll('\t', ' ')))
}

function encodeLines(text: string): Buffer[] {
  return linesOf(text).map((letters) =>
    Buffer.from(letters.map((letter) => encodeWinAnsi(letter) ?? 0)),
  )
}

/**
 * The operators that draw a text, {@link EM} points large and from the lower left of its page, with its font as `/F`. The
 * letters are data of a PDF, and no markup.
 *
 * @param height - of the page, in points
 */
export function describeText({ lines }: TextLayout, height: number): string {
  const top = height - EDGE * EM
  return lines
    .map(({ codes, left }, index) => {
      const y = top - (index * LEADING + BASELINE) * EM
      return `BT /F ${EM} Tf ${(left * EM).toFixed(4)} ${y.toFixed(4)} Td <${codes.toString('hex')}> Tj ET`
    })
    .join('\n')
}

/**
 * Draws a text in black on white.
 *
 * @param size - of the font, in pixels
 */
export async function drawLayout(
  layout: TextLayout,
  size: number,
  { pdfPath, signal }: LayoutTools,
): Promise<Ink> {
  const width = Math.ceil(layout.page.width * size)
  const height = Math.ceil(layout.page.height * size)
  if (width * height > MAX_WATERMARK_PIXELS) {
    throw new OperationError('watermark_text_too_large', {
      width,
      height,
      most: MAX_WATERMARK_PIXELS,
    })
  }
  // In whole pixels, or the letters would be stretched a little.
  const points = { width: (width / size) * EM, height: (height / size) * EM }
  const content = describeText(layout, points.height)
  const pdf = assemblePdf([
    toBytes('<</Type/Catalog/Pages 2 0 R>>'),
    toBytes('<</Type/Pages/Kids[3 0 R]/Count 1>>'),
    toBytes(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${points.width.toFixed(4)} ${points.height.toFixed(4)}]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>`,
    ),
    toStream('', toBytes(content)),
    toBytes(`<</Type/Font/Subtype/Type1/BaseFont/${layout.font}/Encoding/WinAnsiEncoding>>`),
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
export function findInk({ dark, width }: Ink, within: Region): Region | undefined {
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
