import { setImmediate } from 'node:timers/promises'
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

/** Reads a document that comes in pieces. */
interface XmlReader {
  readonly write: (piece: string) => void
  readonly end: () => XmlElement
}

/**
 * Reads a document.
 *
 * @throws {Error} when it is not well-formed, or has a document type: entities of its own are what attacks are made of
 */
export function parseXml(text: string): XmlElement {
  const reader = createXmlReader()
  for (const piece of piecesOf(text)) reader.write(piece)
  return reader.end()
}

/** Reads a document as {@link parseXml} does, with a turn for whatever else there is to do after each piece of it. */
export async function parseXmlInTurns(text: string): Promise<XmlElement> {
  const reader = createXmlReader()
  for (const piece of piecesOf(text)) {
    reader.write(piece)
    if (text.length > PIECE) await setImmediate()
  }
  return reader.end()
}

function* piecesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += PIECE) yield text.slice(at, at + PIECE)
}

function createXmlReader(): XmlReader {
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
  let pieces = 0
  let tagBegan: number | undefined
  // Whatever version it says that it is: the other one has control characters, which no answer has.
  const parser = new SaxesParser({ xmlns: true, forceXMLVersion: true, defaultXMLVersion: '1.0' })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('doctype', () => {
    throw new Error('it has a document type')
  })
  parser.on('opentagstart', () => {
    tagBegan = pieces
  })
  parser.on('opentag', ({ local, uri, attributes }) => {
    if (open.length === DEEPEST) throw new Error(`it is nested more than ${DEEPEST} deep`)
    tagBegan = undefined
    count += 1
    if (count > MOST_ELEMENTS) throw new Error(`it has more than ${MOST_ELEMENTS} elements`)
    const said = Object.values(attributes).filter(({ value }) => value === 'true' || value === '1')
    open.push({
      name: local,
      namespace: uri,
      isNil: said.some((each) => each.local === 'nil'),
      isMandatory: said.some((each) => each.local === 'mustUnderstand'),
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
  return {
    write(piece) {
      parser.write(piece)
      if (tagBegan !== undefined && pieces > tagBegan) {
        throw new Error(`a tag of it has more than ${PIECE} letters`)
      }
      pieces += 1
    },
    end() {
      parser.close()
      if (!root) throw new Error('it has no element')
      return root
    },
  }
}

/** The text of the first element of this name within another, trimmed; undefined when there is none, or nothing in it. */
export function textOf({ children }: XmlElement, name: string): string | undefined {
  const text = children.find((each) => each.name === name)?.text.trim()
  return text === '' ? undefined : text
}
