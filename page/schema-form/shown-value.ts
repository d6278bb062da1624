/** A value as a text of one line: texts as they are, anything else as JSON, and nothing as nothing. */
export function showValue(value: unknown): string {
  if (typeof value === 'string') return value
  return value === undefined || value === null ? '' : JSON.stringify(value)
}
