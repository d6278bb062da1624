import { corruptSource } from '../../../base/operation-error.ts'
import { readLegacy } from '../../../packages/compound.ts'
import { type PropertyValue, readPropertySet } from '../../../packages/property-sets.ts'
import { writeProperties } from '../packet/write-properties.ts'
import type { SourceKind } from '../sources/kinds.ts'
import { mapDates, mapKeywords, toCount } from './document-properties.ts'
import type { SourceMetadata } from './source-metadata.ts'

/** Properties by the numbers that the sets of Office have for them ([MS-OSHARED] 2.3.3.2). */
const SUMMARY = {
  title: 2,
  subject: 3,
  author: 4,
  keywords: 5,
  comments: 6,
  created: 12,
  modified: 13,
  pages: 14,
  application: 18,
} as const
const DOCUMENT_SUMMARY = { slides: 7 } as const

/**
 * Reads the properties of an office document of before 2007, which mean what those of its successor do. They are read of one
 * that is encrypted as well, as far as they are not.
 *
 * @throws {@link OperationError} when it is damaged
 */
export function readLegacyMetadata({ title }: SourceKind, path: string): SourceMetadata {
  const { streams } = readLegacy(path) ?? {}

  function read<Name extends string>(
    stream: string,
    numbers: Readonly<Record<Name, number>>,
  ): (name: Name) => PropertyValue | undefined {
    const bytes = streams?.(stream)
    if (bytes === undefined) return () => undefined
    try {
      const properties = readPropertySet(bytes)
      return (name) => properties.get(numbers[name])
    } catch (error) {
      if (error instanceof RangeError) throw corruptSource(title, { cause: error })
      throw error
    }
  }

  const summary = read('\x05SummaryInformation', SUMMARY)
  const documentSummary = read('\x05DocumentSummaryInformation', DOCUMENT_SUMMARY)
  const text = (name: keyof typeof SUMMARY): string | undefined =>
    String(summary(name) ?? '').trim() || undefined
  const described = writeProperties({
    'dc:title': { alt: text('title') },
    'dc:creator': { seq: toList(text('author')) },
    'dc:description': { alt: text('comments') ?? text('subject') },
    'xmp:CreatorTool': { text: text('application') },
    'xmpTPg:NPages': { text: toCount(summary('pages')) ?? toCount(documentSummary('slides')) },
    ...mapKeywords(toList(text('keywords'))),
    ...mapDates(text('created'), text('modified')),
  })
  return { others: [described] }
}

function toList(text: string | undefined): string[] {
  return text === undefined ? [] : [text]
}
