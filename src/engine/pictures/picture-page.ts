import type { Orientation } from './dimensions.ts'

/** A picture as a PDF has it. */
export interface EmbeddedPicture {
  /** In pixels, as it is stored. */
  readonly width: number
  readonly height: number
  /** What has to be done to it to be upright. */
  readonly orientation: Orientation
  /** The size of the page, on which the picture is upright, in points. */
  readonly page: { readonly width: number; readonly height: number }
  /** Grey, RGB or CMYK, with eight bits each. */
  readonly channels: 1 | 3 | 4
  /** The colour profile, without which it is sRGB, grey or ink. */
  readonly profile?: Uint8Array | undefined
  /** The entries of its dictionary that say how it is compressed, and what its numbers mean. */
  readonly filter: string
  /** How many bytes its data have, and they. */
  readonly bytes: number
  readonly data: Iterable<Uint8Array>
}

const DEVICES = { 1: '/DeviceGray', 3: '/DeviceRGB', 4: '/DeviceCMYK' } as const

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

/** Writes a PDF file of one page that is covered by a picture, piece by piece (ISO 32000-1, 7.5 and 8.9). */
export function* writePicturePage(picture: EmbeddedPicture): Generator<Uint8Array> {
  const { width, height, orientation, page, channels, profile, filter, bytes, data } = picture
  const [pageWidth, pageHeight] = [toNumber(page.width), toNumber(page.height)]
  const matrix = PLACES[orientation](page.width, page.height).map(toNumber).join(' ')
  const content = `q ${matrix} cm /P Do Q`
  const device = DEVICES[channels]
  const colours = profile === undefined ? device : '[/ICCBased 6 0 R]'
  const dictionary = `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace ${colours}/BitsPerComponent 8${filter}`
  const objects: PdfObject[] = [
    { head: '<</Type/Catalog/Pages 2 0 R>>' },
    { head: '<</Type/Pages/Kids[3 0 R]/Count 1>>' },
    {
      head: `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${pageWidth} ${pageHeight}]/Contents 4 0 R/Resources<</XObject<</P 5 0 R>>>>>>`,
    },
    { head: `<</Length ${content.length}>>stream\n${content}\nendstream` },
    { head: `<<${dictionary}/Length ${bytes}>>stream\n`, data, tail: '\nendstream' },
  ]
  if (profile !== undefined) {
    const head = `<</N ${channels}/Alternate ${device}/Length ${profile.length}>>stream\n`
    objects.push({ head, data: [profile], tail: '\nendstream' })
  }
  yield* writeObjects(objects)
}

interface PdfObject {
  readonly head: string
  readonly data?: Iterable<Uint8Array>
  readonly tail?: string
}

/** Writes numbered objects one after the other, and at the end the table that tells where each of them is. */
function* writeObjects(objects: readonly PdfObject[]): Generator<Uint8Array> {
  let size = 0
  const counted = <Piece extends Uint8Array>(piece: Piece): Piece => {
    size += piece.length
    return piece
  }
  const offsets: number[] = []
  yield counted(toBytes('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n'))
  for (const { head, data = [], tail = '' } of objects) {
    offsets.push(size)
    yield counted(toBytes(`${offsets.length} 0 obj\n${head}`))
    for (const piece of data) yield counted(piece)
    yield counted(toBytes(`${tail}\nendobj\n`))
  }
  const table = size
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
  const count = offsets.length + 1
  yield toBytes(`xref\n0 ${count}\n0000000000 65535 f \n${rows.join('')}`)
  yield toBytes(`trailer<</Size ${count}/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`)
}

function toBytes(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}

/** PDF knows no exponents. */
function toNumber(value: number): string {
  return value.toFixed(4).replace(/\.?0+$/, '')
}
