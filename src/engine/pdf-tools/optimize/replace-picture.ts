import { type PDFDocument, PDFName, PDFRawStream, type PDFRef } from '@cantoo/pdf-lib'
import { withoutPalette } from './picture-colours.ts'

const name = (text: string): PDFName => PDFName.of(text)

/** How what comes into the place of a picture is compressed. */
export type NewCompression = 'jpeg' | 'deflated' | 'fax'

const FILTERS: Readonly<Record<NewCompression, string>> = {
  jpeg: 'DCTDecode',
  deflated: 'FlateDecode',
  fax: 'CCITTFaxDecode',
}

/** Puts a JPEG, or pixels that are compressed without loss, into the place of a picture. */
export function replacePicture(
  document: PDFDocument,
  ref: PDFRef,
  content: Uint8Array,
  picture: {
    readonly width: number
    readonly height: number
    readonly compression: NewCompression
  },
): void {
  const { width, height, compression } = picture
  const { context } = document
  const object = context.lookup(ref)
  if (!(object instanceof PDFRawStream)) return
  const dict = object.dict
  dict.set(name('Filter'), name(FILTERS[compression]))
  dict.delete(name('DecodeParms'))
  if (compression === 'fax') {
    dict.set(name('DecodeParms'), context.obj(faxOf(width, height)))
  } else {
    const colours = withoutPalette(context, dict.get(name('ColorSpace')))
    if (colours !== undefined) dict.set(name('ColorSpace'), colours)
  }
  dict.set(name('Width'), context.obj(width))
  dict.set(name('Height'), context.obj(height))
  context.assign(ref, PDFRawStream.of(dict, content))
}

/** Bits that are set are black, so that all bits come out as they were. */
function faxOf(width: number, height: number) {
  return { K: -1, Columns: width, Rows: height, BlackIs1: true }
}

/** Ink over paper, in the place of a picture. */
export interface LayeredPicture {
  readonly paper: { readonly jpeg: Uint8Array; readonly width: number; readonly height: number }
  readonly ink: {
    /** See {@link compressFax}. */
    readonly fax: Uint8Array
    readonly width: number
    readonly height: number
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
  const colours = withoutPalette(context, object.dict.get(name('ColorSpace')))
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
    DecodeParms: faxOf(ink.width, ink.height),
  })
  const colour = ink.colour.map((each) => (each / 255).toFixed(3)).join(' ')
  const content = `/Paper Do q ${colour} rg /Ink Do Q`
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
