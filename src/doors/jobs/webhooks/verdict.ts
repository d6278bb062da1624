import type { Answer } from './post.ts'

/** What follows from an attempt. */
export type Verdict = 'delivered' | 'again' | 'refused' | 'gone'

/** Says what follows from an answer. Only what may be better later is tried again. */
export function judge(answer: Answer): Verdict {
  if ('unreachable' in answer) return 'again'
  if ('forbidden' in answer) return 'refused'
  const { status } = answer
  if (status >= 200 && status < 300) return 'delivered'
  if (status === 410) return 'gone'
  return status >= 500 || status === 429 ? 'again' : 'refused'
}

/** Says in a sentence what became of an attempt. */
export function describeAnswer(answer: Answer): string {
  if ('unreachable' in answer) return answer.unreachable
  if ('forbidden' in answer) return answer.forbidden
  const { status } = answer
  const isRedirect = status >= 300 && status < 400
  return `The receiver answered ${status}${isRedirect ? '; redirects are not followed' : ''}.`
}
