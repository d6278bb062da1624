import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'
import type { Resampling, View } from '../../../src/engine/layers/composition.ts'
import type { LayerPicture } from '../../../src/engine/layers/layer-picture.ts'
import { cutRaster } from '../../../src/engine/layers/raster-steps.ts'
import type { Raster } from '../../../src/engine/layers/raster.ts'
import { renderView } from '../../../src/engine/layers/render-view.ts'
import { openSourcePicture } from '../../../src/engine/layers/source-picture.ts'
import { noise, quarters } from '../../support/pictures.ts'
import { probe } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { compose, cornersOf, layer, toolsFor } from './layers-fixture.ts'

const MOST = 4_000_000

function worstDifference(one: Uint8Array, other: Uint8Array): number {
  assert.equal(one.length, other.length)
  return one.reduce((worst, value, at) => Math.max(worst, Math.abs(value - (other[at] ?? 0))), 0)
}

async function render(picture: LayerPicture, view: Partial<View>): Promise<Raster> {
  return renderView(
    compose([layer('photo')], view),
    toolsFor({ photo: picture }, { maxPixels: MOST }),
  )
}

describe('a picture of a file', () => {
  const folder = useTemporaryFolder()

  async function open(image: Sharp | string, name: string): Promise<LayerPicture> {
    const path = folder.pathTo(name)
    await writeFile(path, typeof image === 'string' ? image : await image.toBuffer())
    return openSourcePicture(await probe(path), MOST)
  }

  for (const [width, height] of [
    [200, 150],
    [100, 75],
    [40, 30],
  ] as const) {
    it(`is what sharp makes of a JPEG, ${width} pixels wide`, async () => {
      const photo = await open(noise(640, 480).jpeg(), 'photo.jpg')
      const raster = await render(photo, { width })
      assert.deepEqual([raster.width, raster.height, raster.channels], [width, height, 3])
      const bare = await sharp(folder.pathTo('photo.jpg')).resize(width).raw().toBuffer()
      assert.ok(worstDifference(raster.pixels, bare) <= 2)
    })
  }

  for (const [title, image] of [
    ['grey', noise(80, 60).greyscale().jpeg()],
    ['with an alpha', noise(80, 60).ensureAlpha(0.5).png()],
    ['with 16 bits', noise(80, 60).toColourspace('rgb16').png()],
    ['of inks', noise(80, 60).toColourspace('cmyk').jpeg()],
    ['with a palette', noise(80, 60).gif()],
  ] as const) {
    it(`has red, green and blue when it is ${title}`, async () => {
      const photo = await open(image, 'photo')
      const raster = await render(photo, { width: 40 })
      assert.equal(raster.channels, title === 'with an alpha' ? 4 : 3)
      assert.equal(raster.pixels.length, 40 * 30 * raster.channels)
    })
  }

  for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
    it(`stands upright, whatever part of it is seen: orientation ${orientation}`, async () => {
      const image = quarters(80, 60).withMetadata({ orientation }).jpeg({ quality: 100 })
      const photo = await open(image, 'photo.jpg')
      const upright = await sharp(await image.toBuffer())
        .autoOrient()
        .raw()
        .toBuffer({ resolveWithObject: true })
      const { width, height } = upright.info
      const expected = { width, height, channels: 3, pixels: upright.data } as const
      assert.deepEqual([photo.width, photo.height], [width, height])
      assert.deepEqual(cornersOf(await render(photo, {})), cornersOf(expected))
      const region = { x: 5, y: 3, width: 50, height: 51 }
      const seen = await render(photo, { region })
      assert.ok(worstDifference(seen.pixels, cutRaster(expected, region).pixels) <= 2)
      const crop = { ...region, in: 'pixels' } as const
      const cropped = await renderView(
        compose([layer('photo', { crop })], { factor: 2 }),
        toolsFor({ photo }),
      )
      assert.deepEqual(cornersOf(cropped), cornersOf(expected))
    })
  }

  const scales: readonly [string, Partial<View>][] = [
    ['reduced', { width: 103 }],
    ['as large as it is', {}],
    ['enlarged', { width: 250, fit: { mode: 'fit', enlarge: true } }],
    ['stretched', { width: 100, height: 250, fit: { mode: 'stretch', enlarge: true } }],
  ]
  for (const [title, view] of scales) {
    for (const resampling of ['bilin', 'bicub', 'sharp2', 'bisharp'] satisfies Resampling[]) {
      it(`is cut into tiles without a seam, ${title}, by ${resampling}`, async () => {
        const photo = await open(noise(200, 150).png(), 'photo.png')
        const all = await render(photo, { ...view, resampling })
        for (const tile of [
          { x: 0, y: 0, width: 64, height: 64 },
          { x: 64, y: 0, width: 35, height: 64 },
          { x: 60, y: 37, width: 40, height: 33 },
        ]) {
          const part = await render(photo, { ...view, resampling, part: { ...tile, factor: 1 } })
          const expected = cutRaster(all, tile)
          assert.ok(worstDifference(part.pixels, expected.pixels) <= 1, JSON.stringify(tile))
        }
      })
    }
  }

  it('is sharper, the more its resampling sharpens', async () => {
    const edge = sharp(
      Buffer.from(
        '<svg viewBox="0 0 400 40" width="400" height="40"><path fill="#404040" d="M0 0H203V40H0z"/><path fill="#c8c8c8" d="M203 0H400V40H203z"/></svg>',
      ),
    )
    const photo = await open(edge.flatten().png(), 'edge.png')
    const steepness = async (resampling: Resampling): Promise<number> => {
      const { pixels } = await render(photo, { width: 100, resampling })
      const row = pixels.subarray(500 * 3, 600 * 3)
      return Math.max(...row) - Math.min(...row)
    }
    const steep = [await steepness('bilin'), await steepness('bicub'), await steepness('bisharp')]
    assert.deepEqual(
      steep,
      steep.toSorted((one, other) => one - other),
    )
    assert.ok((steep[2] ?? 0) > (steep[1] ?? 0) && (steep[2] ?? 0) < 170, steep.join())
  })

  it('of a drawing is drawn at the size that is wanted, and only the part that is', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 60"><rect width="40" height="30" fill="rgb(220,30,40)"/><rect x="40" width="40" height="30" fill="rgb(40,200,60)"/><rect y="30" width="40" height="30" fill="rgb(40,60,210)"/><rect x="40" y="30" width="40" height="30" fill="rgb(230,210,50)"/></svg>'
    const drawing = await open(svg, 'drawing.svg')
    assert.deepEqual([drawing.width, drawing.height], [400, 300])
    const names = ['topLeft', 'topRight', 'bottomRight', 'bottomLeft']
    for (const view of [{ width: 100 }, {}, { factor: 3 }]) {
      assert.deepEqual(cornersOf(await render(drawing, view)), names)
    }
    const part = { x: 500, y: 350, width: 200, height: 200, factor: 1 }
    assert.deepEqual(cornersOf(await render(drawing, { factor: 3, part })), names)
    const crop = { x: 0.5, y: 0.5, width: 0.5, height: 0.5, in: 'parts' } as const
    const cropped = compose([layer('photo', { crop })], { width: 100 })
    const corner = await renderView(cropped, toolsFor({ photo: drawing }))
    assert.deepEqual(
      cornersOf(corner),
      Array.from({ length: 4 }, () => 'bottomRight'),
    )
  })

  it('that is damaged says so', async () => {
    const whole = await noise(400, 300).jpeg().toBuffer()
    await writeFile(folder.pathTo('photo.jpg'), whole.subarray(0, whole.length / 2))
    const photo = openSourcePicture(await probe(folder.pathTo('photo.jpg')), MOST)
    await assert.rejects(render(photo, { width: 100 }), { code: 'source_corrupt' })
  })
})
