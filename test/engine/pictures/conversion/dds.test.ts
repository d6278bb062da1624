import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { findDds } from '../../../../src/engine/pictures/conversion/dds.ts'
import { withSourceBytes } from '../../../../src/engine/pictures/conversion/magick-source.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'

const HEADER_BYTES = 128

interface Texture {
  readonly width?: number
  readonly height?: number
  /** The number of DXGI; or what an older header says. */
  readonly format:
    | number
    | { readonly flags: number; readonly bits: number; readonly masks?: readonly number[] }
  readonly pixels: Buffer
}

function ddsOf({ width = 2, height = 1, format, pixels }: Texture): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  header.write('DDS ')
  for (const [index, value] of [124, 0x1007, height, width].entries())
    header.writeUInt32LE(value, 4 + 4 * index)
  header.writeUInt32LE(32, 76)
  if (typeof format === 'number') {
    header.writeUInt32LE(4, 80)
    header.write('DX10', 84)
    const second = Buffer.alloc(20)
    for (const [index, value] of [format, 3, 0, 1].entries()) second.writeUInt32LE(value, 4 * index)
    return Buffer.concat([header, second, pixels])
  }
  const { flags, bits, masks = [] } = format
  header.writeUInt32LE(flags, 80)
  header.writeUInt32LE(bits, 88)
  for (const [index, mask] of masks.entries()) header.writeUInt32LE(mask, 92 + 4 * index)
  return Buffer.concat([header, pixels])
}

const hex = (digits: string): Buffer => Buffer.from(digits.replaceAll(' ', ''), 'hex')

function floats(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [index, value] of values.entries()) bytes.writeFloatLE(value, 4 * index)
  return bytes
}

/** A block of 4 × 4 samples whose first is the first of its two values, the second the second, and all others the first. */
const block = (first: string, second: string): string => `${first}${second}080000000000`

/** Textures of two pixels, and their blue, green, red and alpha. */
const TABLE: Readonly<Record<string, readonly [texture: Texture, pixels: string]>> = {
  'whole numbers of 16 bits': [
    { format: 11, pixels: hex('ffff0080 0000ffff 0000ffff ffff0180') },
    '0080ffff ffff0080',
  ],
  'one sample of 16 bits': [{ format: 56, pixels: hex('ffff 0080') }, 'ffffffff 808080ff'],
  'light of half precision': [
    { format: 10, pixels: hex('0038 003c 0000 003c  003c 003c 003c 003c') },
    '00ffbcff ffffffff',
  ],
  'light of single precision': [
    { format: 6, pixels: floats(0.5, 0, 1, 1, 1, 1) },
    'ff00bcff ffffffff',
  ],
  'one sample of light': [{ format: 41, pixels: floats(0.5, 1) }, 'bcbcbcff ffffffff'],
  'a format without a type': [
    { format: 27, pixels: hex('01020304 05060708') },
    '03020104 07060508',
  ],
  'alpha alone': [{ format: 65, pixels: hex('10 20') }, '00000010 00000020'],
  'signed blocks': [
    { format: 84, pixels: hex(block('7f', '81') + block('81', '7f')) },
    '8001ff00 80ff0100',
  ],
  'numbers of a palette': [
    {
      format: { flags: 0x20, bits: 8 },
      pixels: Buffer.concat([hex('0102030405060708'), Buffer.alloc(1016), hex('01 00')]),
    },
    '07060508 03020104',
  ],
  'luminance whose mask is beyond its bits': [
    { format: { flags: 0x20000, bits: 8, masks: [0xff000000] }, pixels: hex('10 20') },
    '10101000 20202000',
  ],
}

describe('a DDS file', () => {
  const folder = useTemporaryFolder()

  for (const [title, [texture, pixels]] of Object.entries(TABLE)) {
    it(`becomes pixels of 32 bits: ${title}`, () => {
      const path = folder.pathTo('texture.dds')
      writeFileSync(path, ddsOf(texture))
      const found = withSourceBytes(path, (file) => file.read(findDds(file).pieces))
      assert.equal(found.subarray(HEADER_BYTES).toString('hex'), pixels.replaceAll(' ', ''))
    })
  }

  it('is told by name when nobody reads its blocks', () => {
    const path = folder.pathTo('texture.dds')
    writeFileSync(path, ddsOf({ format: 95, pixels: Buffer.alloc(16) }))
    assert.throws(() => withSourceBytes(path, findDds), {
      feature: /^pixels in a format \(BC6H\) that cannot be read/,
    })
  })
})
