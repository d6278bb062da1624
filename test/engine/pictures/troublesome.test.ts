import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { startRenditions } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const CASES = path.join(import.meta.dirname, 'troublesome')

/** A part of width and height, and the colour that is there. */
type Point = readonly [x: number, y: number, red: number, green: number, blue: number]

/** What most of the files show, with nine places of it. */
const REFERENCE: Readonly<Record<string, Point>> = {
  TL: [0.25, 0.35, 200, 40, 40],
  TR: [0.8, 0.2, 40, 160, 60],
  BL: [0.2, 0.7, 40, 60, 200],
  BR: [0.8, 0.7, 220, 200, 40],
  disc: [0.5, 0.45, 255, 255, 255],
  mark: [0.1, 0.11, 0, 0, 0],
  r0: [0.004, 0.95, 0, 0, 0],
  rmid: [0.5, 0.95, 128, 128, 128],
  r1: [0.996, 0.95, 255, 255, 255],
}

interface Expected {
  readonly size?: readonly [width: number, height: number]
  /** How far a sample may be off; 4 unless given. */
  readonly within?: number
  readonly alpha?: number
  readonly turned?: 6
  readonly points?: Readonly<Record<string, Point>>
  /** The sentence of the error in place of a picture. */
  readonly refused?: RegExp
}

const TABLE: Readonly<Record<string, Expected>> = {
  'raw.dng': { size: [240, 160], within: 30 },
  'tiff-cmyk-and-spot.tif': { within: 85 },
  'tiff-alpha-and-selection.tif': {},
  'avif-irot-and-exif-6.avif': { size: [160, 240], turned: 6 },
  'avif-exif-alone-6.avif': { size: [240, 160] },
  'png-cicp-p3.png': {},
  'avif-pq.avif': {},
  'png-grey16-gamma-1.8.png': {},
  'tiff-grey16-gamma-1.8.tif': {},
  'svg-utf-16-le.svg': {},
  'svg-html-in-foreignobject.svg': {},
  'svg-long-comment.svg': {},
  'svg-prefixed.svg': {},
  'avif-sequence.avif': { within: 22 },
  'bmp-32-bit-unused-byte.bmp': { within: 0 },
  'tiff-zstd.tif': {},
  'tiff-old-style-jpeg.tif': { within: 8 },
  'jpeg-12-bit.jpg': {},
  'png-cgbi.png': {},
  'jpeg-no-eoi.jpg': { within: 8 },
  'svg-css-variables.svg': {},
  'svg-image-webp.svg': {},
  'svg-text.svg': {},
  'gif-frame-smaller-than-canvas.gif': {},
  'tiff-grey-float.tif': {},
  'tiff-rgb-32-bit-integer.tif': { within: 2 },
  'psd-32-bit.psd': { within: 3 },
  'tiff-thumbnail-first.tif': { size: [240, 160], within: 2 },
  'avif-alpha-premultiplied.avif': { alpha: 128 },
  'psd-multichannel-4.psd': { within: 85 },
  'svg-size-in-style.svg': {},
  'tiff-jpeg-said-rgb.tif': { within: 8 },
  'svg-use-bomb.svg': {},
  'ref.png': {},
}
describe('zz', () => {
  const folder = useTemporaryFolder()
  for (const name of readdirSync(CASES)) {
    it(name, async () => {
      const expected = TABLE[name] ?? assert.fail(name)
      const out = folder.pathTo(`${name}.png`)
      const [made] = startRenditions(path.join(CASES, name), [
        { instructions: { fmt: 'png' }, path: out },
      ])
      await made
      const { data, info } = await sharp(out)
        .toColourspace('srgb')
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true })
      const seen = Object.entries(REFERENCE).map(([p, [x0, y0, ...rgb]]) => {
        const [x, y] = expected.turned ? [1 - y0, x0] : [x0, y0]
        const at =
          (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels
        const [r, g, b, a] = data.subarray(at, at + 4)
        const off = Math.max(...[r, g, b].map((v, i) => Math.abs((v ?? 0) - (rgb[i] ?? 0))))
        return [
          p,
          off > (expected.within ?? 4) || a !== (expected.alpha ?? 255),
          `${r},${g},${b},${a}`,
        ] as const
      })
      const bad = seen.filter(([, wrong]) => wrong)
      assert.ok(
        bad.length === 0,
        `${info.width}×${info.height} ` + bad.map(([p, , s]) => `${p} ${s}`).join('; '),
      )
    })
  }
})
