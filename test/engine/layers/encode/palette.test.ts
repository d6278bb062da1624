import assert from 'node:assert/strict'
import sharp from 'sharp'
import { encodeView } from '../../../../src/engine/layers/encode/encode-view.ts'
import { packLzw } from '../../../../src/engine/layers/encode/gif-lzw.ts'
import type { Palette } from '../../../../src/engine/layers/encoding.ts'
import type { Raster } from '../../../../src/engine/layers/raster.ts'
import { GRAINY, PLAIN, SLOPES, TOOLS, VEILED, viewOf } from './views.ts'

const ADAPTIVE = PLAIN.palette
const FORMATS = ['gif', 'png8'] as const

async function made(
  view: Raster,
  format: (typeof FORMATS)[number],
  palette: Partial<Palette>,
): Promise<Buffer> {
  const file = await encodeView(
    view,
    { ...PLAIN, format, palette: { ...ADAPTIVE, ...palette } },
    TOOLS,
  )
  return sharp(file).ensureAlpha().raw().toBuffer()
}

function withAlpha({ pixels, channels }: Raster): Buffer {
  if (channels === 4) return pixels
  const opaque = Buffer.alloc((pixels.length / 3) * 4, 255)
  for (let at = 0; at * 3 < pixels.length; at += 1) pixels.copy(opaque, at * 4, at * 3, at * 3 + 3)
  return opaque
}

/** Each colour of a picture once, as eight hexadecimal digits. */
function coloursOf(rgba: Buffer): Set<string> {
  const colours = Array.from({ length: rgba.length / 4 }, (_, at) =>
    rgba.toString('hex', at * 4, at * 4 + 4),
  )
  return new Set(colours)
}

function offBy(one: Buffer, other: Buffer): number {
  const sum = one.reduce((total, level, at) => total + (level - (other[at] ?? 0)) ** 2, 0)
  return Math.sqrt(sum / one.length)
}

/** The mean of all pixels, in each component. */
function meanOf(rgba: Buffer): number[] {
  return [0, 1, 2].map((part) => {
    const levels = rgba.filter((_, at) => at % 4 === part)
    return levels.reduce((sum, level) => sum + level, 0) / levels.length
  })
}

/** Of the web, or of a ramp of red, green, blue or grey in steps of 17. */
function isOfMac([red = 0, green = 0, blue = 0]: readonly number[]): boolean {
  const parts = [red, green, blue]
  if (parts.every((level) => level % 51 === 0)) return true
  const isGrey = red === green && green === blue
  const isOne = parts.filter((level) => level === 0).length === 2
  return parts.every((level) => level % 17 === 0) && (isGrey || isOne)
}

const BLACK = { red: 0, green: 0, blue: 0 }
const WHITE = { red: 255, green: 255, blue: 255 }
const TEAL = { red: 1, green: 128, blue: 129 }

