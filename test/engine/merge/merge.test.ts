import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { PDFDocument } from '@cantoo/pdf-lib'
import type { Context } from 'mocha'
import sharp, { type Sharp } from 'sharp'
import { createMerge, type MergeOptions } from '../../../src/engine/merge/merge.ts'
import { createPictures } from '../../../src/engine/pictures/pictures.ts'
import { openUrl } from '../../../src/fetching/open-url.ts'
import { halfBlue, pdfOf } from '../../support/pdf.ts'
import { noise, plain, quarters } from '../../support/pictures.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { skipWithout } from '../../support/tools.ts'
import { isFailure } from '../metadata/case-files.ts'

const run = promisify(execFile)

/** A picture of 72 dpi. */
function picture(): Sharp {
  return quarters(60, 40).withMetadata({ density: 72 })
}

/** A file that needs no server. */
function toUrl(content: Uint8Array): string {
  return `data:application/octet-stream;base64,${Buffer.from(content).toString('base64')}`
}

/** A red, a green and a blue picture behind each other. */
async function threeFrames(): Promise<Sharp> {
  const colours = [
    { r: 255, g: 0, b: 0 },
    { r: 0, g: 255, b: 0 },
    { r: 0, g: 0, b: 255 },
  ]
  const pictures = await Promise.all(colours.map((colour) => plain(colour).png().toBuffer()))
  return sharp(pictures, { join: { animated: true } })
}

/** The sizes of pages, in points. */
async function sizesOf(pdf: Uint8Array): Promise<string[]> {
  const document = await PDFDocument.load(pdf)
  return document.getPages().map((page) => {
    const { width, height } = page.getSize()
    return `${Number(width.toFixed(2))} × ${Number(height.toFixed(2))}`
  })
}

/** The mean difference of two pictures, from 0 to 255. */
async function differ(one: Sharp, other: Sharp): Promise<number> {
  const [before, after] = await Promise.all(
    [one, other].map((image) =>
      image.removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true }),
    ),
  )
  assert.ok(before && after)
  assert.deepEqual([before.info.width, before.info.height], [after.info.width, after.info.height])
  const sum = before.data.reduce(
    (total, value, index) => total + Math.abs(value - (after.data[index] ?? 0)),
    0,
  )
  return sum / before.data.length
}

