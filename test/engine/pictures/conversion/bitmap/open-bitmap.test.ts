import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { openBitmap } from '../../../../../src/engine/pictures/conversion/bitmap/open-bitmap.ts'
import { withSourceBytes } from '../../../../../src/engine/pictures/conversion/magick-source.ts'
import { useTemporaryFolder } from '../../../../support/temporary-folder.ts'
import { type BitmapFile, bmpOf } from './bitmap-files.ts'

const hex = (digits: string): Buffer => Buffer.from(digits.replaceAll(' ', ''), 'hex')

/** What four pixels have, row by row. */
const [RED, GREEN, BLUE, WHITE] = ['ff0000', '00ff00', '0000ff', 'ffffff'] as const
const ALL = RED + GREEN + BLUE + WHITE
const PALETTE = '0000ff00 00ff0000 ff000000 ffffff00'.replaceAll(' ', '')
const MASKS = [0xff0000, 0xff00, 0xff, 0xff000000]

/** Runs of a byte from the bottom up: blue and white, and red and green above them. */
const RUNS = hex('01 02 01 03 00 00 01 00 01 01 00 01')

/** How each is written, and which pixels it shows: three samples each, or four. */
const TABLE: Readonly<Record<string, readonly [file: BitmapFile, pixels: string]>> = {
  '1 bit': [
    { bits: 1, palette: '0000ff00ff000000', pixels: hex('40000000 80000000') },
    BLUE + RED + RED + BLUE,
  ],
  '2 bits': [{ bits: 2, palette: PALETTE, pixels: hex('b0000000 10000000') }, ALL],
  '4 bits': [{ bits: 4, palette: PALETTE, pixels: hex('23000000 01000000') }, ALL],
  '8 bits': [{ bits: 8, palette: PALETTE, pixels: hex('02030000 00010000') }, ALL],
  'numbers that no colour has': [
    { bits: 8, palette: PALETTE, pixels: hex('02030000 00090000') },
    `${RED}000000${BLUE}${WHITE}`,
  ],
  'colours of three bytes, as OS/2 has them': [
    {
      header: 12,
      bits: 4,
      palette: `0000ff00ff00ff0000ffffff${'000000'.repeat(12)}`,
      pixels: hex('23000000 01000000'),
    },
    ALL,
  ],
  'a header of OS/2 of 64 bytes': [
    { header: 64, bits: 8, palette: PALETTE, pixels: hex('02030000 00010000') },
    ALL,
  ],
  'a header that leaves out what has its usual value': [
    { header: 16, bits: 24, pixels: hex('ff0000ffffff0000 0000ff00ff000000') },
    ALL,
  ],
  '24 bits, of which the last row is not filled': [
    { bits: 24, pixels: hex('ff0000ffffff0000 0000ff00ff00') },
    ALL,
  ],
  'from the top down': [
    { height: -2, bits: 24, pixels: hex('0000ff00ff000000 ff0000ffffff0000') },
    ALL,
  ],
  '16 bits, of which each sample has 5': [{ bits: 16, pixels: hex('1f00ff7f 007ce003') }, ALL],
  '16 bits, of which a sample has 4': [
    {
      bits: 16,
      compression: 3,
      masks: [0xf00, 0xf0, 0xf],
      pixels: hex('0f00ff0f 000ff000'),
    },
    ALL,
  ],
  'a fourth byte that means nothing': [
    { bits: 32, pixels: hex('ff000012ffffff34 0000ff5600ff0078') },
    ALL,
  ],
  'a fourth byte of a header that says it is alpha': [
    {
      header: 56,
      bits: 32,
      compression: 3,
      masks: MASKS,
      pixels: hex('ff000012ffffff34 0000ff5600ff0078'),
    },
    `${RED}56${GREEN}78${BLUE}12${WHITE}34`,
  ],
  'an alpha that is all nothing, of a program that does not know of it': [
    { header: 124, bits: 32, masks: MASKS, pixels: hex('ff000000ffffff00 0000ff0000ff0000') },
    ALL,
  ],
  '64 bits, which are light': [
    {
      width: 1,
      height: 1,
      bits: 64,
      pixels: hex('0000 0010 0020 0020'),
    },
    // Half of the light of white is 188.
    'ffbc00',
  ],
  'runs of 8 bits': [{ bits: 8, compression: 1, palette: PALETTE, pixels: RUNS }, ALL],
  'runs of 8 bits that do not say where they end': [
    { bits: 8, compression: 1, palette: PALETTE, pixels: RUNS.subarray(0, -2) },
    ALL,
  ],
  'runs of 4 bits, and pixels as they are': [
    {
      bits: 4,
      compression: 2,
      palette: PALETTE,
      pixels: hex('02 23 00 00 02 01 00 01'),
    },
    ALL,
  ],
  'pixels of 4 bits as they are': [
    {
      width: 3,
      height: 1,
      bits: 4,
      compression: 2,
      palette: PALETTE,
      pixels: hex('00 03 01 20 00 01'),
    },
    RED + GREEN + BLUE,
  ],
  'runs that go over pixels, which are black': [
    { bits: 8, compression: 1, palette: PALETTE, pixels: hex('00 02 01 01 01 01 00 01') },
    `000000${GREEN}000000000000`,
  ],
  'runs of colours, as OS/2 has them': [
    {
      header: 64,
      bits: 24,
      compression: 4,
      pixels: hex('01 ff0000 01 ffffff 00 00 01 0000ff 01 00ff00 00 01'),
    },
    ALL,
  ],
}

/** What is refused, and the name of the error. */
const REFUSED: Readonly<Record<string, readonly [file: BitmapFile, name: string]>> = {
  'a row too few': [{ bits: 24, pixels: hex('ff0000ffffff0000') }, 'IncompleteFile'],
  'runs that end too soon': [
    { bits: 8, compression: 1, palette: PALETTE, pixels: RUNS.subarray(0, 6) },
    'IncompleteFile',
  ],
  'pixels of 30 bits': [{ bits: 30, pixels: Buffer.alloc(16) }, 'IncompleteFile'],
  'codes of Huffman': [
    { header: 64, bits: 1, compression: 3, palette: PALETTE, pixels: Buffer.alloc(16) },
    'UnknownFeature',
  ],
  'no width': [{ width: 0, bits: 24, pixels: Buffer.alloc(16) }, 'IncompleteFile'],
}

describe('a bitmap', () => {
  const folder = useTemporaryFolder()

  function show(file: BitmapFile): string {
    const path = folder.pathTo('picture.bmp')
    writeFileSync(path, bmpOf(file))
    return withSourceBytes(path, (source) => {
      const raster = openBitmap(source).decode()
      return Buffer.from(raster.rows(0, raster.height)).toString('hex')
    })
  }

  for (const [title, [file, pixels]] of Object.entries(TABLE)) {
    it(`is shown: ${title}`, () => {
      assert.equal(show(file), pixels)
    })
  }

  for (const [title, [file, name]] of Object.entries(REFUSED)) {
    it(`is refused: ${title}`, () => {
      assert.throws(() => show(file), { name })
    })
  }
})
