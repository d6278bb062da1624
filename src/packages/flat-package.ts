import { Parser } from 'htmlparser2'
import { corruptSource } from '../base/operation-error.ts'
import { escapeXml } from '../base/xml.ts'
import { decodeXml } from '../sources/charset.ts'
import { tooLarge } from './document-errors.ts'
import { addTo } from './limited-list.ts'

/** The most that a document in one file may have, in characters, and so in bytes at least. */
const MOST_CHARACTERS = 128_000_000

const TITLE = 'flat OPC or flat OpenDocument'

/** How deep the parts of OpenDocument are, right below the root, and the XML of a part of Word's, which is in an element for it. */
const PART_DEPTH = 2
const XML_DEPTH = 3

/**
 * The parts of OpenDocument, by the elements that a flat document has instead (OpenDocument 1.3, part 3, 3.1.2). A chart within it is
 * a document again, with such elements of its own.
 */
const OF_OPEN_DOCUMENT: ReadonlyMap<string, string> = new Map([
  ['office:meta', 'meta.xml'],
  ['office:master-styles', 'styles.xml'],
  ['office:body', 'content.xml'],
])

/** Word's document of 2003, which is one part, and what it says of itself beside it. */
const OLD_ROOT = 'w:wordDocument'
const OLD_BODY = 'w:body'
const OLD_PROPERTIES = 'o:DocumentProperties'
const OLD_MAIN = 'word/document.xml'
const OLD_CORE = 'docProps/core.xml'

/** What its properties are called in a package (ISO 29500-2, 11.1). */
const CORE_NAMES: ReadonlyMap<string, string> = new Map([
  ['Title', 'title'],
  ['Author', 'creator'],
  ['Subject', 'subject'],
  ['Keywords', 'keywords'],
  ['Description', 'description'],
  ['Created', 'created'],
  ['LastSaved', 'modified'],
])

/** Elements around its sections and paragraphs, which tell other programs what Word has found out. */
const OLD_HINTS = /<\/?wx:[\w-]+[^<>]*>/g

/** What leads to its parts. */
const OLD_LINKS =
  '<Relationships><Relationship Id="1" Type="/officeDocument" Target="word/document.xml"/><Relationship Id="2" Type="/core-properties" Target="docProps/core.xml"/></Relationships>'

const OLD_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'

/** What stands before the content and the master pages, and is a part of either, or of the latter alone. */
const BEFORE: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries<readonly string[]>({
    'office:font-face-decls': ['styles.xml', 'content.xml'],
    'office:styles': ['styles.xml'],
    'office:automatic-styles': ['styles.xml', 'content.xml'],
  }),
)

/**
 * Reads the parts of a document that is one file of XML: Word's "XML document", which is a package of parts in elements,
 * the document of Word 2003, or LibreOffice's flat OpenDocument.
 *
 * @returns the parts by their names
 * @throws {@link OperationError} when it is damaged or too large
 */
