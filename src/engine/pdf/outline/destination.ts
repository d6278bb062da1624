import type { PdfDocument } from '../document.ts'

/** Where a bookmark or a link goes in its document. */
export interface Destination {
  /** Counted from 0. */
  readonly page: number
  /** What is shown of the page, as the format has it, such as `/XYZ 0 700 null` (ISO 32000-1, 12.3.2.2). */
  readonly view: string
}

/** `PDFDEST_VIEW_…` of fpdf_doc.h, each with as many numbers as it has; the first, a place, is read otherwise. */
const PLACE_VIEW = 1
const VIEWS: Readonly<Record<number, readonly [name: string, numbers: number]>> = {
  2: ['Fit', 0],
  3: ['FitH', 1],
  4: ['FitV', 1],
  5: ['FitR', 4],
  6: ['FitB', 0],
  7: ['FitBH', 1],
  8: ['FitBV', 1],
}

/** Room for what PDFium writes about a destination: six numbers. */
const ROOM_BYTES = 24

/** Reads what PDFium has found; undefined when it is no place in the document. */
export function readDestination(
  { pdfium, memory, document }: PdfDocument,
  destination: number,
): Destination | undefined {
  if (destination === 0) return undefined
  const page = pdfium.FPDFDest_GetDestPageIndex(document, destination)
  if (page < 0) return undefined
  const room = pdfium.pdfium.wasmExports.malloc(ROOM_BYTES)
  try {
    const kind = pdfium.FPDFDest_GetView(destination, room, room + 4)
    const read = (index: number): string => writeFloat(memory().readFloatLE(room + 4 + index * 4))
    const [name, numbers] = VIEWS[kind] ?? []
    if (name !== undefined && numbers !== undefined) {
      const told = memory().readUInt32LE(room)
      const each = Array.from({ length: numbers }, (_, index) =>
        index < told ? ` ${read(index)}` : ' null',
      )
      return { page, view: `/${name}${each.join('')}` }
    }
    if (kind !== PLACE_VIEW) return { page, view: '/Fit' }
    const places = [0, 4, 8, 12, 16, 20].map((offset) => room + offset)
    const [hasX = 0, hasY = 0, hasZoom = 0, x = 0, y = 0, zoom = 0] = places
    const isTold = pdfium.FPDFDest_GetLocationInPage(destination, hasX, hasY, hasZoom, x, y, zoom)
    const each = [
      [hasX, x],
      [hasY, y],
      [hasZoom, zoom],
    ].map(([has = 0, value = 0]) =>
      isTold && memory().readInt32LE(has) !== 0 ? writeFloat(memory().readFloatLE(value)) : 'null',
    )
    return { page, view: `/XYZ ${each.join(' ')}` }
  } finally {
    pdfium.pdfium.wasmExports.free(room)
  }
}

/** PDF knows no exponents, and nothing that is no number. */
function writeFloat(value: number): string {
  return Number.isFinite(value) && Math.abs(value) < 1e9
    ? value.toFixed(3).replace(/\.?0+$/, '')
    : 'null'
}
