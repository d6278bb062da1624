/** An attribute; offsets are counted in characters of the document. */
export interface XmlAttribute {
  /** As written, with its prefix. */
  readonly name: string
  /** Empty when there is no prefix. */
  readonly namespace: string
  readonly localName: string
  readonly value: string
  readonly start: number
  readonly end: number
}

/** An element; offsets are counted in characters of the document. */
export interface XmlElement {
  /** As written, with its prefix. */
  readonly name: string
  /** Empty when it is in none. */
  readonly namespace: string
  readonly localName: string
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly XmlElement[]
  /** The namespaces that are declared here or around it, by prefix. */
  readonly namespaces: ReadonlyMap<string, string>
  /** Where its start tag begins and ends. */
  readonly start: number
  readonly startTagEnd: number
  /** Where its end tag begins; equal to {@link end} for an element of one tag. */
  readonly endTagStart: number
  readonly end: number
}

/** A document that is not well-formed, or one with a document type. */
export class XmlError extends Error {
  override readonly name = 'XmlError'
}

/** Whether an element or attribute has this name. */
export function isNamed(
  node: { readonly namespace: string; readonly localName: string },
  namespace: string,
  localName: string,
): boolean {
  return node.namespace === namespace && node.localName === localName
}

/** The text in an element, that of its descendants included. */
export function textOf(document: string, element: XmlElement): string {
  return document
    .slice(element.startTagEnd, element.endTagStart)
    .replaceAll(/<!\[CDATA\[([^]*?)\]\]>|<!--[^]*?-->|<[^>]*>|&[^;]*;/g, (found, literal) => {
      if (typeof literal === 'string') return literal
      return found.startsWith('&') ? readReference(found) : ''
    })
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
}

/** What a reference such as `&amp;` or `&#xE9;` stands for; the reference itself when it is of no known entity. */
export function readReference(reference: string): string {
  const name = reference.slice(1, -1)
  const [, hexadecimal, decimal] = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(name) ?? []
  const code = hexadecimal ? Number.parseInt(hexadecimal, 16) : Number(decimal)
  if (code <= 0x10_ffff && isXmlText(String.fromCodePoint(code))) return String.fromCodePoint(code)
  return ENTITIES[name] ?? reference
}

/** Whether a text has only characters that XML 1.0 allows (section 2.2). */
export function isXmlText(text: string): boolean {
  return !/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text)
}

/**
 * @param position - where the text begins in the document
 * @param anyEntity - lets references to unknown entities pass
 * @throws {@link XmlError} when a text has a reference to nothing
 */
export function checkReferences(text: string, position: number, anyEntity: boolean): void {
  for (const [reference] of text.matchAll(/&(?:[^;&\s]*;)?/g)) {
    const known = readReference(reference) !== reference
    if (!known && !(anyEntity && /^&[^#;]+;$/.test(reference))) {
      throw errorAt(position, `${reference} is a reference to nothing`)
    }
  }
}

/** Says what is wrong at an offset, which people count from 1. */
export function errorAt(position: number, problem: string): XmlError {
  return new XmlError(`${problem} (at character ${position + 1})`)
}
