/** The pages of which there is no text, or not the right one, counted from 1. */
export interface UnreadPages {
  /** Those that are damaged. */
  readonly damaged: readonly number[]
  /** Those with letters of which the file does not say what they are, so that they come out as others. */
  readonly garbled: readonly number[]
}

/** So many pages are named. */
const MOST_NAMED = 5

/** Says which pages of a document could not be read, a sentence for each reason. */
export function tellUnreadPages({ damaged, garbled }: UnreadPages): readonly string[] {
  return [
    ...tell(damaged, 'damaged, so that there is no text of'),
    ...tell(
      garbled,
      'written with fonts that do not say which letters they have, so that the text is partly wrong of',
    ),
  ]
}

function tell(pages: readonly number[], what: string): string[] {
  if (pages.length === 0) return []
  const named = pages.slice(0, MOST_NAMED).join(', ')
  const others = pages.length - MOST_NAMED
  const list = others > 0 ? `${named} and ${others} more` : named
  return pages.length === 1 ? [`Page ${list} is ${what} it.`] : [`Pages ${list} are ${what} them.`]
}
