import { SaxesParser, type SaxesTagNS } from 'saxes'
import { escapeXml } from '../../../base/xml.ts'
import { MOST_KEPT_BYTES } from './kept-metadata.ts'

/**
 * Properties that are not kept, by their namespaces; all of those where none are named. They say where on the earth or in the
 * picture something is, how the pixels were stored, or describe what else was in the file: thumbnails, depths, other pictures.
 */
const LEFT_OUT: Readonly<Record<string, RegExp>> = {
  'http://ns.adobe.com/exif/1.0/':
    /^(?:GPS\w*|PixelXDimension|PixelYDimension|ColorSpace|NativeDigest|SubjectArea|SubjectLocation|MakerNote)$/,
  'http://ns.adobe.com/tiff/1.0/':
    /^(?:Orientation|ImageWidth|ImageLength|XResolution|YResolution|ResolutionUnit|NativeDigest|BitsPerSample|PhotometricInterpretation|SamplesPerPixel|Compression|PlanarConfiguration)$/,
  'http://ns.adobe.com/xap/1.0/': /^Thumbnails$/,
  'http://ns.adobe.com/photoshop/1.0/': /^(?:ICCProfile|ColorMode)$/,
  'http://ns.adobe.com/xmp/note/': /./,
  'http://ns.adobe.com/hdr-gain-map/1.0/': /./,
  'http://ns.google.com/photos/1.0/camera/': /./,
  'http://ns.google.com/photos/1.0/container/': /./,
  'http://ns.google.com/photos/1.0/container/item/': /./,
  'http://ns.google.com/photos/1.0/depthmap/': /./,
  'http://ns.google.com/photos/1.0/image/': /./,
  'http://ns.apple.com/pixeldatainfo/1.0/': /./,
  'http://ns.apple.com/HDRGainMap/1.0/': /./,
}

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const XMLNS = 'http://www.w3.org/2000/xmlns/'

/**
 * Writes an XMP packet anew, without {@link LEFT_OUT what} is no longer true of a picture that was turned, cut or sized, and
 * without its position.
 *
 * @returns undefined for what is no XMP, and when nothing is left
 */
export function cleanXmp(packet: Uint8Array): Buffer | undefined {
  if (packet.length > MOST_KEPT_BYTES) return undefined
  try {
    return rewrite(new TextDecoder('utf-8', { fatal: true }).decode(packet))
  } catch {
    // Damaged, or in an encoding that none of the formats but PDF takes.
    return undefined
  }
}

/** @throws what is wrong with the XML */
function rewrite(text: string): Buffer | undefined {
  const parser = new SaxesParser({ xmlns: true })
  const written: string[] = []
  let [depth, leftAt, properties] = [0, Infinity, 0]
  const isWritten = (): boolean => depth < leftAt
  parser.on('error', (error) => {
    throw error
  })
  parser.on('doctype', () => {
    throw new TypeError('XMP has no document type')
  })
  parser.on('opentag', (tag) => {
    depth += 1
    if (depth < leftAt && isLeftOut(tag)) leftAt = depth
    if (!isWritten()) return
    const attributes = Object.values(tag.attributes).filter((each) => !isLeftOut(each))
    const own = attributes.filter(({ uri }) => uri !== XMLNS && uri !== RDF && uri !== '')
    const isStructure = tag.uri === RDF || tag.uri === 'adobe:ns:meta/'
    properties += own.filter(({ uri }) => uri !== 'adobe:ns:meta/').length + (isStructure ? 0 : 1)
    const told = attributes.map(({ name, value }) => ` ${name}="${escapeXml(value)}"`)
    written.push(`<${tag.name}${told.join('')}>`)
  })
  parser.on('closetag', ({ name }) => {
    if (isWritten()) written.push(`</${name}>`)
    if (depth === leftAt) leftAt = Infinity
    depth -= 1
  })
  const onText = (content: string): void => {
    if (isWritten() && depth > 0) written.push(content.trim() === '' ? '' : escapeXml(content))
  }
  parser.on('text', onText)
  parser.on('cdata', onText)
  // Some writers end the packet with zeros.
  parser.write(text.replace(/[\0\s]+$/, '')).close()
  if (properties === 0) return undefined
  const [begin, end] = ['begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"', 'end="w"']
  return Buffer.from(`<?xpacket ${begin}?>${written.join('')}<?xpacket ${end}?>`)
}

function isLeftOut({ uri, local }: Pick<SaxesTagNS, 'uri' | 'local'>): boolean {
  return LEFT_OUT[uri]?.test(local) ?? false
}
