import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import {
  degrees,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  type PDFPage,
  PDFRef,
  PDFString,
  rgb,
} from '@cantoo/pdf-lib'
import type { Context } from 'mocha'
import sharp from 'sharp'
import * as z from 'zod/mini'
import {
  toWatermark,
  watermarkSchema,
} from '../../../src/contract/instructions/watermark-instruction.ts'
import { createMerge } from '../../../src/engine/merge/merge.ts'
import { writePdfText } from '../../../src/engine/pdf/pdf.ts'
import { createPictures } from '../../../src/engine/pictures/pictures.ts'
import { openUrl } from '../../../src/fetching/open-url.ts'
import { type DrawPage, halfBlue, pdfOf, textPage } from '../../support/pdf.ts'
import { plain } from '../../support/pictures.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { skipWithout } from '../../support/tools.ts'
import { isFailure } from '../metadata/case-files.ts'

const run = promisify(execFile)
const RED = { r: 255, g: 0, b: 0 }

/** A page on which nothing is. */
const empty: DrawPage = () => undefined

/** A page that is shown turned by so many degrees, clockwise, and of which only a part is shown: 200 × 100 points. */
const turned =
  (angle: number): DrawPage =>
  (page) => {
    page.setRotation(degrees(angle))
    page.setCropBox(50, 30, 200, 100)
  }

/** Left, top, width and height of what is red in a picture; undefined when nothing is. */
async function redBox(picture: Buffer | undefined): Promise<number[] | undefined> {
  const { data, info } = await sharp(picture)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const [xs, ys]: [number[], number[]] = [[], []]
  for (let at = 0; at < data.length; at += 3) {
    const [r = 0, g = 255, b = 255] = data.subarray(at, at + 3)
    if (r < 150 || g > 128 || b > 128) continue
    xs.push((at / 3) % info.width)
    ys.push(Math.floor(at / 3 / info.width))
  }
  if (xs.length === 0) return undefined
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return [left, top, Math.max(...xs) - left + 1, Math.max(...ys) - top + 1]
}

/** Points of a page become whole pixels. */
function assertNear(box: number[] | undefined, wanted: readonly number[], by = 1): void {
  const isNear = box?.every((value, index) => Math.abs(value - (wanted[index] ?? 0)) <= by)
  assert.ok(isNear, `it is at ${box?.join()}, not at ${wanted.join()}`)
}

/** A page of another size. */
const large: DrawPage = (page) => page.setSize(800, 100)

/** A page that leaves its coordinates changed. */
const scaled: DrawPage = (page, document) => {
  const content = document.context.stream('3 0 0 3 50 50 cm 0 0 1 rg 0 0 10 10 re f')
  page.node.set(PDFName.of('Contents'), document.context.register(content))
}

/** A page that is shown a second time. */
const twice: DrawPage = (page, document) => {
  const kids = document.catalog.Pages().Kids()
  kids.push(page.ref)
  document.catalog.Pages().set(PDFName.of('Count'), document.context.obj(kids.size()))
}

/** A page that has what all pages have. */
const inherited: DrawPage = (page, document) => {
  page.drawText('Inherited')
  const pages = document.catalog.Pages()
  for (const name of ['Resources', 'MediaBox', 'Rotate'].map((each) => PDFName.of(each))) {
    const value = page.node.get(name)
    if (value === undefined) continue
    pages.set(name, value instanceof PDFRef ? value : document.context.register(value))
    page.node.delete(name)
  }
  pages.set(PDFName.of('Rotate'), document.context.obj(90))
}

const toUrl = (content: Uint8Array): string =>
  `data:application/octet-stream;base64,${Buffer.from(content).toString('base64')}`

