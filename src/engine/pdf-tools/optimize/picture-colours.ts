import {
  PDFArray,
  type PDFContext,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFString,
} from '@cantoo/pdf-lib'
import { decodeContent } from './contents.ts'

const name = (text: string): PDFName => PDFName.of(text)

/** With fewer colours in its palette a picture is a drawing, which JPEG would blur. */
const FEWEST_COLOURS = 64

/** What the bytes of a picture with a palette mean. */
export interface Palette {
  readonly colours: Buffer
  readonly channels: 1 | 3
}

/** Whether a palette has no more colours than a drawing. */
export function isDrawing(colours: number): boolean {
  return !(colours >= FEWEST_COLOURS)
}

/** @returns undefined for colours without a palette, or with one that is hardly a photo's */
export function readPalette(
  context: PDFContext,
  colours: PDFObject | undefined,
): Palette | undefined {
  if (!(colours instanceof PDFArray) || colours.get(0) !== name('Indexed')) return undefined
  const [base, highest, table] = [1, 2, 3].map((item) => context.lookup(colours.get(item)))
  const channels = channelsOf(context, base)
  if (channels === undefined || channels === 4 || isDrawing(toNumber(highest) + 1)) return undefined
  if (table instanceof PDFString || table instanceof PDFHexString) {
    return { colours: Buffer.from(table.asBytes()), channels }
  }
  const content = table instanceof PDFRawStream ? decodeContent(table) : undefined
  return content === undefined ? undefined : { colours: Buffer.from(content, 'latin1'), channels }
}

/** The colours of pixels, one after the other. */
export function coloursOf(pixels: Uint8Array, { colours, channels }: Palette): Buffer {
  const all = Buffer.alloc(pixels.length * channels)
  for (const [at, pixel] of pixels.entries()) {
    for (let channel = 0; channel < channels; channel += 1) {
      all[at * channels + channel] = colours[pixel * channels + channel] ?? 0
    }
  }
  return all
}

/** The colours that a picture has without its palette. */
export function withoutPalette(
  context: PDFContext,
  colours: PDFObject | undefined,
): PDFObject | undefined {
  const known = context.lookup(colours)
  const isIndexed = known instanceof PDFArray && known.get(0) === name('Indexed')
  return isIndexed ? known.get(1) : colours
}

/** How many channels colours have; undefined for those that are neither grey nor RGB nor CMYK. */
export function channelsOf(
  context: PDFContext,
  colours: PDFObject | undefined,
): 1 | 3 | 4 | undefined {
  if (colours === name('DeviceGray')) return 1
  if (colours === name('DeviceRGB')) return 3
  if (colours === name('DeviceCMYK')) return 4
  if (!(colours instanceof PDFArray)) return undefined
  const kind = colours.get(0)
  if (kind === name('CalGray')) return 1
  if (kind === name('CalRGB')) return 3
  if (kind !== name('ICCBased')) return undefined
  const profile = context.lookup(colours.get(1))
  const channels = profile instanceof PDFRawStream && toNumber(profile.dict.get(name('N')))
  return channels === 1 || channels === 3 || channels === 4 ? channels : undefined
}

/** The value of a number; NaN of anything else. */
export function toNumber(value: PDFObject | undefined): number {
  return value instanceof PDFNumber ? value.asNumber() : Number.NaN
}
