import assert from 'node:assert/strict'
import { colourSpaceOf } from '../../../../src/engine/pictures/meaning/colour-space.ts'
import { createToSrgb } from '../../../../src/engine/pictures/meaning/to-srgb.ts'

type Pixel = readonly [number, number, number]

const grey = (value: number): Pixel => [value, value, value]

/** The value that PQ has for light, in candela per square metre (SMPTE ST 2084). */
function pq(nits: number): number {
  const power = (nits / 10_000) ** (2610 / 16_384)
  return ((3424 / 4096 + (2413 / 128) * power) / (1 + (2392 / 128) * power)) ** (2523 / 32)
}

const STEPS = [0.1, 0.3, 0.5, 0.7, 0.9]
const PURE: readonly Pixel[] = [
  [0.8, 0.3, 0.3],
  [0.3, 0.8, 0.3],
  [0.3, 0.3, 0.8],
]

interface Row {
  /** The numbers of ITU-T H.273. */
  readonly codes: readonly [primaries: number, transfer: number]
  readonly mostNits?: number
  readonly pixels: readonly Pixel[]
  /** What Chromium 156 shows of a PNG with these codes; where one number stands for a pixel, it is grey. */
  readonly shown: readonly (number | Pixel)[]
}

const NITS = [1, 10, 40, 100, 203, 400, 1000, 4000]

const TABLE: Readonly<Record<string, Row>> = {
  sRGB: { codes: [1, 13], pixels: STEPS.map(grey), shown: [25, 76, 128, 179, 230] },
  'BT.709': { codes: [1, 1], pixels: STEPS.map(grey), shown: [12, 66, 121, 175, 229] },
  'a power of 2.2': { codes: [1, 4], pixels: STEPS.map(grey), shown: [18, 75, 129, 180, 231] },
  'a power of 2.8': { codes: [1, 5], pixels: STEPS.map(grey), shown: [5, 52, 106, 164, 224] },
  light: { codes: [1, 8], pixels: STEPS.map(grey), shown: [88, 148, 188, 218, 244] },
  'Display P3': {
    codes: [12, 13],
    pixels: PURE,
    shown: [
      [221, 63, 70],
      [0, 207, 49],
      [76, 76, 212],
    ],
  },
  'DCI P3, whose white is greenish': {
    codes: [11, 13],
    pixels: PURE,
    shown: [
      [216, 63, 71],
      [0, 208, 49],
      [75, 75, 212],
    ],
  },
  'BT.2020': {
    codes: [9, 13],
    pixels: PURE,
    shown: [
      [250, 18, 71],
      [0, 214, 37],
      [51, 74, 213],
    ],
  },
  'BT.601 of 525 lines': {
    codes: [6, 13],
    pixels: PURE,
    shown: [
      [199, 81, 76],
      [89, 201, 75],
      [79, 80, 204],
    ],
  },
  'BT.601 of 625 lines': {
    codes: [5, 13],
    pixels: PURE,
    shown: [
      [207, 76, 76],
      [62, 204, 79],
      [76, 76, 203],
    ],
  },
  film: {
    codes: [8, 13],
    pixels: PURE,
    shown: [
      [230, 61, 70],
      [0, 209, 56],
      [74, 71, 211],
    ],
  },
  'television of before BT.709': {
    codes: [1, 7],
    pixels: STEPS.map(grey),
    shown: [43, 93, 141, 187, 233],
  },
  cinema: { codes: [1, 17], pixels: STEPS.map(grey), shown: [9, 61, 118, 176, 235] },
  'CIE XYZ': {
    codes: [10, 13],
    pixels: PURE,
    shown: [
      [255, 0, 92],
      [0, 255, 0],
      [0, 86, 216],
    ],
  },
  'PQ of the colours of sRGB': {
    codes: [1, 16],
    pixels: PURE,
    shown: [
      [255, 26, 26],
      [20, 255, 20],
      [20, 20, 255],
    ],
  },
  'HLG of the colours of sRGB': {
    codes: [1, 18],
    pixels: PURE,
    shown: [
      [192, 61, 61],
      [66, 206, 66],
      [57, 57, 182],
    ],
  },
  PQ: {
    codes: [9, 16],
    pixels: NITS.map((nits) => grey(pq(nits))),
    shown: [8, 43, 88, 136, 187, 223, 255, 255],
  },
  'PQ of 4,000 candela': {
    codes: [9, 16],
    mostNits: 4000,
    pixels: NITS.map((nits) => grey(pq(nits))),
    shown: [8, 43, 88, 136, 187, 207, 226, 255],
  },
  'PQ of 400 candela': {
    codes: [9, 16],
    mostNits: 400,
    pixels: NITS.map((nits) => grey(pq(nits))),
    shown: [13, 55, 110, 167, 229, 255, 255, 255],
  },
  'red in PQ': {
    codes: [9, 16],
    pixels: [10, 100, 203].map((nits) => [pq(nits), 0, 0]),
    shown: [
      [57, 0, 0],
      [171, 0, 0],
      [235, 0, 0],
    ],
  },
  HLG: { codes: [9, 18], pixels: STEPS.map(grey), shown: [9, 54, 99, 164, 233] },
}

describe('colours that are not those of sRGB', () => {
  for (const [title, { codes, mostNits, pixels, shown }] of Object.entries(TABLE)) {
    it(`are shown as Chromium shows them, within 2: ${title}`, () => {
      const [primaries, transfer] = codes
      const television = { kind: 'power', gamma: 2.4 } as const
      const space = colourSpaceOf({ primaries, transfer }, { television, mostNits })
      assert.ok(space)
      const toSrgb = createToSrgb(space)
      const seen = new Uint8Array(3)
      for (const [index, [red, green, blue]] of pixels.entries()) {
        toSrgb(red, green, blue, seen, 0)
        const told = shown[index] ?? assert.fail()
        const wanted = typeof told === 'number' ? grey(told) : told
        const off = wanted.map((value, band) => Math.abs(value - (seen[band] ?? 0)))
        assert.ok(Math.max(...off) <= 2, `${seen.join()} in place of ${wanted.join()}`)
      }
    })
  }

  it('are unknown where neither of the numbers is known', () => {
    const television = { kind: 'srgb' } as const
    assert.equal(colourSpaceOf({ primaries: 2, transfer: 2 }, { television }), undefined)
  })
})
