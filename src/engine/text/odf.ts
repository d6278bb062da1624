import { unreadKind } from '../../packages/document-errors.ts'
import { openOdf } from '../../packages/odf-encryption.ts'
import type { Package } from '../../packages/package.ts'
import type { Flow } from './flow.ts'
import { readOdfObject } from './odf-objects.ts'
import { readOdfSheets } from './odf-sheets.ts'
import { readOdfStory } from './odf-story.ts'

/** What people call the kinds of OpenDocument that have text, by the words of their media types. */
const TITLES: readonly (readonly [RegExp, string])[] = [
  [/^text/, 'ODT'],
  [/^spreadsheet/, 'ODS'],
  [/^presentation/, 'ODP'],
  [/^graphics/, 'ODG'],
  [/^formula/, 'ODF formula'],
  [/^chart/, 'ODF chart'],
]

const PREFIX = 'application/vnd.oasis.opendocument.'

/** What people call the documents of a media type; undefined when it is none of OpenDocument's. */
export function readOdfTitle(mediaType: string): string | undefined {
  if (!mediaType.startsWith(PREFIX)) return undefined
  const words = mediaType.slice(PREFIX.length)
  const title = TITLES.find(([pattern]) => pattern.test(words))?.[1]
  if (title === undefined) throw unreadKind(`an OpenDocument ${words}`)
  return title
}

/**
 * Writes the text of an OpenDocument file. That of a text document has its headers before it and its footers behind it.
 *
 * @param options.title - what {@link readOdfTitle} has answered
 * @throws {@link OperationError} when it is encrypted and `password` does not open it
 */
export async function readOdf(
  source: Package,
  { title, password }: { readonly title: string; readonly password: string | undefined },
  flow: Flow,
): Promise<void> {
  const parts = await openOdf(source, title, password)
  if (title === 'ODS') return readOdfSheets(parts, flow)
  if (title === 'ODF formula' || title === 'ODF chart') {
    const { text = '', names = [] } = (await readOdfObject(parts)) ?? {}
    for (const each of [text, ...names]) flow.lines(each)
    return
  }
  const hasMargins = title === 'ODT' && parts.has('styles.xml')
  if (hasMargins) await readOdfStory(parts, 'styles.xml', flow, /^header(-left|-first)?$/)
  await readOdfStory(parts, 'content.xml', flow)
  if (hasMargins) await readOdfStory(parts, 'styles.xml', flow, /^footer(-left|-first)?$/)
}