export async function readFlatParts(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Map<string, Buffer>> {
  let text = ''
  for await (const chunk of decodeXml(chunks)) {
    text += chunk
    if (text.length > MOST_CHARACTERS) throw tooLarge(MOST_CHARACTERS, 'of a document in one file')
  }
  const parts: [name: string, content: Buffer][] = []
  let name = ''
  let start = 0
  let base64: string | undefined
  let root = ''
  // Each is there once; more of them would be as many copies of the root.
  const unread = new Map(OF_OPEN_DOCUMENT)
  const unreadOld = new Set([OLD_BODY, OLD_PROPERTIES])
  /** How many elements are open. */
  let depth = 0
  let isClosed = false
  const types: string[] = []
  /** What stands before parts, by its element; each is there once, as parts are. */
  const before = new Map<string, string>()
  // The parser has tags behind a comment or an instruction begin one character too early.
  const tagStart = (): number => text.indexOf('<', parser.startIndex)

  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        depth += 1
        if (depth === 1) {
          root = text.slice(tagStart(), parser.endIndex + 1)
          const mediaType = attributes['office:mimetype']
          if (mediaType !== undefined) addTo(parts, ['mimetype', Buffer.from(mediaType)])
        }
        if (tag === 'pkg:part') {
          name = attributes['pkg:name']?.replace(/^\//, '') ?? ''
          addTo(types, overrideOf(name, attributes['pkg:contentType'] ?? ''))
        }
        const isPart = depth === PART_DEPTH && (OF_OPEN_DOCUMENT.has(tag) || BEFORE.has(tag))
        const isXml = depth === XML_DEPTH && tag === 'pkg:xmlData'
        const isOld = depth === PART_DEPTH && unreadOld.has(tag)
        if (isPart || isXml || isOld) start = parser.endIndex + 1
        if (tag === 'pkg:binaryData') base64 = ''
      },
      ontext(piece) {
        if (base64 !== undefined) base64 += piece
      },
      onclosetag(tag, implied) {
        const part = depth === PART_DEPTH ? unread.get(tag) : undefined
        const isBefore = depth === PART_DEPTH && BEFORE.has(tag) && !implied
        const isXml = depth === XML_DEPTH && tag === 'pkg:xmlData'
        const isOld =
          root.startsWith(`<${OLD_ROOT}`) &&
          depth === PART_DEPTH &&
          !implied &&
          unreadOld.delete(tag)
        depth -= 1
        if (isOld && tag === OLD_BODY) {
          const inside = text.slice(start, tagStart()).replaceAll(OLD_HINTS, '')
          addTo(parts, [OLD_MAIN, Buffer.from(`${root}<${tag}>${inside}</${tag}></${OLD_ROOT}>`)])
          addTo(parts, ['_rels/.rels', Buffer.from(OLD_LINKS)])
          addTo(types, overrideOf(OLD_MAIN, OLD_TYPE))
        }
        if (isOld && tag === OLD_PROPERTIES) {
          addTo(parts, [OLD_CORE, Buffer.from(toCore(text.slice(start, tagStart())))])
        }
        if (isBefore) before.set(tag, `<${tag}>${text.slice(start, tagStart())}</${tag}>`)
        if (part !== undefined) {
          unread.delete(tag)
          // The names of its elements mean what the root says.
          const inside = text.slice(start, tagStart())
          const styles = Array.from(before, ([each, content]) =>
            BEFORE.get(each)?.includes(part) === true ? content : '',
          ).join('')
          const document = `${root}${styles}<${tag}>${inside}</${tag}></office:document>`
          addTo(parts, [part, Buffer.from(document)])
        }
        if (isXml) {
          addTo(parts, [name, Buffer.from(text.slice(start, tagStart()).trim())])
        }
        if (tag === 'pkg:binaryData') {
          addTo(parts, [name, Buffer.from(base64 ?? '', 'base64')])
          base64 = undefined
        }
        if (!implied && depth === 0) isClosed = true
      },
    },
    { xmlMode: true },
  )
  parser.end(text)
  if (!isClosed) throw corruptSource(TITLE)
  if (types.length > 0) {
    addTo(parts, ['[Content_Types].xml', Buffer.from(`<Types>${types.join('')}</Types>`)])
  }
  return new Map(parts)
}

function toCore(properties: string): string {
  const named = properties.replaceAll(
    /<(\/?)o:(\w+)[^<>]*?(\/?)>/g,
    (_, closing: string, name: string, empty: string) =>
      `<${closing}${CORE_NAMES.get(name) ?? `of-2003-${name}`}${empty}>`,
  )
  return `<coreProperties>${named}</coreProperties>`
}

/** What a package has to say of the media type of a part. */
function overrideOf(name: string, type: string): string {
  return `<Override PartName="/${escapeXml(name)}" ContentType="${escapeXml(type)}"/>`
}
