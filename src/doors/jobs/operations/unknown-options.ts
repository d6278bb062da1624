import { memberNames } from '../../../base/member-names.ts'
import { findUnknownMembers } from '../../../base/unknown-members.ts'
import type { TaskOperation } from './operation.ts'
import { COMMON_OPTIONS } from './task-options.ts'

/** What a task says besides its options. */
const OF_TASKS: readonly string[] = ['operation', 'input', 'name']

/**
 * Says which options of a task its operation does not read, a sentence each, with the nearest name. CloudConvert passes over them
 * without a word.
 *
 * @param given - the options that were given
 */
export function tellUnknownOptions(
  operation: Pick<TaskOperation, 'options'>,
  given: Readonly<Record<string, unknown>>,
): string[] {
  const read = memberNames(operation.options)
  if (read === undefined) return []
  const known = [...new Set([...read, ...Object.keys(COMMON_OPTIONS)])]
  return findUnknownMembers(given, known, { besides: OF_TASKS }).map(({ message }) => message)
}
