import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { writeFontConfiguration } from '../../../src/engine/pictures/svg-fonts.ts'
import { itThoroughly } from '../../support/amounts.ts'
import { startRenditions } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const CASES = path.join(import.meta.dirname, 'troublesome')

type Colour = readonly [red: number, green: number, blue: number, alpha?: number]

/** A place as parts of width and height, and the colour that is there. */
type Point = readonly [x: number, y: number, colour: Colour]

/** Nine places of `ref.png`, which most of the files show. */
const REFERENCE = {
  TL: [0.25, 0.35, [200, 40, 40]],
  TR: [0.8, 0.2, [40, 160, 60]],
  BL: [0.2, 0.7, [40, 60, 200]],
  BR: [0.8, 0.7, [220, 200, 40]],
  disc: [0.5, 0.45, [255, 255, 255]],
  mark: [0.1, 0.11, [0, 0, 0]],
  r0: [0.004, 0.95, [0, 0, 0]],
  rmid: [0.5, 0.95, [128, 128, 128]],
  r1: [0.996, 0.95, [255, 255, 255]],
} as const satisfies Readonly<Record<string, Point>>

interface Shown {
  /** In pixels, when that is in question. */
  readonly size?: readonly [width: number, height: number]
  /** How far a sample may be off. */
  readonly within: number
  /** Whether it is turned to the right by a quarter. */
  readonly turned?: true
  readonly points?: Readonly<Record<string, Point>>
  /** How much each point covers, where it is not all. */
  readonly alpha?: number
}

const grey = (value: number): Colour => [value, value, value]

/** What Chromium makes of it, white of which is at 203 candela per square metre. */
const TONE_MAPPED: Readonly<Record<string, Point>> = {
  TL: [0.25, 0.35, [146, 27, 26]],
  TR: [0.8, 0.2, [26, 116, 41]],
  disc: [0.5, 0.45, [187, 187, 187]],
  rmid: [0.5, 0.95, [92, 92, 92]],
}

/** The green of the reference, as it is and as light that is encoded again. */
const GREEN: Readonly<Record<string, Point>> = {
  TL: [0.25, 0.35, grey(40)],
  TR: [0.8, 0.2, grey(160)],
  BL: [0.2, 0.7, grey(60)],
  BR: [0.8, 0.7, grey(200)],
  disc: [0.5, 0.45, grey(255)],
  mark: [0.1, 0.11, grey(0)],
  rmid: [0.5, 0.95, grey(128)],
}

/** How bright the reference is (ITU-R BT.601). */
const BRIGHTNESS: Readonly<Record<string, Point>> = {
  TL: [0.25, 0.35, grey(88)],
  BL: [0.2, 0.7, grey(70)],
  mark: [0.1, 0.11, grey(0)],
}

const RAMP: Readonly<Record<string, Point>> = {
  quarter: [0.25, 0.5, grey(64)],
  half: [0.5, 0.5, grey(128)],
  'three quarters': [0.75, 0.5, grey(192)],
}

/** Of inks without a profile only darkness is certain. */
const AS_INKS = { within: 85 }

