/** Reads JSON; undefined, which JSON cannot say, when the text is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** True for an object with named members, as opposed to an array, null or a plain value. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Levels of JSON: far more than anybody means, and far less than `JSON.stringify` has room for on the stack. */
export const MOST_LEVELS = 1000

/** Whether objects and arrays lie in one another more than {@link MOST_LEVELS} deep; what does may fail whoever writes it. */
export function isTooDeep(value: unknown, levels = MOST_LEVELS): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1))
}
