import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { PDFDocument, PDFName } from '@cantoo/pdf-lib'
import sharp, { type Sharp } from 'sharp'
import { metadata } from '../../../src/engine/metadata/metadata.ts'
import { tags, tagsCopy } from '../../../src/engine/metadata/tag-operations.ts'
import { xmpCopy } from '../../../src/engine/metadata/xmp.ts'
import { openUrl } from '../../../src/fetching/open-url.ts'
import { identifySource } from '../../../src/sources/identify.ts'
import { type DrawPage, halfBlue, pdfOf } from '../../support/pdf.ts'
import { quarters } from '../../support/pictures.ts'
import { addSignature } from '../../support/signed-pdf.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { pdfOfObjects } from '../pdf/pdf-files.ts'
import { isFailure } from './case-files.ts'
import { iptcSegment, withSegments } from './sources.ts'

const picture = quarters(60, 40)

/** Frames of a colour each, one above the other. */
function frames(count: number): Sharp {
  const pixels = Buffer.concat(
    Array.from({ length: count }, (_, index) => Buffer.alloc(40 * 30 * 3, 20 + index * 50)),
  )
  const raw = { width: 40, height: 30 * count, channels: 3, pageHeight: 30 } as const
  return sharp(pixels, { raw })
}

/** A PNG with the chunk that makes it an animation. */
async function animatedPng(count: number): Promise<Buffer> {
  const png = await picture.clone().png().toBuffer()
  const chunk = Buffer.alloc(20)
  chunk.writeUInt32BE(8)
  chunk.write('acTL', 4)
  chunk.writeUInt32BE(count, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 16)), 16)
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)])
}

/** A box of ISO 14496-12. */
function box(type: string, ...content: readonly Uint8Array[]): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + content.reduce((sum, { length }) => sum + length, 0))
  head.write(type, 4)
  return Buffer.concat([head, ...content])
}

/** An AVIF with a movie of so many samples behind its picture. */
async function animatedAvif(samples: number): Promise<Buffer> {
  const avif = await picture.clone().avif().toBuffer()
  const sizes = Buffer.alloc(12)
  sizes.writeUInt32BE(samples, 8)
  const media = box('mdia', box('minf', box('stbl', box('stsz', sizes))))
  return Buffer.concat([avif, box('moov', box('trak', media))])
}