/** What each file shows. */
const SHOWN: Readonly<Record<string, Shown>> = {
  'ref.png': { within: 0 },
  'raw.dng': { size: [240, 160], within: 30 },
  'tiff-cmyk-and-spot.tif': AS_INKS,
  'tiff-alpha-and-selection.tif': { within: 1 },
  'avif-irot-and-exif-6.avif': { size: [160, 240], turned: true, within: 4 },
  'avif-exif-alone-6.avif': { size: [240, 160], within: 4 },
  'png-cicp-p3.png': { within: 4 },
  'avif-pq.avif': { within: 4, points: TONE_MAPPED },
  'png-grey16-gamma-1.8.png': { within: 2, points: RAMP },
  'tiff-grey16-gamma-1.8.tif': { within: 2, points: RAMP },
  'svg-utf-16-le.svg': { within: 4 },
  'svg-html-in-foreignobject.svg': { within: 4 },
  'svg-long-comment.svg': { within: 4 },
  'svg-prefixed.svg': { within: 4 },
  'avif-sequence.avif': { within: 22 },
  'bmp-32-bit-unused-byte.bmp': { within: 1 },
  'tiff-zstd.tif': { within: 1 },
  'tiff-webp.tif': { within: 2 },
  'tiff-jpeg-2000.tif': { within: 1 },
  'tiff-jpeg-xl.tif': { within: 2 },
  'tiff-old-style-jpeg.tif': { within: 8 },
  'png-cgbi.png': { within: 1 },
  'jpeg-no-eoi.jpg': { within: 8 },
  'jpeg-12-bit.jpg': {
    size: [64, 64],
    within: 1,
    points: {
      'the left': [0.25, 0.35, grey(101)],
      'the right': [0.8, 0.2, grey(172)],
      'the top': [0.1, 0.11, grey(65)],
      'the bottom': [0.5, 0.95, grey(136)],
    },
  },
  'jpeg-ls.jpg': { within: 0, points: GREEN },
  'svg-css-variables.svg': { within: 4 },
  'svg-image-webp.svg': { within: 4 },
  'svg-newer-styles.svg': { within: 4 },
  'gif-frame-smaller-than-canvas.gif': {
    within: 0,
    points: {
      'a corner': [0.05, 0.05, [0, 0, 0, 0]],
      'the other corner': [0.95, 0.95, [0, 0, 0, 0]],
      'an edge': [0.05, 0.5, [0, 0, 0, 0]],
      'the frame': [0.333, 0.425, [200, 40, 40]],
    },
  },
  'tiff-grey-float.tif': { within: 2, points: GREEN },
  'tiff-rgb-32-bit-integer.tif': { within: 2 },
  'psd-32-bit.psd': { within: 3 },
  'tiff-thumbnail-first.tif': { size: [240, 160], within: 2 },
  'avif-alpha-premultiplied.avif': { within: 4, alpha: 128 },
  'psd-multichannel-4.psd': AS_INKS,
  'svg-size-in-style.svg': { within: 4 },
  'tiff-jpeg-said-rgb.tif': { within: 8 },
  'tiff-mask-first.tif': { size: [240, 160], within: 0 },
  'tiff-tiles-of-planes.tif': { within: 0 },
  'tiff-lab-and-alpha.tif': { within: 6, alpha: 128 },
  'tiff-lab-16-bit.tif': { within: 6 },
  'tiff-icc-lab.tif': { within: 6 },
  'tiff-ycbcr-whole.tif': { within: 3 },
  'tiff-grey-12-bit-white-is-zero.tif': { within: 1, points: GREEN },
  'bmp-4-bits-a-sample.bmp': { within: 8 },
  'ico-mask-alone.ico': {
    within: 0,
    points: { hidden: [0.25, 0.35, [0, 0, 0, 0]], seen: [0.8, 0.2, [40, 160, 60]] },
  },
  'bmp-four-masks.bmp': { size: [48, 32], within: 4, alpha: 128 },
  'avif-pq-in-data-alone.avif': { within: 4, points: TONE_MAPPED },
  'tiff-lzma.tif': { within: 0 },
  'tiff-float-64.tif': { within: 1 },
  'tiff-tiles-of-planes-and-alpha.tif': { within: 0, alpha: 128 },
  'tiff-grey-alpha-planes.tif': { within: 1, points: BRIGHTNESS, alpha: 128 },
  'bmp-runs-of-4-bits.bmp': { within: 16 },
  'bmp-of-os2.bmp': { within: 1 },
  'png-picture-beside-animation.png': { within: 0 },
  'svg-photo-on-its-side.svg': { within: 8 },
  'jpeg-without-loss.jpg': { within: 0 },
  'tiff-old-thumbnail-first.tif': { size: [240, 160], within: 0 },
  'tiff-ycbcr-in-planes.tif': { within: 4 },
  'tiff-ycbcr-in-tiles.tif': { within: 4 },
  'tiff-log-luv.tif': { within: 6 },
  'tiff-half-floats-in-planes.tif': { within: 1 },
  'tiff-jpeg-12-bit.tif': { within: 4 },
}

/** Files of which another test says what they are. */
const OTHERS: ReadonlySet<string> = new Set(['svg-text.svg', 'svg-use-bomb.svg'])

