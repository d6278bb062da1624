import {
  type Chromaticity,
  type Curve,
  curveOf,
  type PlainTransfer,
  type Primaries,
} from './colour-space.ts'
import { transpose, type Vector } from './matrix.ts'
import { toXyzUnder } from './primaries.ts'

/** The white of all profiles (ICC.1, 7.2.16), and its chromaticity. */
const WHITE: Vector = [0.9642, 1, 0.8249]
const D50: Chromaticity = [0.345_704, 0.358_54]

const HEADER_BYTES = 128
const VERSION = 0x04_30_00_00

/**
 * Writes an ICC profile (ICC.1:2010, 8.3 and 8.4).
 *
 * @param transfer - of its colours; how HDR is shown no profile says
 * @param colours - of what a picture is
 */
export function writeProfile(
  primaries: Primaries,
  transfer: PlainTransfer,
  colours: 'grey' | 'rgb',
): Buffer {
  const curve = parametric(curveOf(transfer))
  const [red, green, blue] = transpose(toXyzUnder(D50, primaries))
  const text = multilingual('Told by the file')
  const tags: [string, Buffer][] = [
    ['desc', text],
    ['cprt', text],
    ['wtpt', xyz(WHITE)],
    ...(colours === 'grey'
      ? [['kTRC', curve] satisfies [string, Buffer]]
      : ([
          ['rXYZ', xyz(red)],
          ['gXYZ', xyz(green)],
          ['bXYZ', xyz(blue)],
          ['rTRC', curve],
          ['gTRC', curve],
          ['bTRC', curve],
        ] satisfies [string, Buffer][])),
  ]
  const content = Buffer.concat(tags.map(([, tag]) => tag))
  const table = Buffer.alloc(4 + 12 * tags.length)
  table.writeUInt32BE(tags.length, 0)
  let start = HEADER_BYTES + table.length
  for (const [index, [name, { length }]] of tags.entries()) {
    table.write(name, 4 + 12 * index, 'latin1')
    table.writeUInt32BE(start, 8 + 12 * index)
    table.writeUInt32BE(length, 12 + 12 * index)
    start += length
  }
  return Buffer.concat([header(start, colours), table, content])
}

function header(length: number, colours: 'grey' | 'rgb'): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES)
  bytes.writeUInt32BE(length, 0)
  bytes.writeUInt32BE(VERSION, 8)
  bytes.write(`mntr${colours === 'grey' ? 'GRAY' : 'RGB '}XYZ `, 12, 'latin1')
  bytes.write('acsp', 36, 'latin1')
  fixed(WHITE).copy(bytes, 68)
  return bytes
}

/** A curve of the type that is a line at its beginning (10.18, type 3). */
function parametric({ gamma, a, b, c, d }: Curve): Buffer {
  const type = Buffer.from('para\0\0\0\0\0\u0003\0\0', 'latin1')
  return Buffer.concat([type, fixed([gamma, a, b, c, d])])
}

function xyz(vector: Vector): Buffer {
  return Buffer.concat([Buffer.from('XYZ \0\0\0\0', 'latin1'), fixed(vector)])
}

/** Numbers of 16 bits before the point and 16 behind it (4.6). */
function fixed(numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length)
  for (const [index, number] of numbers.entries()) {
    const most = Math.min(0x7f_ff_ff_ff, Math.round(number * 65_536))
    bytes.writeInt32BE(Math.max(-0x80_00_00_00, most), 4 * index)
  }
  return bytes
}

/** A text in one language (10.15), as long as four bytes go into. */
function multilingual(text: string): Buffer {
  const head = Buffer.alloc(28)
  head.write('mluc', 0, 'latin1')
  head.writeUInt32BE(1, 8)
  head.writeUInt32BE(12, 12)
  head.write('enUS', 16, 'latin1')
  head.writeUInt32BE(2 * text.length, 20)
  head.writeUInt32BE(head.length, 24)
  const bytes = Buffer.concat([head, Buffer.from(text, 'utf16le').swap16()])
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
}