/** A page whose own packet has a property. */
function saying(property: string): DrawPage {
  const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:${property}="said"/></rdf:RDF></x:xmpmeta>`
  return (page, { context }) => {
    const stream = context.stream(packet, { Type: 'Metadata', Subtype: 'XML' })
    page.node.set(PDFName.of('Metadata'), context.register(stream))
  }
}

describe('the flat description of a source', () => {
  const folder = useTemporaryFolder()

  async function read(
    content: Uint8Array | string,
    { name = 'source', password }: { name?: string; password?: string } = {},
  ): Promise<Record<string, unknown>> {
    const path = folder.pathTo(name)
    await writeFile(path, content)
    const [made] = tags.run({
      sources: [{ path }],
      wanted: [{ password }],
      folder: folder.pathTo('.'),
      fetch: openUrl,
      signal: new AbortController().signal,
      progress: () => undefined,
    })
    const [file] = (await made) ?? []
    assert.ok(file)
    assert.deepEqual([file.mediaType, file.charset], ['application/json', 'utf-8'])
    return JSON.parse(await readFile(file.path, 'utf8'))
  }

  it('has the names of ExifTool, and values that are texts, numbers or truth values', async () => {
    const jpeg = withSegments(
      await picture
        .clone()
        .withExif({ IFD0: { Artist: 'Ada', ImageDescription: 'A harbour' } })
        .withIccProfile('srgb')
        .jpeg()
        .toBuffer(),
      iptcSegment([
        [25, 'harbour'],
        [25, 'dusk'],
      ]),
    )
    const said = await read(jpeg)
    assert.partialDeepStrictEqual(said, {
      FileType: 'JPEG',
      MIMEType: 'image/jpeg',
      ImageWidth: 60,
      ImageHeight: 40,
      Artist: 'Ada',
      ImageDescription: 'A harbour',
      Keywords: 'harbour, dusk',
    })
    for (const [name, value] of Object.entries(said)) {
      assert.ok(['string', 'number', 'boolean'].includes(typeof value), name)
      assert.doesNotMatch(String(value), /Binary data/, name)
    }
  })

  it('says nothing about where the file lies, or about ExifTool', async () => {
    const said = await read(await picture.clone().png().toBuffer(), { name: 'secret.png' })
    for (const [name, value] of Object.entries(said)) {
      assert.doesNotMatch(name, /^(?:SourceFile|Directory|FileName|File\w*Date|FilePerm|ExifTool)/)
      assert.doesNotMatch(String(value), /secret|\/source|\/tmp/)
    }
  })

  const several: Record<string, [() => Promise<Buffer>, Record<string, number | undefined>]> = {
    'the pages of a PDF': [() => pdfOf([halfBlue, halfBlue, halfBlue]), { PageCount: 3 }],
    'the one page of a PDF': [() => pdfOf([halfBlue]), { PageCount: 1 }],
    'the pages of a TIFF': [() => frames(3).tiff().toBuffer(), { PageCount: 3 }],
    'no smaller versions within a TIFF': [
      () => quarters(600, 400).tiff({ pyramid: true, tile: true }).toBuffer(),
      { PageCount: undefined },
    ],
    'the frames of a GIF': [() => frames(2).gif().toBuffer(), { FrameCount: 2 }],
    'the frames of a WebP': [() => frames(4).webp().toBuffer(), { FrameCount: 4 }],
    'the frames of a PNG': [() => animatedPng(5), { FrameCount: 5 }],
    'the frames of an AVIF': [() => animatedAvif(6), { FrameCount: 6 }],
    'nothing in a picture': [
      () => picture.clone().webp().toBuffer(),
      { FrameCount: undefined, PageCount: undefined },
    ],
  }
  for (const [what, [make, expected]] of Object.entries(several)) {
    it(`counts ${what}`, async () => {
      const said = await read(await make())
      for (const [name, count] of Object.entries(expected)) assert.equal(said[name], count, name)
    })
  }

  it('has what the first two hundred pages of a PDF say, and not that of all that there may be', async () => {
    const silent = Array.from({ length: 199 }, () => () => undefined)
    const said = await read(await pdfOf([...silent, saying('Nickname'), saying('Label')]))
    assert.deepEqual([said['PageCount'], said['Nickname'], said['Label']], [201, 'said', undefined])
  })

  it('tells of kinds that ExifTool does not read what their XMP would', async () => {
    const html = '<html><head><title>A page</title><meta name="author" content="Ada"></head></html>'
    assert.deepEqual(await read(html), {
      FileType: 'HTML',
      MIMEType: 'text/html',
      Title: 'A page',
      Creator: 'Ada',
    })
  })

  it('is whole of an encrypted PDF with its password, and without has what can be told', async () => {
    const pdf = await pdfOf([halfBlue, halfBlue], { userPassword: 'open' })
    assert.partialDeepStrictEqual(await read(pdf, { password: 'open' }), {
      FileType: 'PDF',
      Encryption: 'Standard',
      PageCount: 2,
      Creator: 'pdf-lib (https://github.com/Hopding/pdf-lib)',
    })
    const closed = await read(pdf)
    assert.deepEqual([closed['Encryption'], closed['PageCount']], ['Standard', undefined])
    await assert.rejects(
      read(pdf, { password: 'wrong' }),
      isFailure('SourceUnsupported', /password does not open it/),
    )
  })

  it('is quick of a PDF of many pages, and has what is about all of them', async () => {
    const pages = 600
    const kids = Array.from({ length: pages }, (_, index) => `${index + 4} 0 R`).join(' ')
    const page = '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>'
    const pdf = pdfOfObjects([
      '<</Type/Catalog/Pages 2 0 R/PageMode/UseOutlines/Lang(de-CH)/MarkInfo<</Marked true>>>>',
      `<</Type/Pages/Count ${pages}/Kids[${kids}]>>`,
      '<<>>',
      ...Array.from({ length: pages }, () => page),
      '<</Title(A book)/Own(mine)>>',
    ])
    const said = await read(pdf)
    assert.partialDeepStrictEqual(said, {
      FileType: 'PDF',
      PDFVersion: 1.6,
      Linearized: 'No',
      PageCount: pages,
      PageMode: 'UseOutlines',
      Language: 'de-CH',
      TaggedPDF: 'Yes',
      Title: 'A book',
      Own: 'mine',
    })
  })

  it('is none of a damaged source', async () => {
    const pdf = await pdfOf([halfBlue])
    await assert.rejects(read(pdf.subarray(0, 200)), isFailure('SourceCorrupt', /damaged/))
    await assert.rejects(read(Buffer.from([0xff, 0xd8, 0xff])), isFailure('SourceCorrupt'))
  })
})

const TEXTS = {
  Title: 'Grüße & 日本',
  Author: 'Ada "L" <a>',
  Subject: '#1 $x',
  Description: 'one line\nand another',
  Keywords: 'harbour, dusk; boats',
  Creator: 'A tool',
  Producer: '1.0',
  Copyright: '© Ada',
}

describe('a copy of a source with other texts', () => {
  const folder = useTemporaryFolder()

  async function write(
    content: Uint8Array | string,
    texts: Readonly<Record<string, string>>,
  ): Promise<Buffer> {
    const path = folder.pathTo('source')
    await writeFile(path, content)
    const [made] = tagsCopy.run({
      sources: [{ path }],
      wanted: [{ texts }],
      folder: folder.pathTo('.'),
      fetch: openUrl,
      signal: new AbortController().signal,
      progress: () => undefined,
    })
    const [file] = (await made) ?? []
    assert.ok(file)
    return readFile(file.path)
  }

  async function read(content: Uint8Array): Promise<Record<string, unknown>> {
    const [path, jsonPath] = [folder.pathTo('copy'), folder.pathTo('copy.json')]
    await writeFile(path, content)
    await metadata.readTags({ source: await identifySource(path), jsonPath })
    return JSON.parse(await readFile(jsonPath, 'utf8'))
  }

  for (const isSigned of [true, false]) {
    it(`is told of a PDF that is ${isSigned ? '' : 'not '}signed`, async () => {
      const document = await PDFDocument.create()
      document.addPage()
      addSignature(document, isSigned)
      const path = folder.pathTo('signed.pdf')
      await writeFile(path, await document.save())
      const job = {
        sources: [{ path }],
        folder: folder.pathTo('.'),
        fetch: openUrl,
        signal: new AbortController().signal,
        progress: () => undefined,
      }
      const packet = Buffer.from(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>',
      )
      const copies = [
        await Promise.all(tagsCopy.run({ ...job, wanted: [{ texts: { Title: 'A' } }] })),
        await Promise.all(xmpCopy.run({ ...job, wanted: [{ packet }] })),
      ]
      const told =
        'It is signed, and its signature does not cover what was written into it, so that readers show it as changed.'
      for (const [files] of copies) {
        assert.deepEqual(files?.[0]?.remarks, isSigned ? [told] : undefined)
      }
    })
  }

  const pictures: Record<string, () => Promise<Buffer>> = {
    JPEG: () => picture.clone().jpeg().toBuffer(),
    PNG: () => picture.clone().png().toBuffer(),
    WebP: () => picture.clone().webp().toBuffer(),
    'animated GIF': () => frames(2).gif().toBuffer(),
    TIFF: () => picture.clone().tiff({ compression: 'lzw' }).toBuffer(),
  }
  for (const [title, make] of Object.entries(pictures)) {
    it(`has them, and the same pixels, as ${title}`, async () => {
      const source = await make()
      const copy = await write(source, TEXTS)
      assert.partialDeepStrictEqual(await read(copy), {
        Title: TEXTS.Title,
        Creator: TEXTS.Author,
        Headline: TEXTS.Subject,
        Description: TEXTS.Description,
        CreatorTool: TEXTS.Creator,
        Rights: TEXTS.Copyright,
      })
      const [before, after] = await Promise.all(
        [source, copy].map((file) => sharp(file, { animated: true }).raw().toBuffer()),
      )
      assert.ok(before?.equals(after ?? Buffer.alloc(0)))
    })
  }

  it('has them in Exif and IPTC as well, where readers of JPEG look', async () => {
    const said = await read(await write((await pictures['JPEG']?.()) ?? '', TEXTS))
    assert.partialDeepStrictEqual(said, {
      Artist: TEXTS.Author,
      ImageDescription: TEXTS.Description,
      Software: TEXTS.Creator,
      ObjectName: TEXTS.Title,
      'By-line': TEXTS.Author,
      Keywords: 'harbour, dusk, boats',
    })
  })

  it('has them in the dictionary of a PDF and in its XMP, and the same pages', async () => {
    const copy = await write(await pdfOf([halfBlue, halfBlue]), TEXTS)
    assert.partialDeepStrictEqual(await read(copy), {
      Title: TEXTS.Title,
      Author: TEXTS.Author,
      Creator: TEXTS.Author,
      CreatorTool: TEXTS.Creator,
      Description: TEXTS.Description,
      Keywords: 'harbour, dusk, boats',
      PageCount: 2,
    })
  })

  it('keeps what else there is, and loses what is empty', async () => {
    const jpeg = withSegments(
      (await pictures['JPEG']?.()) ?? Buffer.alloc(0),
      iptcSegment([
        [5, 'Old title'],
        [90, 'Malmö'],
      ]),
    )
    const said = await read(await write(jpeg, { Title: '', Author: 'Zoë' }))
    assert.deepEqual(
      [said['City'], said['By-line'], said['ObjectName']],
      ['Malmö', 'Zoë', undefined],
    )
  })

  it('is none when there is no place for a name, which is told with those that there are', async () => {
    const png = (await pictures['PNG']?.()) ?? ''
    for (const name of readdirSync(folder.pathTo('.'))) await rm(folder.pathTo(name))
    const told =
      /^metadata has "Tilte", .* PNG file has no place; it has one for Title, Author, Subject/
    await assert.rejects(write(png, { Title: 'a', Tilte: 'b' }), isFailure('GenericError', told))
    await assert.rejects(
      write('{\\rtf1 }', { Title: 'a' }),
      isFailure('RenditionFormatUnsupported', /into a RTF file; they can into JPEG, PNG/),
    )
    assert.deepEqual(readdirSync(folder.pathTo('.')), ['source'])
  })

  it('is none of an encrypted PDF', async () => {
    const pdf = await pdfOf([halfBlue], { userPassword: 'open' })
    await assert.rejects(
      write(pdf, { Title: 'a' }),
      isFailure('SourceUnsupported', /encrypted, so that no metadata/),
    )
  })
})
