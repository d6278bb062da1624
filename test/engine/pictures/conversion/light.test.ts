import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { MAX_CONVERTED_PIXELS } from '../../../../src/engine/pictures/conversion/conversion.ts'
import { convertToTiff } from '../../../../src/engine/pictures/conversion/convert.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { exrOf, type Light, pfmOf, radianceOf } from './light-files.ts'

/** Four pixels, two above two, as light. */
const DARK: Light = [
  [
    [0.5, 0.25, 0.125],
    [1, 1, 1],
  ],
  [
    [0, 0, 0],
    [0.0625, 0.5, 1],
  ],
]

/** What sRGB has for light from 0 to 1 (IEC 61966-2-1). */
function encode(light: number): number {
  return Math.round(255 * (light > 0.0031308 ? 1.055 * light ** (1 / 2.4) - 0.055 : 12.92 * light))
}

const ENCODED = DARK.flat(2).map(encode)

/** A picture in which all is grey and one pixel in many as bright as is said. */
function sparks(light: number, every: number): Light {
  const side = 64
  return Array.from({ length: side }, (_, y) =>
    Array.from({ length: side }, (__, x) => {
      const grey = (y * side + x) % every === every - 1 ? light : 0.25
      return [grey, grey, grey] as const
    }),
  )
}

describe('a picture of light', () => {
  const folder = useTemporaryFolder()

  async function show(format: 'EXR' | 'HDR' | 'PFM', file: Buffer) {
    const path = folder.pathTo('light')
    const tiffPath = folder.pathTo('shown.tif')
    await writeFile(path, file)
    const maxPixels = MAX_CONVERTED_PIXELS
    const conversion = await convertToTiff({ path, format, tiffPath, maxPixels })
    assert.deepEqual(conversion, { outcome: 'converted' })
    const { data, info } = await sharp(tiffPath).raw().toBuffer({ resolveWithObject: true })
    return { samples: [...data], width: info.width, height: info.height, channels: info.channels }
  }

  const files: Readonly<Record<string, ['EXR' | 'HDR' | 'PFM', Buffer]>> = {
    'PFM whose low bytes come first': ['PFM', pfmOf(DARK, { isLittle: true })],
    'PFM whose high bytes come first': ['PFM', pfmOf(DARK, { isLittle: false })],
    'Radiance HDR': ['HDR', radianceOf(DARK)],
    'Radiance HDR from the bottom up': ['HDR', radianceOf(DARK.toReversed(), '+Y 2 +X 2')],
    'Radiance HDR from the right': [
      'HDR',
      radianceOf(
        DARK.map((row) => row.toReversed()),
        '-Y 2 -X 2',
      ),
    ],
    'Radiance HDR column by column': [
      'HDR',
      radianceOf(
        [0, 1].map((x) => DARK.map((row) => row[x] ?? [0, 0, 0])),
        '+X 2 -Y 2',
      ),
    ],
    'OpenEXR of floats': ['EXR', exrOf(DARK)],
    'OpenEXR of half precision': ['EXR', exrOf(DARK, { isHalf: true })],
    'OpenEXR in a layer': ['EXR', exrOf(DARK, { layer: 'beauty.' })],
    'OpenEXR beside other channels': ['EXR', exrOf(DARK, { others: ['Z', 'id.ID'] })],
    'OpenEXR with ZIP': ['EXR', exrOf(DARK, { compression: 'zip' })],
    'OpenEXR whose window is elsewhere': ['EXR', exrOf(DARK, { left: -7, top: 9 })],
  }
  for (const [title, [format, file]] of Object.entries(files)) {
    it(`has each light as sRGB has it where none is brighter than white: ${title}`, async () => {
      const { samples, width, height } = await show(format, file)
      assert.deepEqual([width, height], [2, 2])
      const off = samples.map((sample, index) => Math.abs(sample - (ENCODED[index] ?? 0)))
      assert.ok(Math.max(...off) <= 1, samples.join())
    })
  }

  it('is as bright as its transparency leaves it, and as colourful as it is without', async () => {
    const half: Light = [[[0.25, 0.125, 0.0625]]]
    const { samples } = await show('EXR', exrOf(half, { alpha: 0.5 }))
    assert.deepEqual(samples, [...[0.5, 0.25, 0.125].map(encode), 128])
  })

  it('tells what is brighter than white from white, for which white becomes darker', async () => {
    const row = [0.25, 1, 2, 4, 8].map((light) => [light, light, light] as const)
    for (const [format, file] of [
      ['PFM', pfmOf([row], { isLittle: true })],
      ['HDR', radianceOf([row])],
      ['EXR', exrOf([row])],
    ] as const) {
      const { samples } = await show(format, file)
      const [quarter = 0, white = 0, twice = 0, fourfold = 0, eightfold = 0] = samples.filter(
        (_, index) => index % 3 === 0,
      )
      assert.ok(quarter < white && white < twice && twice < fourfold && fourfold < eightfold)
      assert.ok(Math.abs(white - encode(0.5)) <= 1 && eightfold === 255, samples.join())
    }
  })

  it('is not darkened for a few sparks', async () => {
    const { samples } = await show('PFM', pfmOf(sparks(900, 2048), { isLittle: true }))
    assert.equal(samples[0], encode(0.25))
    const { samples: darker } = await show('PFM', pfmOf(sparks(900, 64), { isLittle: true }))
    assert.equal(darker[0], encode(0.125))
  })

  it('is dark where there is no number', async () => {
    const numbers = [Number.NaN, Number.NEGATIVE_INFINITY, 0.25] as const
    const { samples } = await show('EXR', exrOf([[numbers]]))
    assert.deepEqual(samples, [0, 0, encode(0.25)])
  })
})
