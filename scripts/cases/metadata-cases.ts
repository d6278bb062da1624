import { movieOf } from '../../test/engine/metadata/sources.ts'
import { OFFICE, page, table, writePdf } from './documents.ts'
import { type Draft, type Drafts, type Drawing, drawing } from './draft.ts'
import { writeJpeg } from './jpeg.ts'
import { harbour, logo } from './pictures.ts'
import { toPixels } from './pixels.ts'
import { describe } from './programs.ts'
import { PSD_MODE, writePsd } from './psd.ts'
import { photo } from './sources.ts'
import { boat } from './svg.ts'

const EXIF = [
  '-EXIF:Artist=Ada Lindqvist',
  '-EXIF:ImageDescription=The harbour at dusk',
  '-EXIF:DateTimeOriginal=2025:11:20 16:05:10',
  '-EXIF:OffsetTimeOriginal=+01:00',
  '-EXIF:Make=Darkroom',
  '-EXIF:Model=Camera obscura',
  '-EXIF:ExposureTime=1/60',
  '-EXIF:FNumber=2.8',
  '-EXIF:GPSLatitude=55.6050',
  '-EXIF:GPSLatitudeRef=N',
  '-EXIF:GPSLongitude=13.0038',
  '-EXIF:GPSLongitudeRef=E',
]

const IPTC = [
  '-IPTC:Headline=Boats come home',
  '-IPTC:Keywords=harbour',
  '-IPTC:Keywords=dusk',
  '-IPTC:City=Malmö',
  '-IPTC:CopyrightNotice=© Ada Lindqvist',
]

const XMP = [
  '-XMP-dc:Title=The harbour',
  '-XMP-dc:Subject=boats',
  '-XMP-dc:Subject=lamps',
  '-XMP-xmp:Rating=4',
]

/** A drawn file with metadata in it. */
function described(source: Drawing, tags: readonly string[]): Drawing {
  const { extension, draw } = source
  return drawing(extension, async () => describe(await draw(), extension, tags))
}

const SOURCES: Readonly<Record<string, Drawing>> = {
  jpg: photo,
  png: drawing('png', async () => (await logo(48)).png().toBuffer()),
  tiff: drawing('tiff', async () => (await harbour(60)).tiff({ compression: 'lzw' }).toBuffer()),
  webp: drawing('webp', async () => (await harbour(60)).webp().toBuffer()),
  gif: drawing('gif', async () => (await logo(32)).gif().toBuffer()),
  psd: drawing('psd', drawPsd),
  pdf: drawing('pdf', () => writePdf({ title: 'The harbour at dusk' })),
  svg: drawing('svg', async () => boat('viewBox="0 0 160 120"')),
}

/** A packet with something of each kind: a text, a list in order, one without, one of languages, and a name of ours. */
const PACKET = `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:own="https://example.com/own/1.0/" xmp:Rating="5" own:berth="12 &amp; 13">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Boats</rdf:li><rdf:li xml:lang="sv">Båtar</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Ada Lindqvist</rdf:li><rdf:li>Möwe</rdf:li></rdf:Seq></dc:creator>
<dc:subject><rdf:Bag><rdf:li>harbour</rdf:li></rdf:Bag></dc:subject>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`

const packet = toBase64(PACKET)

function toBase64(text: string): string {
  return Buffer.from(text).toString('base64')
}

/** More than one segment of a JPEG holds. */
const LARGE_PACKET = PACKET.replace('Boats', 'Boats and lamps, '.repeat(5000))

function xmpOf(source: Drawing, params: Draft['params'] = {}): Draft {
  return { source, params, makes: 'xmp' }
}

function refused(
  source: Drawing,
  params: Record<string, unknown>,
  fails: 'GenericError' | 'SourceCorrupt' | 'RenditionFormatUnsupported',
): Draft {
  return { source, params: { fmt: 'xmp', ...params }, fails }
}

/** XMP out of files. */
const extractionCases: Drafts = {
  'xmp-of-jpg-with-exif': xmpOf(described(photo, EXIF)),
  'xmp-of-jpg-with-iptc': xmpOf(described(photo, IPTC)),
  'xmp-of-jpg-with-all': xmpOf(described(photo, [...EXIF, ...IPTC, ...XMP])),
  'xmp-of-jpg-in-the-event': xmpOf(described(photo, XMP), { embedBinaryLimit: 8192 }),
  'xmp-as-xml': { source: photo, makes: 'xml' },
  ...Object.fromEntries(
    Object.entries(SOURCES).map(([extension, source]) => [
      `xmp-of-${extension}`,
      xmpOf(extension === 'svg' ? source : described(source, XMP)),
    ]),
  ),
  'xmp-of-mp4': xmpOf(drawing('mp4', async () => movieOf('isom'))),
  'xmp-of-mov': xmpOf(drawing('mov', async () => movieOf('qt  '))),
  ...Object.fromEntries(
    Object.entries(OFFICE)
      .filter(([extension]) => extension !== 'doc')
      .map(([extension, source]) => [`xmp-of-${extension}`, xmpOf(source)]),
  ),
  'xmp-of-html': xmpOf(drawing('html', async () => Buffer.from(page))),
  'xmp-of-csv': xmpOf(drawing('csv', async () => Buffer.from(table))),
}

/** XMP into files. */
const writeBackCases: Drafts = {
  ...Object.fromEntries(
    Object.entries(SOURCES).map(([extension, source]): [string, Draft] => [
      `written-into-${extension}`,
      { source, params: { xmp: packet }, makes: extension },
    ]),
  ),
  'written-over-another': {
    source: described(photo, [...EXIF, ...XMP]),
    params: { xmp: packet },
    makes: 'jpg',
  },
  'written-in-several-segments': {
    source: photo,
    params: { xmp: toBase64(LARGE_PACKET) },
    makes: 'jpg',
  },
  'written-as-xmp': { source: photo, params: { xmp: packet, fmt: 'xmp' }, makes: 'xmp' },
}

/** A PSD of one layer that is merged. */
async function drawPsd(): Promise<Buffer> {
  return writePsd(await toPixels(await harbour(48)), { mode: PSD_MODE.rgb })
}

/** Metadata out of files, and into copies of them. */
export const metadataCases: Drafts = {
  ...extractionCases,
  ...writeBackCases,
  'bad-xmp-no-base64': refused(photo, { xmp: '<rdf:RDF/>' }, 'GenericError'),
  'bad-xmp-no-xml': refused(photo, { xmp: toBase64('no XMP') }, 'GenericError'),
  'bad-xmp-cut-off': refused(photo, { xmp: toBase64(PACKET.slice(0, 600)) }, 'GenericError'),
  'bad-xmp-into-docx': refused(
    OFFICE['docx'] ?? photo,
    { xmp: packet },
    'RenditionFormatUnsupported',
  ),
  'bad-xmp-into-another-fmt': refused(
    photo,
    { xmp: packet, fmt: 'png' },
    'RenditionFormatUnsupported',
  ),
  'bad-truncated-jpg': refused(
    drawing('jpg', async () => (await writeJpeg(await harbour())).subarray(0, 200)),
    {},
    'SourceCorrupt',
  ),
  'bad-fmt': refused(photo, { fmt: 'rdf' }, 'RenditionFormatUnsupported'),
}
