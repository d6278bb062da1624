import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { crc32, gunzipSync, gzipSync } from 'node:zlib'
import { MagickFormat } from '@imagemagick/magick-wasm'
import sharp, { type Sharp } from 'sharp'
import { convertToTiff } from '../../../src/engine/pictures/conversion/convert.ts'
import { amountOf } from '../../support/amounts.ts'
import { noise, plain, quarters } from '../../support/pictures.ts'
import { skipWithout } from '../../support/tools.ts'
import { encode } from '../pictures/conversion/sources.ts'
import { isFailure, readDocument, useMetadataFolder } from './case-files.ts'
import {
  iptcSegment,
  officeOf,
  packetOf,
  pdfOf,
  pdfWithPacket,
  WORD,
  withSegments,
} from './sources.ts'

const run = promisify(execFile)

const picture = quarters(120, 80)

/** Two frames, one above the other. */
function frames(): Sharp {
  const pixels = Buffer.concat([Buffer.alloc(3600, 20), Buffer.alloc(3600, 200)])
  return sharp(pixels, { raw: { width: 40, height: 60, channels: 3, pageHeight: 30 } })
}

async function deep(): Promise<Sharp> {
  const pixels = await noise(60, 40).toColourspace('rgb16').raw({ depth: 'ushort' }).toBuffer()
  return sharp(new Uint16Array(pixels.buffer, pixels.byteOffset, pixels.length / 2), {
    raw: { width: 60, height: 40, channels: 3 },
  }).toColourspace('rgb16')
}

const NEW = packetOf(
  '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Grüße &amp; 日本</rdf:li></rdf:Alt></dc:title><own:deep rdf:parseType="Resource"><own:a>1</own:a></own:deep>',
  'own:b="2"',
)
const OLD = packetOf('<own:old>old</own:old>')

function pngChunk(type: string, content: Buffer): Buffer {
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)]
  const body = Buffer.concat([Buffer.from(type), content])
  length.writeUInt32BE(content.length)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, checksum])
}

/** The chunks of a PNG file, each as a text. */
function chunksOf(png: Buffer): string[] {
  const chunks: string[] = []
  for (let start = 8; start < png.length;) {
    const end = start + 12 + png.readUInt32BE(start)
    chunks.push(png.toString('latin1', start, end))
    start = end
  }
  return chunks
}

/** A packet far too long for a segment of a JPEG file. */
function longPacket(text: string): string {
  const [long, longer] = [text.repeat(40_000), text.repeat(100_000)]
  return packetOf(
    `<own:short>1</own:short><own:long>${longer}</own:long><own:long2>${long}</own:long2>`,
  )
}

/** Pictures whose pixels must not change. */
const PICTURES: Record<string, () => Promise<Buffer>> = {
  JPEG: () =>
    picture
      .clone()
      .withExif({ IFD0: { Artist: 'Zoe' } })
      .jpeg()
      .toBuffer(),
  'progressive JPEG': () => picture.clone().jpeg({ progressive: true }).toBuffer(),
  'CMYK JPEG': () => picture.clone().toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer(),
  PNG: () => plain({ r: 220, g: 30, b: 40 }, 0.5).png().toBuffer(),
  'PNG of 16 bits': async () => (await deep()).png().toBuffer(),
  'PNG with a palette': () => picture.clone().png({ palette: true }).toBuffer(),
  WebP: () => picture.clone().webp().toBuffer(),
  'lossless WebP with transparency': () =>
    plain({ r: 1, g: 2, b: 3 }, 0.5).webp({ lossless: true }).toBuffer(),
  'animated WebP': () =>
    frames()
      .webp({ delay: [100, 200] })
      .toBuffer(),
  GIF: () => picture.clone().gif().toBuffer(),
  'animated GIF': () =>
    frames()
      .gif({ delay: [100, 200] })
      .toBuffer(),
  TIFF: () => picture.clone().tiff({ compression: 'lzw' }).toBuffer(),
  'tiled TIFF of 16 bits': async () =>
    (await deep()).tiff({ tile: true, compression: 'deflate' }).toBuffer(),
  'TIFF of several pages': () => frames().tiff({ compression: 'none' }).toBuffer(),
  BigTIFF: () => picture.clone().tiff({ bigtiff: true, compression: 'lzw' }).toBuffer(),
  SVG: async () =>
    Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="9" height="9"/></svg>',
    ),
}

