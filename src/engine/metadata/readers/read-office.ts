import { corruptSource, OperationError } from '../../../base/operation-error.ts'
import { openOdf } from '../../../packages/odf-encryption.ts'
import { findMainPart, readRelationships } from '../../../packages/opc.ts'
import { readMediaType } from '../../../packages/package-format.ts'
import { type Package, withPackage } from '../../../packages/package.ts'
import { readSmallPart } from '../../../packages/small-part.ts'
import { decodeText } from '../packet/decode-text.ts'
import type { Packet } from '../packet/packet.ts'
import { type Properties, writeProperties } from '../packet/write-properties.ts'
import type { SourceKind } from '../sources/kinds.ts'
import { textOf, type XmlElement, XmlError } from '../xml/element.ts'
import { parseXml } from '../xml/parse.ts'
import { isDate, mapDates, mapKeywords, tellLocked, toCount } from './document-properties.ts'
import type { SourceMetadata } from './source-metadata.ts'

/** A part of an archive. */
interface Part {
  /** The texts of all elements with a local name, without those that are empty. */
  readonly texts: (name: string) => string[]
  /** The value of an attribute of the first element that has it. */
  readonly attribute: (name: string) => string | undefined
}

/** What the properties of a part mean in XMP. */
type Mapping = (part: Part) => Properties

/** By the purpose for which the package of an office document refers to a part. */
const OFFICE: readonly (readonly [purpose: string, Mapping])[] = [
  ['core-properties', mapCore],
  ['extended-properties', mapApp],
]

/** Tells where the package of an EPUB is. */
const CONTAINER = 'META-INF/container.xml'

/**
 * Reads the properties of a document of Office, OpenDocument or EPUB. Of one that is encrypted there is nothing without its password.
 *
 * @throws {@link OperationError} when it is damaged, or the password does not open it
 */
export function readOfficeMetadata(
  { reader, title }: SourceKind,
  path: string,
  password: string | undefined,
): Promise<SourceMetadata> {
  return withPackage(path, async (source) => {
    const parts = reader === 'odf' ? await openParts(source, title, password) : source
    if (parts === undefined) return { remarks: [tellLocked(title)] }
    const others: Packet[] = []
    for (const [name, map] of await findProperties(parts, reader, title)) {
      const part = await parsePart(parts, name, title)
      if (part) others.push(writeProperties(map(part)))
    }
    return { others, mediaType: await findMediaType(parts, reader) }
  })
}

/** The media type of a document: that of a template is another one than that of its kind. */
async function findMediaType(
  parts: Package,
  reader: SourceKind['reader'],
): Promise<string | undefined> {
  const told =
    reader === 'opc' ? (await findMainPart(parts))?.mediaType : await readMediaType(parts)
  return told?.startsWith('application/') === true ? told : undefined
}

/** @returns undefined when there is no password that it would take */
async function openParts(
  source: Package,
  title: string,
  password: string | undefined,
): Promise<Package | undefined> {
  try {
    return await openOdf(source, title, password)
  } catch (error) {
    const isLocked = error instanceof OperationError && error.code === 'source_encrypted'
    if (isLocked && password === undefined) return undefined
    throw error
  }
}

async function findProperties(
  parts: Package,
  reader: SourceKind['reader'],
  title: string,
): Promise<readonly (readonly [name: string, Mapping])[]> {
  if (reader === 'odf') return [['meta.xml', mapOpenDocument]]
  if (reader === 'epub') {
    const container = await parsePart(parts, CONTAINER, title)
    return [[container?.attribute('full-path') ?? '', mapPackage]]
  }
  const found: [string, Mapping][] = []
  const links = await readRelationships(parts, '')
  for (const [purpose, map] of OFFICE) {
    const name = links.find(({ type }) => type === purpose)?.target
    if (name !== undefined) found.push([name, map])
  }
  return found
}

/** @returns undefined when there is no such part */
async function parsePart(parts: Package, name: string, title: string): Promise<Part | undefined> {
  const content = await readSmallPart(parts, name)
  if (content === undefined) return undefined
  let text: string
  let elements: readonly XmlElement[]
  try {
    text = decodeText(content)
    elements = flatten(parseXml(text))
  } catch (error) {
    if (error instanceof XmlError) throw corruptSource(title, { cause: error })
    throw error
  }
  return {
    texts: (wanted) =>
      elements
        .filter(({ localName }) => localName === wanted)
        .map((element) => textOf(text, element).trim())
        .filter((found) => found !== ''),
    attribute: (wanted) =>
      elements.flatMap(({ attributes }) => attributes).find(({ localName }) => localName === wanted)
        ?.value,
  }
}

function flatten(element: XmlElement): XmlElement[] {
  return [element, ...element.children.flatMap(flatten)]
}

/** ISO 29500-2, 11.1. What people enter as subject is what a document is about, as it is in PDF. */
function mapCore({ texts }: Part): Properties {
  return {
    'dc:title': { alt: texts('title')[0] },
    'dc:creator': { seq: texts('creator') },
    'dc:description': { alt: texts('description')[0] ?? texts('subject')[0] },
    'dc:language': { bag: texts('language') },
    ...mapKeywords(texts('keywords')),
    ...mapDates(texts('created')[0], texts('modified')[0]),
  }
}

/** ISO 29500-1, 22.2. */
function mapApp({ texts }: Part): Properties {
  return {
    'xmp:CreatorTool': { text: texts('Application')[0] },
    'xmpTPg:NPages': { text: toCount(texts('Pages')[0] ?? texts('Slides')[0]) },
  }
}

/** OpenDocument 1.3, part 3, 4.3, where dc:creator is who changed the document last. */
function mapOpenDocument({ texts, attribute }: Part): Properties {
  const authors = texts('initial-creator')
  return {
    'dc:title': { alt: texts('title')[0] },
    'dc:creator': { seq: authors.length > 0 ? authors : texts('creator') },
    'dc:description': { alt: texts('description')[0] ?? texts('subject')[0] },
    'dc:language': { bag: texts('language') },
    'xmp:CreatorTool': { text: texts('generator')[0] },
    'xmpTPg:NPages': { text: toCount(attribute('page-count')) },
    ...mapKeywords(texts('keyword')),
    ...mapDates(texts('creation-date')[0], texts('date')[0]),
  }
}

/** EPUB 3.3, 5.5. */
function mapPackage({ texts }: Part): Properties {
  return {
    'dc:title': { alt: texts('title')[0] },
    'dc:creator': { seq: texts('creator') },
    'dc:subject': { bag: texts('subject') },
    'dc:description': { alt: texts('description')[0] },
    'dc:publisher': { bag: texts('publisher') },
    'dc:language': { bag: texts('language') },
    'dc:rights': { alt: texts('rights')[0] },
    'dc:identifier': { text: texts('identifier')[0] },
    'dc:date': { seq: texts('date').filter(isDate) },
  }
}
