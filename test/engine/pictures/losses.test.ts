import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'
import { animatedPng } from '../../support/animated-png.ts'
import { difference, noise, quarters } from '../../support/pictures.ts'
import { startRenditions } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

/** Three frames that differ. */
function moving(): Sharp {
  const raw = Buffer.from(Array.from({ length: 60 * 120 * 3 }, (_, at) => (at * at) % 251))
  return sharp(raw, { raw: { width: 60, height: 120, channels: 3, pageHeight: 40 } })
}

/** Two pages of a TIFF file: one picture, which is there twice. */
async function twoPages(): Promise<Buffer> {
  const page = await quarters(60, 40).tiff({ compression: 'none' }).toBuffer()
  const at = page.readUInt32LE(4)
  const entries = page.readUInt16LE(at)
  const directory = Buffer.from(page.subarray(at, at + 2 + entries * 12 + 4))
  directory.writeUInt32LE(0, directory.length - 4)
  const whole = Buffer.concat([page, directory])
  whole.writeUInt32LE(page.length, at + 2 + entries * 12)
  return whole
}

const FIRST_OF_PNG =
  'Only the first of its 3 pictures is there, as the others of an animated PNG file cannot be read.'
const UNREAD = {
  reason: 'SourceUnsupported',
  message: /^The source is an animated PNG file, of whose 3/,
}
const IN_SRGB = 'Its colours, which were in CMYK, are in sRGB now.'
const COMPUTED = 'Its colours in CMYK were computed anew, as it was enlarged or drawn on.'

let inked: Promise<Buffer> | undefined
const inks = async (): Promise<Buffer> =>
  (inked ??= noise(120, 80).toColourspace('cmyk').jpeg({ quality: 98 }).toBuffer())
const still = (): Promise<Buffer> => animatedPng(1)
const frames = (): Promise<Buffer> => animatedPng(3)
const turned = (): Promise<Buffer> => moving().webp().withMetadata({ orientation: 6 }).toBuffer()
const gif = (): Promise<Buffer> => moving().gif().toBuffer()

describe('what a picture loses of its source', () => {
  const folder = useTemporaryFolder()
  let made = 0

  async function make(source: Buffer, instructions: object) {
    made += 1
    const [from, path] = [folder.pathTo(`source${made}`), folder.pathTo(`made${made}`)]
    await writeFile(from, source)
    const [file] = await Promise.all(
      startRenditions(from, [{ instructions: { ...instructions }, path }]),
    )
    return { remarks: file?.remarks, file: await readFile(path) }
  }

  const TOLD: readonly (readonly [
    title: string,
    source: () => Promise<Buffer>,
    instructions: object,
    remark: string | undefined,
  ])[] = [
    ['a frame of a PNG in another size', frames, { fmt: 'png', width: 30 }, FIRST_OF_PNG],
    ['the same for the web', frames, { fmt: 'png', width: 30, optimize: 'web' }, FIRST_OF_PNG],
    ['an animated PNG as it is', frames, { fmt: 'png', optimize: 'web' }, undefined],
    ['a JPEG, which has one picture', frames, { fmt: 'jpg' }, undefined],
    ['a PNG of one frame', still, { fmt: 'png', width: 30 }, undefined],
    ['all frames of a GIF', gif, { fmt: 'webp', animated: true, width: 30 }, undefined],
    ['a frame that is asked for', gif, { fmt: 'webp', animated: true, page: 2 }, undefined],
    ['a frame as nobody asks for all', gif, { fmt: 'webp' }, undefined],
    [
      'a TIFF of a GIF',
      gif,
      { fmt: 'tiff', animated: true },
      'Only the first of its 3 pictures is there, as those of a GIF file do not become several in one TIFF file.',
    ],
    [
      'a GIF of a TIFF',
      twoPages,
      { fmt: 'gif', animated: true },
      'Only the first of its 2 pictures is there, as those of a TIFF file do not become several in one GIF file.',
    ],
    [
      'a turned animation',
      turned,
      { fmt: 'webp', animated: true },
      'Only the first of its 3 pictures is there, as its Exif data turn it, and animations cannot be turned; autoOrient false has all as they are stored.',
    ],
    [
      'a turned animation as it is stored',
      turned,
      { fmt: 'webp', animated: true, autoOrient: false },
      undefined,
    ],
    ['a JPEG in CMYK made smaller', inks, { fmt: 'jpg', optimize: 'max' }, undefined],
    ['a JPEG in CMYK sized', inks, { fmt: 'jpg', optimize: 'max', width: 60 }, IN_SRGB],
    ['a PNG of CMYK, which has none', inks, { fmt: 'png' }, undefined],
    ['a JPEG that shall be in sRGB', inks, { fmt: 'jpg', colorspace: 'rgb' }, undefined],
    [
      'a JPEG in CMYK that stays so',
      inks,
      { fmt: 'jpg', colorspace: 'cmyk', width: 60 },
      undefined,
    ],
    [
      'a JPEG in CMYK that is enlarged',
      inks,
      { fmt: 'jpg', colorspace: 'cmyk', width: 150, height: 100, fit: 'scale' },
      COMPUTED,
    ],
  ]
  for (const [title, source, instructions, remark] of TOLD) {
    it(`is ${remark === undefined ? 'nothing' : 'told'}: ${title}`, async () => {
      const { remarks } = await make(await source(), instructions)
      assert.deepEqual(remarks, remark === undefined ? undefined : [remark])
    })
  }

  const REFUSED = {
    'in other colours': { fmt: 'png', optimize: 'web', colorspace: 'grayscale' },
    'in fewer bytes': { fmt: 'png', optimize: 'web', targetSize: 300 },
    'in another format': { fmt: 'webp', animated: true },
  }
  for (const [title, instructions] of Object.entries(REFUSED)) {
    it(`is not all frames but the first of a PNG that is wanted ${title}`, async () => {
      await assert.rejects(make(await frames(), instructions), UNREAD)
      await make(await still(), { ...instructions, targetSize: undefined })
    })
  }

  it('is no frame of a PNG that has few enough bytes', async () => {
    const source = await frames()
    const { file, remarks } = await make(source, { fmt: 'png', optimize: 'web', targetSize: 1e6 })
    assert.ok(file.equals(source))
    assert.equal(remarks, undefined)
  })

  for (const instructions of [
    { optimize: 'web' },
    { optimize: 'web', targetSize: 9000 },
    { colorspace: 'cmyk', width: 60 },
  ]) {
    it(`is no ink of a JPEG in CMYK: ${JSON.stringify(instructions)}`, async () => {
      const source = await inks()
      const { file } = await make(source, { fmt: 'jpg', ...instructions })
      const { space, icc, width } = await sharp(file).metadata()
      // What is computed anew gets the profile of its inks.
      assert.deepEqual({ space, icc }, { space: 'cmyk', icc: undefined })
      assert.ok(file.length < source.length)
      const sized = await sharp(source).resize(width).jpeg().toBuffer()
      assert.ok((await difference(file, sized)) < 0.1)
    })
  }

  it('is not the profile that says which inks they are', async () => {
    const profiled = await quarters(120, 80).withIccProfile('cmyk').jpeg().toBuffer()
    const { file } = await make(profiled, { fmt: 'jpg', colorspace: 'cmyk', width: 60 })
    const [before, after] = [await sharp(profiled).metadata(), await sharp(file).metadata()]
    assert.ok(before.icc !== undefined && after.icc?.equals(before.icc))
  })
})
