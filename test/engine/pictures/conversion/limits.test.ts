import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import {
  type Conversion,
  type ConvertibleFormat,
  MAX_CONVERTED_PIXELS,
} from '../../../../src/engine/pictures/conversion/conversion.ts'
import { convertToTiff } from '../../../../src/engine/pictures/conversion/convert.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'

const ofCase = (name: string): Buffer => readFileSync(`test/asset-compute/worker/${name}`)

/** A copy of the file of a case, of which some numbers are others. */
function changed(name: string, change: (bytes: Buffer) => void): Buffer {
  const bytes = ofCase(name)
  change(bytes)
  return bytes
}

/** Where the value of an attribute of an OpenEXR file begins. */
function valueOf(bytes: Buffer, attribute: string): number {
  return bytes.indexOf(attribute) + attribute.length + 4
}

const SIDE = 30_000

function setWindows(bytes: Buffer): void {
  for (const attribute of ['dataWindow\0box2i\0', 'displayWindow\0box2i\0']) {
    bytes.writeInt32LE(SIDE - 1, valueOf(bytes, attribute) + 8)
    bytes.writeInt32LE(SIDE - 1, valueOf(bytes, attribute) + 12)
  }
}

/** Files of a few kilobytes that say they have 900 million pixels, or hold many times what they say. */
const HUGE: readonly (readonly [
  title: string,
  format: ConvertibleFormat,
  file: Buffer,
  outcome: Conversion['outcome'],
])[] = [
  [
    'JPEG 2000',
    'JP2',
    changed('jpeg-2000/file.jp2', (bytes) => {
      const sizes = bytes.indexOf(Buffer.from('ff4fff51', 'hex')) + 8
      bytes.writeUInt32BE(SIDE, sizes)
      bytes.writeUInt32BE(SIDE, sizes + 4)
    }),
    'too large',
  ],
  [
    'TGA',
    'TGA',
    changed('tga-run-lengths/file.tga', (bytes) => {
      bytes.writeUInt16LE(SIDE, 12)
      bytes.writeUInt16LE(SIDE, 14)
    }),
    'corrupt',
  ],
  [
    'PCX',
    'PCX',
    changed('pcx/file.pcx', (bytes) => {
      bytes.writeUInt16LE(SIDE, 8)
      bytes.writeUInt16LE(SIDE, 10)
    }),
    'corrupt',
  ],
  ['PNM in words', 'PNM', Buffer.from(`P3\n${SIDE} ${SIDE}\n255\n${'0 '.repeat(99)}`), 'too large'],
  ['PNM in bytes', 'PNM', Buffer.from(`P6\n${SIDE} ${SIDE}\n255\n${'0'.repeat(99)}`), 'corrupt'],
  ['PFM', 'PFM', Buffer.from(`PF\n${SIDE} ${SIDE}\n-1.0\n${'0'.repeat(99)}`), 'too large'],
  [
    'DDS',
    'DDS',
    changed('dds-dxt1/file.dds', (bytes) => {
      bytes.writeUInt32LE(SIDE, 12)
      bytes.writeUInt32LE(SIDE, 16)
    }),
    'too large',
  ],
  [
    'OpenEXR',
    'EXR',
    Buffer.concat([changed('exr/file.exr', setWindows), Buffer.alloc(16_000)]),
    'too large',
  ],
  [
    'OpenEXR with rows of a billion pixels',
    'EXR',
    changed('exr/file.exr', (bytes) => {
      bytes.writeInt32LE(999_999_998, valueOf(bytes, 'dataWindow\0box2i\0') + 8)
    }),
    'out of memory',
  ],
  [
    'Radiance HDR',
    'HDR',
    Buffer.from(`#?RADIANCE\n\n-Y ${SIDE} +X ${SIDE}\n${'0'.repeat(SIDE * 4)}`),
    'too large',
  ],
  [
    'XCF',
    'XCF',
    changed('xcf-of-layers/file.xcf', (bytes) => {
      bytes.writeUInt32BE(SIDE, 14)
      bytes.writeUInt32BE(SIDE, 18)
    }),
    'too large',
  ],
  [
    'PICT',
    'PICT',
    changed('pict/file.pct', (bytes) => {
      bytes.writeInt16BE(SIDE, 518)
      bytes.writeInt16BE(SIDE, 520)
    }),
    'too large',
  ],
  [
    'PICT with a bitmap larger than itself',
    'PICT',
    changed('pict/file.pct', (bytes) => {
      const bitmap = bytes.indexOf(Buffer.from('009a000000ff', 'hex')) + 6
      bytes.writeInt16BE(SIDE, bitmap + 6)
      bytes.writeInt16BE(SIDE, bitmap + 8)
    }),
    'out of memory',
  ],
]

/** Files that have what nobody here reads, and what is said of them. */
const UNKNOWN: readonly (readonly [title: string, ConvertibleFormat, Buffer, RegExp])[] = [
  [
    'OpenEXR with DWAA',
    'EXR',
    ofCase('exr-with-an-unknown-compression/file.exr'),
    /^a compression \(DWAA\) that cannot be read; /,
  ],
  [
    'OpenEXR with deep samples',
    'EXR',
    changed('exr/file.exr', (bytes) => bytes.writeUInt8(0x08, 5)),
    /^deep samples/,
  ],
  [
    'DDS of floats',
    'DDS',
    changed('dds-dxt1/file.dds', (bytes) => bytes.write('DX10', 84)),
    /^pixels in a format \(number \d+ of DXGI\) that cannot be read; /,
  ],
  [
    'DDS with a code that nobody knows',
    'DDS',
    changed('dds-dxt1/file.dds', (bytes) => bytes.write('YUY2', 84)),
    /^pixels in a format \("YUY2"\) that cannot be read; /,
  ],
]

describe('a picture that is converted', () => {
  const folder = useTemporaryFolder()

  async function convert(format: ConvertibleFormat, source: Buffer): Promise<Conversion> {
    const path = folder.pathTo('source')
    await writeFile(path, source)
    const tiffPath = folder.pathTo('converted.tif')
    return convertToTiff({ path, format, tiffPath, maxPixels: MAX_CONVERTED_PIXELS })
  }

  for (const [title, format, file, outcome] of HUGE) {
    it(`is refused before it is unpacked when it says it is huge: ${title}`, async () => {
      assert.equal((await convert(format, file)).outcome, outcome)
    })
  }

  for (const [title, format, file, feature] of UNKNOWN) {
    it(`is refused with what it has that nobody reads: ${title}`, async () => {
      const conversion = await convert(format, file)
      assert.equal(conversion.outcome, 'unsupported')
      assert.match(conversion.outcome === 'unsupported' ? conversion.feature : '', feature)
    })
  }
})
