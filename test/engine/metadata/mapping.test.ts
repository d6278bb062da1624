import assert from 'node:assert/strict'
import sharp, { type Exif } from 'sharp'
import { parsePacket } from '../../../src/engine/metadata/packet/packet.ts'
import { quarters } from '../../support/pictures.ts'
import { plainPsd } from '../pictures/conversion/sources.ts'
import { type Said, useMetadataFolder } from './case-files.ts'
import {
  iptcSegment,
  packetOf,
  pdfWithPacket,
  segment,
  windowsSegment,
  withSegments,
  xmpSegment,
} from './sources.ts'

/** The property of XMP that each tag of Exif becomes. */
const EXIF: readonly (readonly [ifd: keyof Exif, tag: string, value: string, said: Said])[] = [
  ['IFD0', 'ImageDescription', 'A harbour', { 'dc:description': 'Alt[A harbour]' }],
  ['IFD0', 'Artist', 'Zoe', { 'dc:creator': 'Seq[Zoe]' }],
  ['IFD0', 'Copyright', '2020 Zoe', { 'dc:rights': 'Alt[2020 Zoe]' }],
  ['IFD0', 'Make', 'Canon', { 'tiff:Make': 'Canon' }],
  ['IFD0', 'Model', 'EOS R5', { 'tiff:Model': 'EOS R5' }],
  ['IFD0', 'Software', 'Darkroom', { 'xmp:CreatorTool': 'Darkroom' }],
  ['IFD0', 'DateTime', '2021:01:02 03:04:05', { 'xmp:ModifyDate': '2021-01-02T03:04:05' }],
  ['IFD2', 'ExposureTime', '1/125', { 'exif:ExposureTime': '1/125' }],
  ['IFD2', 'FNumber', '28/10', { 'exif:FNumber': '14/5' }],
  ['IFD2', 'ISOSpeedRatings', '200', { 'exif:ISOSpeedRatings': 'Seq[200]' }],
  ['IFD2', 'FocalLength', '50/1', { 'exif:FocalLength': '50/1' }],
  ['IFD2', 'Flash', '1', { 'exif:Flash': 'True|False|0|False|0' }],
  ['IFD2', 'LensModel', 'RF 50mm', { 'exifEX:LensModel': 'RF 50mm' }],
]

/** The property of XMP that each data set of IPTC becomes. */
const IPTC: readonly (readonly [dataSet: number, value: string, said: Said])[] = [
  [5, 'Títle', { 'dc:title': 'Alt[Títle]' }],
  [10, '3', { 'photoshop:Urgency': '3' }],
  [25, 'one', { 'dc:subject': 'Bag[one]' }],
  [40, 'Handle with care', { 'photoshop:Instructions': 'Handle with care' }],
  [80, 'Zoë', { 'dc:creator': 'Seq[Zoë]' }],
  [85, 'Photographer', { 'photoshop:AuthorsPosition': 'Photographer' }],
  [90, 'Bern', { 'photoshop:City': 'Bern' }],
  [92, 'Old town', { 'Iptc4xmpCore:Location': 'Old town' }],
  [95, 'Canton of Bern', { 'photoshop:State': 'Canton of Bern' }],
  [100, 'CHE', { 'Iptc4xmpCore:CountryCode': 'CHE' }],
  [101, 'Switzerland', { 'photoshop:Country': 'Switzerland' }],
  [103, 'J-1', { 'photoshop:TransmissionReference': 'J-1' }],
  [105, 'Headline', { 'photoshop:Headline': 'Headline' }],
  [110, 'Agency', { 'photoshop:Credit': 'Agency' }],
  [115, 'Archive', { 'photoshop:Source': 'Archive' }],
  [116, '© Zoë', { 'dc:rights': 'Alt[© Zoë]' }],
  [120, 'A caption', { 'dc:description': 'Alt[A caption]' }],
  [122, 'Editor', { 'photoshop:CaptionWriter': 'Editor' }],
]

function assertSays(said: Said, wanted: Said): void {
  assert.deepEqual(Object.fromEntries(Object.keys(wanted).map((key) => [key, said[key]])), wanted)
}

