import { checkReferences, errorAt, isXmlText, type XmlElement, XmlError } from './element.ts'
import { type OpenElement, parseStartTag } from './start-tag.ts'

/** Deeper than any metadata or drawing; whoever reads a document by calling itself is safe up to here. */
const MOST_DEPTH = 500

const END_TAG_END = /[ \t\r\n]*>/y
const DOCUMENT_TYPE =
  /<!DOCTYPE[^[>]*(?:\[(?:<!--[^]*?-->|<(?!!--)|"[^"]*"|'[^']*'|[^\]"'<])*\]\s*)?>/y

/** More than any metadata have; each takes some 300 bytes of memory. */
const MOST_ELEMENTS = 2_000_000

interface Options {
  /**
   * Passes over a document type, which is refused otherwise. What it declares is never read, so that references to its
   * entities stay as they are.
   */
  readonly skipDocumentType?: boolean
}

/**
 * Parses a document of XML 1.0 with namespaces. Strict, since what goes on to others as metadata has to be well-formed,
 * and with offsets, so that it can be changed without touching the rest of it.
 *
 * @returns the root element
 * @throws {@link XmlError} when the document is not well-formed
 */
export function parseXml(document: string, { skipDocumentType = false }: Options = {}): XmlElement {
  if (!isXmlText(document)) throw new XmlError('it has a character that XML does not allow')
  const open: OpenElement[] = []
  let root: XmlElement | undefined
  let elements = 0
  let position = document.startsWith('\uFEFF') ? 1 : 0

  function checkText(end: number): void {
    const text = document.slice(position, end)
    if (open.length === 0) {
      if (text.trim() !== '') throw errorAt(position, 'there is text outside of the root element')
      return
    }
    if (text.includes(']]>')) throw errorAt(position, 'a text has ]]> in it')
    checkReferences(text, position, skipDocumentType)
  }

  function skipPast(mark: string, from: number): number {
    const end = document.indexOf(mark, from)
    if (end === -1) throw errorAt(position, `there is no ${mark}`)
    return end + mark.length
  }

  function readSpecial(): number {
    if (document.startsWith('<!--', position)) {
      const end = skipPast('--', position + 4)
      if (document[end] !== '>') throw errorAt(position, 'a comment has -- in it')
      return end + 1
    }
    if (document.startsWith('<?', position)) {
      if (/^<\?xml\s/i.test(document.slice(position, position + 6)) && position > 1) {
        throw errorAt(position, 'the XML declaration is not at the beginning')
      }
      return skipPast('?>', position)
    }
    if (open.length > 0 && document.startsWith('<![CDATA[', position)) {
      return skipPast(']]>', position)
    }
    DOCUMENT_TYPE.lastIndex = position
    if (root === undefined && DOCUMENT_TYPE.test(document) && skipDocumentType) {
      return DOCUMENT_TYPE.lastIndex
    }
    throw errorAt(position, 'there is a document type or another declaration')
  }

  function readEndTag(): number {
    const element = open.pop()
    const start = position + 2
    if (element === undefined || !document.startsWith(element.name, start)) {
      throw errorAt(position, 'an end tag does not match its start tag')
    }
    END_TAG_END.lastIndex = start + element.name.length
    if (!END_TAG_END.test(document)) throw errorAt(position, 'an end tag does not match')
    element.endTagStart = position
    element.end = END_TAG_END.lastIndex
    return element.end
  }

  function readStartTag(): number {
    const parent = open.at(-1)
    if (parent === undefined && root !== undefined) throw errorAt(position, 'there are two roots')
    elements += 1
    if (elements > MOST_ELEMENTS) throw errorAt(position, 'there are too many elements')
    if (open.length >= MOST_DEPTH) throw errorAt(position, 'its elements are nested too deep')
    const { element, alone } = parseStartTag(document, position, parent, skipDocumentType)
    root ??= element
    parent?.children.push(element)
    if (!alone) open.push(element)
    return element.startTagEnd
  }

  for (;;) {
    const tag = document.indexOf('<', position)
    checkText(tag === -1 ? document.length : tag)
    if (tag === -1) break
    position = tag
    const next = document[tag + 1]
    if (next === '/') position = readEndTag()
    else position = next === '!' || next === '?' ? readSpecial() : readStartTag()
  }
  if (root === undefined) throw new XmlError('it has no element')
  if (open.length > 0) throw new XmlError(`the element ${open.at(-1)?.name ?? ''} has no end`)
  return root
}