describe('a PDF that is made', () => {
  const folder = useTemporaryFolder()
  let made = 0

  async function make(options: MergeOptions, source?: Uint8Array): Promise<Buffer> {
    made += 1
    const own = folder.pathTo(`job${made}`)
    await mkdir(own)
    const sourcePath = folder.pathTo(`source${made}`)
    if (source !== undefined) await writeFile(sourcePath, source)
    const [files] = createMerge().run({
      sources: source === undefined ? [] : [{ path: sourcePath }],
      wanted: [options],
      folder: own,
      fetch: openUrl,
      signal: new AbortController().signal,
      progress: () => undefined,
    })
    try {
      const [file] = (await files) ?? []
      assert.equal(file?.mediaType, 'application/pdf')
      const written = await readFile(file.path)
      assert.deepEqual(readdirSync(own), ['pdf0'])
      return written
    } catch (error) {
      assert.deepEqual(readdirSync(own), [])
      throw error
    }
  }

  const merge = (...files: readonly Uint8Array[]): Promise<Buffer> =>
    make({ files: files.map((file) => ({ url: toUrl(file) })) })

  /** What PDFium draws of a page at 72 dpi. */
  async function draw(pdf: Uint8Array, page = 1): Promise<Sharp> {
    made += 1
    const own = folder.pathTo(`drawn${made}`)
    await mkdir(own)
    const path = folder.pathTo(`drawn${made}.pdf`)
    await writeFile(path, pdf)
    const { width } = (await PDFDocument.load(pdf)).getPage(page - 1).getSize()
    const steps = [{ step: 'fit', width: Math.round(width) } as const]
    const [files] = createPictures().run({
      sources: [{ path }],
      wanted: [{ format: 'png', encoder: {}, steps, animated: false, page }],
      folder: own,
      fetch: openUrl,
      signal: new AbortController().signal,
      progress: () => undefined,
    })
    const [file] = (await files) ?? []
    return sharp(file?.path)
  }

  it('has the pages of all files in their order', async () => {
    const two = await pdfOf([halfBlue, (page) => page.setSize(300, 100)])
    const png = await picture().png().toBuffer()
    const pdf = await merge(await pdfOf([halfBlue]), png, two)
    assert.deepEqual(await sizesOf(pdf), ['400 × 200', '60 × 40', '400 × 200', '300 × 100'])
    assert.ok((await differ(await draw(pdf, 2), sharp(png))) < 1)
  })

  it('has pages of the physical size of their pictures', async () => {
    const image = quarters(300, 150).withMetadata({ density: 150 })
    const pictures = [
      image.clone().jpeg(),
      image.clone().png(),
      image.clone().tiff({ xres: 5.90551, yres: 5.90551 }),
    ]
    const pdf = await merge(...(await Promise.all(pictures.map((each) => each.toBuffer()))))
    assert.deepEqual(await sizesOf(pdf), ['144 × 72', '144 × 72', '144 × 72'])
  })

  for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
    it(`shows a JPEG upright without encoding it anew, with orientation ${orientation}`, async () => {
      const jpeg = await picture()
        .jpeg({ quality: 95 })
        .withMetadata({ orientation, density: 72 })
        .toBuffer()
      const pdf = await merge(jpeg)
      assert.ok(pdf.includes(jpeg))
      const upright = sharp(await sharp(jpeg).autoOrient().png().toBuffer())
      assert.ok((await differ(await draw(pdf), upright)) < 2)
    })
  }

  const kinds: Record<string, () => Promise<Buffer>> = {
    'a grey JPEG': () => picture().greyscale().jpeg().toBuffer(),
    'a CMYK JPEG': () => picture().toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer(),
    'a grey PNG': () => picture().greyscale().png().toBuffer(),
    'a PNG with a palette': () => picture().png({ palette: true }).toBuffer(),
    'a WebP': () => picture().webp({ lossless: true }).toBuffer(),
    'a GIF': () => picture().gif().toBuffer(),
  }
  for (const [kind, encode] of Object.entries(kinds)) {
    it(`shows ${kind} as it is`, async () => {
      const source = await encode()
      const shown = sharp(await sharp(source).toColourspace('srgb').png().toBuffer())
      assert.ok((await differ(await draw(await merge(source)), shown)) < 4)
    })
  }

  const several: Record<string, () => Promise<Buffer>> = {
    'the pages of a TIFF': async () =>
      (await threeFrames()).tiff({ xres: 2.8346, yres: 2.8346 }).toBuffer(),
    'the frames of a GIF': async () => (await threeFrames()).gif().toBuffer(),
    'the frames of a WebP': async () => (await threeFrames()).webp({ lossless: true }).toBuffer(),
  }
  for (const [what, encode] of Object.entries(several)) {
    it(`has all of ${what}, whatever comes before and behind them`, async () => {
      const one = await pdfOf([halfBlue])
      const pdf = await merge(one, await encode(), one)
      assert.equal((await sizesOf(pdf)).length, 5)
      assert.equal((await sizesOf(await make({}, await encode()))).length, 3)
      for (const [index, channel] of (['r', 'g', 'b'] as const).entries()) {
        const { dominant } = await (await draw(pdf, index + 2)).stats()
        assert.ok(dominant[channel] > 200 && dominant.r + dominant.g + dominant.b < 300)
      }
    })
  }

  it('has transparent pictures on white', async () => {
    const create = {
      width: 20,
      height: 10,
      channels: 4,
      background: { r: 0, g: 0, b: 0, alpha: 0 },
    } as const
    const drawn = await draw(await merge(await sharp({ create }).png().toBuffer()))
    const { dominant } = await drawn.stats()
    assert.ok(dominant.r > 240 && dominant.g > 240 && dominant.b > 240)
  })

  it('is of one page when the source is a picture', async () => {
    const jpeg = await noise(50, 30).jpeg().toBuffer()
    const pdf = await make({}, jpeg)
    assert.deepEqual(await sizesOf(pdf), ['50 × 30'])
    assert.ok(pdf.includes(jpeg))
  })

  it('is the source when that is a PDF', async () => {
    const pdf = await pdfOf([halfBlue])
    assert.ok((await make({}, pdf)).equals(pdf))
  })

  it('merges encrypted files that the password opens', async () => {
    const closed = toUrl(await pdfOf([halfBlue], { userPassword: 'open' }))
    const open = toUrl(await pdfOf([halfBlue]))
    const pdf = await make({ files: [{ url: open }, { url: closed }], password: 'open' })
    assert.equal((await sizesOf(pdf)).length, 2)
    assert.ok((await differ(await draw(pdf, 1), await draw(pdf, 2))) < 1)
  })

  const failures: Record<string, [() => Promise<Uint8Array> | Uint8Array, RegExp]> = {
    'is encrypted': [
      () => pdfOf([halfBlue], { userPassword: 'open' }),
      /^files\[1\] cannot be used: The source is an encrypted PDF file; set password/,
    ],
    'is damaged': [
      async () => (await pdfOf([halfBlue])).subarray(0, 300),
      /^files\[1\] cannot be used: The source is a damaged or incomplete PDF/,
    ],
    'is a damaged JPEG': [
      async () => (await noise(90, 60).jpeg().toBuffer()).subarray(0, 900),
      /^files\[1\] cannot be used: The source is a damaged or incomplete JPEG/,
    ],
    'is empty': [() => Buffer.alloc(0), /^files\[1\] cannot be used: The source file is empty/],
    'is no picture': [
      () => Buffer.from('some text'),
      /^files\[1\] cannot be used: The content of the source file is none/,
    ],
  }
  for (const [what, [content, told]] of Object.entries(failures)) {
    it(`is none when a file ${what}, which is named`, async () => {
      const fine = await pdfOf([halfBlue])
      await assert.rejects(merge(fine, await content()), isFailure('SourceUnsupported', told))
    })
  }

  it('names the first file that fails in their order, whichever of them comes first', async () => {
    const own = folder.pathTo('ordered')
    await mkdir(own)
    const second = Promise.withResolvers<void>()
    const [files] = createMerge().run({
      sources: [],
      wanted: [{ files: [{ url: 'https://a/0.pdf' }, { url: 'https://a/1.pdf' }] }],
      folder: own,
      async fetch(url, request) {
        if (url.endsWith('1.pdf')) {
          second.resolve()
          return openUrl('data:nothing', request)
        }
        await second.promise
        return openUrl(toUrl(Buffer.from('%PDF-1.4')), request)
      },
      signal: new AbortController().signal,
      progress: () => undefined,
    })
    const told = /^files\[0\] cannot be used: The source is a damaged/
    await assert.rejects(async () => files, isFailure('SourceUnsupported', told))
    assert.deepEqual(readdirSync(own), [])
  })

  it('is none when a file cannot be fetched', async () => {
    const told = /^The URL of files\[0\] must be an https: or data: URL, but it is http:/
    await assert.rejects(
      make({ files: [{ url: 'http://a/b.pdf' }] }),
      isFailure('GenericError', told),
    )
    const missing = make({ files: [{ url: 'https://127.0.0.1:9/a.pdf' }] })
    await assert.rejects(missing, isFailure('GenericError', /^files\[0\] could not be fetched/))
  }).timeout(60_000)

  it('is read by poppler without a warning', async function (this: Context): Promise<void> {
    const png = await picture().png().toBuffer()
    skipWithout(this, 'poppler')
    const path = folder.pathTo('merged.pdf')
    await writeFile(
      path,
      await merge(await pdfOf([halfBlue]), png, await quarters(9, 9).jpeg().toBuffer()),
    )
    const told = await run('pdfinfo', [path])
    assert.equal(told.stderr, '')
    assert.match(told.stdout, /^Pages: +3$/m)
    const { stderr } = await run('pdftoppm', ['-r', '36', path, folder.pathTo('shown')])
    assert.equal(stderr, '')
  })
})
