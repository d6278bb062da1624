import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import sharp, { type Sharp } from 'sharp'
import type { Instructions } from '../../../src/contract/instructions/instruction.ts'
import { joinTiffs } from '../../../src/engine/pictures/join-tiffs.ts'
import { createPictures } from '../../../src/engine/pictures/pictures.ts'
import { openUrl } from '../../../src/fetching/open-url.ts'
import { readPictureOptions } from '../../../src/sdk/picture-outline.ts'
import { toRenditionError } from '../../../src/sdk/sdk-errors.ts'
import { pixelAt, plain, quarters } from '../../support/pictures.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const COLOURS = [
  { r: 255, g: 0, b: 0 },
  { r: 0, g: 255, b: 0 },
  { r: 0, g: 0, b: 255 },
]
const SIZES = [
  [40, 30],
  [20, 60],
  [50, 50],
] as const

/** Frames of three colours. */
async function frames(): Promise<Sharp> {
  const pictures = await Promise.all(COLOURS.map((colour) => plain(colour).png().toBuffer()))
  return sharp(pictures, { join: { animated: true } })
}

async function assertShows(path: string | undefined, index: number): Promise<void> {
  const { r, g, b } = COLOURS[index] ?? { r: 0, g: 0, b: 0 }
  const shown = await pixelAt(path ?? '', 5, 5)
  assert.deepEqual(
    shown.slice(0, 3).map((part) => Math.round(part / 255)),
    [r, g, b].map((part) => part / 255),
  )
}

