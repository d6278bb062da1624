import { Parser } from 'htmlparser2'
import { withOpenFile } from '../../../sources/open-file.ts'
import { writeProperties } from '../packet/write-properties.ts'
import type { SourceMetadata } from './source-metadata.ts'

/** As much of a page as its head may take, in bytes. */
const HEAD_BYTES = 1_000_000

/** Reads the title of a page and what its elements `meta` say. */
export function readHtmlMetadata(path: string): SourceMetadata {
  const page = decode(withOpenFile(path, (file) => file.read(0, HEAD_BYTES)))
  const names = new Map<string, string>()
  let title: string | undefined
  let isInTitle = false
  const parser = new Parser({
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
  })
  parser.end(page)
  const find = (...wanted: string[]): string | undefined =>
    wanted.map((name) => names.get(name)).find((content) => content !== undefined)
  const keywords = find('keywords')
  const described = writeProperties({
    'dc:title': { alt: (title ?? find('dc.title', 'dcterms.title'))?.replaceAll(/\s+/g, ' ') },
    'dc:creator': { seq: toList(find('author', 'dc.creator', 'dcterms.creator')) },
    'dc:description': { alt: find('description', 'dc.description', 'dcterms.description') },
    'dc:subject': { bag: keywords?.split(',') ?? [] },
    'dc:rights': { alt: find('copyright', 'dc.rights', 'dcterms.rights') },
    'pdf:Keywords': { text: keywords },
    'xmp:CreatorTool': { text: find('generator') },
  })
  return { others: [described] }
}

function toList(text: string | undefined): string[] {
  return text === undefined ? [] : [text]
}

/** By the byte order mark, or else by what the page says. */
function decode(bytes: Buffer): string {
  const [, declared = 'utf-8'] =
    /<meta[^>]{0,200}charset\s*=\s*["']?([-\w]{2,40})/i.exec(bytes.toString('latin1', 0, 4096)) ??
    []
  const mark = bytes.toString('hex', 0, 2)
  const label = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : declared
  try {
    return new TextDecoder(label).decode(bytes)
  } catch {
    // An encoding that nobody knows.
    return new TextDecoder().decode(bytes)
  }
}
