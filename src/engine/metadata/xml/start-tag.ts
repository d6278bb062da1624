import {
  checkReferences,
  errorAt,
  readReference,
  type XmlAttribute,
  type XmlElement,
} from './element.ts'

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace'
const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/'

// XML 1.0, section 2.3, without the colon.
const NAME_START =
  'A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F' +
  '\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}'
const NAME = `[${NAME_START}][-.0-9\\xB7\\u0300-\\u036F\\u203F\\u2040${NAME_START}]*`
const SPACE = '[ \\t\\r\\n]'

const QUALIFIED_NAME = new RegExp(`(?:(${NAME}):)?(${NAME})`, 'uy')
const ATTRIBUTE = new RegExp(
  `${SPACE}+((?:${NAME}:)?${NAME})${SPACE}*=${SPACE}*(?:"([^"<]*)"|'([^'<]*)')`,
  'uy',
)
const TAG_END = /[ \t\r\n]*(\/?)>/y

/** An element whose end is not known yet. */
export interface OpenElement extends XmlElement {
  readonly children: XmlElement[]
  endTagStart: number
  end: number
}

/**
 * Parses the start tag at `start`.
 *
 * @param anyEntity - leaves references to unknown entities as they are, rather than refusing them
 * @throws {@link XmlError} when it is not well-formed
 */
export function parseStartTag(
  document: string,
  start: number,
  parent: XmlElement | undefined,
  anyEntity: boolean,
): { element: OpenElement; alone: boolean } {
  QUALIFIED_NAME.lastIndex = start + 1
  const [name, prefix = '', localName = ''] = QUALIFIED_NAME.exec(document) ?? []
  if (name === undefined) throw errorAt(start, 'a tag has no name')
  const written = readAttributes(document, start + 1 + name.length, anyEntity)
  const last = written.at(-1)
  TAG_END.lastIndex = last?.end ?? start + 1 + name.length
  const [, slash] = TAG_END.exec(document) ?? []
  if (slash === undefined) throw errorAt(start, `the tag ${name} is not well-formed`)
  const startTagEnd = TAG_END.lastIndex
  const namespaces = declareNamespaces(parent?.namespaces ?? new Map(), written)

  function resolve(qualified: string, unprefixed: string): string {
    const colon = qualified.indexOf(':')
    if (colon === -1) return unprefixed
    const namespace = namespaces.get(qualified.slice(0, colon)) ?? reserved(qualified)
    // A prefix cannot be taken back by declaring it empty.
    if (!namespace) throw errorAt(start, `the prefix of ${qualified} is not declared`)
    return namespace
  }

  const attributes = written.map((attribute): XmlAttribute => {
    const { name: qualified } = attribute
    const isDefault = qualified === 'xmlns'
    return {
      ...attribute,
      namespace: resolve(qualified, isDefault ? XMLNS_NAMESPACE : ''),
      localName: qualified.slice(qualified.indexOf(':') + 1),
    }
  })
  const names = new Set(attributes.map((each) => `${each.namespace} ${each.localName}`))
  if (names.size < attributes.length) throw errorAt(start, `${name} has an attribute twice`)
  const element: OpenElement = {
    name,
    namespace: prefix === '' ? (namespaces.get('') ?? '') : resolve(name, ''),
    localName,
    attributes,
    children: [],
    namespaces,
    start,
    startTagEnd,
    endTagStart: startTagEnd,
    end: startTagEnd,
  }
  return { element, alone: slash !== '' }
}

type WrittenAttribute = Omit<XmlAttribute, 'namespace' | 'localName'>

function readAttributes(document: string, start: number, anyEntity: boolean): WrittenAttribute[] {
  const attributes: WrittenAttribute[] = []
  for (let position = start; ;) {
    ATTRIBUTE.lastIndex = position
    const [found, name, double, single] = ATTRIBUTE.exec(document) ?? []
    if (found === undefined || name === undefined) return attributes
    const end = ATTRIBUTE.lastIndex
    const text = double ?? single ?? ''
    checkReferences(text, position, anyEntity)
    attributes.push({
      name,
      value: text.replaceAll(/\s/g, ' ').replaceAll(/&[^;]*;/g, readReference),
      start: position + found.length - found.trimStart().length,
      end,
    })
    position = end
  }
}

function declareNamespaces(
  outer: ReadonlyMap<string, string>,
  attributes: readonly WrittenAttribute[],
): ReadonlyMap<string, string> {
  const declared = attributes.filter(({ name }) => /^xmlns(?::|$)/.test(name))
  if (declared.length === 0) return outer
  return new Map([
    ...outer,
    ...declared.map(({ name, value }) => [name.slice('xmlns:'.length), value] as const),
  ])
}

function reserved(qualified: string): string | undefined {
  if (qualified.startsWith('xml:')) return XML_NAMESPACE
  return qualified.startsWith('xmlns:') ? XMLNS_NAMESPACE : undefined
}
