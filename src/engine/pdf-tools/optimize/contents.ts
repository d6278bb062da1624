import { inflateSync } from 'node:zlib'
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFStream,
} from '@cantoo/pdf-lib'

/** Longer than the content of any page; in bytes. */
const MOST_CONTENT_BYTES = 64_000_000

/** Deeper than any tree of pages. */
const MOST_LEVELS = 100

/** Something that is drawn by operators: a page, a form, a tile of a pattern, or a letter. */
export interface Content {
  readonly streams: readonly PDFRawStream[]
  /** What names in it mean; undefined for those of whoever draws it. */
  readonly resources: PDFDict | undefined
}

const name = (text: string): PDFName => PDFName.of(text)

/** All that is drawn in a document, and what nothing draws. */
export function* contentsOf(context: PDFContext): Generator<Content> {
  for (const [, object] of context.enumerateIndirectObjects()) {
    if (object instanceof PDFRawStream) {
      const isForm = object.dict.get(name('Subtype')) === name('Form')
      if (!isForm && !object.dict.has(name('PatternType'))) continue
      yield { streams: [object], resources: dictionary(context, object.dict, 'Resources') }
    } else if (object instanceof PDFDict) {
      const type = object.get(name('Type'))
      if (type === name('Page') || type === name('Template')) {
        yield { streams: streamsOf(context, object), resources: inherited(context, object) }
      } else if (object.get(name('Subtype')) === name('Type3')) {
        const resources = dictionary(context, object, 'Resources')
        for (const [, value] of dictionary(context, object, 'CharProcs')?.entries() ?? []) {
          const letter = context.lookup(value)
          if (letter instanceof PDFRawStream) yield { streams: [letter], resources }
        }
      }
    }
  }
}

/** A member that is a dictionary. */
export function dictionary(context: PDFContext, of: PDFDict, key: string): PDFDict | undefined {
  const value = context.lookup(of.get(name(key)))
  return value instanceof PDFDict ? value : undefined
}

/** All dictionaries of a document, those within others included. */
export function* dictionariesOf(context: PDFContext): Generator<PDFDict> {
  for (const [, object] of context.enumerateIndirectObjects()) yield* dictionariesIn(object)
}

function* dictionariesIn(object: PDFObject): Generator<PDFDict> {
  if (object instanceof PDFStream) yield* dictionariesIn(object.dict)
  else if (object instanceof PDFDict) {
    yield object
    for (const value of object.values()) yield* dictionariesIn(value)
  } else if (object instanceof PDFArray) {
    for (const item of object.asArray()) yield* dictionariesIn(item)
  }
}

/**
 * What a stream has in it, as one byte a letter.
 *
 * @returns undefined when it is damaged, or compressed in a way that hardly any is
 */
export function decodeContent({ dict, contents }: PDFRawStream): string | undefined {
  const filter = dict.get(name('Filter'))
  const only = filter instanceof PDFArray && filter.size() === 1 ? filter.get(0) : filter
  if (only === undefined) return Buffer.from(contents).toString('latin1')
  if (only !== name('FlateDecode') || dict.has(name('DecodeParms'))) return undefined
  try {
    return inflateSync(contents, { maxOutputLength: MOST_CONTENT_BYTES }).toString('latin1')
  } catch {
    return undefined
  }
}

function streamsOf(context: PDFContext, page: PDFDict): PDFRawStream[] {
  const contents = context.lookup(page.get(name('Contents')))
  const all: readonly (PDFObject | undefined)[] =
    contents instanceof PDFArray ? contents.asArray() : [contents]
  return all.map((each) => context.lookup(each)).filter((each) => each instanceof PDFRawStream)
}

function inherited(context: PDFContext, page: PDFDict): PDFDict | undefined {
  let node: PDFDict | undefined = page
  for (let level = 0; node !== undefined && level < MOST_LEVELS; level += 1) {
    const own = dictionary(context, node, 'Resources')
    if (own !== undefined) return own
    node = dictionary(context, node, 'Parent')
  }
  return undefined
}