describe('the palette of a view', () => {
  for (const format of FORMATS) {
    for (const diffused of [false, true]) {
      const how = `${format}, ${diffused ? 'diffused' : 'not diffused'}`

      it(`has only the two forced colours of two, as ${how}`, async () => {
        const shown = await made(SLOPES, format, { colours: 2, forced: [BLACK, WHITE], diffused })
        assert.deepEqual([...coloursOf(shown)].toSorted(), ['000000ff', 'ffffffff'])
      })

      it(`has only colours of the web, as ${how}`, async () => {
        const colours = coloursOf(await made(GRAINY, format, { kind: 'web', diffused }))
        assert.ok(colours.size > 20)
        for (const colour of colours) assert.match(colour, /^(00|33|66|99|cc|ff){3}ff$/)
      })

      it(`has only colours of the Mac, as ${how}`, async () => {
        const grey = viewOf(16, 16, (x, y) => Array<number>(3).fill(y * 16 + x))
        const greys = coloursOf(await made(grey, format, { kind: 'mac', diffused }))
        assert.equal([...greys].filter((colour) => /^(.)\1{5}ff$/.test(colour)).length, 16)
        for (const colour of coloursOf(await made(GRAINY, format, { kind: 'mac', diffused }))) {
          assert.ok(isOfMac([...Buffer.from(colour, 'hex')]), colour)
        }
      })

      for (const colours of [3, 100, 256]) {
        it(`has ${colours} colours at most, as ${how}`, async () => {
          const shown = coloursOf(await made(GRAINY, format, { colours, diffused }))
          assert.ok(shown.size <= colours && shown.size >= Math.min(colours, 90), `${shown.size}`)
        })
      }

      it(`has forced colours among others, as ${how}`, async () => {
        const edged = viewOf(40, 40, (x, y) => (x < 4 ? [1, 128, 129] : [x * 6, y * 6, 0]))
        const shown = coloursOf(await made(edged, format, { colours: 8, forced: [TEAL], diffused }))
        assert.ok(shown.has('018081ff') && shown.size <= 8)
      })

      it(`changes no pixel of a picture of few colours, as ${how}`, async () => {
        const few = viewOf(48, 48, (x, y) => [(x >> 2) * 20, (y >> 2) * 21, 7])
        assert.deepEqual(await made(few, format, { diffused }), withAlpha(few))
      })
    }

    it(`keeps 256 colours, as ${format}`, async () => {
      const view = viewOf(64, 64, (x, y) => [
        (x * 5 + y * 3) & 0xff,
        10,
        255 - ((x * 5 + y * 3) & 0xff),
      ])
      assert.deepEqual(await made(view, format, {}), withAlpha(view))
    })

    it(`is nearer the more colours it has, as ${format}`, async () => {
      const off = await Promise.all(
        [2, 16, 256].map(async (colours) =>
          offBy(await made(GRAINY, format, { colours, diffused: false }), withAlpha(GRAINY)),
        ),
      )
      assert.deepEqual(
        off,
        off.toSorted((one, other) => other - one),
      )
      assert.ok((off.at(-1) ?? 99) < 9, off.join())
    })

    it(`has the mean colour of the picture when diffused, as ${format}`, async () => {
      const forced = [BLACK, WHITE]
      const grey = viewOf(64, 64, () => [64, 64, 64])
      const half = await made(grey, format, { colours: 2, forced })
      for (const level of meanOf(half)) assert.ok(Math.abs(level - 64) < 3, `${level}`)
      const plain = await made(grey, format, { colours: 2, forced, diffused: false })
      assert.deepEqual(meanOf(plain), [0, 0, 0])
    })

    it(`has a transparent colour beside the two forced ones, as ${format}`, async () => {
      const shown = await made(VEILED, format, { colours: 2, forced: [BLACK, WHITE] })
      assert.deepEqual([...coloursOf(shown)].toSorted(), ['00000000', '000000ff', 'ffffffff'])
    })

    it(`has 255 colours and a transparent one at most, as ${format}`, async () => {
      const view = viewOf(96, 96, (x, y) => [x * 2, y * 2, (x * y) & 0xff, x < 4 ? 0 : 255])
      const shown = coloursOf(await made(view, format, { diffused: false }))
      assert.ok(shown.has('00000000') && shown.size <= 256 && shown.size > 200)
    })

    for (const [width, height] of [
      [1, 1],
      [3, 5],
      [17, 1],
    ] as const) {
      it(`is right for ${width} × ${height} pixels, as ${format}`, async () => {
        const small = viewOf(width, height, (x, y) => [x * 15, y * 50, 3])
        assert.deepEqual(await made(small, format, {}), withAlpha(small))
      })
    }
  }

  it('keeps alpha of every degree in a PNG8 of few colours', async () => {
    const glass = viewOf(16, 16, (x, y) => [200, 100, 50, 1 + y * 16 + (x >> 2) * 2])
    assert.deepEqual(await made(glass, 'png8', { colours: 64 }), glass.pixels)
  })
})

describe('the pixels of a GIF', () => {
  for (const bits of [1, 2, 4, 7, 8]) {
    it(`are what they were when ${bits} bits long, for more codes than a table has`, async () => {
      const side = 110
      let seed = bits
      const indices = Uint8Array.from({ length: side * side }, () => {
        seed = (seed * 48_271) % 2_147_483_647
        return seed % 2 ** bits
      })
      assert.deepEqual(unpack(packLzw(indices, bits)), [...indices])
    })
  }
})

/** As the specification of GIF has it, without regard for speed. */
function unpack(packed: Buffer): number[] {
  const [codeBits = 0] = packed
  const bytes: number[] = []
  let at = 1
  for (let length = packed[at] ?? 0; length > 0; length = packed[at] ?? 0) {
    bytes.push(...packed.subarray(at + 1, at + 1 + length))
    at += length + 1
  }
  assert.equal(at, packed.length - 1)
  const clear = 1 << codeBits
  const pixels: number[] = []
  let table: number[][] = []
  let size = codeBits + 1
  let before: number[] | undefined
  for (let bit = 0; bit + size <= bytes.length * 8;) {
    let code = 0
    for (let index = 0; index < size; index += 1, bit += 1) {
      code |= (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1) << index
    }
    if (code === clear + 1) return pixels
    if (code === clear) {
      table = Array.from({ length: clear + 2 }, (_, index) => [index])
      size = codeBits + 1
      before = undefined
      continue
    }
    const known = table[code]
    const read = known ?? [...(before ?? []), before?.[0] ?? 0]
    if (before !== undefined && table.length < 4096) table.push([...before, read[0] ?? 0])
    if (table.length === 1 << size && size < 12) size += 1
    for (const index of read) pixels.push(index)
    before = read
  }
  throw new Error('there is no code for the end')
}
