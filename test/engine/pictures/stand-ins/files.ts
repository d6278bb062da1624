import { type Parts, zip } from '../../../support/zip.ts'

/** PostScript that draws a square, and says that it is an EPS. */
export const EPS_PROGRAM = [
  '%!PS-Adobe-3.0 EPSF-3.0',
  '%%BoundingBox: 0 0 40 30',
  '%%EndComments',
  '1 0 0 setrgbcolor 0 0 20 15 rectfill',
  'showpage',
  '%%EOF',
  '',
].join('\n')

/** An EPS file with a preview beside its program, as programs for DOS and Windows write it. */
export function binaryEps(previews: { readonly tiff?: Buffer; readonly wmf?: Buffer }): Buffer {
  const { tiff = Buffer.alloc(0), wmf = Buffer.alloc(0) } = previews
  const program = Buffer.from(EPS_PROGRAM)
  const header = Buffer.alloc(32)
  header.writeUInt32BE(0xc5d0d3c6, 0)
  const starts = [header.length, header.length + program.length]
  const [programAt = 0, wmfAt = 0] = starts
  const tiffAt = wmfAt + wmf.length
  const places = [programAt, program.length, wmfAt, wmf.length, tiffAt, tiff.length]
  for (const [index, place] of places.entries()) header.writeUInt32LE(place, 4 + index * 4)
  return Buffer.concat([header, program, wmf, tiff])
}

/** An EPS file with text behind its comments. */
export function textEps(comments: string): Buffer {
  return Buffer.from(EPS_PROGRAM.replace('%%EndComments', `%%EndComments\n${comments}`), 'latin1')
}

/** The comments of Photoshop that have a thumbnail. */
export function photoshopComments(jpeg: Buffer): string {
  const head = Buffer.alloc(28)
  const resource = Buffer.concat([
    Buffer.from('8BIM\x04\x0c\0\0', 'latin1'),
    long(head.length + jpeg.length),
    head,
    jpeg,
    Buffer.alloc(jpeg.length % 2),
  ])
  const other = Buffer.concat([
    Buffer.from('8BIM\x03\xed\x02me\0', 'latin1'),
    long(2),
    Buffer.alloc(2),
  ])
  const hex = Buffer.concat([other, resource]).toString('hex').toUpperCase()
  const lines = hex.match(/.{1,64}/g) ?? []
  return [
    `%BeginPhotoshop: ${hex.length / 2}`,
    ...lines.map((line) => `% ${line}`),
    '%EndPhotoshop',
  ].join('\r')
}

/** Rows of bits in comments; true is black. */
export function epsiComments(rows: readonly (readonly boolean[])[]): string {
  const [first = []] = rows
  const lines = rows.map((row) => {
    const bytes = Buffer.alloc(Math.ceil(row.length / 8))
    for (const [x, isBlack] of row.entries()) {
      if (isBlack) bytes[x >> 3] = (bytes[x >> 3] ?? 0) | (0x80 >> (x & 7))
    }
    return `% ${bytes.toString('hex')}`
  })
  return [
    `%%BeginPreview: ${first.length} ${rows.length} 1 ${rows.length}`,
    ...lines,
    '%%EndPreview',
  ].join('\n')
}

/** XMP with pictures in it, as elements with line ends in them. */
export function xmpWith(...jpegs: readonly Buffer[]): string {
  const items = jpegs.map((jpeg) => {
    const base64 = (jpeg.toString('base64').match(/.{1,76}/g) ?? []).join('&#xA;')
    return `<rdf:li rdf:parseType="Resource"><xmpGImg:format>JPEG</xmpGImg:format><xmpGImg:image>${base64}</xmpGImg:image></rdf:li>`
  })
  return `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpGImg="http://ns.adobe.com/xap/1.0/g/img/"><xmp:Thumbnails><rdf:Alt>${items.join('')}</rdf:Alt></xmp:Thumbnails></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`
}

/** The first page of an InDesign document, and XMP behind other things. */
export function inDesignOf(...jpegs: readonly Buffer[]): Buffer {
  const master = Buffer.alloc(4096)
  master.write('0606edf5d81d46e5bd31efe7fe74b71d', 'hex')
  master.write('DOCUMENT', 16)
  return Buffer.concat([
    master,
    master,
    Buffer.alloc(5000, 'objects'),
    Buffer.from(xmpWith(...jpegs)),
  ])
}

/** Documents that are zip files, by their formats: the parts that tell what they are. */
export const DESIGNS = {
  kra: { mimetype: 'application/x-krita', 'maindoc.xml': '<DOC/>' },
  ora: { mimetype: 'image/openraster', 'stack.xml': '<image/>' },
  xd: {
    mimetype: 'application/vnd.adobe.sparkler.project+dcxucf',
    manifest: '{}',
    'artwork/pasteboard/graphics/graphicContent.agc': '{}',
  },
  sketch: { 'document.json': '{}', 'meta.json': '{}', 'pages/1.json': '{}' },
  fig: { 'canvas.fig': 'fig-kiwi', 'meta.json': '{}' },
  procreate: { 'Document.archive': 'bplist00', 'QuickLook/Other.txt': '' },
} as const satisfies Readonly<Record<string, Parts>>

/** Where each of them has its picture. */
export const DESIGN_PICTURES = {
  kra: 'mergedimage.png',
  ora: 'mergedimage.png',
  xd: 'preview.png',
  sketch: 'previews/preview.png',
  fig: 'thumbnail.png',
  procreate: 'QuickLook/Thumbnail.png',
} as const satisfies Readonly<Record<keyof typeof DESIGNS, string>>

/** A document with its picture. */
export function designOf(format: keyof typeof DESIGNS, picture?: Buffer): Buffer {
  return zip({ ...DESIGNS[format], ...(picture && { [DESIGN_PICTURES[format]]: picture }) })
}

/** An Affinity document with pictures in it. */
export function affinityOf(...pngs: readonly Buffer[]): Buffer {
  return Buffer.concat([
    Buffer.from('00ff4b4109000000', 'hex'),
    ...pngs.flatMap((png) => [Buffer.alloc(700, 'data'), png]),
    Buffer.alloc(20),
  ])
}

/** An ICNS file of elements in their order. */
export function icnsOf(elements: Readonly<Record<string, Buffer>>): Buffer {
  const body = Buffer.concat(
    Object.entries(elements).map(([type, bytes]) =>
      Buffer.concat([Buffer.from(type, 'latin1'), long(bytes.length + 8), bytes]),
    ),
  )
  return Buffer.concat([Buffer.from('icns'), long(body.length + 8), body])
}

/** An animated cursor of pictures, and the order in which they are shown. */
export function animatedCursorOf(cursors: readonly Buffer[], order?: readonly number[]): Buffer {
  const frames = Buffer.concat([
    Buffer.from('fram'),
    ...cursors.map((cursor) => riffChunk('icon', cursor)),
  ])
  const sequence = order && riffChunk('seq ', Buffer.concat(order.map(littleLong)))
  const body = Buffer.concat([
    Buffer.from('ACON'),
    riffChunk('anih', Buffer.alloc(36)),
    ...(sequence ? [sequence] : []),
    riffChunk('LIST', frames),
  ])
  return riffChunk('RIFF', body)
}

function riffChunk(type: string, bytes: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(type),
    littleLong(bytes.length),
    bytes,
    Buffer.alloc(bytes.length % 2),
  ])
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function littleLong(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