async function pixelsOf(image: Buffer): Promise<unknown> {
  const all = sharp(image, { animated: true })
  const { width, height, pages, pageHeight, delay, loop, depth, space, orientation } =
    await all.metadata()
  const pixels = (await all.raw({ depth: 'ushort' }).toBuffer()).toString('base64')
  return { width, height, pages, pageHeight, delay, loop, depth, space, orientation, pixels }
}

describe('writeXmp', () => {
  const folder = useMetadataFolder()

  async function assertSays(copy: Buffer, name: string): Promise<void> {
    const said = readDocument(await folder.extract(copy, name))
    assert.equal(said['dc:title'], 'Alt[Grüße &amp; 日本]')
    assert.deepEqual([said['own:deep'], said['own:b'], said['own:old']], ['1', '2', undefined])
  }

  const pictures = Object.entries(PICTURES)
  const usually = pictures.filter((_, index) => index % 2 === 0)
  for (const [title, make] of amountOf({ thoroughly: pictures, usually })) {
    it(`gives a packet to a picture without touching a pixel, twice: ${title}`, async () => {
      const source = await make()
      const once = await folder.write(source, OLD)
      const twice = await folder.write(once, NEW)
      assert.deepEqual(await pixelsOf(twice), await pixelsOf(source))
      assert.ok(!twice.includes('old<'), 'the old packet is still in the file')
      await assertSays(twice, 'copy')
    })
  }

  for (const [title, make] of pictures) {
    it(`writes what other programs read: ${title}`, async function () {
      skipWithout(this, 'ExifTool')
      await folder.write(await folder.write(await make(), OLD), NEW)
      const { stdout } = await run('exiftool', [
        '-j',
        '-validate',
        '-XMP:all',
        '-G1',
        folder.pathTo('copy'),
      ])
      assert.match(stdout, /"XMP-dc:Title": "Grüße & 日本"/)
      assert.doesNotMatch(stdout, /Old/)
    })
  }

  it('keeps every chunk of a PNG, those of an animation included', async () => {
    const still = await picture.clone().png().toBuffer()
    const source = Buffer.concat([
      still.subarray(0, 33),
      pngChunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0])),
      pngChunk('fcTL', Buffer.alloc(26, 1)),
      still.subarray(33, -12),
      pngChunk('fcTL', Buffer.alloc(26, 2)),
      pngChunk('fdAT', Buffer.alloc(100, 3)),
      still.subarray(-12),
    ])
    const copy = await folder.write(await folder.write(source, OLD), NEW)
    assert.deepEqual(
      chunksOf(copy).filter((chunk) => !chunk.includes('XML:com.adobe.xmp')),
      chunksOf(source),
    )
  })

  it('keeps Exif data, IPTC and colour profiles', async () => {
    const jpeg = await picture
      .clone()
      .withExif({ IFD0: { Artist: 'Zoe' } })
      .withIccProfile('p3')
      .jpeg()
      .toBuffer()
    const source = withSegments(jpeg, iptcSegment([[90, 'Bern']]))
    const copy = await folder.write(source, NEW)
    const [before, after] = await Promise.all([source, copy].map((file) => sharp(file).metadata()))
    assert.deepEqual(
      [after?.exif, after?.icc, after?.iptc],
      [before?.exif, before?.icc, before?.iptc],
    )
  })

  for (const [title, format] of [
    ['PSD', MagickFormat.Psd],
    ['PSB', MagickFormat.Psb],
  ] as const) {
    it(`gives a packet to a picture without touching a pixel: ${title}`, async () => {
      const source = await encode(picture, format)
      const copy = await folder.write(await folder.write(source, OLD), NEW)
      const decoded = await Promise.all(
        [source, copy].map(async (file, index) => {
          const path = folder.pathTo(`layers-${index}`)
          await writeFile(path, file)
          const conversion = await convertToTiff({
            path,
            format: 'PSD',
            tiffPath: `${path}.tif`,
            maxPixels: 1e6,
          })
          assert.equal(conversion.outcome, 'converted')
          return sharp(`${path}.tif`).raw().toBuffer()
        }),
      )
      assert.deepEqual(decoded[1], decoded[0])
      await assertSays(copy, 'copy')
    })
  }

  for (const [title, source] of [
    ['without a packet', pdfOf({ information: '/Title (T)' })],
    ['with a packet', pdfWithPacket(OLD)],
  ] as const) {
    it(`appends to a PDF ${title}, and leaves what is there`, async () => {
      const copy = await folder.write(source, NEW)
      assert.deepEqual(copy.subarray(0, source.length), source)
      await assertSays(copy, 'copy')
    })
  }

  it('writes a long packet into a JPEG with an extension, which replaces any other', async function () {
    const first = await folder.write(await picture.clone().jpeg().toBuffer(), longPacket('ab'))
    const copy = await folder.write(first, longPacket('cd'))
    assert.deepEqual(await pixelsOf(copy), await pixelsOf(first))
    assert.ok(!copy.includes('abab'))
    const said = readDocument(await folder.extract(copy))
    assert.deepEqual(
      [said['own:short'], said['own:long'], said['own:long2']],
      ['1', 'cd'.repeat(100_000), 'cd'.repeat(40_000)],
    )
    skipWithout(this, 'ExifTool')
    const { stdout } = await run('exiftool', ['-b', '-XMP-own:Long', folder.pathTo('copy')])
    assert.equal(stdout, 'cd'.repeat(100_000))
    assert.equal((await folder.write(copy, NEW)).indexOf('xmp/extension'), -1)
  })

  it('takes a packet in UTF-16, with a wrapper or without xmpmeta, and writes it in UTF-8', async () => {
    const jpeg = await picture.clone().jpeg().toBuffer()
    const bare = NEW.replace(/<\/?x:xmpmeta[^>]*>/g, '')
    const wrapped = `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>\n${NEW}\n  <?xpacket end='w'?>\0\0`
    for (const packet of [
      Buffer.from(`\uFEFF${NEW}`, 'utf16le'),
      Buffer.from(NEW, 'utf16le').swap16(),
      Buffer.from(`\uFEFF${bare}`),
      wrapped,
    ]) {
      const copy = await folder.write(jpeg, packet)
      await assertSays(copy, 'copy')
      assert.ok(copy.includes('Grüße &amp; 日本'))
    }
  })

  const refused: Record<string, string | Buffer> = {
    nothing: '',
    'no XML': 'dc:title=a',
    'not well-formed': NEW.replace('</rdf:RDF>', ''),
    'in Latin 1': Buffer.from(NEW, 'latin1'),
    'with an undeclared prefix': packetOf('<none:a/>'),
    'with a document type': `<!DOCTYPE x [<!ENTITY a "b">]>${NEW}`,
    'with an entity': packetOf('<own:a>&nbsp;</own:a>'),
    'another document': '<html/>',
    'RDF in something else': `<a>${NEW}</a>`,
    'too large': packetOf(`<own:a>${'x'.repeat(16_000_000)}</own:a>`),
  }
  for (const [title, packet] of Object.entries(refused)) {
    it(`refuses a packet that is no XMP: ${title}`, async () => {
      await rm(folder.pathTo('copy'), { force: true })
      const jpeg = await picture.clone().jpeg().toBuffer()
      await assert.rejects(folder.write(jpeg, packet), isFailure('GenericError', /^xmp must be/))
      assert.ok(!existsSync(folder.pathTo('copy')))
    })
  }

  it('says what it writes into when a source is nothing of it', async () => {
    const sources = [officeOf(...WORD, {}), 'text', await encode(picture, MagickFormat.Bmp)]
    for (const source of sources) {
      await assert.rejects(
        folder.write(source, NEW),
        isFailure('RenditionFormatUnsupported', /JPEG, PNG.*PDF/),
      )
    }
  })

  it('does not write into an encrypted PDF', async () => {
    const source = pdfOf({
      trailer: `/ID [<${'00'.repeat(16)}> <${'00'.repeat(16)}>] /Encrypt 5 0 R`,
      objects: [
        `<< /Filter /Standard /V 1 /R 2 /P -44 /O <${'ab'.repeat(32)}> /U <${'cd'.repeat(32)}> >>`,
      ],
    })
    await assert.rejects(folder.write(source, NEW), isFailure('SourceUnsupported', /encrypted/))
  })

  it('leaves nothing behind but the copy, and nothing at all when it fails', async () => {
    const folderPath = folder.pathTo('.')
    const before = await readdir(folderPath)
    await folder.write(await picture.clone().png().toBuffer(), NEW, 'clean.png')
    const png = await readFile(folder.pathTo('clean.png'))
    await assert.rejects(
      folder.write(png.subarray(0, 60), NEW, 'broken.png'),
      isFailure('SourceCorrupt'),
    )
    const added = (await readdir(folderPath)).filter((name) => !before.includes(name))
    assert.deepEqual(added.toSorted(), ['broken.png', 'clean.png', 'copy.png'])
  })
})

