import { formatIds } from '../../../sources/format-lookup.ts'
import { type FormatId, KNOWN_FORMATS } from '../../../sources/formats.ts'

/** A format and what becomes of it; `group` is CloudConvert's word for what both are about. */
export interface FormatPair {
  readonly input_format: string | null
  readonly output_format: string | null
  readonly meta: { readonly group: string }
  /** What does it, where that is somebody's choice. */
  readonly engine?: string
}

/** A format as requests name it. */
export interface FormatName {
  readonly name: string
  readonly group: string
}

/** CloudConvert's words for the groups of formats. */
const GROUPS = {
  picture: 'image',
  page: 'pdf',
  office: 'office',
  text: 'office',
  archive: 'archive',
  video: 'video',
  audio: 'audio',
  font: 'font',
} as const

/** Documents whose text and pages are read here. */
export const DOCUMENTS: readonly FormatId[] = [
  'pdf',
  'docx',
  'pptx',
  'xlsx',
  'odt',
  'ods',
  'odp',
  'epub',
  'rtf',
  'html',
  'xhtml',
  'xml',
  'csv',
  'markdown',
  'text',
]

const PICTURES = formatIds().filter((id) => KNOWN_FORMATS[id].group === 'picture')

/** Every spelling of formats, as clients look for both `jpg` and `jpeg`. */
export function spellings(ids: readonly FormatId[]): FormatName[] {
  return ids.flatMap((id) =>
    KNOWN_FORMATS[id].extensions.map((name) => ({ name, group: GROUPS[KNOWN_FORMATS[id].group] })),
  )
}

/** What pictures are made of. Pages of those that are nothing but text are not drawn. */
export const DRAWN = spellings([
  ...PICTURES,
  'ai',
  'eps',
  ...DOCUMENTS.filter((id) => KNOWN_FORMATS[id].group !== 'text'),
])

/** What becomes pages of a PDF. */
export const MERGED = spellings([...PICTURES, 'ai', 'eps', 'pdf'])

/** What files are taken out of. */
export const UNPACKED = spellings(formatIds().filter((id) => KNOWN_FORMATS[id].group === 'archive'))

/** Each of some formats with each of some others. */
export function pairs(inputs: readonly FormatName[], outputs: readonly string[]): FormatPair[] {
  return inputs.flatMap(({ name, group }) =>
    outputs.map((output) => ({ input_format: name, output_format: output, meta: { group } })),
  )
}

/** Each pair once, as the first one tells of it: several converters may make the same. */
export function once(told: readonly FormatPair[]): FormatPair[] {
  const known = new Map<string, FormatPair>()
  for (const pair of told) {
    const key = `${pair.input_format} ${pair.output_format}`
    if (!known.has(key)) known.set(key, pair)
  }
  return [...known.values()]
}
