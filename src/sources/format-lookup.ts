import { type FormatId, KNOWN_FORMATS } from './formats.ts'

const BY_EXTENSION: ReadonlyMap<string, FormatId> = index((id) => KNOWN_FORMATS[id].extensions)
const BY_MEDIA_TYPE: ReadonlyMap<string, FormatId> = index((id) => {
  const format = KNOWN_FORMATS[id]
  const others = 'otherMediaTypes' in format ? format.otherMediaTypes : []
  return [format.mediaType, ...others]
})

/** Whether there is a format of this id. */
export function isFormatId(name: string): name is FormatId {
  return Object.hasOwn(KNOWN_FORMATS, name)
}

/** Every format there is. */
export function formatIds(): FormatId[] {
  return Object.keys(KNOWN_FORMATS).filter(isFormatId)
}

/** The format of files with an extension, which is given without its dot and in small letters. */
export function formatOfExtension(extension: string): FormatId | undefined {
  return BY_EXTENSION.get(extension)
}

/** The format of a media type, which is given without parameters and in small letters. */
export function formatOfMediaType(mediaType: string): FormatId | undefined {
  return BY_MEDIA_TYPE.get(mediaType)
}

function index(namesOf: (id: FormatId) => readonly string[]): ReadonlyMap<string, FormatId> {
  return new Map(
    formatIds().flatMap((id) =>
      namesOf(id).map((name): [string, FormatId] => [name.toLowerCase(), id]),
    ),
  )
}

/** What someone calls a file. */
export interface Hints {
  /** Its name, of which the extension counts. */
  readonly name?: string | undefined
  /** Its media type, with or without parameters. */
  readonly mimetype?: string | undefined
}

/** Kinds of text that only their names tell apart. */
const NAMED = ['html', 'xhtml', 'xml', 'csv', 'markdown', 'text'] as const

/** A kind of text that only its name may tell. */
export type NamedText = (typeof NAMED)[number]

/** What else is one of them, as far as its media type says. */
const MEDIA_TYPES: readonly (readonly [RegExp, NamedText])[] = [
  [/\+xml$/, 'xml'],
  [/^text\/tab-separated-values$|^application\/json$/, 'text'],
]

/** The kind of text that a file is said to be; undefined when nothing is said. */
export function readHint({ name = '', mimetype = '' }: Hints): NamedText | undefined {
  const essence = (mimetype.split(';')[0] ?? '').trim().toLowerCase()
  const told = formatOfMediaType(essence)
  const byType =
    NAMED.find((each) => each === told) ??
    MEDIA_TYPES.find(([pattern]) => pattern.test(essence))?.[1]
  // Services say that it is plain text of whatever they do not know, so that names are heard first.
  return byType === undefined || essence === KNOWN_FORMATS.text.mediaType
    ? (readExtension(name) ?? byType)
    : byType
}

/** The encoding that a media type names, as in `text/plain; charset=utf-8`. */
export function readCharset(mimetype = ''): string | undefined {
  return /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(mimetype)?.[1]
}

function readExtension(name: string): NamedText | undefined {
  const extension = /\.(\w+)$/.exec(name.toLowerCase())?.[1]
  return NAMED.find((id) => {
    const format = KNOWN_FORMATS[id]
    const others: readonly string[] = 'dialects' in format ? format.dialects : []
    return [...format.extensions, ...others].some((each) => each === extension)
  })
}
