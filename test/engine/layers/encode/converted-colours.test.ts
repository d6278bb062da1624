import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { encodeView } from '../../../../src/engine/layers/encode/encode-view.ts'
import type { ColourProfile, Encoding } from '../../../../src/engine/layers/encoding.ts'
import type { Raster } from '../../../../src/engine/layers/raster.ts'
import { greyProfile } from '../../../support/icc-profiles.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { PLAIN, SLOPES, TOOLS, VEILED, viewOf } from './views.ts'

/** Of the linear components of sRGB in the brightness of a profile, whose white is D50. */
const LUMINANCE = [0.2225, 0.7169, 0.0606] as const

function toLinear(level: number): number {
  const part = level / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}

/** The grey levels of a picture in a profile of this gamma. */
function greyOf({ pixels, channels, width, height }: Raster, gamma: number): number[] {
  return Array.from({ length: width * height }, (_, at) => {
    const brightness = LUMINANCE.reduce(
      (sum, weight, part) => sum + weight * toLinear(pixels[at * channels + part] ?? 0),
      0,
    )
    return Math.round(255 * brightness ** (1 / gamma))
  })
}

/** By how much two rows of numbers differ at most. */
function distance(one: Iterable<number>, other: Iterable<number>): number {
  const others = [...other]
  return [...one].reduce((most, each, at) => Math.max(most, Math.abs(each - (others[at] ?? 0))), 0)
}

async function samplesOf(file: Buffer): Promise<Buffer> {
  const image = sharp(file, { ignoreIcc: true })
  const { space } = await image.metadata()
  return image.pipelineColourspace(space).toColourspace(space).raw().toBuffer()
}

describe('a view in the colours of a profile', () => {
  const temporary = useTemporaryFolder()
  const grey = greyProfile(1.8)

  async function encoded(
    raster: Raster,
    asked: Partial<Encoding>,
    profile: Partial<ColourProfile>,
  ): Promise<Buffer> {
    const name = 'acme/grey'
    const file = temporary.pathTo('grey.icc')
    const plain = { name, profile: file, intent: 'perceptual', blackPoint: false } as const
    return encodeView(raster, { ...PLAIN, ...asked, profile: { ...plain, ...profile } }, TOOLS)
  }

  before(() => writeFile(temporary.pathTo('grey.icc'), grey))

  // libvips converts the first, and ImageMagick the second.
  for (const intent of ['perceptual', 'relative'] as const) {
    it(`of a file has the grey levels of that (${intent})`, async () => {
      const asked = { format: 'tif', pixelType: 'gray', embedProfile: true } as const
      const file = await encoded(SLOPES, asked, { intent })
      const { channels, icc } = await sharp(file).metadata()
      assert.deepEqual([channels, icc?.equals(grey)], [1, true])
      const away = distance(await samplesOf(file), greyOf(SLOPES, 1.8))
      assert.ok(away <= 2, `${away} levels away`)
    })

    it(`keeps what is transparent (${intent})`, async () => {
      const asked = { format: 'png', pixelType: 'gray', embedProfile: true } as const
      const { channels, icc } = await sharp(await encoded(VEILED, asked, { intent })).metadata()
      assert.deepEqual([channels, icc?.equals(grey)], [2, true])
    })
  }

  it('does not have the profile unless that is asked for', async () => {
    for (const intent of ['perceptual', 'relative'] as const) {
      const file = await encoded(SLOPES, { format: 'jpeg', pixelType: 'gray' }, { intent })
      assert.equal((await sharp(file).metadata()).icc, undefined)
    }
  })

  it('goes by what the file is at the moment', async () => {
    const file = temporary.pathTo('changing.icc')
    const asked = { format: 'tif', pixelType: 'gray' } as const
    const made: Buffer[] = []
    for (const gamma of [1, 2.2]) {
      await writeFile(file, greyProfile(gamma))
      made.push(await samplesOf(await encoded(SLOPES, asked, { profile: file })))
    }
    const [linear = [], dark = []] = made
    assert.ok(distance(linear, greyOf(SLOPES, 1)) <= 2)
    assert.ok(distance(dark, greyOf(SLOPES, 2.2)) <= 2)
  })

  const halves = viewOf(16, 8, (x) => (x < 8 ? [0, 0, 0] : [255, 255, 255]))
  const asInk = { format: 'tif', pixelType: 'cmyk' } as const

  async function inkOf(profile: Partial<ColourProfile>): Promise<{ black: number; white: number }> {
    const samples = await samplesOf(await encoded(halves, asInk, { profile: 'cmyk', ...profile }))
    const sum = (at: number): number =>
      samples.subarray(at, at + 4).reduce((total, each) => total + each, 0)
    return { black: sum(0), white: sum(15 * 4) }
  }

  it('has no ink on white, but where paper is to look like the screen', async () => {
    for (const intent of ['perceptual', 'relative', 'saturation'] as const) {
      assert.equal((await inkOf({ intent })).white, 0)
    }
    assert.ok((await inkOf({ intent: 'absolute' })).white > 0)
  })

  it('has other ink on black where the black point is compensated', async () => {
    const intent = 'relative'
    const [plain, compensated] = [
      await inkOf({ intent }),
      await inkOf({ intent, blackPoint: true }),
    ]
    assert.notEqual(plain.black, compensated.black)
    assert.equal(compensated.white, 0)
  })

  it('is refused when the profile is damaged', async () => {
    const file = temporary.pathTo('damaged.icc')
    const damaged = Buffer.from(grey)
    damaged.fill(0x55, 170)
    await writeFile(file, damaged)
    for (const intent of ['perceptual', 'relative'] as const) {
      await assert.rejects(
        encoded(SLOPES, { format: 'tif', pixelType: 'gray' }, { profile: file, intent }),
        { code: 'profile_unusable', message: /^The ICC profile acme\/grey cannot be used: / },
      )
    }
  })
})
