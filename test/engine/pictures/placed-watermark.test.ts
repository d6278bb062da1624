import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import sharp from 'sharp'
import type { Instructions } from '../../../src/contract/instructions/instruction.ts'
import { pixelAt, plain } from '../../support/pictures.ts'
import { startRenditions } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const URL = 'https://example.com/red.png'
const WHITE = { r: 255, g: 255, b: 255 }
const RED = '#ff0000'

describe('a watermark with a place', () => {
  const folder = useTemporaryFolder()
  let mark: Buffer

  before(async () => {
    mark = await plain({ r: 255, g: 0, b: 0 }).resize(30, 20, { fit: 'fill' }).png().toBuffer()
    await plain(WHITE).resize(400, 200, { fit: 'fill' }).png().toFile(folder.pathTo('white.png'))
    await plain({ r: 0, g: 0, b: 255 }, 0)
      .resize(400, 200, { fit: 'fill' })
      .png()
      .toFile(folder.pathTo('nothing.png'))
  })

  async function render(watermark: object, instructions: Instructions = {}, source = 'white.png') {
    const path = folder.pathTo('marked')
    const order = { instructions: { fmt: 'png', ...instructions, watermark }, path }
    await startRenditions(folder.pathTo(source), [order], { [URL]: mark })[0]
    return path
  }

  const places = [
    { given: { positionVertical: 'top', positionHorizontal: 'left' }, box: [25, 25, 30, 20] },
    { given: { positionVertical: 'bottom', positionHorizontal: 'right' }, box: [345, 155, 30, 20] },
    { given: { positionVertical: 'center' }, box: [185, 90, 30, 20] },
    {
      given: { positionVertical: 'bottom', marginVertical: 0, positionHorizontal: 'left' },
      box: [25, 180, 30, 20],
    },
    { given: { imageWidth: 60 }, box: [170, 80, 60, 40] },
    { given: { imageHeight: 10 }, box: [193, 95, 15, 10] },
    { given: { imageWidth: 10, imageHeight: 100 }, box: [195, 50, 10, 100] },
    { given: { imageWidthPercent: 50 }, box: [100, 34, 200, 133] },
    { given: { rotation: 90 }, box: [190, 85, 20, 30] },
    { given: { rotation: -180 }, box: [185, 90, 30, 20] },
    { given: { imageWidth: 900, positionHorizontal: 'left' }, box: [25, 0, 375, 200] },
    {
      given: { positionVertical: 'top', positionHorizontal: 'left', marginHorizontal: 390 },
      box: [390, 25, 10, 20],
    },
  ]
  for (const { given, box } of places) {
    it(`is a picture with ${JSON.stringify(given)} at ${box.join(', ')}`, async () => {
      assert.deepEqual(await markedBox(await render({ image: URL, ...given })), box)
    })
  }

  it('is nowhere when its margin is wider than the picture', async () => {
    const path = await render({ image: URL, positionHorizontal: 'left', marginHorizontal: 400 })
    assert.equal(await markedBox(path), undefined)
  })

  it('is no larger than the picture by itself', async () => {
    const path = await render({ image: URL, opacity: 100 }, { width: 20 })
    assert.deepEqual(await markedBox(path), [3, 0, 15, 10])
  })

  it('lets through as much as its opacity leaves', async () => {
    const [r, g, b] = await pixelAt(await render({ image: URL, opacity: 40 }), 200, 100)
    assert.equal(r, 255)
    assert.ok(Math.abs((g ?? 0) - 153) <= 1 && Math.abs((b ?? 0) - 153) <= 1)
  })

  it('is seen below a picture only where that is transparent', async () => {
    const below = { image: URL, layer: 'below' }
    assert.equal(await markedBox(await render(below)), undefined)
    for (const fmt of ['png', 'jpg', 'webp']) {
      const seen = await pixelAt(await render(below, { fmt }, 'nothing.png'), 200, 100)
      const [r = 0, g = 255, b = 255] = seen
      assert.ok(r > 245 && g < 10 && b < 10, `${fmt}: ${seen.join(' ')}`)
    }
  })

  const corners = [
    { positionVertical: 'top', positionHorizontal: 'left', left: 25, top: 25 },
    { positionVertical: 'bottom', positionHorizontal: 'right', right: 25, bottom: 25 },
  ]
  for (const { left, top, right, bottom, ...given } of corners) {
    it(`is a text whose ink keeps the margins: ${Object.values(given).join(' ')}`, async () => {
      const box = await markedBox(await render({ text: 'Draft', fontColor: RED, ...given }), 1)
      assert.ok(box)
      const [x = 0, y = 0, width = 0, height = 0] = box
      assert.ok(width > 70 && width < 110 && height > 25 && height < 42, `${width} × ${height}`)
      if (left !== undefined) assert.deepEqual([x, y], [left, top])
      else assert.deepEqual([400 - x - width, 200 - y - height], [right, bottom])
    })
  }

  for (const fontWidthPercent of [10, 50, 90]) {
    for (const text of ['Müller & Söhne', 'Проект Ω']) {
      it(`is a text that takes ${fontWidthPercent} per cent of the width: ${text}`, async () => {
        const box = await markedBox(await render({ text, fontWidthPercent }), 1)
        const wanted = 4 * fontWidthPercent
        assert.ok(Math.abs((box?.[2] ?? 0) - wanted) <= 0.03 * wanted + 2)
      })
    }
  }

  it('is a text of letters that are not Western European, in its font, size and place', async () => {
    const given = { fontSize: 40, positionVertical: 'bottom', positionHorizontal: 'right' }
    const [cyrillic = [], latin = [], typed = []] = await Promise.all(
      [
        { text: 'НН\nНН', ...given },
        { text: 'HH\nHH', ...given },
        { text: 'ННН', fontName: 'Courier New', fontSize: 40 },
      ].map(async (watermark, index) => {
        const path = folder.pathTo(`letters${index}`)
        const order = { instructions: { fmt: 'png', watermark }, path }
        await startRenditions(folder.pathTo('white.png'), [order])[0]
        return (await markedBox(path, 1)) ?? []
      }),
    )
    // The letter Н looks like H, and its lines are as far apart.
    for (const [index, value] of cyrillic.entries()) {
      assert.ok(Math.abs(value - (latin[index] ?? 0)) <= 3, `${cyrillic.join()}, ${latin.join()}`)
    }
    // Three letters of Courier are 0.6 em each.
    assert.ok(Math.abs((typed[2] ?? 0) - 72) <= 6)
  })

  for (const { fontAlign, edge } of [
    { fontAlign: 'left', edge: 0 },
    { fontAlign: 'center', edge: 0.5 },
    { fontAlign: 'right', edge: 1 },
  ]) {
    it(`aligns the lines of a text: ${fontAlign}`, async () => {
      const path = await render({ text: 'HHHHHH\nH', fontAlign, fontSize: 40 })
      const [left = 0, top = 0, width = 0] = (await markedBox(path, 1)) ?? []
      const half = await sharp(path)
        .extract({ left: 0, top: top + 42, width: 400, height: 200 - top - 42 })
        .png()
        .toBuffer()
      const [short = 0, , letter = 0] = (await markedBox(half, 1)) ?? []
      assert.ok(letter < width / 4)
      assert.ok(Math.abs(short - left - edge * (width - letter)) <= 2, `${short} of ${left}`)
    })
  }

  it('is a text in its font, size and turn, and nothing of it is markup', async () => {
    const text = '<b>(a)\\</b> & ) Tj'
    const boxes = await Promise.all(
      [
        { text },
        { text, fontSize: 20 },
        { text, fontName: 'Courier New' },
        { text, fontName: 'Arial Bold' },
        { text: 'Hg' },
        { text: 'Hg', rotation: 90 },
      ].map(async (watermark, index) => {
        const path = folder.pathTo(`text${index}`)
        const order = { instructions: { fmt: 'png', watermark }, path }
        await startRenditions(folder.pathTo('white.png'), [order])[0]
        return (await markedBox(path, 1)) ?? []
      }),
    )
    const [usual = [], small = [], typed = [], bold = [], short = [], turned = []] = boxes
    assert.ok(Math.abs((usual[2] ?? 0) - 2 * (small[2] ?? 0)) <= 2)
    assert.ok((typed[2] ?? 0) > (usual[2] ?? 0) && (bold[2] ?? 0) > (usual[2] ?? 0))
    // Eighteen letters of Courier are 0.6 em each.
    assert.ok(Math.abs((typed[2] ?? 0) - Math.min(400, 18 * 24)) <= 12)
    assert.deepEqual(turned.slice(2), short.slice(2).toReversed())
  })

  const PAGES: readonly (readonly [pages: string, marked: readonly boolean[] | number])[] = [
    ['1', [true, false, false]],
    ['2-', [false, true, true]],
    ['3,9', [false, false, true]],
    ['4', 3],
    ['5-6,9', 3],
  ]
  for (const [pages, marked] of PAGES) {
    const isRefused = typeof marked === 'number'
    it(`${isRefused ? 'is refused on frames that there are not' : 'is on the frames that are asked for'}: ${pages}`, async () => {
      const raw = Buffer.from(
        Array.from({ length: 3 * 400 * 200 * 3 }, (_, at) => 200 + 20 * Math.floor(at / 240_000)),
      )
      const pageOf = { width: 400, height: 600, channels: 3, pageHeight: 200 } as const
      await sharp(raw, { raw: pageOf })
        .webp({ lossless: true })
        .toFile(folder.pathTo('moving.webp'))
      const wanted = { fmt: 'webp', animated: true }
      const making = render({ image: URL, imageWidth: 60, pages }, wanted, 'moving.webp')
      if (isRefused) {
        await assert.rejects(making, {
          reason: 'GenericError',
          message: `watermark.pages must name a page of the picture, which has ${marked} pages, but it is "${pages}".`,
        })
        return
      }
      const path = await making
      const seen = await Promise.all(
        marked.map(async (_, page) => markedBox(await sharp(path, { page }).png().toBuffer())),
      )
      assert.deepEqual(
        seen.map((box) => box !== undefined),
        marked,
      )
    })
  }

  it('is refused on a page that a picture of one does not have', async () => {
    await assert.rejects(render({ text: 'A', pages: '2' }), {
      message:
        'watermark.pages must name a page of the picture, which has one page, but it is "2".',
    })
    await render({ text: 'A', pages: '1' })
  })

  it('is a text on every frame of an animation, and on an opaque picture that stays so', async () => {
    const frames = await Promise.all(
      [0, 100, 200].map((b) => plain({ r: 255, g: 255, b }).resize(100, 60).png().toBuffer()),
    )
    await sharp(frames, { join: { animated: true } })
      .gif()
      .toFile(folder.pathTo('moving.gif'))
    const watermark = { text: 'H', fontSize: 30 }
    const path = await render(watermark, { fmt: 'gif', animated: true }, 'moving.gif')
    for (const page of [0, 1, 2]) {
      const stats = await sharp(await sharp(path, { page }).png().toBuffer()).stats()
      assert.ok((stats.channels[0]?.min ?? 255) < 30)
    }
    assert.equal((await sharp(await render({ text: 'H' })).metadata()).hasAlpha, false)
  })

  it('is nothing when the text is all blanks', async () => {
    assert.equal(await markedBox(await render({ text: ' \n ' }), 1), undefined)
  })

  const refused = [
    {
      title: 'has letters that the fonts have not',
      watermark: { text: 'a\u{10fffd}' },
      message:
        'watermark.text must have letters that a font of this machine has, but it has "\u{10fffd}"; install a font with them, or give the text as watermark.image.',
    },
    {
      title: 'would be far larger than any picture',
      watermark: { text: 'W'.repeat(500), fontSize: 2000 },
      message: /^watermark.text would have \d+ × \d+ pixels, more than the 50000000/,
    },
    {
      title: 'is a picture to be far larger than any',
      watermark: { image: URL, imageWidth: 60_000 },
      message: /^The watermark of https:\/\/example.com\/red.png has 60000 × 40000 pixels/,
    },
  ]
  for (const { title, watermark, message } of refused) {
    it(`fails the rendition when it ${title}, and leaves no file behind`, async () => {
      const before = await readdir(folder.pathTo('.'))
      await assert.rejects(render(watermark), { reason: 'GenericError', message })
      assert.deepEqual(await readdir(folder.pathTo('.')), before)
    })
  }

  it('leaves no page behind that a text was drawn on', async () => {
    assert.ok(!existsSync(`${await render({ text: 'a' })}.text.pdf`))
  })
})

/** Left, top, width and height of what is not white; undefined when all is. */
async function markedBox(image: string | Buffer, faintest = 100): Promise<number[] | undefined> {
  const { data, info } = await sharp(image)
    .flatten({ background: WHITE })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const xs: number[] = []
  const ys: number[] = []
  for (let y = 0; y < info.height; y++) {
    for (let x = 0; x < info.width; x++) {
      const [, g = 255] = data.subarray((y * info.width + x) * info.channels)
      if (g > 255 - faintest) continue
      xs.push(x)
      ys.push(y)
    }
  }
  if (xs.length === 0) return undefined
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return [left, top, Math.max(...xs) - left + 1, Math.max(...ys) - top + 1]
}
