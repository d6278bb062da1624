import { tooMany } from './document-errors.ts'

/** As many links, slides, sheets, chapters or styles as are kept of a document. Excel has at most 65,490 styles. */
const MAX_LISTED = 100_000

/**
 * Adds what has to be kept of a document to a list.
 *
 * @throws {@link OperationError} when that is more than any real document has
 */
export function addTo<T>(list: T[], item: T): void {
  if (list.length >= MAX_LISTED) throw tooMany(MAX_LISTED, 'parts, pages or styles')
  list.push(item)
}
