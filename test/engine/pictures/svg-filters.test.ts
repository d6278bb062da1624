import assert from 'node:assert/strict'
import { sharp } from '../../../src/engine/pictures/libvips.ts'
import { toPlainFilters } from '../../../src/engine/pictures/svg-filters.ts'
import { toDrawable } from '../../../src/engine/pictures/svg-root.ts'

/** What Chromium shows of rgb(230, 180, 60) behind a filter. */
const SHOWN: readonly (readonly [filter: string, colour: readonly [number, number, number]])[] = [
  ['grayscale()', [182, 182, 182]],
  ['grayscale(50%)', [206, 181, 121]],
  ['sepia()', [240, 214, 167]],
  ['SEPIA( .5 )', [235, 197, 113]],
  ['saturate(.5)', [206, 181, 121]],
  ['saturate(3)', [255, 176, 0]],
  ['hue-rotate(90deg)', [60, 223, 134]],
  ['hue-rotate(.25turn)', [60, 223, 134]],
  ['invert(7)', [25, 75, 195]],
  ['invert(.3)', [168, 148, 100]],
  ['brightness(150%)', [255, 255, 90]],
  ['contrast(.5)', [179, 154, 94]],
  ['contrast(2)', [255, 233, 0]],
  ['invert(1) invert(1)', [230, 180, 60]],
]

/** What stays as it is. */
const OTHERS = [
  'filter:url(#own)',
  'filter:none',
  'filter:grayscale(-1)',
  'filter:grayscale(much)',
  'filter:drop-shadow(1px 1px red)',
  'backdrop-filter:grayscale(1)',
  'content:grayscale(1)',
]

const drawing = (attributes: string, more = ''): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10" width="20" height="10">${more}<rect width="20" height="10" fill="rgb(230,180,60)" ${attributes}/></svg>`

async function colourOf(svg: string): Promise<number[]> {
  const text = toPlainFilters(toDrawable(Buffer.from(svg)).toString())
  const pixels = await sharp(Buffer.from(text)).raw().toBuffer()
  return [...pixels.subarray(0, 3)]
}

function assertNear(colour: readonly number[], wanted: readonly number[]): void {
  const isNear = wanted.every((sample, at) => Math.abs(sample - (colour[at] ?? -9)) <= 1)
  assert.ok(isNear, `${colour.join()} is not ${wanted.join()}`)
}

describe('filters of a drawing', () => {
  for (const [filter, colour] of SHOWN) {
    it(`reckon as those of browsers: ${filter}`, async () => {
      assertNear(await colourOf(drawing(`style="filter:${filter}"`)), colour)
    })
  }

  it('are read wherever they stand: attributes, rules, and beside filters of the drawing', async () => {
    const own = `<filter id="own"><feOffset dx="0"/></filter>`
    const grey = [182, 182, 182]
    const drawings = [
      drawing(`filter='grayscale(1)'`),
      drawing('class="a"', '<style>.a { filter : grayscale(100%) }</style>'),
      drawing(`style="filter: url('#own') grayscale(1)"`, own),
      drawing(`style="filter:grayscale(1)"`)
        .replaceAll(/<(?=\/?(?:svg|rect))\/?/g, '$&s:')
        .replace('xmlns', 'xmlns:s'),
    ]
    for (const each of drawings) assertNear(await colourOf(each), grey)
  })

  for (const declaration of OTHERS) {
    it(`stay as they are: ${declaration}`, () => {
      const svg = drawing(`style="${declaration}"`)
      assert.equal(toPlainFilters(svg), svg)
    })
  }
})
