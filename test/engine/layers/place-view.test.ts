import assert from 'node:assert/strict'
import type { View } from '../../../src/engine/layers/composition.ts'
import { placeView } from '../../../src/engine/layers/place-view.ts'
import { compose, layer } from './layers-fixture.ts'

const MOST = { width: 2000, height: 2000 }
const NONE = { width: 0, height: 0 }

function viewOf(said: Partial<View>): View {
  return compose([layer('a')], said).view
}

function sizes(composite: readonly [number, number], said: Partial<View>): string {
  const [width, height] = composite
  const { scaled, window } = placeView({ width, height }, viewOf(said))
  const place = `${window.x},${window.y}`
  return `${window.width}×${window.height} at ${place} of ${scaled.width}×${scaled.height}`
}

function fit(mode: NonNullable<View['fit']>['mode'], enlarge = false): Pick<View, 'fit'> {
  return { fit: { mode, enlarge } }
}

describe('a view', () => {
  // r-is-http-wid, r-is-http-hei, r-scl, r-fit, r-align
  const table: readonly [string, readonly [number, number], Partial<View>, string][] = [
    ['without a size is the composite', [400, 300], {}, '400×300 at 0,0 of 400×300'],
    [
      'of a width has the height that belongs to it',
      [400, 300],
      { width: 200 },
      '200×150 at 0,0 of 200×150',
    ],
    [
      'of a height has the width that belongs to it',
      [400, 300],
      { height: 150 },
      '200×150 at 0,0 of 200×150',
    ],
    ['rounds halves up', [400, 300], { width: 202 }, '202×152 at 0,0 of 202×152'],
    ['is never empty', [4000, 3], { width: 10 }, '10×1 at 0,0 of 10×1'],
    [
      'of a larger width has background around it',
      [400, 300],
      { width: 800 },
      '800×600 at -200,-150 of 400×300',
    ],
    [
      'of a larger width is enlarged when told',
      [400, 300],
      { width: 800, ...fit('fit', true) },
      '800×600 at 0,0 of 800×600',
    ],
    [
      'of both has all of it, and background',
      [400, 300],
      { width: 200, height: 200 },
      '200×200 at 0,-25 of 200×150',
    ],
    [
      'is aligned to the top',
      [400, 300],
      { width: 200, height: 200, align: { x: 0, y: -1 } },
      '200×200 at 0,0 of 200×150',
    ],
    [
      'is aligned to the bottom',
      [400, 300],
      { width: 200, height: 200, align: { x: 0, y: 1 } },
      '200×200 at 0,-50 of 200×150',
    ],
    [
      'is aligned to the right',
      [300, 400],
      { width: 200, height: 200, align: { x: 1, y: 0 } },
      '200×200 at -50,0 of 150×200',
    ],
    [
      'that is smaller than both stays as large as it is',
      [400, 300],
      { width: 1000, height: 1000 },
      '1000×1000 at -300,-350 of 400×300',
    ],
    ['of factor 1 is the composite', [400, 300], { factor: 1 }, '400×300 at 0,0 of 400×300'],
    ['of a factor is scaled', [401, 301], { factor: 0.5 }, '201×151 at 0,0 of 201×151'],
    [
      'of a factor and a width is cut in the middle',
      [400, 300],
      { factor: 1, width: 100, align: { x: -1, y: -1 } },
      '100×300 at 150,0 of 400×300',
    ],
    [
      'of a factor and both is cut as it is aligned',
      [400, 300],
      { factor: 1, width: 100, height: 400, align: { x: -1, y: -1 } },
      '100×400 at 0,0 of 400×300',
    ],
    [
      'that is to fit is not enlarged',
      [400, 300],
      { width: 800, height: 800, ...fit('fit') },
      '800×800 at -200,-250 of 400×300',
    ],
    [
      'that is to fit is enlarged when told',
      [400, 300],
      { width: 800, height: 800, ...fit('fit', true) },
      '800×800 at 0,-100 of 800×600',
    ],
    [
      'that is constrained has no background',
      [400, 300],
      { width: 200, height: 200, ...fit('constrain') },
      '200×150 at 0,0 of 200×150',
    ],
    [
      'that is constrained stays small',
      [400, 300],
      { width: 800, height: 800, ...fit('constrain') },
      '400×300 at 0,0 of 400×300',
    ],
    [
      'that is constrained may become larger',
      [400, 300],
      { width: 800, height: 800, ...fit('constrain', true) },
      '800×600 at 0,0 of 800×600',
    ],
    [
      'that is constrained by a width alone has no background either',
      [400, 300],
      { width: 800, ...fit('constrain') },
      '400×300 at 0,0 of 400×300',
    ],
    [
      'that is cropped covers both',
      [400, 300],
      { width: 200, height: 200, ...fit('crop') },
      '200×200 at 33,0 of 267×200',
    ],
    [
      'that is cropped shows what it is aligned to',
      [400, 300],
      { width: 200, height: 200, ...fit('crop'), align: { x: 1, y: 0 } },
      '200×200 at 67,0 of 267×200',
    ],
    [
      'that is cropped and small has background',
      [400, 300],
      { width: 500, height: 200, ...fit('crop') },
      '500×200 at -50,50 of 400×300',
    ],
    [
      'that is cropped may become larger',
      [400, 300],
      { width: 800, height: 400, ...fit('crop', true) },
      '800×400 at 0,100 of 800×600',
    ],
    [
      'that wraps covers both, and is not cut',
      [400, 300],
      { width: 200, height: 200, ...fit('wrap') },
      '267×200 at 0,0 of 267×200',
    ],
    [
      'that wraps and is small has background',
      [400, 300],
      { width: 500, height: 200, ...fit('wrap') },
      '500×300 at -50,0 of 400×300',
    ],
    [
      'that is stretched has both',
      [400, 300],
      { width: 200, height: 200, ...fit('stretch') },
      '200×200 at 0,0 of 200×200',
    ],
    [
      'that is stretched is not made larger in one direction either',
      [400, 300],
      { width: 200, height: 600, ...fit('stretch') },
      '200×600 at 0,-150 of 200×300',
    ],
    [
      'that is stretched may become larger',
      [400, 300],
      { width: 200, height: 600, ...fit('stretch', true) },
      '200×600 at 0,0 of 200×600',
    ],
    [
      'that fits its width is cut above and below',
      [400, 300],
      { width: 200, height: 100, ...fit('hfit') },
      '200×100 at 0,25 of 200×150',
    ],
    [
      'that fits its width has background above and below',
      [400, 300],
      { width: 200, height: 200, ...fit('hfit') },
      '200×200 at 0,-25 of 200×150',
    ],
    [
      'that fits its height is cut at the sides',
      [400, 300],
      { width: 100, height: 150, ...fit('vfit') },
      '100×150 at 50,0 of 200×150',
    ],
    [
      'of a region shows that',
      [400, 300],
      { region: { x: 100, y: 50, width: 200, height: 100 } },
      '200×100 at 100,50 of 400×300',
    ],
    [
      'of a region scales that',
      [400, 300],
      { region: { x: 100, y: 50, width: 200, height: 100 }, width: 100 },
      '100×50 at 50,25 of 200×150',
    ],
    [
      'of a region shows what is around it where there is room',
      [400, 300],
      { region: { x: 100, y: 50, width: 200, height: 100 }, width: 100, height: 100 },
      '100×100 at 50,0 of 200×150',
    ],
    [
      'of a region beyond the composite has background',
      [400, 300],
      { region: { x: -50, y: 0, width: 100, height: 300 } },
      '100×300 at -50,0 of 400×300',
    ],
    ['of a density has more pixels', [816, 500], { density: 3 }, '2448×1500 at 0,0 of 2448×1500'],
    [
      'of a density keeps what it shows',
      [400, 300],
      { width: 200, height: 200, density: 2 },
      '400×400 at 0,-50 of 400×300',
    ],
    [
      'of a density is as large as is allowed',
      [1000, 500],
      { density: 3, within: { most: MOST, byDefault: NONE } },
      '2000×1000 at 0,0 of 2000×1000',
    ],
    [
      'without a size is as large as the default',
      [4000, 3000],
      { within: { most: MOST, byDefault: { width: 400, height: 400 } } },
      '400×300 at 0,0 of 400×300',
    ],
    [
      'without a size is not enlarged to the default',
      [300, 200],
      { within: { most: MOST, byDefault: { width: 400, height: 400 } } },
      '300×200 at 0,0 of 300×200',
    ],
    [
      'has a default that may leave one direction free',
      [1000, 500],
      { within: { most: MOST, byDefault: { width: 0, height: 250 } } },
      '500×250 at 0,0 of 500×250',
    ],
    [
      'of a part shows that alone',
      [400, 300],
      { part: { x: 10, y: 20, width: 30, height: 40, factor: 1 } },
      '30×40 at 10,20 of 400×300',
    ],
    [
      'of a part is scaled before',
      [400, 300],
      { width: 200, part: { x: 10, y: 20, width: 30, height: 40, factor: 2 } },
      '30×40 at 10,20 of 400×300',
    ],
    [
      'of a part of a cropped view counts from that',
      [400, 300],
      {
        width: 200,
        height: 200,
        ...fit('crop'),
        part: { x: 10, y: 20, width: 30, height: 40, factor: 1 },
      },
      '30×40 at 43,20 of 267×200',
    ],
    [
      'of a part is a way round the limit',
      [4000, 3000],
      {
        factor: 1,
        part: { x: 0, y: 0, width: 100, height: 100, factor: 1 },
        within: { most: MOST, byDefault: NONE },
      },
      '100×100 at 0,0 of 4000×3000',
    ],
  ]
  for (const [title, composite, said, expected] of table) {
    it(title, () => {
      assert.equal(sizes(composite, said), expected)
    })
  }

  it('shows nothing of the composite beyond a view of which a part is taken', () => {
    const { window, visible } = placeView(
      { width: 400, height: 300 },
      viewOf({
        factor: 1,
        width: 100,
        height: 100,
        part: { x: 50, y: 0, width: 100, height: 100, factor: 1 },
      }),
    )
    assert.deepEqual(window, { x: 200, y: 100, width: 100, height: 100 })
    assert.deepEqual(visible, { x: 200, y: 100, width: 50, height: 100 })
  })

  for (const [title, said] of [
    ['its width', { width: 2001 }],
    ['its height', { width: 100, height: 2001 }],
    [
      'what follows from its other length',
      { width: 1500, region: { x: 0, y: 0, width: 1, height: 2 } },
    ],
    ['its factor', { factor: 6 }],
    ['its part', { part: { x: 0, y: 0, width: 3000, height: 1, factor: 1 } }],
  ] as const) {
    it(`is refused when ${title} is larger than is allowed`, () => {
      const view = viewOf({ ...said, within: { most: MOST, byDefault: NONE } })
      assert.throws(() => placeView({ width: 400, height: 300 }, view), {
        code: 'view_too_large',
      })
    })
  }

  it('has a limit that may leave one direction free', () => {
    const within = { most: { width: 0, height: 400 }, byDefault: NONE }
    const { window } = placeView(
      { width: 400, height: 300 },
      viewOf({ width: 9000, height: 400, within }),
    )
    assert.deepEqual([window.width, window.height], [9000, 400])
  })
})