describe('a source of several pictures', () => {
  const folder = useTemporaryFolder()

  before(async () => {
    await (await frames()).gif().toFile(folder.pathTo('a.gif'))
    await (await frames()).webp({ lossless: true }).toFile(folder.pathTo('a.webp'))
    const pages = COLOURS.map((colour, index) => {
      const [width, height] = SIZES[index] ?? [1, 1]
      const density = 10 * (index + 1)
      return plain(colour)
        .resize(width, height, { fit: 'fill' })
        .tiff({ compression: 'lzw', xres: density, yres: density })
        .toFile(folder.pathTo(`page${index}.tiff`))
    })
    await Promise.all(pages)
    join([0, 1, 2], 'a.tiff')
  })

  function join(pages: readonly number[], name: string): void {
    joinTiffs(
      pages.map((page) => folder.pathTo(`page${page}.tiff`)),
      folder.pathTo(name),
    )
  }

  async function make(source: string, wanted: readonly Instructions[]): Promise<string[]> {
    const own = folder.pathTo('made')
    const files = createPictures().run({
      sources: [{ path: folder.pathTo(source) }],
      wanted: wanted.map((instructions) => readPictureOptions({ fmt: 'png', ...instructions })),
      folder: folder.pathTo('.'),
      fetch: openUrl,
      signal: new AbortController().signal,
      progress: () => undefined,
    })
    return Promise.all(
      files.map(async (made, index) => {
        try {
          const bytes = readFileSync((await made)[0]?.path ?? '')
          writeFileSync(`${own}${index}`, bytes)
          return `${own}${index}`
        } catch (error) {
          throw toRenditionError(error)
        }
      }),
    )
  }

  it('is damaged, not without a page, where a frame of a GIF is cut off', async () => {
    const whole = readFileSync(folder.pathTo('a.gif'))
    writeFileSync(folder.pathTo('cut.gif'), whole.subarray(0, whole.lastIndexOf(0x2c) + 12))
    await assert.rejects(
      async () => make('cut.gif', [{ page: 3 }]),
      /^RenditionError: The source is a damaged or incomplete GIF file\.$/,
    )
  })

  for (const source of ['a.gif', 'a.webp', 'a.tiff']) {
    it(`shows the page that is asked for of ${source}, in one request`, async () => {
      const made = await make(source, [{ page: 3 }, { page: 1 }, { page: 2, width: 10 }, {}])
      await assertShows(made[0], 2)
      await assertShows(made[1], 0)
      await assertShows(made[2], 1)
      await assertShows(made[3], 0)
    })

    it(`has no page 4 in ${source}`, async () => {
      const kind = source === 'a.tiff' ? 'pages' : 'pictures that can be read'
      const message = `page must be one of the ${{ 'a.gif': 'GIF', 'a.webp': 'WebP' }[source] ?? 'TIFF'} file, which has 3 ${kind}, but it is 4.`
      await assert.rejects(make(source, [{ page: 4 }]), { reason: 'GenericError', message })
    })
  }

  it('has pages of a TIFF in the size, the resolution and the orientation of each', async () => {
    await quarters(40, 20)
      .withMetadata({ orientation: 6 })
      .tiff({ compression: 'lzw', xres: 4, yres: 4 })
      .toFile(folder.pathTo('page3.tiff'))
    join([1, 3], 'turned.tiff')
    const [first, second] = await make('turned.tiff', [{}, { page: 2 }])
    const [one, other] = await Promise.all([first, second].map((path) => sharp(path).metadata()))
    assert.deepEqual([one?.width, one?.height, one?.density], [20, 60, 508])
    assert.deepEqual([other?.width, other?.height, other?.density], [20, 40, 102])
  })

  it('counts no smaller versions of a page as pages', async () => {
    const pyramid = await plain(COLOURS[0] ?? { r: 0, g: 0, b: 0 })
      .resize(600, 600)
      .tiff({ pyramid: true, tile: true, tileWidth: 128, tileHeight: 128 })
      .toBuffer()
    writeFileSync(folder.pathTo('pyramid.tiff'), pyramid)
    const paths = ['pyramid.tiff', 'page1.tiff'].map((name) => folder.pathTo(name))
    joinTiffs(paths, folder.pathTo('both.tiff'))
    // Joined behind the first directory, where the smaller versions have to come before.
    const both = readFileSync(folder.pathTo('both.tiff'))
    const [first = 0, ...others] = placesOfNext(pyramid)
    assert.ok(others.length > 0)
    both.writeUInt32LE(both.readUInt32LE(first), others.at(-1) ?? 0)
    both.writeUInt32LE(pyramid.readUInt32LE(first), first)
    writeFileSync(folder.pathTo('both.tiff'), both)

    const [second] = await make('both.tiff', [{ page: 2 }])
    await assertShows(second, 1)
    await assert.rejects(make('both.tiff', [{ page: 3 }]), /which has 2 pages/)
  })

  it('becomes a TIFF of all its pages, each of which is made as one', async () => {
    const [made = ''] = await make('a.tiff', [{ fmt: 'tiff', animated: true, width: 20 }])
    assert.equal((await sharp(made).metadata()).pages, 3)
    const sizes = [
      [20, 15],
      [20, 60],
      [20, 20],
    ]
    for (const [page, [width, height]] of sizes.entries()) {
      const image = sharp(made, { page, failOn: 'warning' })
      const metadata = await image.metadata()
      assert.deepEqual([metadata.width, metadata.height], [width, height])
      await assertShows(await written(image, page), page)
    }
    assert.deepEqual(leftovers(), [])
  })

  const leftovers = (): string[] =>
    readdirSync(folder.pathTo('.')).filter((name) => name.includes('.page'))

  async function written(image: Sharp, page: number): Promise<string> {
    const path = folder.pathTo(`seen${page}.png`)
    await image.png().toFile(path)
    return path
  }

  it('becomes a TIFF of one page when nobody asks for all', async () => {
    const [made] = await make('a.tiff', [{ fmt: 'tiff' }])
    assert.equal((await sharp(made).metadata()).pages ?? 1, 1)
  })

  it('fails as a whole when one of its pages does, and leaves no file', async () => {
    const broken = readFileSync(folder.pathTo('a.tiff'))
    writeFileSync(folder.pathTo('broken.tiff'), broken.fill(0x55, 60, 90))
    await assert.rejects(make('broken.tiff', [{ fmt: 'tiff', animated: true }]), {
      reason: 'SourceCorrupt',
    })
    assert.deepEqual(leftovers(), [])
  })

  it('is marked on the pages that are asked for', async () => {
    const watermark = { text: 'IIII', fontColor: 'white', pages: '2-', fontSize: 20 }
    const [made = ''] = await make('a.tiff', [{ fmt: 'tiff', animated: true, watermark }])
    const lightest = await Promise.all(
      [0, 1, 2].map(async (page) => {
        const { channels } = await sharp(made, { page }).stats()
        return Math.min(...channels.map(({ max }) => max))
      }),
    )
    assert.equal(lightest[0], 0)
    assert.ok((lightest[1] ?? 0) > 200 && (lightest[2] ?? 0) > 200, lightest.join())
  })
})

/** Where in a TIFF file each directory says where the next one is. */
function placesOfNext(tiff: Buffer): number[] {
  const places: number[] = []
  for (let at = tiff.readUInt32LE(4); at > 0; at = tiff.readUInt32LE(places.at(-1) ?? 0)) {
    places.push(at + 2 + 12 * tiff.readUInt16LE(at))
  }
  return places
}
