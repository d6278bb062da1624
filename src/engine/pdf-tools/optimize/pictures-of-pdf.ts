import { writeFileSync } from 'node:fs'
import { type PDFContext, type PDFDocument, PDFName, PDFRawStream, PDFRef } from '@cantoo/pdf-lib'
import { readTokens } from './content-tokens.ts'
import { contentsOf, decodeContent } from './contents.ts'
import { type DrawnSize, readDrawnSizes } from './drawn-sizes.ts'
import { inflatePixels } from './flate-picture.ts'
import { coloursOf } from './picture-colours.ts'
import { FEWEST_BYTES, type PictureFacts, readFacts } from './picture-facts.ts'
import type { UntouchedKind } from './untouched-pictures.ts'

/** A picture that can be compressed anew. */
export interface PdfPicture {
  /** The number and the generation of its object. */
  readonly object: number
  readonly generation: number
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3 | 4
  /** In how many bytes the PDF has it. */
  readonly bytes: number
  /** A file of it: a JPEG as it is, or the pixels of what is compressed without loss. */
  readonly path: string
  readonly stored: PictureFacts['stored']
  /** Whether it says where another one is transparent; then it is to lose nothing but pixels. */
  readonly isMask: boolean
  /** Whether it shows what its pixels say, and all of it covers what is below. */
  readonly isPlain: boolean
  /** Unknown for what no page draws by itself. */
  readonly drawn: DrawnSize | undefined
}

const name = (text: string): PDFName => PDFName.of(text)

const IMAGE = name('Image')

/** The pictures of a document. */
export interface FoundPictures {
  readonly pictures: readonly PdfPicture[]
  /** Why each of the others stays as it is, but for those that are not worth a word. */
  readonly untouched: readonly UntouchedKind[]
}

/**
 * Writes the pictures of a document into files, those that can be compressed anew: in grey, in RGB or of a palette, of 8
 * bits; those of one bit; and JPEGs in CMYK. Others stay as they are.
 *
 * @param path - what the files are called, with more behind it
 */
export function writePictures(document: PDFDocument, path: string): FoundPictures {
  const { context } = document
  const sizes = readDrawnSizes(document)
  const masked = maskedBy(context)
  const pictures: PdfPicture[] = []
  const untouched: UntouchedKind[] = inlinePictures(context)
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFRawStream) || object.dict.get(name('Subtype')) !== IMAGE) continue
    const facts = readFacts(context, object)
    if (facts === undefined) continue
    if (typeof facts === 'string') {
      untouched.push(facts)
      continue
    }
    const { objectNumber, generationNumber } = ref
    const picturePath = `${path}${objectNumber}`
    const contents = object.getContents()
    const { palette } = facts
    const inflated = pixelsOf(contents, facts)
    const pixels = palette && inflated ? coloursOf(inflated, palette) : inflated
    if (pixels === undefined) {
      untouched.push('damaged')
      continue
    }
    writeFileSync(picturePath, pixels)
    pictures.push({
      object: objectNumber,
      generation: generationNumber,
      width: facts.width,
      height: facts.height,
      channels: palette?.channels ?? facts.channels,
      isMask: masked.has(ref),
      stored: facts.stored,
      isPlain: !['SMask', 'Mask', 'Decode', 'ImageMask'].some((key) => object.dict.has(name(key))),
      bytes: contents.length,
      path: picturePath,
      drawn: sizes.get(masked.get(ref) ?? ref),
    })
  }
  return { pictures, untouched }
}

function pixelsOf(
  contents: Uint8Array,
  { stored, width, height, channels, isFiltered }: PictureFacts,
): Uint8Array | undefined {
  if (stored === 'jpeg') return contents
  const rowBytes = stored === 'bits' ? Math.ceil(width / 8) : width * channels
  const pixelBytes = stored === 'bits' ? 1 : channels
  return inflatePixels(contents, { rowBytes, pixelBytes, height, isFiltered })
}

/** Those that are within what pages and forms draw, and have more than a few bytes. */
function inlinePictures(context: PDFContext): UntouchedKind[] {
  const found: UntouchedKind[] = []
  for (const { streams } of contentsOf(context)) {
    for (const stream of streams) {
      const content = decodeContent(stream) ?? ''
      // Most have none, and to look through all of them takes long.
      if (!/\sID\s/.test(content)) continue
      const tokens = readTokens(content, (bytes) => {
        if (bytes >= FEWEST_BYTES) found.push('inline')
      })
      while (!tokens.next().done);
    }
  }
  return found
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
