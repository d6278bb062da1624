import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { probeSource } from '../../../../src/engine/pictures/probe.ts'
import { MAX_SOURCE_PIXELS } from '../../../../src/engine/pictures/source.ts'
import { identifyContent, identifySource } from '../../../../src/sources/identify.ts'
import { pixelAt, plain, quarters } from '../../../support/pictures.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { dngOf, UNDEVELOPED, undevelopedPhoto } from './raw-photos.ts'

/** A TIFF directory with only a maker, and what it says of the first picture. */
function tiffOf(make: string, subfileType: number): Buffer {
  const bytes = Buffer.alloc(80)
  bytes.write('II*\0\x08\0\0\0\x02\0', 'latin1')
  bytes.writeUInt16LE(254, 10)
  bytes.writeUInt16LE(4, 12)
  bytes.writeUInt32LE(1, 14)
  bytes.writeUInt32LE(subfileType, 18)
  bytes.writeUInt16LE(271, 22)
  bytes.writeUInt16LE(2, 24)
  bytes.writeUInt32LE(20, 26)
  bytes.writeUInt32LE(40, 30)
  bytes.write(make, 40)
  return bytes
}

const MARKS: readonly (readonly [title: string, start: Buffer, content: 'raw' | 'tiff'])[] = [
  ['DNG', dngOf(), 'raw'],
  ['CR2', Buffer.from('II*\0\x10\0\0\0CR\x02\0', 'latin1'), 'raw'],
  ['CR3', Buffer.from('\0\0\0\x18ftypcrx \0\0\0\x01crx isom', 'latin1'), 'raw'],
  ['RAF', Buffer.from('FUJIFILMCCD-RAW 0201FF383501'), 'raw'],
  ['ORF', Buffer.from('IIRO\x08\0\0\0', 'latin1'), 'raw'],
  ['RW2', Buffer.from('IIU\0\x18\0\0\0', 'latin1'), 'raw'],
  ['NEF', tiffOf('NIKON CORPORATION', 1), 'raw'],
  ['ARW', tiffOf('SONY', 1), 'raw'],
  ['a TIFF that a program of Nikon has saved', tiffOf('NIKON CORPORATION', 0), 'tiff'],
  ['a scan with a thumbnail', tiffOf('EPSON', 1), 'tiff'],
]

async function preview(): Promise<Buffer> {
  return quarters(90, 60).jpeg({ quality: 95 }).toBuffer()
}

async function thumbnail(): Promise<Buffer> {
  return plain({ r: 9, g: 9, b: 9 }, 1).resize(16, 16).jpeg().toBuffer()
}

describe('raw photos', function () {
  this.timeout(120_000)
  const folder = useTemporaryFolder()

  for (const [title, start, content] of MARKS) {
    it(`are told by their first bytes: ${title}`, async () => {
      assert.equal(await identifyContent(start), content)
    })
  }

  async function develop(photo: Buffer) {
    const path = folder.pathTo('photo.dng')
    await writeFile(path, photo)
    const options = { maxPixels: MAX_SOURCE_PIXELS, workFolder: folder.pathTo('developed') }
    return probeSource(await identifySource(path), { page: 1 }, options)
  }

  it('are developed in the size of the sensor and in their colours, not those of the thumbnail', async () => {
    const source = await develop(dngOf())
    assert.deepEqual([source.width, source.height], [160, 120])
    assert.ok(typeof source.input === 'string')
    const pixels = await sharp(source.input).raw().toBuffer()
    const at = (x: number, y: number): number[] => [
      ...pixels.subarray((y * 160 + x) * 3).subarray(0, 3),
    ]
    const [grey, red, blue] = [at(40, 60), at(120, 30), at(120, 90)]
    assert.ok(Math.max(...grey) - Math.min(...grey) <= 4, `grey is ${grey.join()}`)
    assert.ok((red[0] ?? 0) > 150 && Math.max(...red.slice(1)) < 110, `red is ${red.join()}`)
    assert.ok((blue[2] ?? 0) > 150 && Math.max(...blue.slice(0, 2)) < 110, `blue is ${blue.join()}`)
  })

  it('are turned as the camera was held', async () => {
    const { width, height, orientation } = await develop(dngOf({ orientation: 6 }))
    assert.deepEqual([width, height, orientation], [120, 160, 6])
  })

  it('are refused when there is nothing but a thumbnail in them, or they end before their end', async () => {
    const whole = dngOf()
    for (const photo of [dngOf({ hasRaw: false }), whole.subarray(0, whole.length / 2)]) {
      await assert.rejects(develop(photo), /damaged or incomplete camera raw/)
    }
  })

  for (const extension of UNDEVELOPED) {
    it(`are shown by their largest preview when they cannot be developed: ${extension.toUpperCase()}`, async () => {
      const jpegs = [await thumbnail(), await preview(), await thumbnail()]
      const { width, height, isPreview, input } = await develop(undevelopedPhoto(extension, jpegs))
      assert.deepEqual([width, height, isPreview], [90, 60, true])
      assert.ok(typeof input === 'string')
      const [red = 0, green = 0, blue = 0] = await pixelAt(input, 20, 15)
      const [r, g, b] = await pixelAt(await preview(), 20, 15)
      assert.deepEqual([red, green, blue], [r, g, b])
    })
  }

  it('have their preview turned as the camera was held, unless it says so itself', async () => {
    const turned = await sharp(await preview())
      .withMetadata({ orientation: 8 })
      .jpeg()
      .toBuffer()
    const wanted: [Buffer, number, number][] = [
      [await preview(), 6, 6],
      [turned, 6, 8],
    ]
    for (const [jpeg, told, orientation] of wanted) {
      const source = await develop(undevelopedPhoto('nef', [jpeg], told))
      assert.deepEqual([source.width, source.height, source.orientation], [60, 90, orientation])
    }
  })

  it('are refused when their preview is not whole, or in a way that only cameras know', async () => {
    const jpeg = await preview()
    const lossless = Buffer.from(jpeg)
    lossless.writeUInt8(0xc3, lossless.indexOf(Buffer.from([0xff, 0xc0])) + 1)
    const photo = undevelopedPhoto('nef', [jpeg])
    const cut = photo.subarray(0, photo.length - 999 - 100)
    for (const each of [cut, undevelopedPhoto('nef', [lossless]), undevelopedPhoto('raf', [])]) {
      await assert.rejects(develop(each), /damaged or incomplete camera raw/)
    }
  })
})
