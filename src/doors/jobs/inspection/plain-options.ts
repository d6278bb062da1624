import { nameUrl } from '../../../base/redact.ts'
import { isWebUrl } from '../../../base/web-url.ts'
import type { Payload } from '../tasks/task-store.ts'

/** Longer texts are no option that says in a few words what a task does, in characters. */
const LONGEST_TEXT = 200

/** What of a payload can be said in passing. */
export type PlainOptions = Readonly<Record<string, string | number | boolean>>

/**
 * Takes out of a payload what says in a few words what its task does: texts, numbers and truth values, and of URLs what
 * opens nothing.
 *
 * @param secrets - the members that open something elsewhere: none is shown unless it is a URL
 */
export function plainOptionsOf(payload: Payload, secrets: readonly string[]): PlainOptions {
  return Object.fromEntries(
    Object.entries(payload).flatMap(([name, value]): [string, string | number | boolean][] => {
      if (typeof value === 'string' && isWebUrl(value)) return [[name, nameUrl(value)]]
      if (name === 'input' || secrets.includes(name)) return []
      if (typeof value === 'string') return value.length > LONGEST_TEXT ? [] : [[name, value]]
      return typeof value === 'number' || typeof value === 'boolean' ? [[name, value]] : []
    }),
  )
}
