import { copyProperties, editPacket } from './edit.ts'
import { emptyPacket, type Packet } from './packet.ts'
import { keyOf, propertiesOf } from './properties.ts'

/**
 * What a packet says of the file that it was read from, rather than of the picture: true in that file alone (ISO 16684-3,
 * `xmpNote:HasExtendedXMP`).
 */
const STORAGE_NOTES = new Set([keyOf('http://ns.adobe.com/xmp/note/', 'HasExtendedXMP')])

/** Packets to make one of. */
export interface MergeSources {
  /** What is known to be true: comes before what any packet says of the same properties. */
  readonly facts?: Packet
  /** The packet that stays as it is written. */
  readonly packet?: Packet | undefined
  /** Further packets, of which each adds the properties that none before it has. */
  readonly others?: readonly Packet[]
}

/** Makes one packet of several. */
export function mergePackets({
  facts = emptyPacket(),
  packet = emptyPacket(),
  others = [],
}: MergeSources): Packet {
  const factual = propertiesOf(facts)
  const known = new Set([...STORAGE_NOTES, ...factual.map(({ key }) => key)])
  const properties = propertiesOf(packet)
  const replaced = properties.filter(({ key }) => known.has(key))
  for (const { key } of properties) known.add(key)
  const added = copyProperties(facts, factual)
  for (const other of others) {
    const missing = propertiesOf(other).filter(({ key }) => !known.has(key))
    for (const { key } of missing) known.add(key)
    added.push(...copyProperties(other, missing))
  }
  return editPacket(packet, { without: replaced, added })
}