describe('a troublesome picture', () => {
  const folder = useTemporaryFolder()

  async function render(file: string, fmt: 'png' | 'jpg'): Promise<string> {
    const rendition = folder.pathTo(`${path.basename(file)}.${fmt}`)
    await startRenditions(file, [{ instructions: { fmt }, path: rendition }])[0]
    return rendition
  }

  async function requireShown(
    file: string,
    { size, within, turned, points, alpha }: Shown,
  ): Promise<void> {
    const png = await render(file, 'png')
    const { data, info } = await sharp(png)
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    if (size !== undefined) assert.deepEqual([info.width, info.height], size)
    for (const [name, [left, top, colour]] of Object.entries<Point>(points ?? REFERENCE)) {
      const [x, y] = turned ? [1 - top, left] : [left, top]
      const pixel = Math.floor(y * info.height) * info.width + Math.floor(x * info.width)
      const seen = [...data.subarray(pixel * 4, pixel * 4 + 4)]
      const [red, green, blue, covers = alpha ?? 255] = colour
      const off = [red, green, blue].map((wanted, band) => Math.abs(wanted - (seen[band] ?? 0)))
      assert.equal(seen[3], covers, `${name} covers ${seen[3]}`)
      if (covers > 0) assert.ok(Math.max(...off) <= within, `${name} is ${seen.join()}`)
    }
  }

  it('is one of those that are known', () => {
    const known = new Set([...Object.keys(SHOWN), ...OTHERS])
    assert.deepEqual(new Set(readdirSync(CASES)), known)
  })

  for (const [file, shown] of Object.entries(SHOWN)) {
    it(`is shown as it is meant: ${file}`, async () => {
      await requireShown(path.join(CASES, file), shown)
      await render(path.join(CASES, file), 'jpg')
    })
  }

  // It takes several seconds of the processor, and may take longer than a drawing may on a machine that has others to serve.
  itThoroughly('is refused with what it has too much of: svg-use-bomb.svg', async () => {
    await assert.rejects(render(path.join(CASES, 'svg-use-bomb.svg'), 'png'), {
      reason: 'SourceUnsupported',
      message: /^The source has more than \d+ elements that are drawn again|within 20 seconds/,
    })
  })

  it('has its letters where the machine has no fonts', async () => {
    const nothing = { machine: folder.pathTo('none'), installed: [] }
    const png = folder.pathTo('letters.png')
    const script = `
      import { readFileSync } from 'node:fs'
      import { workOnSvg } from ${JSON.stringify(new URL('../../../src/engine/pictures/svg-work.ts', import.meta.url))}
      const size = { width: 240, height: 160 }
      const work = { kind: 'draw', size, drawnAt: size, redraws: false, region: undefined, file: ${JSON.stringify(png)} }
      const { outcome } = await workOnSvg(readFileSync(${JSON.stringify(path.join(CASES, 'svg-text.svg'))}), work)
      if (outcome !== 'drawn') throw new Error(outcome)
    `
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      env: { FONTCONFIG_FILE: writeFontConfiguration(nothing) },
    })
    const { data, info } = await sharp(png)
      .flatten({ background: 'white' })
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const { width, height } = info
    const widthOf = (from: number, to: number): number => {
      const dark = Array.from({ length: width }, (_, x) => x).filter((x) =>
        Array.from({ length: to - from }, (__, y) => data[(from + y) * width + x] ?? 255).some(
          (value) => value < 128,
        ),
      )
      return (dark.at(-1) ?? 0) - (dark[0] ?? 0)
    }
    const half = Math.floor(height / 2)
    assert.ok(widthOf(0, half) * 2 < widthOf(half, height))
  })

  it('is shown when it is a drawing with a photo of more than ten megabytes', async () => {
    const [width, height] = [2100, 1400]
    const photo = await sharp(path.join(CASES, 'ref.png'))
      .resize(width, height, { kernel: 'nearest' })
      .png({ compressionLevel: 0 })
      .toBuffer()
    const file = folder.pathTo('large.svg')
    const href = `data:image/png;base64,${photo.toString('base64')}`
    assert.ok(href.length > 10_000_000)
    await writeFile(
      file,
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 160"><image width="240" height="160" href="${href}"/></svg>`,
    )
    await requireShown(file, { within: 4 })
  })
})
