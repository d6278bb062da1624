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
  type PDFRef,
} from '@cantoo/pdf-lib'
import { type DrawnSize, readDrawnSizes } from './drawn-sizes.ts'
import { inflatePixels } from './flate-picture.ts'

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
 * Writes the pictures of a document into files, those that can be compressed anew: in grey or RGB, of 8 bits. Others stay as
 * they are, such as those in the colours of printers and those of two colours.
 *
 * @param path - what the files are called, with more behind it
 */
export function writePictures(document: PDFDocument, path: string): PdfPicture[] {
  const { context } = document
  const sizes = readDrawnSizes(document)
  const pictures: PdfPicture[] = []
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFRawStream) || object.dict.get(name('Subtype')) !== IMAGE) continue
    const facts = readFacts(context, object)
    if (facts === undefined) continue
    const { objectNumber, generationNumber } = ref
    const picturePath = `${path}${objectNumber}`
    const contents = object.getContents()
    const stored = facts.isJpeg ? contents : inflatePixels(contents, facts)
    if (stored === undefined) continue
    writeFileSync(picturePath, stored)
    pictures.push({
      object: objectNumber,
      generation: generationNumber,
      width: facts.width,
      height: facts.height,
      channels: facts.channels,
      isJpeg: facts.isJpeg,
      isOpaque: !['SMask', 'Mask'].some((key) => object.dict.has(name(key))),
      bytes: contents.length,
      path: picturePath,
      drawn: sizes.get(ref),
    })
  }
  return pictures
}

function readFacts(context: PDFContext, { dict, ...stream }: PDFRawStream) {
  const look = (key: string): PDFObject | undefined => context.lookup(dict.get(name(key)))
  const filter = single(look('Filter'))
  const width = toNumber(look('Width'))
  const height = toNumber(look('Height'))
  const channels = channelsOf(context, look('ColorSpace'))
  const isPlain = !['Decode', 'SMaskInData', 'ImageMask'].some((key) => dict.has(name(key)))
  if (!isPlain || channels === undefined || toNumber(look('BitsPerComponent')) !== 8)
    return undefined
  // A mask of colours names them exactly; what is premultiplied has to have the size of its mask.
  if (look('Mask') instanceof PDFArray || hasMatte(context, dict)) return undefined
  if (!(width >= 1) || !(height >= 1) || width * height > MOST_PIXELS) return undefined
  if (stream.contents.length < FEWEST_BYTES) return undefined
  const facts = { width, height, channels, isFiltered: false }
  if (filter === JPEG) return { ...facts, isJpeg: true }
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

/** The only item of an array, or what is none. */
function single(value: PDFObject | undefined): PDFObject | undefined {
  return value instanceof PDFArray && value.size() === 1 ? value.get(0) : value
}

function hasMatte(context: PDFContext, dict: PDFDict): boolean {
  const mask = context.lookup(dict.get(name('SMask')))
  const masks = mask instanceof PDFRawStream ? [dict, mask.dict] : [dict]
  return masks.some((each) => each.has(name('Matte')))
}

function channelsOf(context: PDFContext, colours: PDFObject | undefined): 1 | 3 | undefined {
  if (colours === name('DeviceGray')) return 1
  if (colours === name('DeviceRGB')) return 3
  if (!(colours instanceof PDFArray)) return undefined
  const kind = colours.get(0)
  if (kind === name('CalGray')) return 1
  if (kind === name('CalRGB')) return 3
  if (kind !== name('ICCBased')) return undefined
  const profile = context.lookup(colours.get(1))
  const channels = profile instanceof PDFRawStream && toNumber(profile.dict.get(name('N')))
  return channels === 1 || channels === 3 ? channels : undefined
}

function toNumber(value: PDFObject | undefined): number {
  return value instanceof PDFNumber ? value.asNumber() : Number.NaN
}

/** Puts a JPEG into the place of a picture. */
export function replacePicture(
  document: PDFDocument,
  ref: PDFRef,
  jpeg: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  const { context } = document
  const object = context.lookup(ref)
  if (!(object instanceof PDFRawStream)) return
  const dict = object.dict
  dict.set(name('Filter'), JPEG)
  dict.delete(name('DecodeParms'))
  dict.set(name('Width'), context.obj(width))
  dict.set(name('Height'), context.obj(height))
  context.assign(ref, PDFRawStream.of(dict, jpeg))
}

/** Ink over paper, in the place of a picture. */
export interface LayeredPicture {
  readonly paper: { readonly jpeg: Uint8Array; readonly width: number; readonly height: number }
  readonly ink: {
    /** See {@link FaxPicture}: with the rows and columns that it has, and those that count. */
    readonly fax: Uint8Array
    readonly width: number
    readonly height: number
    readonly columns: number
    readonly rows: number
    readonly colour: readonly number[]
  }
}

/** Puts a form that draws two layers into the place of a picture; both fill the unit square. */
export function layerPicture(
  document: PDFDocument,
  ref: PDFRef,
  { paper, ink }: LayeredPicture,
): void {
  const { context } = document
  const object = context.lookup(ref)
  if (!(object instanceof PDFRawStream)) return
  const colours = object.dict.get(name('ColorSpace'))
  const background = context.obj({
    Type: 'XObject',
    Subtype: 'Image',
    Width: paper.width,
    Height: paper.height,
    BitsPerComponent: 8,
    Filter: 'DCTDecode',
  })
  if (colours !== undefined) background.set(name('ColorSpace'), colours)
  const mask = context.obj({
    Type: 'XObject',
    Subtype: 'Image',
    ImageMask: true,
    Width: ink.width,
    Height: ink.height,
    BitsPerComponent: 1,
    Decode: [1, 0],
    Filter: 'CCITTFaxDecode',
    DecodeParms: { K: -1, Columns: ink.width, Rows: ink.height, BlackIs1: true },
  })
  const [across, down] = [ink.width / ink.columns, ink.height / ink.rows]
  const matrix = [across, 0, 0, down, 0, 1 - down].map((each) => each.toFixed(6)).join(' ')
  const colour = ink.colour.map((each) => (each / 255).toFixed(3)).join(' ')
  const content = `/Paper Do q ${colour} rg ${matrix} cm /Ink Do Q`
  const form = context.obj({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, 1, 1],
    Resources: {
      XObject: {
        Paper: context.register(PDFRawStream.of(background, paper.jpeg)),
        Ink: context.register(PDFRawStream.of(mask, ink.fax)),
      },
    },
  })
  context.assign(ref, PDFRawStream.of(form, Buffer.from(content, 'latin1')))
}
