import type { ShownExport } from '../../src/doors/page/exports/export-shapes.ts'

/**
 * The exports that are listed, with one that is told of: in its place, or among the others by its number.
 *
 * @param more - whether there are older ones that are not listed; such a one is not either
 */
export function withExport(
  known: readonly ShownExport[],
  job: ShownExport,
  more: boolean,
): readonly ShownExport[] {
  if (more && job.number < (known.at(-1)?.number ?? 0)) return known
  const others = known.filter(({ number }) => number !== job.number)
  return [...others, job].toSorted((one, other) => other.number - one.number)
}