describe('metadata that are not XMP', () => {
  const folder = useMetadataFolder()
  let jpeg: Buffer
  before(async () => {
    jpeg = await quarters(120, 80).jpeg().toBuffer()
  })

  async function withExif(exif: Exif): Promise<Buffer> {
    return sharp(jpeg).withExif(exif).jpeg().toBuffer()
  }

  it('become XMP: Exif', async () => {
    const exif: Exif = {}
    for (const [ifd, tag, value] of EXIF) exif[ifd] = { ...exif[ifd], [tag]: value }
    assertSays(
      await folder.read(await withExif(exif)),
      Object.assign({}, ...EXIF.map(([, , , said]) => said)),
    )
  })

  it('become XMP: the orientation', async () => {
    const source = await sharp(jpeg).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    assertSays(await folder.read(source), { 'tiff:Orientation': '6' })
  })

  it('become XMP in UTF-8', async () => {
    const source = await withExif({ IFD0: { Artist: 'Zo@@' } })
    Buffer.from('Zoë').copy(source, source.indexOf('Zo@@'))
    assertSays(await folder.read(source), { 'dc:creator': 'Seq[Zoë]' })
  })

  it('become XMP: what Windows writes', async () => {
    const source = withSegments(
      jpeg,
      windowsSegment([
        [0x9c9b, 'Łódź'],
        [0x9c9d, 'Ann; Bob'],
        [0x9c9e, 'quay;harbour'],
        [0x9c9f, 'a subject'],
      ]),
    )
    assertSays(await folder.read(source), {
      'dc:title': 'Alt[Łódź]',
      'dc:creator': 'Seq[Ann|Bob]',
      'dc:subject': 'Bag[quay|harbour]',
      'dc:description': 'Alt[a subject]',
    })
  })

  it('become XMP: IPTC', async () => {
    const source = withSegments(jpeg, iptcSegment(IPTC.map(([number, value]) => [number, value])))
    assertSays(await folder.read(source), Object.assign({}, ...IPTC.map(([, , said]) => said)))
  })

  it('become dates with what is known of fractions and time zones', async () => {
    const source = await withExif({
      IFD2: {
        DateTimeOriginal: '2020:01:02 03:04:05',
        SubSecTimeOriginal: '12',
        OffsetTimeOriginal: '+02:00',
        DateTimeDigitized: '0000:00:00 00:00:00',
      },
    })
    const said = await folder.read(source)
    assertSays(said, {
      'exif:DateTimeOriginal': '2020-01-02T03:04:05.12+02:00',
      'photoshop:DateCreated': '2020-01-02T03:04:05.12+02:00',
    })
    assert.equal(said['xmp:CreateDate'], undefined)
  })

  it('become a date together: day and time of IPTC', async () => {
    const source = withSegments(
      jpeg,
      iptcSegment([
        [55, '20190506'],
        [60, '070809+0100'],
      ]),
    )
    assertSays(await folder.read(source), { 'photoshop:DateCreated': '2019-05-06T07:08:09+01:00' })
  })

  it('keep every keyword and every author', async () => {
    const source = withSegments(
      jpeg,
      iptcSegment([
        [25, 'one'],
        [25, 'two'],
        [80, 'A'],
        [80, 'B'],
      ]),
    )
    assertSays(await folder.read(source), {
      'dc:subject': 'Bag[one|two]',
      'dc:creator': 'Seq[A|B]',
    })
  })

  it('count less than the packet, and IPTC less than Exif', async () => {
    const exif = await withExif({
      IFD0: { Artist: 'exif', ImageDescription: 'exif', Software: 'exif' },
    })
    const source = withSegments(
      exif,
      xmpSegment(packetOf('<dc:creator><rdf:Seq><rdf:li>xmp</rdf:li></rdf:Seq></dc:creator>')),
      iptcSegment([
        [80, 'iptc'],
        [120, 'iptc'],
        [90, 'iptc'],
      ]),
    )
    assertSays(await folder.read(source), {
      'dc:creator': 'Seq[xmp]',
      'dc:description': 'Alt[exif]',
      'xmp:CreatorTool': 'exif',
      'photoshop:City': 'iptc',
    })
  })

  it('leave the facts of a file to the file', async () => {
    const exif = await withExif({ IFD0: { ImageWidth: '9999', ImageLength: '9999' } })
    const packet = packetOf(
      '<tiff:ImageWidth>7</tiff:ImageWidth><dc:format>image/tiff</dc:format>',
      'tiff:ImageLength="7"',
    )
    const said = await folder.read(withSegments(exif, xmpSegment(packet)))
    assertSays(said, {
      'dc:format': 'image/jpeg',
      'tiff:ImageWidth': '120',
      'tiff:ImageLength': '80',
    })
  })

  it('say nothing where a camera has written blanks', async () => {
    const exif = await withExif({ IFD0: { ImageDescription: ' '.repeat(31), Artist: '  ' } })
    const source = withSegments(exif, iptcSegment([[120, 'iptc']]))
    const said = await folder.read(source)
    assert.deepEqual([said['dc:description'], said['dc:creator']], ['Alt[iptc]', undefined])
  })

  it('bring no pictures and no notes of the maker', async () => {
    const source = await withExif({ IFD2: { MakerNote: 'maker'.repeat(50), UserComment: 'seen' } })
    assert.doesNotMatch(await folder.extract(source), /maker|Thumbnail/i)
  })

  it('are read from a PSD file', async () => {
    const iptc = iptcSegment([[90, 'Bern']]).subarray(30)
    const source = plainPsd({ mode: 3, channels: [1, 2, 3], resources: new Map([[1028, iptc]]) })
    assertSays(await folder.read(source), { 'photoshop:City': 'Bern' })
  })

  for (const format of ['png', 'webp', 'avif'] as const) {
    it(`are read from a file with Exif data: ${format}`, async () => {
      const source = sharp(jpeg).withExif({ IFD0: { Artist: 'Zoe' } })
      assertSays(await folder.read(await source.toFormat(format).toBuffer()), {
        'dc:creator': 'Seq[Zoe]',
      })
    })
  }

  it('fill up what the packet of a PDF leaves unsaid', async () => {
    const source = pdfWithPacket(packetOf('', 'own:a="1"'), '/Title (T) /Author (A)')
    assertSays(await folder.read(source), {
      'own:a': '1',
      'dc:title': 'Alt[T]',
      'dc:creator': 'Seq[A]',
    })
  })
})

