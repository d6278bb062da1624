import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
} from '@cantoo/pdf-lib'
import { channelsOf, isDrawing, type Palette, readPalette, toNumber } from './picture-colours.ts'
import type { UntouchedKind } from './untouched-pictures.ts'

/** How a picture is in a document, of those that can be compressed anew. */
export interface PictureFacts {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3 | 4
  readonly palette: Palette | undefined
  /** As a JPEG, or without loss: in bytes, or in one bit a pixel. */
  readonly stored: 'jpeg' | 'pixels' | 'bits'
  /** Whether rows are those of PNG, see {@link StoredPixels}. */
  readonly isFiltered: boolean
}

const name = (text: string): PDFName => PDFName.of(text)

const INDEXED = name('Indexed')
const [JPEG, FLATE] = [name('DCTDecode'), name('FlateDecode')]

/** Filters of pictures that nothing here reads. */
const OF_FILTER: ReadonlyMap<PDFObject | undefined, UntouchedKind> = new Map([
  [name('JPXDecode'), 'jpx'],
  [name('CCITTFaxDecode'), 'bilevel'],
  [name('JBIG2Decode'), 'bilevel'],
])

/** Smaller ones are not worth it; in bytes. */
export const FEWEST_BYTES = 2048

/** As many pixels as are taken into memory of what is compressed without loss. */
const MOST_PIXELS = 60_000_000

/**
 * Reads how a picture is in a document.
 *
 * @returns why it is to stay as it is; undefined when it is not worth a word, for it has hardly any bytes or is a drawing
 */
export function readFacts(
  context: PDFContext,
  { dict, contents }: PDFRawStream,
): PictureFacts | UntouchedKind | undefined {
  const look = (key: string): PDFObject | undefined => context.lookup(dict.get(name(key)))
  if (contents.length < FEWEST_BYTES) return undefined
  const filter = single(look('Filter'))
  if (filter !== JPEG && filter !== FLATE) return OF_FILTER.get(filter) ?? 'filter'
  const width = toNumber(look('Width'))
  const height = toNumber(look('Height'))
  if (!(width >= 1) || !(height >= 1)) return 'damaged'
  if (width * height > MOST_PIXELS) return 'large'
  const isStencil = look('ImageMask')?.toString() === 'true'
  const bits = isStencil ? 1 : toNumber(look('BitsPerComponent'))
  const size = { width, height }
  const colours = look('ColorSpace')
  if (bits === 1 && filter === FLATE && (isStencil || hasOneChannel(context, colours))) {
    const rows = readRows(context, look('DecodeParms'), { width, bits, channels: 1 })
    if (rows === undefined) return 'filter'
    return { ...size, ...rows, channels: 1, palette: undefined, stored: 'bits' }
  }
  const palette = readPalette(context, colours)
  // A drawing has lost nothing, and shall not.
  if (colours instanceof PDFArray && colours.get(0) === INDEXED) {
    if (isDrawing(toNumber(context.lookup(colours.get(2))) + 1)) return undefined
  }
  if (bits !== 8) return 'deep'
  // A mask of colours names them exactly; what is premultiplied has to have the size of its mask.
  if (look('Mask') instanceof PDFArray || hasMatte(context, dict)) return 'masked'
  const channels = palette ? 1 : channelsOf(context, colours)
  if (channels === undefined) return 'colours'
  if (palette !== undefined && dict.has(name('Decode'))) return 'decoded'
  if (filter === JPEG && palette === undefined) {
    if (channels === 4 && !isAdobes(contents, dict)) return 'cmyk'
    return { ...size, channels, palette, isFiltered: false, stored: 'jpeg' }
  }
  if (channels === 4) return 'cmyk'
  const rows = readRows(context, look('DecodeParms'), { width, bits, channels })
  if (filter !== FLATE || rows === undefined) return 'filter'
  return { ...size, ...rows, channels, palette, stored: 'pixels' }
}

/** @returns undefined for rows that nothing here reads */
function readRows(
  context: PDFContext,
  given: PDFObject | undefined,
  { width, bits, channels }: { width: number; bits: number; channels: number },
): { readonly isFiltered: boolean } | undefined {
  const parameters = single(given)
  if (parameters === undefined) return { isFiltered: false }
  if (!(parameters instanceof PDFDict)) return undefined
  const say = (key: string, usual: number): number => {
    const value = context.lookup(parameters.get(name(key)))
    return value instanceof PDFNumber ? value.asNumber() : usual
  }
  const predictor = say('Predictor', 1)
  if (predictor === 1) return { isFiltered: false }
  const isPng = predictor >= 10 && say('BitsPerComponent', 8) === bits
  const isWhole = say('Columns', 1) === width && say('Colors', 1) === channels
  return isPng && isWhole ? { isFiltered: true } : undefined
}

/** Whether a pixel of these colours is one number; those of unknown ones may be several. */
function hasOneChannel(context: PDFContext, colours: PDFObject | undefined): boolean {
  if (channelsOf(context, colours) === 1) return true
  if (!(colours instanceof PDFArray)) return false
  return [INDEXED, name('Separation')].some((each) => colours.get(0) === each)
}

/**
 * Whether what reads a JPEG and writes it again leaves the inks as they were: both turn them into their opposite where Adobe
 * has marked it, and what is written always is.
 */
function isAdobes(jpeg: Uint8Array, dict: PDFDict): boolean {
  const head = Buffer.from(jpeg.buffer, jpeg.byteOffset, Math.min(jpeg.length, 65_536))
  return head.includes('\xff\xee\0\x0eAdobe', 0, 'latin1') && !dict.has(name('DecodeParms'))
}

/** The only item of an array, or what is none. */
function single(value: PDFObject | undefined): PDFObject | undefined {
  return value instanceof PDFArray && value.size() === 1 ? value.get(0) : value
}

function hasMatte(context: PDFContext, dict: PDFDict): boolean {
  const mask = context.lookup(dict.get(name('SMask')))
  const masks = mask instanceof PDFRawStream ? [dict, mask.dict] : [dict]
  return masks.some((each) => each.has(name('Matte')))
}
