import { Parser } from 'htmlparser2'
import { corruptSource } from '../base/operation-error.ts'
import { tooMany } from './document-errors.ts'

/** Elements within elements. Real documents have tens, pages that close nothing some hundreds. */
const MAX_DEPTH = 4000

/** The attributes of an element by their names, which may have a prefix. */
export type Attributes = Readonly<Record<string, string>>

/** What is told of a document while it is read. The names of XML elements have no prefix. */
export interface MarkupHandler {
  open?(name: string, attributes: Attributes): void
  close?(name: string): void
  text?(text: string): void
}

export interface MarkupOptions {
  readonly language: 'XML' | 'HTML' | 'XHTML'
  /** Elements of which nothing is told, nor of what is in them. */
  readonly skip?: ReadonlySet<string>
  /** What the document is a part of; when given, it has to be well-formed. */
  readonly partOf?: string
}

/**
 * Reads a document of XML or HTML that comes in pieces, and keeps nothing of it. Entities of a document type are left
 * as they stand.
 *
 * @throws {@link OperationError} when it has to be well-formed and is not, or its
 *   elements are nested thousands deep
 */
export async function parseMarkup(
  chunks: AsyncIterable<string> | Iterable<string>,
  handler: MarkupHandler,
  { language, skip, partOf }: MarkupOptions,
): Promise<void> {
  const isXml = language === 'XML'
  let depth = 0
  let skipped = 0
  let empty = true
  let lastStart = -1
  const toName = (name: string): string => (isXml ? withoutPrefix(name) : name)

  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        depth += 1
        empty = false
        lastStart = parser.startIndex
        if (depth > MAX_DEPTH) throw tooMany(MAX_DEPTH, 'elements within each other')
        const name = toName(tag)
        if (skipped > 0 || skip?.has(name) === true) skipped += 1
        else handler.open?.(name, attributes)
      },
      onclosetag(tag, implied) {
        // An empty element is said to be closed by implication as well, but where it began.
        if (implied && partOf !== undefined && parser.startIndex !== lastStart) {
          throw corruptSource(partOf)
        }
        depth -= 1
        if (skipped > 0) skipped -= 1
        else handler.close?.(toName(tag))
      },
      ontext(text) {
        // What is outside of all elements in XML are the remains of a document type.
        if (skipped === 0 && (depth > 0 || !isXml)) handler.text?.(text)
      },
    },
    { xmlMode: isXml, recognizeSelfClosing: language !== 'HTML' },
  )
  for await (const chunk of chunks) parser.write(chunk)
  parser.end()
  if (empty && partOf !== undefined) throw corruptSource(partOf)
}

/** `rows` of `table:rows`. */
function withoutPrefix(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** The value of an attribute, with any prefix or none. */
export function readAttribute(attributes: Attributes, name: string): string | undefined {
  if (Object.hasOwn(attributes, name)) return attributes[name]
  const key = Object.keys(attributes).find((each) => each.endsWith(`:${name}`))
  return key === undefined ? undefined : attributes[key]
}

/** The value of an attribute that has a prefix, such as the `r:id` beside an `id`. */
export function readPrefixed(attributes: Attributes, name: string): string | undefined {
  const key = Object.keys(attributes).find((each) => each.endsWith(`:${name}`))
  return key === undefined ? undefined : attributes[key]
}
