/** What something is called in a stream, by the operator that names it and by what it was called. */
export type BriefNames = ReadonlyMap<string, string>

/** The key of {@link BriefNames}. */
export function nameKey(operator: string, named: string): string {
  return `${operator} ${named}`
}