describe('a watermark on a PDF', () => {
  const folder = useTemporaryFolder()
  let made = 0
  let red: string

  before(async () => {
    red = toUrl(await plain(RED).resize(40, 20, { fit: 'fill' }).png().toBuffer())
  })

  async function folderOfItsOwn(): Promise<string> {
    made += 1
    const path = folder.pathTo(`job${made}`)
    await mkdir(path)
    return path
  }

  async function mark(
    source: Uint8Array | { files: readonly Uint8Array[] },
    watermark: object,
    password?: string,
  ): Promise<Buffer> {
    const own = await folderOfItsOwn()
    const path = folder.pathTo(`source${made}`)
    const files = 'files' in source ? source.files.map((file) => ({ url: toUrl(file) })) : undefined
    if (!('files' in source)) await writeFile(path, source)
    const wanted = { files, password, watermark: toWatermark(z.parse(watermarkSchema, watermark)) }
    const [marked] = createMerge().run({
      sources: files === undefined ? [{ path }] : [],
      wanted: [wanted],
      folder: own,
      fetch: openUrl,
      signal: new AbortController().signal,
      progress: () => undefined,
    })
    const [file] = (await marked) ?? []
    return readFile(file?.path ?? assert.fail('no file was made'))
  }

  /** What is seen of pages, a pixel a point. */
  async function draw(pdf: Uint8Array, pages: readonly number[] = [1]): Promise<Buffer[]> {
    const own = await folderOfItsOwn()
    const path = folder.pathTo(`drawn${made}.pdf`)
    await writeFile(path, pdf)
    const drawn = createPictures().run({
      sources: [{ path }],
      wanted: pages.map((page) => ({
        format: 'png',
        encoder: {},
        steps: [{ step: 'resample', x: 72, y: 72 }],
        animated: false,
        page,
      })),
      folder: own,
      fetch: openUrl,
      signal: new AbortController().signal,
      progress: () => undefined,
    })
    return Promise.all(drawn.map(async (files) => readFile((await files)[0]?.path ?? '')))
  }

  async function textOf(pdf: Uint8Array): Promise<string> {
    const own = await folderOfItsOwn()
    await writeFile(`${own}/a.pdf`, pdf)
    await writePdfText({ path: `${own}/a.pdf`, password: undefined }, `${own}/a.txt`)
    return readFile(`${own}/a.txt`, 'utf8')
  }

  const places = [
    { given: { positionVertical: 'top', positionHorizontal: 'left' }, box: [25, 25, 40, 20] },
    { given: { positionVertical: 'bottom', positionHorizontal: 'right' }, box: [335, 155, 40, 20] },
    { given: { positionVertical: 'center' }, box: [180, 90, 40, 20] },
    {
      given: { positionVertical: 'bottom', marginVertical: 0, positionHorizontal: 'left' },
      box: [25, 180, 40, 20],
    },
    { given: { imageWidth: 80 }, box: [160, 80, 80, 40] },
    { given: { imageHeight: 10 }, box: [190, 95, 20, 10] },
    { given: { imageWidth: 10, imageHeight: 100 }, box: [195, 50, 10, 100] },
    { given: { imageWidthPercent: 50 }, box: [100, 50, 200, 100] },
    { given: { rotation: 90 }, box: [190, 80, 20, 40] },
    { given: { rotation: 90, positionVertical: 'top' }, box: [190, 25, 20, 40] },
    { given: {}, box: [0, 0, 400, 200] },
    { given: { scale: 0.5 }, box: [100, 50, 200, 100] },
  ]
  for (const { given, box } of places) {
    it(`is a picture with ${JSON.stringify(given)} at ${box.join(', ')}`, async () => {
      const [page] = await draw(await mark(await pdfOf([empty]), { image: red, ...given }))
      assertNear(await redBox(page), box)
    })
  }

  for (const angle of [0, 90, 180, 270]) {
    it(`is upright and at its place on a cropped page that is turned by ${angle} degrees`, async () => {
      const given = { positionVertical: 'top', positionHorizontal: 'right', marginVertical: 10 }
      const [page] = await draw(await mark(await pdfOf([turned(angle)]), { image: red, ...given }))
      const { width } = await sharp(page).metadata()
      assert.equal(width, angle % 180 === 0 ? 200 : 100)
      assertNear(await redBox(page), [width - 65, 10, 40, 20])
    })
  }

  it('has a size in relation to each page', async () => {
    const marked = await mark(await pdfOf([empty, large]), { image: red, imageWidthPercent: 10 })
    const [first, second] = await draw(marked, [1, 2])
    assertNear(await redBox(first), [180, 90, 40, 20])
    assertNear(await redBox(second), [360, 30, 80, 40])
  })

  it('is a text of letters that not every reader has, as large as one of others', async () => {
    const given = { fontSize: 40, fontColor: 'red', rotation: 0 }
    const [cyrillic] = await draw(await mark(await pdfOf([empty]), { text: 'НН', ...given }))
    const [latin] = await draw(await mark(await pdfOf([empty]), { text: 'HH', ...given }))
    assertNear(await redBox(cyrillic), (await redBox(latin)) ?? [], 3)
  })

  it('is on the pages that are asked for', async () => {
    const pdf = await pdfOf([empty, empty, empty, empty, empty])
    const drawn = await draw(
      await mark(pdf, { image: red, pages: '5,2-3', rotation: 0 }),
      [1, 2, 3, 4, 5],
    )
    const boxes = await Promise.all(drawn.map(redBox))
    assert.deepEqual(
      boxes.map((box) => box !== undefined),
      [false, true, true, false, true],
    )
  })

  it('lets through as much as its opacity leaves', async () => {
    const marked = await mark(await pdfOf([empty]), { image: red, opacity: 40 })
    const [page] = await draw(marked)
    const { data, info } = await sharp(page).raw().toBuffer({ resolveWithObject: true })
    const at = (100 * info.width + 200) * info.channels
    const [r, g = 0, b = 0] = data.subarray(at, at + 3)
    assert.ok(r === 255 && Math.abs(g - 153) <= 2 && Math.abs(b - 153) <= 2, `${r} ${g} ${b}`)
  })

  it('is seen below a page only where nothing is drawn', async () => {
    const below = await mark(await pdfOf([halfBlue]), { image: red, layer: 'below' })
    const above = await mark(await pdfOf([halfBlue]), { image: red, layer: 'above' })
    assertNear(await redBox((await draw(below))[0]), [200, 90, 20, 20])
    assertNear(await redBox((await draw(above))[0]), [180, 90, 40, 20])
  })

  it('is at its place above a page that leaves its coordinates changed', async () => {
    const [page] = await draw(await mark(await pdfOf([scaled]), { image: red, imageWidth: 40 }))
    assertNear(await redBox(page), [180, 90, 40, 20])
  })

  const kinds: Record<string, () => Promise<Buffer>> = {
    JPEG: () => plain(RED).resize(40, 20, { fit: 'fill' }).jpeg({ quality: 100 }).toBuffer(),
    WebP: () => plain(RED).resize(40, 20, { fit: 'fill' }).webp({ lossless: true }).toBuffer(),
    TIFF: () => plain(RED).resize(40, 20, { fit: 'fill' }).tiff().toBuffer(),
    SVG: async () =>
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="red"/></svg>',
      ),
    PDF: async () =>
      pdfOf([
        (page: PDFPage) => {
          page.setSize(40, 20)
          page.drawRectangle({ width: 400, height: 200, color: rgb(1, 0, 0) })
        },
      ]),
  }
  for (const [kind, content] of Object.entries(kinds)) {
    it(`may be a picture of the kind ${kind}`, async () => {
      const image = toUrl(await content())
      const [page] = await draw(await mark(await pdfOf([empty]), { image, rotation: 0 }))
      assertNear(await redBox(page), [180, 90, 40, 20])
    })
  }

  it('is transparent where its picture is', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><circle cx="50" cy="50" r="20" fill="red"/></svg>'
    const marked = await mark(await pdfOf([halfBlue]), { image: toUrl(Buffer.from(svg)) })
    const [page] = await draw(marked)
    assertNear(await redBox(page), [160, 60, 80, 80])
    const { data, info } = await sharp(page).raw().toBuffer({ resolveWithObject: true })
    const blue = (10 * info.width + 150) * info.channels
    assert.deepEqual([...data.subarray(blue, blue + 3)], [0, 0, 255])
  })

  const corners = [
    { positionVertical: 'top', positionHorizontal: 'left', left: 25, top: 25 },
    { positionVertical: 'bottom', positionHorizontal: 'right', right: 25, bottom: 25 },
  ]
  for (const { left, top, right, bottom, ...given } of corners) {
    it(`is a text whose ink keeps the margins: ${Object.values(given).join(' ')}`, async () => {
      const marked = await mark(await pdfOf([empty]), {
        text: 'Draft',
        fontColor: 'red',
        ...given,
      })
      const [x = 0, y = 0, width = 0, height = 0] = (await redBox((await draw(marked))[0])) ?? []
      assert.ok(width > 70 && width < 110 && height > 25 && height < 42, `${width} × ${height}`)
      if (left !== undefined) assertNear([x, y], [left, top])
      else assertNear([400 - x - width, 200 - y - height], [right ?? 0, bottom ?? 0])
    })
  }

  it('is a text that takes a part of the width', async () => {
    const text = { text: 'Müller & Söhne', fontColor: 'red', fontWidthPercent: 50 }
    const [page] = await draw(await mark(await pdfOf([empty]), text))
    assert.ok(Math.abs(((await redBox(page))?.[2] ?? 0) - 200) <= 4)
  })

  it('looks on a page as it does on a picture of that page', async () => {
    const watermark = {
      text: 'Top secret\n(draft)',
      fontName: 'Times Bold Italic',
      fontColor: '#ff0000',
      fontAlign: 'right',
      rotation: -30,
    }
    const [page] = await draw(await mark(await pdfOf([empty]), watermark))
    const own = await folderOfItsOwn()
    await sharp((await draw(await pdfOf([empty])))[0]).toFile(`${own}/page.png`)
    const [picture] = createPictures().run({
      sources: [{ path: `${own}/page.png` }],
      wanted: [
        {
          format: 'png',
          encoder: {},
          steps: [],
          animated: false,
          page: 1,
          watermark: toWatermark(z.parse(watermarkSchema, watermark)),
        },
      ],
      folder: own,
      fetch: openUrl,
      signal: new AbortController().signal,
      progress: () => undefined,
    })
    const onPicture = await readFile((await picture)?.[0]?.path ?? '')
    assertNear(await redBox(page), (await redBox(onPicture)) ?? [], 2)
  })

  it('stays text that can be searched, and leaves that of the page', async () => {
    const marked = await mark(await pdfOf([textPage('A page of words.')]), {
      text: 'Größe: 5 €',
      opacity: 30,
    })
    const text = await textOf(marked)
    assert.match(text, /A page of words\./)
    assert.match(text, /Größe: 5 €/)
  })

  it('leaves forms, links, bookmarks and what the document says of itself', async () => {
    const marked = await PDFDocument.load(
      await mark(await pdfOf([furnished]), { text: 'Draft', rotation: 45 }),
      { updateMetadata: false },
    )
    assert.equal(marked.getTitle(), 'A (title) ☃')
    assert.equal(marked.getForm().getTextField('person.name').getText(), 'Ada')
    const annotations = marked.getPage(0).node.lookup(PDFName.of('Annots'), PDFArray)
    assert.equal(annotations.size(), 2)
    const outlines = marked.catalog.lookup(PDFName.of('Outlines'), PDFDict)
    const first = outlines.lookup(PDFName.of('First'), PDFDict)
    assert.equal(first.lookup(PDFName.of('Title'), PDFString).decodeText(), 'Chapter')
  })

  it('is on a page once that is shown twice', async () => {
    const marked = await mark(await pdfOf([twice]), { image: red, opacity: 50 })
    const drawn = await draw(marked, [1, 2])
    assert.deepEqual(drawn[0], drawn[1])
    const { data } = await sharp(drawn[0])
      .extract({ left: 200, top: 100, width: 1, height: 1 })
      .raw()
      .toBuffer({ resolveWithObject: true })
    assert.ok(Math.abs((data[1] ?? 0) - 127) <= 2)
  })

  it('is put on a page whose resources and boxes are those of all pages', async () => {
    const marked = await mark(await pdfOf([inherited]), {
      image: red,
      positionVertical: 'top',
      positionHorizontal: 'left',
    })
    assertNear(await redBox((await draw(marked))[0]), [25, 25, 40, 20])
    assert.match(await textOf(marked), /Inherited/)
  })

  it('is put on what becomes a PDF', async () => {
    const picture = await plain({ r: 255, g: 255, b: 255 })
      .withMetadata({ density: 72 })
      .png()
      .toBuffer()
    const files = [await pdfOf([empty]), picture]
    const drawn = await draw(await mark({ files }, { image: red, rotation: 0 }), [1, 2])
    assertNear(await redBox(drawn[0]), [180, 90, 40, 20])
    assertNear(await redBox(drawn[1]), [0, 5, 40, 20])
  })

  it('is put on twice', async () => {
    const place = { positionHorizontal: 'left' }
    const once = await mark(await pdfOf([empty]), { image: red, ...place })
    const marked = await mark(once, { image: red, positionHorizontal: 'right' })
    assertNear(await redBox((await draw(marked))[0]), [25, 90, 350, 20])
  })

  it('is put on a document of many pages', async () => {
    const marked = await mark(await pdfOf(Array.from({ length: 300 }, () => empty)), {
      text: 'Draft',
    })
    assert.equal((await PDFDocument.load(marked)).getPageCount(), 300)
    assert.equal((await textOf(marked)).match(/Draft/g)?.length, 300)
  })

  const failures: Record<string, [() => Promise<Buffer> | Buffer, object, string, RegExp]> = {
    'an encrypted PDF': [
      () => pdfOf([empty], { userPassword: 'open' }),
      { text: 'a' },
      'SourceUnsupported',
      /^The source is an encrypted PDF file; set password/,
    ],
    'pages that there are not': [
      () => pdfOf([empty]),
      { text: 'a', pages: '2-3,7' },
      'GenericError',
      /^watermark\.pages must name a page of the PDF, which has one page, but it is "2-3,7"\.$/,
    ],
    'a damaged PDF': [
      async () => (await pdfOf([empty])).subarray(0, 60),
      { text: 'a' },
      'SourceCorrupt',
      /^The source is a damaged or incomplete PDF file\.$/,
    ],
    'letters that the fonts do not have': [
      () => pdfOf([empty]),
      { text: '\u{10fffd}' },
      'GenericError',
      /^watermark\.text must have letters that a font of this machine has/,
    ],
    'a picture that is none': [
      () => pdfOf([empty]),
      { image: toUrl(Buffer.from('words')) },
      'GenericError',
      /^The watermark of its data URL cannot be used: The content of the source file is none/,
    ],
  }
  for (const [what, [source, watermark, reason, told]] of Object.entries(failures)) {
    it(`is refused for ${what}`, async () => {
      await assert.rejects(mark(await source(), watermark), isFailure(reason, told))
    })
  }

  for (const userPassword of ['open', '']) {
    it(`is put on a PDF that "${userPassword}" opens, which stays encrypted`, async () => {
      const closed = await pdfOf([empty], { userPassword })
      const password = userPassword === '' ? undefined : userPassword
      const marked = await mark(closed, { image: red, rotation: 0 }, password)
      await assert.rejects(PDFDocument.load(marked), /encrypted/)
      const opened = await PDFDocument.load(marked, { password: userPassword })
      assert.equal(opened.getPageCount(), 1)
      const again = await mark(marked, { text: 'again' }, password)
      assert.equal((await PDFDocument.load(again, { password: userPassword })).getPageCount(), 1)
    })
  }

  it('is put on what encrypted files are merged into', async () => {
    const closed = await pdfOf([empty], { userPassword: 'open' })
    const merged = await mark({ files: [closed] }, { image: red, rotation: 0 }, 'open')
    assertNear(await redBox((await draw(merged))[0]), [180, 90, 40, 20])
  })

  it('is read by poppler without a warning', async function (this: Context): Promise<void> {
    skipWithout(this, 'poppler')
    const own = await folderOfItsOwn()
    const pages = [textPage('Words'), turned(90), furnished]
    const marked = await mark(await pdfOf(pages), {
      text: 'Draft\ncopy',
      opacity: 50,
      rotation: 10,
    })
    await writeFile(`${own}/a.pdf`, await mark(marked, { image: red, layer: 'below', opacity: 10 }))
    const told = await run('pdftotext', [`${own}/a.pdf`, '-'])
    assert.equal(told.stderr, '')
    assert.match(told.stdout, /Words/)
    const { stderr } = await run('pdftoppm', ['-r', '36', `${own}/a.pdf`, `${own}/shown`])
    assert.equal(stderr, '')
  })
})

/** A page of a document with a title, a form, a link and a bookmark. */
function furnished(page: PDFPage, document: PDFDocument): void {
  const { context } = document
  document.setTitle('A (title) ☃')
  const field = document.getForm().createTextField('person.name')
  field.setText('Ada')
  field.addToPage(page, { x: 20, y: 20, width: 100, height: 20 })
  page.node.addAnnot(
    context.register(
      context.obj({
        Type: 'Annot',
        Subtype: 'Link',
        Rect: [0, 0, 10, 10],
        A: { S: 'URI', URI: PDFString.of('https://example.com/') },
      }),
    ),
  )
  const outlines = context.nextRef()
  const item = context.register(
    context.obj({ Title: PDFString.of('Chapter'), Parent: outlines, Dest: [page.ref, 'Fit'] }),
  )
  context.assign(outlines, context.obj({ Type: 'Outlines', First: item, Last: item, Count: 1 }))
  document.catalog.set(PDFName.of('Outlines'), outlines)
}
