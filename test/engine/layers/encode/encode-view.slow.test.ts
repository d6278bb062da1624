import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Context } from 'mocha'
import sharp from 'sharp'
import { encodeView } from '../../../../src/engine/layers/encode/encode-view.ts'
import type { Encoding } from '../../../../src/engine/layers/encoding.ts'
import type { Raster } from '../../../../src/engine/layers/raster.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { skipWithout } from '../../../support/tools.ts'
import { PLAIN, SLOPES, TOOLS, VEILED, viewOf } from './views.ts'

const run = promisify(execFile)

/** What a program of the machine prints, which finds nothing wrong. */
async function ask(program: string, args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run(program, args)
  assert.equal(stderr, '')
  return stdout
}

/** Squares of colours that are the same in ink and back again, whatever a reader takes ink for. */
const SQUARES = viewOf(16, 16, (x, y) => (x < 8 === y < 8 ? [255, 255, 255] : [0, 0, 0]))

describe('a view in other programs', () => {
  const folder = useTemporaryFolder()

  async function written(name: string, view: Raster, asked: Partial<Encoding>): Promise<string> {
    const path = folder.pathTo(name)
    await writeFile(path, await encodeView(view, { ...PLAIN, ...asked }, TOOLS))
    return path
  }

  it('has the pixels of an EPS in Ghostscript', async function (this: Context): Promise<void> {
    skipWithout(this, 'Ghostscript')
    const files = await Promise.all([
      written('rgb.eps', SLOPES, { format: 'eps', embedProfile: true }),
      written('grey.eps', SQUARES, { format: 'eps', pixelType: 'gray' }),
      written('ink.eps', SLOPES, { format: 'eps', pixelType: 'cmyk' }),
    ])
    const device = ['-sDEVICE=tiff32nc', '-dEPSCrop', '-r72', '-q', '-dSAFER']
    const pages = folder.pathTo('page%d.tif')
    const colours = ['-sDEVICE=png16m', ...device.slice(1)]
    const drawn = folder.pathTo('page%d.png')
    await ask('gs', [...colours, '-o', drawn, ...files.slice(0, 2)])
    await ask('gs', [...device, '-o', pages, ...files.slice(2)])
    const rgb = await sharp(folder.pathTo('page1.png')).raw().toBuffer()
    // Ghostscript goes by its own profile of sRGB.
    assert.ok(rgb.every((level, at) => Math.abs(level - (SLOPES.pixels[at] ?? 0)) <= 1))
    assert.deepEqual(await sharp(folder.pathTo('page2.png')).raw().toBuffer(), SQUARES.pixels)
    const [ink, eps] = await Promise.all([
      readFile(folder.pathTo('page1.tif')),
      readFile(folder.pathTo('ink.eps')),
    ])
    const start = eps.indexOf('image\n') + 'image\n'.length
    const samples = eps.subarray(start, start + 64 * 48 * 4)
    assert.deepEqual(await inkOf(ink), samples)
  })

  it('is what poppler takes for a picture', async function (this: Context): Promise<void> {
    skipWithout(this, 'poppler')
    for (const [pixelType, compression, listed] of [
      ['rgb', 'none', /64 +48 +rgb +3 +8 +image/],
      ['gray', 'zip', /64 +48 +gray +1 +8 +image/],
      ['cmyk', 'jpeg', /64 +48 +cmyk +4 +8 +jpeg/],
    ] as const) {
      const asked = { format: 'pdf', pixelType, compression, resolution: 144 } as const
      const path = await written(`${pixelType}.pdf`, SLOPES, asked)
      const list = await ask('pdfimages', ['-list', path])
      assert.match(list, listed)
      assert.match(list, / 144 +144 /)
    }
  })

  it('is read by Pillow', async function (this: Context): Promise<void> {
    skipWithout(this, 'Pillow')
    const expected: [string, string][] = []
    for (const [name, view, asked, mode] of [
      ['rgb.jpg', SLOPES, { format: 'jpeg' }, 'JPEG RGB ('],
      [
        'ink.jpg',
        SQUARES,
        { format: 'pjpeg', pixelType: 'cmyk', quality: 100 },
        'JPEG CMYK (0, 0, 0, 0)',
      ],
      [
        'ink.tif',
        SLOPES,
        { format: 'tif', pixelType: 'cmyk', compression: 'lzw' },
        'TIFF CMYK (255, 255, 0, 0)',
      ],
      ['grey.tif', SQUARES, { format: 'tif', pixelType: 'gray', compression: 'zip' }, 'TIFF L 255'],
      ['veiled.tif', VEILED, { format: 'tif', compression: 'none' }, 'TIFF RGBA (0, 0, 255, 0)'],
      ['grey.png', VEILED, { format: 'png', pixelType: 'gray', xmp: '<x/>' }, 'PNG LA'],
      ['few.png', SQUARES, { format: 'png8', embedProfile: true }, 'PNG P 0'],
      ['few.gif', SQUARES, { format: 'gif' }, 'GIF P 0'],
      [
        'view.jp2',
        VEILED,
        { format: 'jpeg2000', compression: 'lossless' },
        'JPEG2000 RGBA (0, 0, 255, 0)',
      ],
    ] as const) {
      expected.push([await written(name, view, asked), mode])
    }
    const script = [
      'import sys',
      'from PIL import Image',
      'for path in sys.argv[1:]:',
      '    with Image.open(path) as image:',
      '        print(image.format, image.mode, image.getpixel((0, 0)))',
    ]
    const paths = expected.map(([path]) => path)
    const { stdout } = await run('python3', ['-c', script.join('\n'), ...paths])
    for (const [index, line] of stdout.trim().split('\n').entries()) {
      const [path, start = ''] = expected[index] ?? []
      assert.ok(line.startsWith(start), `${path}: ${line}`)
    }
  })
})

async function inkOf(tiff: Buffer): Promise<Buffer> {
  return sharp(tiff).pipelineColourspace('cmyk').toColourspace('cmyk').raw().toBuffer()
}
