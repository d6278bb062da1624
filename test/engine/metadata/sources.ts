import type { Parts } from '../../support/zip.ts'
import { office, relationships } from '../text/documents.ts'

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'

/** A packet of XMP whose one description has these attributes and this content. */
export function packetOf(content: string, attributes = ''): string {
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="${RDF}"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:own="urn:own" ${attributes}>${content}</rdf:Description></rdf:RDF></x:xmpmeta>`
}

/** A segment of a JPEG file. */
export function segment(marker: number, content: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([head, content])
}

/** A JPEG file with further segments behind its first two bytes. */
export function withSegments(jpeg: Buffer, ...segments: readonly Buffer[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])
}

/** The segment of a packet. */
export function xmpSegment(packet: string | Uint8Array): Buffer {
  return segment(
    0xe1,
    Buffer.concat([Buffer.from('http://ns.adobe.com/xap/1.0/\0'), Buffer.from(packet)]),
  )
}

/** The segment of Exif that Windows writes: texts in UTF-16 by the numbers of their fields. */
export function windowsSegment(fields: readonly (readonly [number, string])[]): Buffer {
  const texts = fields.map(([, text]) => Buffer.from(`${text}\0`, 'utf16le'))
  const directory = Buffer.alloc(2 + fields.length * 12 + 4)
  directory.writeUInt16LE(fields.length)
  let place = 8 + directory.length
  for (const [index, [field]] of fields.entries()) {
    const at = 2 + index * 12
    const bytes = texts[index]?.length ?? 0
    directory.writeUInt16LE(field, at)
    directory.writeUInt16LE(1, at + 2)
    directory.writeUInt32LE(bytes, at + 4)
    directory.writeUInt32LE(place, at + 8)
    place += bytes
  }
  const head = Buffer.from('Exif\0\0II*\0\x08\0\0\0', 'latin1')
  return segment(0xe1, Buffer.concat([head, directory, ...texts]))
}

/** The segment of IPTC data sets, by their number in record 2; texts are in UTF-8, which record 1 says. */
export function iptcSegment(dataSets: readonly (readonly [number, string])[]): Buffer {
  const written = Buffer.concat([
    Buffer.from([0x1c, 1, 90, 0, 3, 0x1b, 0x25, 0x47]),
    ...dataSets.map(([number, text]) => {
      const content = Buffer.from(text)
      return Buffer.concat([Buffer.from([0x1c, 2, number, 0, content.length]), content])
    }),
  ])
  const resource = Buffer.concat([
    Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\0', 'latin1'),
    written,
    Buffer.alloc(written.length % 2),
  ])
  resource.writeUInt32BE(written.length, 22)
  return segment(0xed, resource)
}

/** A PDF file of one empty page, with these objects besides; object 4 is its information. */
export function pdfOf({
  information = '',
  catalog = '',
  trailer = '',
  objects = [],
}: {
  information?: string
  catalog?: string
  trailer?: string
  /** From number 5 on. */
  objects?: readonly string[]
} = {}): Buffer {
  const bodies = [
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] >>',
    `<< ${information} >>`,
    ...objects,
  ]
  let text = '%PDF-1.7\n'
  const offsets = bodies.map((body, index) => {
    const offset = Buffer.byteLength(text)
    text += `${index + 1} 0 obj\n${body}\nendobj\n`
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  return Buffer.from(
    `${text}xref\n0 ${bodies.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${bodies.length + 1} /Root 1 0 R /Info 4 0 R ${trailer} >>\nstartxref\n${Buffer.byteLength(text)}\n%%EOF\n`,
  )
}

/** A PDF file with a packet. */
export function pdfWithPacket(packet: string, information = ''): Buffer {
  return pdfOf({
    information,
    catalog: '/Metadata 5 0 R',
    objects: [
      `<< /Type /Metadata /Subtype /XML /Length ${Buffer.byteLength(packet)} >>\nstream\n${packet}\nendstream`,
    ],
  })
}

/** A box of ISO 14496-12. */
function box(type: string, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + content.length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, content])
}

/** A movie of 640 × 480 pixels and 2.5 seconds from 2020-01-02T03:04:05Z, without a single frame. */
export function movieOf(brand: string): Buffer {
  const created = Date.UTC(2020, 0, 2, 3, 4, 5) / 1000 + 2_082_844_800
  const movieHeader = Buffer.alloc(100)
  movieHeader.writeUInt32BE(created, 4)
  movieHeader.writeUInt32BE(created, 8)
  movieHeader.writeUInt32BE(1000, 12)
  movieHeader.writeUInt32BE(2500, 16)
  const trackHeader = Buffer.alloc(84)
  trackHeader.writeUInt32BE(1, 12)
  trackHeader.writeUInt32BE(2500, 20)
  for (const [index, value] of [1, 0, 0, 0, 1, 0, 0, 0, 1].entries()) {
    trackHeader.writeUInt32BE(value * (index === 8 ? 0x4000_0000 : 0x1_0000), 40 + index * 4)
  }
  trackHeader.writeUInt32BE(640 * 65_536, 76)
  trackHeader.writeUInt32BE(480 * 65_536, 80)
  return Buffer.concat([
    box('ftyp', Buffer.from(`${brand}\0\0\0\0${brand}`, 'latin1')),
    box('moov', box('mvhd', movieHeader), box('trak', box('tkhd', trackHeader))),
  ])
}

/** A sound of half a second. */
export function waveOf(): Buffer {
  const samples = Buffer.alloc(8000)
  const format = Buffer.from('01000100803e0000007d000002001000', 'hex')
  return chunk(
    'RIFF',
    Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', format), chunk('data', samples)]),
  )
}

function chunk(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(type)
  head.writeUInt32LE(content.length, 4)
  return Buffer.concat([head, content])
}

/** The head of an SGI file of 30 × 20 pixels. */
export function sgiHeader(): Buffer {
  return Buffer.concat([Buffer.from('01da01010003001e00140003', 'hex'), Buffer.alloc(500)])
}

const PROPERTIES = [
  ['core-properties', 'docProps/core.xml'],
  ['extended-properties', 'docProps/app.xml'],
] as const

/** An office document that begins with a part of such a name and media type, and has such parts of properties. */
export function officeOf(main: string, type: string, parts: Parts): Buffer {
  const links = PROPERTIES.filter(([, name]) => name in parts).map(
    ([purpose, name]) => [purpose, purpose, name] as const,
  )
  return office(main, type, {
    [main]: '<document/>',
    '_rels/.rels': relationships([['main', 'officeDocument', main], ...links]),
    ...parts,
  })
}

/** What a Word document begins with. */
export const WORD = [
  'word/document.xml',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
] as const
