import assert from 'node:assert/strict'
import {
  centredRect,
  moveRect,
  type PicturePoint,
  type PictureRect,
  ratioIn,
  rectBetween,
  reshapeRect,
  resizeRect,
  roundRect,
} from '../../../page/images/catalogue/crop-geometry.ts'

const rect = (x: number, y: number, width: number, height: number): PictureRect => ({
  x,
  y,
  width,
  height,
})

function rounded(each: PictureRect): number[] {
  return Object.values(each).map((value: number) => Math.round(value * 1e6) / 1e6)
}

/** As far as anybody sees. */
function near(actual: PictureRect, expected: PictureRect): void {
  assert.deepEqual(rounded(actual), rounded(expected))
}

const DRAGS: [
  what: string,
  corner: PicturePoint,
  point: PicturePoint,
  ratio: number | undefined,
  expected: PictureRect,
][] = [
  [
    'to the right and down',
    { x: 0.2, y: 0.3 },
    { x: 0.6, y: 0.5 },
    undefined,
    rect(0.2, 0.3, 0.4, 0.2),
  ],
  [
    'to the left and up',
    { x: 0.6, y: 0.5 },
    { x: 0.2, y: 0.3 },
    undefined,
    rect(0.2, 0.3, 0.4, 0.2),
  ],
  ['beyond the picture', { x: 0.5, y: 0.5 }, { x: 3, y: -1 }, undefined, rect(0.5, 0, 0.5, 0.5)],
  ['nowhere', { x: 0.5, y: 0.5 }, { x: 0.5, y: 0.5 }, undefined, rect(0.5, 0.5, 0.01, 0.01)],
  ['as a square', { x: 0.2, y: 0.2 }, { x: 0.6, y: 0.3 }, 1, rect(0.2, 0.2, 0.4, 0.4)],
  [
    'as a square for which there is no room',
    { x: 0.2, y: 0.8 },
    { x: 0.9, y: 0.9 },
    1,
    rect(0.2, 0.8, 0.2, 0.2),
  ],
  [
    'twice as wide as high, to the left',
    { x: 0.5, y: 0.5 },
    { x: 0.1, y: 0.6 },
    2,
    rect(0.1, 0.5, 0.4, 0.2),
  ],
]

describe('A part of a picture', () => {
  for (const [what, corner, point, ratio, expected] of DRAGS) {
    it(`is dragged ${what}`, () => {
      near(rectBetween(corner, point, ratio), expected)
    })
  }

  const MOVES: [what: string, dx: number, dy: number, expected: PictureRect][] = [
    ['within the picture', 0.1, -0.1, rect(0.3, 0.1, 0.4, 0.4)],
    ['to its right lower corner and no further', 5, 5, rect(0.6, 0.6, 0.4, 0.4)],
    ['to its left upper corner and no further', -5, -5, rect(0, 0, 0.4, 0.4)],
  ]
  for (const [what, dx, dy, expected] of MOVES) {
    it(`is moved ${what}`, () => {
      near(moveRect(rect(0.2, 0.2, 0.4, 0.4), dx, dy), expected)
    })
  }

  const SIZES: [
    what: string,
    size: { width?: number; height?: number },
    ratio: number | undefined,
    expected: PictureRect,
  ][] = [
    ['wider', { width: 0.5 }, undefined, rect(0.2, 0.2, 0.5, 0.4)],
    ['no wider than the picture', { width: 2 }, undefined, rect(0.2, 0.2, 0.8, 0.4)],
    ['smaller in its shape', { width: 0.2 }, 1, rect(0.2, 0.2, 0.2, 0.2)],
    ['higher in its shape', { height: 0.3 }, 2, rect(0.2, 0.2, 0.6, 0.3)],
    ['no higher than its shape has room for', { height: 0.7 }, 2, rect(0.2, 0.2, 0.8, 0.4)],
    ['never so small that nothing is left', { height: -1 }, undefined, rect(0.2, 0.2, 0.4, 0.01)],
  ]
  for (const [what, size, ratio, expected] of SIZES) {
    it(`becomes ${what}`, () => {
      near(resizeRect(rect(0.2, 0.2, 0.4, 0.4), size, ratio), expected)
    })
  }

  it('has the shape of the size that it is for, whatever the shape of the picture', () => {
    assert.equal(ratioIn({ width: 300, height: 300 }, { width: 3000, height: 2000 }), 2 / 3)
    near(centredRect(2 / 3), rect(1 / 6, 0, 2 / 3, 1))
    near(centredRect(2), rect(0, 0.25, 1, 0.5))
  })

  it('gets another shape about where it is, as large as it was', () => {
    near(reshapeRect(rect(0.3, 0.3, 0.4, 0.4), 4), rect(0.1, 0.4, 0.8, 0.2))
    near(reshapeRect(rect(0.8, 0.8, 0.2, 0.2), 4), rect(0.6, 0.85, 0.4, 0.1))
    near(reshapeRect(rect(0, 0, 1, 1), 0.5), rect(0.25, 0, 0.5, 1))
  })

  it('is within the picture after rounding too', () => {
    assert.deepEqual(roundRect(rect(1 / 3, 2 / 3, 2 / 3, 1 / 3)), {
      x: 0.3333,
      y: 0.6666,
      width: 0.6667,
      height: 0.3333,
    })
    assert.deepEqual(roundRect(rect(0.99999, 0, 0.00001, 1)), {
      x: 0.9999,
      y: 0,
      width: 0.0001,
      height: 1,
    })
  })
})
