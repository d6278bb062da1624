/** What someone calls a file. */
export interface Hints {
  /** Its name, of which the extension counts. */
  readonly name?: string | undefined
  /** Its media type, with or without parameters. */
  readonly mimetype?: string | undefined
}

/** Kinds of text that only their names tell apart. */
type TextKind = 'HTML' | 'XHTML' | 'XML' | 'plain'

const EXTENSIONS: readonly (readonly [RegExp, TextKind])[] = [
  [/\.html?$/, 'HTML'],
  [/\.xht(ml)?$/, 'XHTML'],
  [/\.(xml|xsd|xslt?|rss|atom|rdf|dita|ditamap|dbk|tei|kml|gpx|opml|xmp|xliff?)$/, 'XML'],
  [/\.(md|markdown|csv|tsv|tab|te?xt|log|json|jsonl|ya?ml|ini|srt|vtt|tex|rst|adoc)$/, 'plain'],
]

const MEDIA_TYPES: readonly (readonly [RegExp, TextKind])[] = [
  [/^text\/html$/, 'HTML'],
  [/^application\/xhtml\+xml$/, 'XHTML'],
  [/^(text|application)\/xml$|\+xml$/, 'XML'],
  [/^text\/(markdown|x-markdown|csv|tab-separated-values)$|^application\/json$/, 'plain'],
]

/** The kind of text that a file is said to be; undefined when nothing is said. */
export function readHint({ name = '', mimetype = '' }: Hints): TextKind | undefined {
  const essence = (mimetype.split(';')[0] ?? '').trim().toLowerCase()
  return (
    lookUp(MEDIA_TYPES, essence) ??
    lookUp(EXTENSIONS, name.toLowerCase()) ??
    // Services say this of whatever they do not know, so that names are heard first.
    (essence === 'text/plain' ? 'plain' : undefined)
  )
}

/** The encoding that a media type names, as in `text/plain; charset=utf-8`. */
export function readCharset(mimetype = ''): string | undefined {
  return /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(mimetype)?.[1]
}

function lookUp(
  table: readonly (readonly [RegExp, TextKind])[],
  value: string,
): TextKind | undefined {
  return table.find(([pattern]) => pattern.test(value))?.[1]
}
