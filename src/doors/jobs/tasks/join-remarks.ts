import type { TaskRendition } from './wishes.ts'

/**
 * What could not be done though a task has ended well: what its operation says, and then what those who made its files
 * have told, of which file where there are several.
 *
 * @returns undefined when there is nothing to say
 */
export function joinRemarks(
  told: readonly string[],
  renditions: readonly Pick<TaskRendition, 'wish' | 'remarks'>[],
): string | undefined {
  const isOne = renditions.length === 1
  const sentences = renditions.flatMap(({ wish: { source, filename }, remarks }) => {
    if (remarks.length === 0) return []
    const name = source?.filename ?? (typeof filename === 'string' ? filename : undefined)
    const said = [...new Set(remarks)].join(' ')
    return [isOne || name === undefined ? said : `${name}: ${said}`]
  })
  const all = [...told, ...sentences]
  return all.length === 0 ? undefined : all.join(' ')
}
