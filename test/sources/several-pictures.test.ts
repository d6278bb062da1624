import assert from 'node:assert/strict'
import sharp, { type Sharp } from 'sharp'
import { identifyContent, START_BYTES } from '../../src/sources/identify.ts'
import { mayHoldSeveral } from '../../src/sources/several-pictures.ts'
import { pdfOf } from '../support/pdf.ts'
import { plain } from '../support/pictures.ts'

const RED = { r: 255, g: 0, b: 0 }

async function frames(): Promise<Sharp> {
  const frame = await plain(RED).png().toBuffer()
  const other = await plain({ r: 0, g: 0, b: 255 }).png().toBuffer()
  return sharp([frame, other], { join: { animated: true } })
}

/** A chunk `acTL` behind the header of a PNG, by which it is animated. */
async function animatedPng(): Promise<Buffer> {
  const png = await plain(RED).png().toBuffer()
  const chunk = Buffer.from('\0\0\0\u0008acTL\0\0\0\u0002\0\0\0\0\0\0\0\0', 'latin1')
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)])
}

/** A file of ISO 14496-12 with brands. */
function boxed(...brands: readonly string[]): Buffer {
  const names = Buffer.from(`ftyp${brands[0]}\0\0\0\0${brands.join('')}`, 'latin1')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(names.length + 4)
  return Buffer.concat([length, names, Buffer.alloc(40)])
}

describe('the start of a file', () => {
  const files: readonly [string, () => Promise<Buffer> | Buffer, boolean][] = [
    ['a PDF', () => pdfOf([() => undefined]), true],
    ['a TIFF', () => plain(RED).tiff().toBuffer(), true],
    ['a GIF', () => plain(RED).gif().toBuffer(), true],
    ['a WebP', () => plain(RED).webp().toBuffer(), false],
    ['a WebP with transparency', () => plain(RED, 0.5).webp().toBuffer(), false],
    ['an animated WebP', async () => (await frames()).webp().toBuffer(), true],
    ['a PNG', () => plain(RED).png().toBuffer(), false],
    ['an animated PNG', animatedPng, true],
    ['a PNG that ends before its picture', async () => (await animatedPng()).subarray(0, 33), true],
    ['a JPEG', () => plain(RED).jpeg().toBuffer(), false],
    ['an AVIF', () => plain(RED).avif({ effort: 0 }).toBuffer(), false],
    ['an AVIF sequence', () => boxed('avis', 'msf1', 'miaf'), true],
    ['a HEIC', () => boxed('heic', 'mif1', 'heic'), false],
    ['a HEIC sequence', () => boxed('hevc', 'msf1'), true],
    ['a text', () => Buffer.from('acTL'), false],
    ['nothing', () => Buffer.alloc(0), false],
  ]
  for (const [title, content, several] of files) {
    it(`tells that ${title} ${several ? 'may have several pictures' : 'has one'}`, async () => {
      const start = Buffer.from((await content()).subarray(0, START_BYTES))
      assert.equal(mayHoldSeveral(await identifyContent(start), start), several)
    })
  }
})
