import { writeFileSync } from 'node:fs'
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
} from '@cantoo/pdf-lib'
import { type DrawnSize, readDrawnSizes } from './drawn-sizes.ts'
import { inflatePixels } from './flate-picture.ts'
import { channelsOf, coloursOf, readPalette, toNumber } from './picture-colours.ts'

/** A picture that can be compressed anew. */
export interface PdfPicture {
  /** The number and the generation of its object. */
  readonly object: number
  readonly generation: number
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
  /** In how many bytes the PDF has it. */
  readonly bytes: number
  /** A file of it: a JPEG as it is, or the pixels of what is compressed without loss. */
  readonly path: string
  readonly isJpeg: boolean
  /** Whether it says where another one is transparent; then it is to lose nothing but pixels. */
  readonly isMask: boolean
  /** Whether all of it covers what is below. */
  readonly isOpaque: boolean
  /** Unknown for what no page draws by itself. */
  readonly drawn: DrawnSize | undefined
}

const name = (text: string): PDFName => PDFName.of(text)

const [IMAGE, JPEG, FLATE] = [name('Image'), name('DCTDecode'), name('FlateDecode')]

/** Smaller ones are not worth it; in bytes. */
const FEWEST_BYTES = 2048

/** As many pixels as are taken into memory of what is compressed without loss. */
const MOST_PIXELS = 60_000_000

/**
 * Writes the pictures of a document into files, those that can be compressed anew: in grey, in RGB or of a
 * palette, of 8 bits. Others stay as they are, such as those in the colours of printers and those of two colours.
 *
 * @param path - what the files are called, with more behind it
 */
export function writePictures(document: PDFDocument, path: string): PdfPicture[] {
  const { context } = document
  const sizes = readDrawnSizes(document)
  const masked = maskedBy(context)
  const pictures: PdfPicture[] = []
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFRawStream) || object.dict.get(name('Subtype')) !== IMAGE) continue
    const facts = readFacts(context, object)
    if (facts === undefined) continue
    const { objectNumber, generationNumber } = ref
    const picturePath = `${path}${objectNumber}`
    const contents = object.getContents()
    const { palette } = facts
    const inflated = facts.isJpeg ? contents : inflatePixels(contents, facts)
    const stored = palette && inflated ? coloursOf(inflated, palette) : inflated
    if (stored === undefined) continue
    writeFileSync(picturePath, stored)
    pictures.push({
      object: objectNumber,
      generation: generationNumber,
      width: facts.width,
      height: facts.height,
      channels: palette?.channels ?? facts.channels,
      isMask: masked.has(ref),
      isJpeg: facts.isJpeg,
      isOpaque: !['SMask', 'Mask'].some((key) => object.dict.has(name(key))),
      bytes: contents.length,
      path: picturePath,
      drawn: sizes.get(masked.get(ref) ?? ref),
    })
  }
  return pictures
}

function readFacts(context: PDFContext, { dict, ...stream }: PDFRawStream) {
  const look = (key: string): PDFObject | undefined => context.lookup(dict.get(name(key)))
  const filter = single(look('Filter'))
  const width = toNumber(look('Width'))
  const height = toNumber(look('Height'))
  const palette = readPalette(context, look('ColorSpace'))
  const channels = palette ? 1 : channelsOf(context, look('ColorSpace'))
  const isPlain = !['Decode', 'SMaskInData', 'ImageMask'].some((key) => dict.has(name(key)))
  if (!isPlain || channels === undefined || toNumber(look('BitsPerComponent')) !== 8)
    return undefined
  // A mask of colours names them exactly; what is premultiplied has to have the size of its mask.
  if (look('Mask') instanceof PDFArray || hasMatte(context, dict)) return undefined
  if (!(width >= 1) || !(height >= 1) || width * height > MOST_PIXELS) return undefined
  if (stream.contents.length < FEWEST_BYTES) return undefined
  const facts = { width, height, channels, palette, isFiltered: false }
  if (filter === JPEG && palette === undefined) return { ...facts, isJpeg: true }
  if (filter !== FLATE) return undefined
  const parameters = single(look('DecodeParms'))
  if (parameters === undefined) return { ...facts, isJpeg: false }
  if (!(parameters instanceof PDFDict)) return undefined
  const say = (key: string, usual: number): number => {
    const value = context.lookup(parameters.get(name(key)))
    return value instanceof PDFNumber ? value.asNumber() : usual
  }
  const predictor = say('Predictor', 1)
  if (predictor === 1) return { ...facts, isJpeg: false }
  const isPng = predictor >= 10 && say('BitsPerComponent', 8) === 8
  const isWhole = say('Columns', 1) === width && say('Colors', 1) === channels
  return isPng && isWhole ? { ...facts, isFiltered: true, isJpeg: false } : undefined
}

/** Which picture each mask belongs to. */
function maskedBy(context: PDFContext): ReadonlyMap<PDFRef, PDFRef> {
  const masked = new Map<PDFRef, PDFRef>()
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    const mask = object instanceof PDFRawStream && object.dict.get(name('SMask'))
    if (mask instanceof PDFRef) masked.set(mask, ref)
  }
  return masked
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
