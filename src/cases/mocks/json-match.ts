import { isDeepStrictEqual } from 'node:util'
import { isRecord } from '../../base/json.ts'

/**
 * Whether JSON has in it what is expected, as MockServer's match type `ONLY_MATCHING_FIELDS` has it: objects may have
 * other fields, arrays other items and another order.
 */
export function containsJson(expected: unknown, actual: unknown): boolean {
  if (Array.isArray(expected)) return Array.isArray(actual) && containsItems(expected, actual)
  if (!isRecord(expected)) return isDeepStrictEqual(expected, actual)
  return (
    isRecord(actual) &&
    Object.entries(expected).every(
      ([name, value]) => Object.hasOwn(actual, name) && containsJson(value, actual[name]),
    )
  )
}

/** Finds an item of its own for each expected one; one that has taken an item gives it up when it finds another. */
function containsItems(expected: readonly unknown[], actual: readonly unknown[]): boolean {
  const fits = expected.map((each) => actual.map((item) => containsJson(each, item)))
  const takenBy = new Map<number, number>()

  function find(index: number, tried: Set<number>): boolean {
    return actual.some((_, item) => {
      if (fits[index]?.[item] !== true || tried.has(item)) return false
      tried.add(item)
      const holder = takenBy.get(item)
      if (holder !== undefined && !find(holder, tried)) return false
      takenBy.set(item, index)
      return true
    })
  }

  return expected.every((_, index) => find(index, new Set()))
}
