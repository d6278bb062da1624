import { readFileSync } from 'node:fs'
import { Parser } from 'htmlparser2'
import { openMhtml } from '../../../packages/mhtml.ts'
import { findDeclarations } from '../../../sources/encoding/declarations.ts'
import { toDecoder } from '../../../sources/encoding/decoder.ts'
import { findEncoding } from '../../../sources/encoding/find-encoding.ts'
import { readPart } from '../../../sources/open-file.ts'
import type { Packet } from '../packet/packet.ts'
import { writeProperties } from '../packet/write-properties.ts'
import type { SourceKind } from '../sources/kinds.ts'
import { mapDates } from './document-properties.ts'
import type { SourceMetadata } from './source-metadata.ts'

/** RFC 5322. */
const MAIL = 'message/rfc822'

/** As much of a page as its head may take, in bytes. */
const HEAD_BYTES = 1_000_000

/** Reads the title of a page and what its elements `meta` say. */
export function readHtmlMetadata({ id }: SourceKind, path: string): SourceMetadata {
  const encoding = findEncoding(path, findDeclarations(path)) ?? 'utf-8'
  const page = toDecoder(encoding)?.decode(readPart(path, 0, HEAD_BYTES)) ?? ''
  return { others: [describePage(page, { isXhtml: id === 'xhtml' })] }
}

/**
 * Reads what such a page says that is in one file with its pictures, and then what its header says; of a mail there is nothing else.
 *
 * @throws {@link OperationError} when there is nothing in it
 */
export async function readMhtmlMetadata(path: string): Promise<SourceMetadata> {
  const page = await openMhtml(readFileSync(path))
  const { subject, author, date } = page
  const header = writeProperties({
    'dc:title': { alt: subject },
    'dc:creator': { seq: toList(author) },
    ...(author !== undefined && mapDates(date, undefined)),
  })
  const own = 'html' in page ? [describePage(page.html, { isXhtml: false })] : []
  return { others: [...own, header], ...(author !== undefined && { mediaType: MAIL }) }
}

function describePage(page: string, { isXhtml }: { readonly isXhtml: boolean }): Packet {
  const names = new Map<string, string>()
  let title: string | undefined
  let isInTitle = false
  const parser = new Parser(
    {
      onopentag(tag, { name, content }) {
        if (tag === 'title' && title === undefined) isInTitle = true
        if (tag === 'meta' && name && content) names.set(name.toLowerCase(), content)
        // Drawings in a page have titles of their own.
        if (tag === 'body') parser.reset()
      },
      ontext(text) {
        if (isInTitle) title = (title ?? '') + text
      },
      onclosetag(tag) {
        if (tag === 'title') isInTitle = false
      },
    },
    // Elements that end in `/>` are empty in XHTML alone.
    { recognizeSelfClosing: isXhtml },
  )
  parser.end(page)
  const find = (...wanted: string[]): string | undefined =>
    wanted.map((name) => names.get(name)).find((content) => content !== undefined)
  const keywords = find('keywords')
  return writeProperties({
    'dc:title': { alt: (title ?? find('dc.title', 'dcterms.title'))?.replaceAll(/\s+/g, ' ') },
    'dc:creator': { seq: toList(find('author', 'dc.creator', 'dcterms.creator')) },
    'dc:description': { alt: find('description', 'dc.description', 'dcterms.description') },
    'dc:subject': { bag: keywords?.split(',') ?? [] },
    'dc:rights': { alt: find('copyright', 'dc.rights', 'dcterms.rights') },
    'pdf:Keywords': { text: keywords },
    'xmp:CreatorTool': { text: find('generator') },
  })
}

function toList(text: string | undefined): string[] {
  return text === undefined ? [] : [text]
}
