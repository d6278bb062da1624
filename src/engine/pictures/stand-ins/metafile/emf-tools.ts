import type { RecordReader } from './records.ts'
import {
  BLACK_PEN,
  type Font,
  NO_LINE,
  OTHER,
  type Pen,
  plainBrush,
  solidBrush,
  type Tool,
  USUAL_FONT,
} from './tools.ts'

/** What there is without being created, by its number ([MS-EMF], 2.1.31). */
export const STOCK: Readonly<Record<number, Tool>> = {
  0: solidBrush(0xff_ffff),
  1: solidBrush(0xc0_c0c0),
  2: solidBrush(0x80_8080),
  3: solidBrush(0x40_4040),
  4: solidBrush(0),
  5: plainBrush(1, 0, 0),
  6: { ...BLACK_PEN, colour: 0xff_ffff },
  7: BLACK_PEN,
  8: { ...BLACK_PEN, style: NO_LINE },
  10: { ...USUAL_FONT, face: 'Courier' },
  11: { ...USUAL_FONT, face: 'Courier' },
  12: USUAL_FONT,
  13: USUAL_FONT,
  14: USUAL_FONT,
  15: OTHER,
  16: { ...USUAL_FONT, face: 'Courier' },
  17: USUAL_FONT,
}

/** A pen behind its number: style, width, something, colour. */
export function readPen(record: RecordReader): Pen {
  const style = record.double()
  const width = Math.abs(record.long())
  record.skip(4)
  return { kind: 'pen', style, width, colour: record.double(), dashes: [] }
}

/** The mask of a style that tells whether a pen has a width in logical units. */
const GEOMETRIC = 0x1_0000

/** A pen with a brush and dashes of its own ([MS-EMF], 2.2.20). */
export function readExtendedPen(record: RecordReader): Pen {
  record.skip(16)
  const [style = 0, width = 0, , colour = 0, , count = 0] = Array.from({ length: 6 }, () =>
    record.double(),
  )
  const room = Math.floor((record.bytes.length - record.at()) / 4)
  const dashes = Array.from({ length: Math.min(count, Math.max(0, room), 32) }, () =>
    record.double(),
  )
  const isGeometric = (style & GEOMETRIC) !== 0
  return { kind: 'pen', style, width: isGeometric ? width : 0, colour, dashes }
}

/** The letters of a face, in 16 bits each. */
const FACE_BYTES = 64

/** A font behind its number ([MS-EMF], 2.2.13). */
export function readFont(record: RecordReader): Font {
  const height = record.long()
  record.skip(4)
  const escapement = record.long()
  record.skip(4)
  const weight = record.long()
  const at = record.at()
  const { bytes } = record
  const face = new TextDecoder('utf-16le').decode(bytes.subarray(at + 8, at + 8 + FACE_BYTES))
  return {
    kind: 'font',
    height,
    escapement,
    weight,
    isItalic: bytes.readUInt8(at) !== 0,
    isUnderlined: bytes.readUInt8(at + 1) !== 0,
    isStruckOut: bytes.readUInt8(at + 2) !== 0,
    charset: bytes.readUInt8(at + 3),
    face: face.split('\0')[0] ?? '',
  }
}