describe('writeXmp into a drawing', () => {
  const folder = useMetadataFolder()
  const start =
    '<?xml version="1.0"?>\n<!DOCTYPE svg [<!ENTITY ns "urn:a">]>\n<!-- a --><svg xmlns="http://www.w3.org/2000/svg" xmlns:a="&ns;">'

  it('changes nothing but the packet', async () => {
    const end = '\n <g a:b="c">&ns;</g>\n</svg>\n'
    const once = (await folder.write(start + end, OLD)).toString()
    assert.ok(
      once.startsWith(`${start}<metadata><?xpacket begin=`) &&
        once.endsWith(`<?xpacket end="w"?></metadata>${end}`),
    )
    const twice = (await folder.write(once, NEW)).toString()
    assert.equal(twice.replace(NEW, OLD), once)
  })

  it('leaves other metadata', async () => {
    const other =
      '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><cc:Work xmlns:cc="urn:cc"/></rdf:RDF></metadata></svg>'
    assert.ok((await folder.write(start + other, NEW)).toString().endsWith(other))
  })

  it('keeps the encoding, the prefix and the compression', async () => {
    const latin = Buffer.from(
      '<?xml version="1.0" encoding="ISO-8859-1"?><s:svg xmlns:s="http://www.w3.org/2000/svg"><s:text>\xe9</s:text></s:svg>',
      'latin1',
    )
    const copy = await folder.write(latin, NEW)
    assert.match(
      copy.toString('latin1'),
      /<s:metadata>[^]*Gr&#252;&#223;e[^]*<\/s:metadata><s:text>\xe9</,
    )
    const wide = await folder.write(
      Buffer.from('\uFEFF<svg xmlns="http://www.w3.org/2000/svg"/>', 'utf16le'),
      NEW,
    )
    assert.match(
      wide.toString('utf16le'),
      /^\uFEFF<svg xmlns="[^"]*"><metadata>[^]*Grüße[^]*<\/metadata><\/svg>$/,
    )
    const zipped = await folder.write(gzipSync(latin), NEW)
    assert.deepEqual(gunzipSync(zipped), copy)
    assert.equal(readDocument(await folder.extract(zipped))['own:b'], '2')
  })

  it('takes no picture for well-formed that is not', async () => {
    await assert.rejects(folder.write(`${start}<g></svg>`, NEW), isFailure('SourceCorrupt'))
  })
})
