import { readReference, type XmlAttribute, type XmlElement } from '../xml/element.ts'
import { type Packet, RDF } from './packet.ts'

/** A property of the resource that a packet is about. */
export interface Property {
  /** Its namespace and its name, by which it is the same property in any packet. */
  readonly key: string
  /** The `rdf:Description` that it is written in. */
  readonly description: XmlElement
  /** Whether it is written as an attribute. */
  readonly isAttribute: boolean
  readonly start: number
  readonly end: number
}

/** The key of a property. */
export function keyOf(namespace: string, localName: string): string {
  return `${namespace} ${localName}`
}

/** Finds the properties of a packet, in their order. */
export function propertiesOf({ rdf }: Packet): Property[] {
  return rdf.children.flatMap((description) => [
    ...description.attributes
      .filter(isProperty)
      .map((attribute) => describe(attribute, description, true)),
    ...description.children.map((element) => describe(element, description, false)),
  ])
}

function describe(
  { namespace, localName, start, end }: XmlAttribute | XmlElement,
  description: XmlElement,
  isAttribute: boolean,
): Property {
  return { key: keyOf(namespace, localName), description, isAttribute, start, end }
}

/** Attributes such as `rdf:about`, `xml:lang` and `xmlns:dc` are none. */
function isProperty({ namespace }: XmlAttribute): boolean {
  return namespace !== RDF && namespace !== '' && !namespace.startsWith('http://www.w3.org/')
}

/**
 * Whether two packets say the same. They may be written in another order, but each property has to be the same to the
 * letter, as it is when a file format had to wrap or part them.
 */
export function saySame(one: Packet, other: Packet): boolean {
  const [left, right] = [one, other].map((packet) =>
    propertiesOf(packet)
      .map(({ key, start, end }) => `${key} ${normalise(packet.text.slice(start, end))}`)
      .toSorted(),
  )
  return JSON.stringify(left) === JSON.stringify(right)
}

/** Without what depends on the encoding of a file: line ends, and characters written as numbers. */
function normalise(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(/&#\w+;/g, readReference)
}
