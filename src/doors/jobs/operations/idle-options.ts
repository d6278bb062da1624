import { COMMON_OPTIONS } from './task-options.ts'

/** Options of every task, and what is made. */
const ALWAYS_READ: readonly string[] = [...Object.keys(COMMON_OPTIONS), 'output_format']

/**
 * Says which of the options that a task was given make no difference to its files, in one sentence.
 *
 * @param options - all that the operation has a name for, with what was given; undefined for the others
 * @param read - those that were read for any of the files
 * @param usual - what some of them are anyway; whoever says so is not surprised
 * @returns none when there are none, so that it can be spread
 */
export function tellIdleOptions(
  options: Readonly<Record<string, unknown>>,
  known: readonly string[],
  read: readonly string[],
  usual: Readonly<Record<string, unknown>> = {},
): string[] {
  const idle = known.filter(
    (name) =>
      options[name] !== undefined &&
      options[name] !== usual[name] &&
      !ALWAYS_READ.includes(name) &&
      !read.includes(name),
  )
  const [last, ...others] = idle.toReversed()
  if (last === undefined) return []
  const names = others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`
  return [`${names} ${idle.length === 1 ? 'makes' : 'make'} no difference to this task.`]
}
