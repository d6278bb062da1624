import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import sharp, { type FormatEnum } from 'sharp'
import { findPictureFaults, redrawPictures } from '../../../src/engine/pictures/svg-pictures.ts'
import { startRenditions } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

/** A picture of noise, so that it has many bytes. */
async function encode(format: keyof FormatEnum): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  const create = { width: 40, height: 40, channels: 3, background: 'red', noise } as const
  return sharp({ create }).toFormat(format).toBuffer()
}

/** A bitmap of one green pixel (BITMAPINFOHEADER). */
const BITMAP = Buffer.from(
  '424d3a0000000000000036000000280000000100000001000000010018000000000004000000000000000000000000000000000000000080000000',
  'hex',
)

const drawing = (href: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><image href="${href}" width="40" height="40"/></svg>`
const uri = (type: string, bytes: Buffer): string =>
  `data:${type};base64,${bytes.toString('base64')}`

describe('pictures in a drawing', () => {
  const folder = useTemporaryFolder()

  const SOUND: Readonly<Record<string, () => Promise<string>>> = {
    'a PNG': async () => uri('image/png', await encode('png')),
    'a JPEG': async () => uri('image/jpg', await encode('jpeg')),
    'a drawing': async () => uri('image/svg+xml', Buffer.from(drawing(''))),
    'no picture at all': async () => '#a',
  }
  for (const [title, href] of Object.entries(SOUND)) {
    it(`are drawn by librsvg: ${title}`, async () => {
      const svg = drawing(await href())
      assert.deepEqual(await findPictureFaults(svg), { redraws: false, damaged: false })
      assert.equal(await redrawPictures(svg), svg)
    })
  }

  const OTHERS: Readonly<Record<string, () => Promise<string>>> = {
    'a WebP': async () => uri('image/webp', await encode('webp')),
    'a GIF': async () => uri('image/gif', await encode('gif')),
    'a BMP': async () => uri('image/bmp', BITMAP),
    'a JPEG that is called a PNG': async () => uri('image/png', await encode('jpeg')),
    'a PNG that is called nothing': async () => uri('', await encode('png')),
    'a PNG with a parameter': async () => uri('image/png;charset=utf-8', await encode('png')),
    'a WebP in lines': async () =>
      uri('image/webp', await encode('webp')).replaceAll(/.{76}/g, '$&&#10;'),
    'a WebP in the letters of addresses': async () =>
      `data:image/webp;base64,${encodeURIComponent((await encode('webp')).toString('base64'))}`,
  }
  for (const [title, href] of Object.entries(OTHERS)) {
    it(`are drawn in its stead: ${title}`, async () => {
      const svg = drawing(await href())
      assert.deepEqual(await findPictureFaults(svg), { redraws: true, damaged: false })
      const redrawn = await redrawPictures(svg)
      assert.match(redrawn, /href="data:image\/png;base64,/)
      const { channels } = await sharp(Buffer.from(redrawn)).stats()
      assert.equal(channels[3]?.min, 255)
    })
  }

  const DAMAGED: Readonly<Record<string, () => Promise<Buffer>>> = {
    'a JPEG that ends too soon': async () => (await encode('jpeg')).subarray(0, 900),
    'a PNG that ends too soon': async () => (await encode('png')).subarray(0, 900),
    'a WebP that ends too soon': async () => (await encode('webp')).subarray(0, 200),
    'what is no picture': async () => Buffer.from('not a picture'),
    nothing: async () => Buffer.alloc(0),
  }
  for (const [title, bytes] of Object.entries(DAMAGED)) {
    it(`are told when they are damaged: ${title}`, async () => {
      const svg = drawing(uri('image/png', await bytes()))
      assert.deepEqual(await findPictureFaults(svg), { redraws: true, damaged: true })
      const source = folder.pathTo('source.svg')
      const path = folder.pathTo('rendition')
      await writeFile(source, svg)
      const made = await startRenditions(source, [{ instructions: { fmt: 'png' }, path }])[0]
      assert.deepEqual(made?.remarks, [
        'The SVG has pictures with damaged parts, which are not drawn.',
      ])
    })
  }
})
