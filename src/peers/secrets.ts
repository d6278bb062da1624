import { isRecord } from '../base/json.ts'

/** The values of those members of options that nobody else may see. */
export function secretsOf(options: unknown, names: readonly string[]): readonly string[] {
  if (!isRecord(options)) return []
  return names.flatMap((name) => textsOf(options[name]))
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return isRecord(value) ? Object.values(value).flatMap(textsOf) : []
}