describe('the packet of a source', () => {
  const folder = useMetadataFolder()
  let jpeg: Buffer
  before(async () => {
    jpeg = await quarters(120, 80).jpeg().toBuffer()
  })

  it('is read in UTF-16', async () => {
    const packet = Buffer.from(`\uFEFF${packetOf('', 'own:a="é"')}`, 'utf16le')
    const said = await folder.read(withSegments(jpeg, xmpSegment(packet)))
    assert.equal(said['own:a'], 'é')
  })

  it('is read in UTF-32, either way round, with its mark or without', async () => {
    for (const mark of ['\uFEFF', '']) {
      const codes = Array.from(
        `${mark}${packetOf('', 'own:a="é"')}`,
        (each) => each.codePointAt(0) ?? 0,
      )
      const [big, little] = [Buffer.alloc(codes.length * 4), Buffer.alloc(codes.length * 4)]
      for (const [index, code] of codes.entries()) {
        big.writeUInt32BE(code, index * 4)
        little.writeUInt32LE(code, index * 4)
      }
      for (const packet of [big, little]) {
        const said = await folder.read(withSegments(jpeg, xmpSegment(packet)))
        assert.equal(said['own:a'], 'é')
      }
    }
  })

  it('is mended when it is not well-formed', async () => {
    const broken = packetOf('<dc:source>Box 7</dc:source><xmp:Label>a & b</xmp:Label>')
    const said = await folder.read(withSegments(jpeg, xmpSegment(broken)))
    assert.equal(said['dc:source'], 'Box 7')
  })

  const bomb = `<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "${'&a;'.repeat(1000)}"><!ENTITY c SYSTEM "file:///etc/passwd">]>`
  for (const reference of ['&b;', '&c;']) {
    it(`has no entities of its own: ${reference}`, async () => {
      const packet = bomb + packetOf(`<dc:source>${reference}</dc:source><own:a>1</own:a>`)
      const document = await folder.extract(withSegments(jpeg, xmpSegment(packet)))
      parsePacket(document)
      assert.doesNotMatch(document, /lol|root:|DOCTYPE/)
      assert.ok(document.length < 3000)
    })
  }

  it('is put together with its extension, whose parts may come in any order', async () => {
    const digest = 'ABCDEF0123456789ABCDEF0123456789'
    const extended = packetOf(`<own:long>${'x'.repeat(5000)}</own:long><own:a>2</own:a>`)
    const parts = [extended.slice(0, 3000), extended.slice(3000)].map((part, index) => {
      const fields = Buffer.alloc(8)
      fields.writeUInt32BE(extended.length)
      fields.writeUInt32BE(index * 3000, 4)
      const head = Buffer.from(`http://ns.adobe.com/xmp/extension/\0${digest}`)
      return segment(0xe1, Buffer.concat([head, fields, Buffer.from(part)]))
    })
    const main = packetOf(
      '<own:a>1</own:a>',
      `xmlns:n="http://ns.adobe.com/xmp/note/" n:HasExtendedXMP="${digest}"`,
    )
    const whole = await folder.read(withSegments(jpeg, xmpSegment(main), ...parts.toReversed()))
    assert.deepEqual([whole['own:long']?.length, whole['own:a']], [5000, '1'])
    assert.equal(whole['xmpNote:HasExtendedXMP'], undefined)
    const partial = await folder.read(withSegments(jpeg, xmpSegment(main), ...parts.slice(1)))
    assert.deepEqual([partial['own:long'], partial['own:a']], [undefined, '1'])
  })
})
