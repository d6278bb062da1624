import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import sharp from 'sharp'
import {
  findLargestIcon,
  openIcon,
} from '../../../../../src/engine/pictures/conversion/bitmap/open-icon.ts'
import { withSourceBytes } from '../../../../../src/engine/pictures/conversion/magick-source.ts'
import { startRenditions } from '../../../../support/rendering.ts'
import { useTemporaryFolder } from '../../../../support/temporary-folder.ts'
import { icoOf } from '../sources.ts'
import { bitmapOf } from './bitmap-files.ts'

const hex = (digits: string): Buffer => Buffer.from(digits.replaceAll(' ', ''), 'hex')

const PALETTE = '0000ff0000ff0000ff000000ffffff00'

/** The mask of four pixels, of which that in the lower right is hidden. */
const MASK = '40000000 00000000'

const DEEP = hex('ff000000ffffff00 0000ff0000ff0000')

/** Images of two pixels above two others, and which they show. */
const TABLE: Readonly<Record<string, readonly [image: Buffer, pixels: string]>> = {
  'pixels of 4 bits behind a mask': [
    bitmapOf({
      height: 4,
      bits: 4,
      palette: PALETTE + '00'.repeat(48),
      pixels: hex(`23000000 01000000 ${MASK}`),
    }),
    'ff0000ff00ff00ff0000ffffffffff00',
  ],
  'pixels of 24 bits behind a mask': [
    bitmapOf({ height: 4, bits: 24, pixels: hex(`ff0000ffffff0000 0000ff00ff000000 ${MASK}`) }),
    'ff0000ff00ff00ff0000ffffffffff00',
  ],
  'pixels of 32 bits that cover nothing behind a mask': [
    bitmapOf({ height: 4, bits: 32, pixels: Buffer.concat([DEEP, hex(MASK)]) }),
    'ff0000ff00ff00ff0000ffffffffff00',
  ],
  'pixels of 32 bits that cover something': [
    bitmapOf({
      height: 4,
      bits: 32,
      pixels: hex(`ff000080ffffff00 0000ffff00ff0001 ${MASK}`),
    }),
    'ff0000ff00ff00010000ff80ffffff00',
  ],
  'pixels without a mask': [
    bitmapOf({ height: 4, bits: 24, pixels: hex('ff0000ffffff0000 0000ff00ff000000') }),
    'ff0000ff00ff00ff0000ffffffffffff',
  ],
}

/** A plain PNG file. */
const square = (side: number, background: string): Promise<Buffer> =>
  sharp({ create: { width: side, height: side, channels: 4, background } })
    .png()
    .toBuffer()

describe('an icon', () => {
  const folder = useTemporaryFolder()

  for (const [title, [image, pixels]] of Object.entries(TABLE)) {
    it(`shows ${title}`, () => {
      const path = folder.pathTo('icon.ico')
      writeFileSync(path, icoOf([{ side: 2, bitsPerPixel: 32, image }]))
      const shown = withSourceBytes(path, (file) => openIcon(file).decode().rows(0, 2))
      assert.equal(Buffer.from(shown).toString('hex'), pixels)
    })
  }

  it('is its largest image, and of equal ones that with the most colours', async () => {
    const [small, large, deep] = await Promise.all([
      square(64, 'red'),
      square(256, 'green'),
      square(256, 'blue'),
    ])
    const path = folder.pathTo('icons.ico')
    writeFileSync(
      path,
      icoOf([
        { side: 64, bitsPerPixel: 32, image: small },
        { side: 256, bitsPerPixel: 8, image: large },
        { side: 256, bitsPerPixel: 32, image: deep },
        { side: 64, bitsPerPixel: 32, image: small },
      ]),
    )
    const rendition = folder.pathTo('rendition')
    await startRenditions(path, [{ instructions: { fmt: 'png' }, path: rendition }])[0]
    const { data, info } = await sharp(rendition)
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    assert.deepEqual([info.width, ...data.subarray(0, 3)], [256, 0, 0, 255])
  })

  it('is damaged when it has no images', () => {
    const path = folder.pathTo('none.ico')
    writeFileSync(path, icoOf([]))
    assert.throws(() => withSourceBytes(path, findLargestIcon), { name: 'IncompleteFile' })
  })
})
