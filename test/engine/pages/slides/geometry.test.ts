import assert from 'node:assert/strict'
import { createLookup } from '../../../../src/engine/pages/slides/geometry/guides.ts'
import { presetGeometry } from '../../../../src/engine/pages/slides/geometry/preset-geometry.ts'
import { PRESET_SHAPES } from '../../../../src/engine/pages/slides/geometry/preset-shapes.ts'
import { boxesOf, layOut, marksOf, presentation, shape, xfrm } from './presentation.ts'

/** All places that a shape is drawn through. */
function placesOf(name: string, adjusted: readonly (readonly [string, string])[] = []): number[][] {
  const { paths } = presetGeometry(name, 200, 100, adjusted)
  return paths.flatMap(({ steps }) => steps.map(([, ...numbers]) => numbers))
}

describe('geometry of shapes', function () {
  this.timeout(60_000)

  const formulas: readonly (readonly [formula: string, value: number])[] = [
    ['val 7', 7],
    ['*/ 6 4 3', 8],
    ['+- 6 4 3', 7],
    ['+/ 6 4 5', 2],
    ['?: 1 2 3', 2],
    ['?: 0 2 3', 3],
    ['abs -4', 4],
    ['max 3 5', 5],
    ['min 3 5', 3],
    ['mod 3 4 12', 13],
    ['pin 2 9 5', 5],
    ['pin 2 1 5', 2],
    ['sqrt 49', 7],
    ['cos 100 cd2', -100],
    ['sin 100 cd4', 100],
    ['at2 1 1', 2_700_000],
    ['cat2 10 3 4', 6],
    ['sat2 10 3 4', 8],
    ['*/ w 1 2', 1_270_000],
    ['*/ 1 1 0', 0],
    ['unknown 1 2', 0],
  ]
  for (const [formula, value] of formulas) {
    it(`works out ${formula}`, () => {
      const { lookup, define } = createLookup(200, 100)
      define(['g', formula])
      assert.ok(Math.abs(lookup('g') - value) < 1e-6, `${lookup('g')}`)
    })
  }

  it('draws every shape of a name near its box, by numbers', () => {
    for (const name of PRESET_SHAPES.keys()) {
      const places = placesOf(name).flat()
      assert.ok(places.length > 0, name)
      assert.ok(
        places.every((place) => Number.isFinite(place) && place > -120 && place < 320),
        name,
      )
      const { left, top, right, bottom } = presetGeometry(name, 200, 100, []).text
      assert.ok(left >= -1 && top >= -1 && right <= 201 && bottom <= 101, name)
    }
  })

  it('draws shapes as they are adjusted', () => {
    assert.deepEqual(placesOf('triangle')[1], [100, 0])
    assert.deepEqual(placesOf('triangle', [['adj', 'val 25000']])[1], [50, 0])
  })

  it('draws what it does not know as a box', () => {
    assert.deepEqual(placesOf('somethingNew'), placesOf('rect'))
  })

  it('draws shapes of formulas that are in the document', async () => {
    const own = `<p:sp><p:spPr>${xfrm([10, 20, 100, 200])}<a:custGeom><a:avLst/><a:gdLst><a:gd name="half" fmla="*/ w 1 2"/></a:gdLst><a:pathLst><a:path><a:moveTo><a:pt x="0" y="0"/></a:moveTo><a:lnTo><a:pt x="half" y="0"/></a:lnTo><a:lnTo><a:pt x="half" y="h"/></a:lnTo><a:close/></a:path><a:path w="10" h="10" fill="none"><a:moveTo><a:pt x="0" y="0"/></a:moveTo><a:lnTo><a:pt x="10" y="10"/></a:lnTo></a:path></a:pathLst></a:custGeom><a:solidFill><a:srgbClr val="00FF00"/></a:solidFill></p:spPr></p:sp>`
    const pages = await layOut(presentation({ slides: [own] }))
    assert.deepEqual(pages.flatMap(boxesOf), ['10 20 50 200 00ff00'])
  })

  it('draws lines with their dashes and ends', async () => {
    const line = shape([100, 100, 200, 0], {
      preset: 'line',
      fill: '',
      more: '<a:ln w="50800"><a:solidFill><a:srgbClr val="0000FF"/></a:solidFill><a:prstDash val="dash"/><a:headEnd type="oval"/><a:tailEnd type="triangle"/></a:ln>',
    })
    const [page] = await layOut(presentation({ slides: [line] }))
    assert.ok(page)
    const strokes = marksOf(page).flatMap(({ mark }) =>
      mark.kind === 'path' && mark.stroke ? [mark.stroke] : [],
    )
    assert.deepEqual(
      strokes.map(({ width, dash }) => [width, dash]),
      [[4, [16, 12]]],
    )
    // A circle around its beginning, and a triangle with its point at the end.
    assert.deepEqual(boxesOf(page), ['94 94 12 12 0000ff', '288 94 12 12 0000ff'])
  })
})
