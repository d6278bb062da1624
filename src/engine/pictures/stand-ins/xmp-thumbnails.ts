import type { ReadableFile } from '../../../sources/open-file.ts'
import { findAll } from './find-in-file.ts'
import { readJpegSize } from './jpeg-size.ts'

/** The property that has a picture in it, in base64 (XMP specification, part 1, 8.2.2.9), as a name of an element or an attribute. */
const NAME = Buffer.from('xmpGImg:image')

/** More than any of them has, in bytes. */
const MOST_BYTES = 8_000_000

/**
 * The largest JPEG in the XMP of a file, and of equal ones the first: of a document of pages that is the first page.
 *
 * @returns undefined when there is none
 */
export function findXmpThumbnail(file: ReadableFile): Buffer | undefined {
  let best: { readonly jpeg: Buffer; readonly pixels: number } | undefined
  for (const at of findAll(file, NAME)) {
    const [opening] = /^(?:>|=["'])/.exec(file.read(at + NAME.length, 2).toString('latin1')) ?? []
    if (opening === undefined) continue
    const text = file.read(at + NAME.length + opening.length, MOST_BYTES).toString('latin1')
    const end = text.search(/[<"']/)
    if (end <= 0) continue
    // Line ends are written as they are, or as XML has them in attributes.
    const jpeg = Buffer.from(text.slice(0, end).replaceAll(/&#x?[\da-f]+;/gi, ''), 'base64')
    const size = readJpegSize(jpeg)
    if (size === undefined) continue
    const pixels = size.width * size.height
    if (best === undefined || pixels > best.pixels) best = { jpeg, pixels }
  }
  return best?.jpeg
}
