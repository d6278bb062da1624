import { closeSync, openSync, writeFileSync } from 'node:fs'
import { withOpenFile } from '../../sources/open-file.ts'
import type { Orientation } from '../pictures/dimensions.ts'

/** A picture as a PDF has it, compressed as in its file. */
export interface EmbeddedPicture {
  /** In pixels, as it is stored. */
  readonly width: number
  readonly height: number
  /** What has to be done to it to be upright. */
  readonly orientation: Orientation
  /** The size of the page, on which the picture is upright, in points. */
  readonly page: { readonly width: number; readonly height: number }
  /** 1 or 3. */
  readonly channels: number
  /** The colour profile, without which it is sRGB, or grey. */
  readonly profile?: Uint8Array | undefined
  /** The entries of its dictionary that say how it is compressed. */
  readonly filter: string
  readonly path: string
  /** Where the compressed data is in the file. */
  readonly data: readonly { readonly start: number; readonly end: number }[]
}

/** Where the unit square, which a picture is drawn into, goes for each orientation of Exif: on a page of width w, height h. */
const PLACES: Readonly<Record<Orientation, (w: number, h: number) => readonly number[]>> = {
  1: (w, h) => [w, 0, 0, h, 0, 0],
  2: (w, h) => [-w, 0, 0, h, w, 0],
  3: (w, h) => [-w, 0, 0, -h, w, h],
  4: (w, h) => [w, 0, 0, -h, 0, h],
  5: (w, h) => [0, -h, -w, 0, w, h],
  6: (w, h) => [0, -h, w, 0, 0, h],
  7: (w, h) => [0, h, w, 0, 0, 0],
  8: (w, h) => [0, h, -w, 0, w, 0],
}

/** As much of a picture is copied at once, in bytes. */
const PIECE_BYTES = 1 << 20

/** Writes a PDF file of one page that is covered by a picture (ISO 32000-1, 7.5 and 8.9). */
export function writePicturePage(path: string, picture: EmbeddedPicture): void {
  const { width, height, orientation, page, channels, profile, filter } = picture
  const [pageWidth, pageHeight] = [toNumber(page.width), toNumber(page.height)]
  const matrix = PLACES[orientation](page.width, page.height).map(toNumber).join(' ')
  const content = `q ${matrix} cm /P Do Q`
  const device = channels === 1 ? '/DeviceGray' : '/DeviceRGB'
  const colours = profile === undefined ? device : '[/ICCBased 6 0 R]'
  const bytes = picture.data.reduce((sum, { start, end }) => sum + end - start, 0)
  const dictionary = `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace ${colours}/BitsPerComponent 8${filter}`
  const writer = openWriter(path)
  try {
    writer.add('<</Type/Catalog/Pages 2 0 R>>')
    writer.add('<</Type/Pages/Kids[3 0 R]/Count 1>>')
    writer.add(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${pageWidth} ${pageHeight}]/Contents 4 0 R/Resources<</XObject<</P 5 0 R>>>>>>`,
    )
    writer.add(`<</Length ${content.length}>>stream\n${content}\nendstream`)
    writer.add(`<<${dictionary}/Length ${bytes}>>stream\n`, piecesOf(picture), '\nendstream')
    if (profile !== undefined) {
      const head = `<</N ${channels}/Alternate ${device}/Length ${profile.length}>>stream\n`
      writer.add(head, [profile], '\nendstream')
    }
    writer.end()
  } finally {
    writer.close()
  }
}

function* piecesOf({ path, data }: EmbeddedPicture): Generator<Uint8Array> {
  for (const { start, end } of data) {
    for (let position = start; position < end; position += PIECE_BYTES) {
      const length = Math.min(PIECE_BYTES, end - position)
      yield withOpenFile(path, (file) => file.read(position, length))
    }
  }
}

/** Writes numbered objects one after the other, and at the end the table that tells where each of them is. */
function openWriter(path: string) {
  const descriptor = openSync(path, 'w')
  const offsets: number[] = []
  let size = 0
  const write = (piece: string | Uint8Array): void => {
    const bytes = typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece
    writeFileSync(descriptor, bytes)
    size += bytes.length
  }
  write('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n')
  return {
    add(head: string, pieces: Iterable<Uint8Array> = [], tail = ''): void {
      offsets.push(size)
      write(`${offsets.length} 0 obj\n${head}`)
      for (const piece of pieces) write(piece)
      write(`${tail}\nendobj\n`)
    },
    end(): void {
      const table = size
      const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
      const count = offsets.length + 1
      write(`xref\n0 ${count}\n0000000000 65535 f \n${rows.join('')}`)
      write(`trailer<</Size ${count}/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`)
    },
    close(): void {
      closeSync(descriptor)
    },
  }
}

/** PDF knows no exponents. */
function toNumber(value: number): string {
  return value.toFixed(4).replace(/\.?0+$/, '')
}
