import { readFileSync } from 'node:fs'
import { corruptSource } from '../../../base/operation-error.ts'
import { gunzip, isGzipped } from '../../../sources/open-file.ts'
import { encodingOf } from '../packet/decode-text.ts'
import { type Packet, RDF, tryParsePacket } from '../packet/packet.ts'
import { writeProperties } from '../packet/write-properties.ts'
import { textOf, type XmlElement, XmlError } from '../xml/element.ts'
import { parseXml } from '../xml/parse.ts'
import type { SourceMetadata } from './source-metadata.ts'
import { readSvgSize } from './svg-size.ts'
import { isRdf, readWork } from './svg-work.ts'

const SVG = 'http://www.w3.org/2000/svg'

/** The most that a drawing may hold, in bytes. */
const MOST_BYTES = 64 * 1024 * 1024

/** More than the beginning of a packet takes, in characters. */
const MOST_WRAPPER = 200

/** A drawing, and how it was encoded. */
export interface SvgFile {
  readonly text: string
  readonly root: XmlElement
  readonly isCompressed: boolean
  /** Latin 1 stands for every other encoding that extends ASCII: one character a byte. */
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1'
}

/**
 * Reads a drawing, which may be compressed.
 *
 * @throws {@link OperationError} when it is not well-formed, damaged, or holds too much
 */
export function readSvgFile(path: string): SvgFile {
  const file = readFileSync(path)
  const isCompressed = isGzipped(file)
  const bytes = isCompressed ? gunzip(file, 'SVG') : file
  try {
    if (bytes.length > MOST_BYTES) throw new XmlError('it is too large')
    const { text, encoding } = decode(bytes)
    // Illustrator declares entities for its namespaces.
    return { text, encoding, isCompressed, root: parseXml(text, { skipDocumentType: true }) }
  } catch (error) {
    throw corruptSource('SVG', { cause: error })
  }
}

function decode(bytes: Buffer): Pick<SvgFile, 'text' | 'encoding'> {
  const encoding = encodingOf(bytes)
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
    return { text, encoding }
  } catch {
    return { text: bytes.toString('latin1'), encoding: 'latin1' }
  }
}

/** Where a packet is in a drawing: the element, and its wrapper if it has one. */
export interface SvgPacket {
  readonly start: number
  readonly end: number
  readonly element: XmlElement
}

/** Finds the packet of a drawing. */
export function findSvgPacket({ text, root }: SvgFile): SvgPacket | undefined {
  const element = root.children
    .filter(({ localName }) => localName === 'metadata')
    .flatMap(({ children }) => children)
    .find(isXmp)
  if (element === undefined) return undefined
  const ahead = text.slice(Math.max(0, element.start - MOST_WRAPPER), element.start)
  const [before] = /<\?xpacket begin[^>]*\?>\s*$/.exec(ahead) ?? ['']
  const [behind] = /^\s*<\?xpacket end[^>]*\?>/.exec(text.slice(element.end)) ?? ['']
  return { start: element.start - before.length, end: element.end + behind.length, element }
}

/** Inkscape writes RDF of its own, which describes a `cc:Work`. */
function isXmp(element: XmlElement): boolean {
  if (element.namespace === 'adobe:ns:meta/') return true
  return isRdf(element) && element.children.every((child) => child.namespace === RDF)
}

/** Reads the packet of a drawing; undefined when it has none that is well-formed by itself. */
export function readSvgPacket(file: SvgFile): Packet | undefined {
  const found = findSvgPacket(file)
  return found && tryParsePacket(file.text.slice(found.element.start, found.element.end))
}

/** Reads what a drawing says of itself. */
export function readSvgMetadata(path: string): SourceMetadata {
  const file = readSvgFile(path)
  const { root, text } = file
  const find = (name: string): string | undefined => {
    const element = root.children.find(
      ({ namespace, localName }) => namespace === SVG && localName === name,
    )
    return element && textOf(text, element)
  }
  const works = root.children
    .filter(({ localName }) => localName === 'metadata')
    .flatMap(({ children }) => children)
    .filter((element) => isRdf(element) && !isXmp(element))
    .map((rdf) => writeProperties(readWork(text, rdf)))
  const described = writeProperties({
    'dc:title': { alt: find('title') },
    'dc:description': { alt: find('desc') },
  })
  return { packet: readSvgPacket(file), others: [...works, described], size: readSvgSize(root) }
}
