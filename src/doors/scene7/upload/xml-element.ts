import { SaxesParser } from 'saxes'

/** An element of a document, by its name without a prefix: clients have several namespaces for the same. */
export interface XmlElement {
  readonly name: string
  readonly namespace: string
  /** Whether it says that it has no value, by `xsi:nil`. */
  readonly isNil: boolean
  /** Whether who does not know it must refuse the message, by SOAP's `mustUnderstand`. */
  readonly isMandatory: boolean
  /** Of itself, without that of the elements within. */
  readonly text: string
  readonly children: readonly XmlElement[]
}

/** What clients write is a few levels deep. */
const DEEPEST = 20

/** A list of ten thousand handles is nothing special; more would take much memory before anybody has said who they are. */
const MOST_ELEMENTS = 12_000

/** How much is read at a time, in letters; a tag has at most twice as many, since many attributes take much time. */
const PIECE = 16_384

/**
 * Reads a document.
 *
 * @throws {Error} when it is not well-formed, or has a document type: entities of its own are what attacks are made of
 */
export function parseXml(text: string): XmlElement {
  interface OpenElement {
    readonly name: string
    readonly namespace: string
    readonly isNil: boolean
    readonly isMandatory: boolean
    text: string
    readonly children: XmlElement[]
  }
  const open: OpenElement[] = []
  let root: XmlElement | undefined
  let count = 0
  let at = 0
  let tagBegan: number | undefined
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('doctype', () => {
    throw new Error('it has a document type')
  })
  parser.on('opentagstart', () => {
    tagBegan = at
  })
  parser.on('opentag', ({ local, uri, attributes }) => {
    if (open.length === DEEPEST) throw new Error(`it is nested more than ${DEEPEST} deep`)
    tagBegan = undefined
    count += 1
    if (count > MOST_ELEMENTS) throw new Error(`it has more than ${MOST_ELEMENTS} elements`)
    const isTrue = (name: string): boolean =>
      Object.values(attributes).some(
        (each) => each.local === name && (each.value === 'true' || each.value === '1'),
      )
    open.push({
      name: local,
      namespace: uri,
      isNil: isTrue('nil'),
      isMandatory: isTrue('mustUnderstand'),
      text: '',
      children: [],
    })
  })
  const append = (piece: string): void => {
    const current = open.at(-1)
    if (current) current.text += piece
  }
  parser.on('text', append)
  parser.on('cdata', append)
  parser.on('closetag', () => {
    const closed = open.pop()
    const parent = open.at(-1)
    if (closed && parent) parent.children.push(closed)
    else root = closed
  })
  for (; at < text.length; at += PIECE) {
    parser.write(text.slice(at, at + PIECE))
    if (tagBegan !== undefined && at - tagBegan > PIECE) {
      throw new Error(`a tag of it has more than ${PIECE} letters`)
    }
  }
  parser.close()
  if (!root) throw new Error('it has no element')
  return root
}

/** The text of the first element of this name within another, trimmed; undefined when there is none, or nothing in it. */
export function textOf({ children }: XmlElement, name: string): string | undefined {
  const text = children.find((each) => each.name === name)?.text.trim()
  return text === '' ? undefined : text
}
