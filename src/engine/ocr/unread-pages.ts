import type { OperationError } from '../../base/operation-error.ts'

/** A page whose text could not be recognised, and what was wrong. */
export interface UnreadPage {
  readonly number: number
  readonly error: OperationError
}

/** As many pages are named of those that one thing is wrong with. */
const MOST_NAMED = 10

/** Says which pages have no text, and why: one sentence for each reason. */
export function tellUnread(pages: readonly UnreadPage[]): string[] {
  const inOrder = pages.toSorted((one, other) => one.number - other.number)
  const byReason = Map.groupBy(inOrder, ({ error }) => reasonOf(error))
  return Array.from(byReason, ([reason, each]) => {
    const numbers = each.map(({ number }) => String(number))
    if (numbers.length === 1) return `Page ${numbers.join()} has no text: it ${reason}.`
    const named = numbers.slice(0, MOST_NAMED)
    const rest = numbers.length - named.length
    const last = rest > 0 ? `${rest} more` : (named.pop() ?? '')
    return `Pages ${named.join(', ')} and ${last} have no text: each of them ${reason}.`
  })
}

function reasonOf({ code, fields }: OperationError): string {
  if ('seconds' in fields) return `took more than ${fields.seconds} seconds`
  if (code === 'source_out_of_memory') return 'took more memory than there may be'
  if (code === 'source_too_many_pixels') return 'is too large'
  return 'could not be drawn'
}
