import { isNamed, type XmlElement, XmlError } from '../xml/element.ts'
import { parseXml } from '../xml/parse.ts'
import { decodeSourceText, decodeText } from './decode-text.ts'

/** The namespace of RDF, which XMP is written in. */
export const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'

const META = 'adobe:ns:meta/'

/** The most that a packet may hold, in bytes: more than any history of a Photoshop document. */
export const MOST_PACKET_BYTES = 16_000_000

/** Metadata as XMP (ISO 16684-1), well-formed. */
export interface Packet {
  /** The document that the offsets of its elements count in. */
  readonly text: string
  /** `x:xmpmeta`, or `rdf:RDF` where nothing is around it. */
  readonly root: XmlElement
  /** `rdf:RDF`. */
  readonly rdf: XmlElement
}

/**
 * Parses a packet: RDF, with or without `x:xmpmeta` and the processing instructions of a packet around it.
 *
 * @param content - a text, or the bytes of one in UTF-8, UTF-16 or UTF-32
 * @throws {@link XmlError} when it is anything else, or too large
 */
export function parsePacket(content: string | Uint8Array): Packet {
  if (content.length > MOST_PACKET_BYTES) {
    throw new XmlError(`it has more than ${MOST_PACKET_BYTES / 1e6} MB`)
  }
  // Some writers fill up the room that they have for a packet with zeros.
  const text = (typeof content === 'string' ? content : decodeText(content)).replace(/\0+$/, '')
  const root = parseXml(text)
  const rdf = findRdf(root)
  if (rdf.children.some((child) => child.namespace !== RDF || child.localName === 'RDF')) {
    throw new XmlError('rdf:RDF has something else than an rdf:Description in it')
  }
  return { text, root, rdf }
}

function findRdf(root: XmlElement): XmlElement {
  if (isNamed(root, RDF, 'RDF')) return root
  const isMeta = root.namespace === META && /^x[am]pmeta$/.test(root.localName)
  const [rdf, ...others] = isMeta ? root.children : []
  if (rdf === undefined || !isNamed(rdf, RDF, 'RDF') || others.length > 0) {
    throw new XmlError('its root is not an x:xmpmeta with one rdf:RDF in it')
  }
  return rdf
}

/** Parses a packet of a source; undefined when it is none that could go into another document. */
export function tryParsePacket(content: string | Uint8Array | undefined): Packet | undefined {
  if (content === undefined) return undefined
  try {
    return parsePacket(typeof content === 'string' ? content : decodeSourceText(content))
  } catch (error) {
    if (error instanceof XmlError) return undefined
    throw error
  }
}

/**
 * Writes a packet as a document in its wrapper, in which `x:xmpmeta` is the root.
 *
 * @param packet - what of it counts, its text between the beginning and the end of its root
 */
export function wrapPacket({ text, root, rdf }: Packet): string {
  const content = text.slice(root.start, root.end)
  const meta = root === rdf ? `<x:xmpmeta xmlns:x="${META}">\n${content}\n</x:xmpmeta>` : content
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>\n${meta}\n<?xpacket end="w"?>`
}

/** A packet that says nothing. */
export function emptyPacket(): Packet {
  return parsePacket(`<x:xmpmeta xmlns:x="${META}">
<rdf:RDF xmlns:rdf="${RDF}">
</rdf:RDF>
</x:xmpmeta>`)
}
