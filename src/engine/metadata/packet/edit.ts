import { escapeXml } from '../../../base/xml.ts'
import type { XmlElement } from '../xml/element.ts'
import { type Packet, parsePacket } from './packet.ts'
import type { Property } from './properties.ts'

/** A change of a packet, of which everything else stays as it was written. */
export interface Edit {
  /** What goes. */
  readonly without?: readonly Property[]
  /** Elements `rdf:Description` that come behind the others. */
  readonly added?: readonly string[]
}

/** Edits a packet. */
export function editPacket(
  { text, rdf, root }: Packet,
  { without = [], added = [] }: Edit,
): Packet {
  const pieces: string[] = []
  let position = root.start
  for (const { start, end } of without.toSorted((one, other) => one.start - other.start)) {
    pieces.push(text.slice(position, start).trimEnd())
    // Attributes stand behind white space, which went with the one that goes.
    position = end
  }
  const isOneTag = rdf.endTagStart === rdf.end
  const end = isOneTag ? rdf.startTagEnd - '/>'.length : rdf.endTagStart
  pieces.push(text.slice(position, end))
  if (isOneTag) pieces.push('>')
  pieces.push(...added.map((description) => `${description}\n`))
  pieces.push(isOneTag ? `</${rdf.name}>` : '', text.slice(isOneTag ? rdf.end : end, root.end))
  return parsePacket(pieces.join(''))
}

/** Writes properties as elements `rdf:Description` that can stand in any packet. */
export function copyProperties(packet: Packet, properties: readonly Property[]): string[] {
  const byDescription = Map.groupBy(properties, ({ description }) => description)
  return [...byDescription].map(([description, chosen]) =>
    writeDescription(packet.text, description, chosen),
  )
}

function writeDescription(
  text: string,
  { name, namespaces }: XmlElement,
  properties: readonly Property[],
): string {
  const [attributes, elements] = [true, false].map((isAttribute) =>
    properties
      .filter((property) => property.isAttribute === isAttribute)
      .map(({ start, end }) => text.slice(start, end)),
  )
  const content = [name, ...(attributes ?? []), ...(elements ?? [])].join('\n')
  const declarations = [...namespaces]
    .filter(([prefix]) => prefix === '' || content.includes(`${prefix}:`))
    .map(
      ([prefix, namespace]) =>
        `${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}="${escapeXml(namespace)}"`,
    )
  // Undefined when RDF is the default namespace: a description without it is about the same file.
  const prefix = /^(.+):/.exec(name)?.[1]
  const about = prefix === undefined ? [] : [`${prefix}:about=""`]
  return [
    `<${[name, ...about, ...declarations, ...(attributes ?? [])].join(' ')}>`,
    ...(elements ?? []),
    `</${name}>`,
  ].join('\n')
}
