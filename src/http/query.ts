import { ServiceError } from '../base/errors.ts'

/**
 * A whole number out of a query.
 *
 * @param options.otherwise - what it is when it is not there
 * @param options.min - 0 unless given
 * @param options.max - the largest number that is exact unless given
 * @param options.right - what is right in words, such as "a positive whole number"; both bounds unless given
 * @throws {ServiceError} `invalid` for anything else
 */
export function readWholeNumber<T extends number | undefined>(
  query: Readonly<Record<string, string>>,
  name: string,
  options: { otherwise: T; min?: number; max?: number; right?: string },
): number | T {
  const { otherwise, min = 0, max = Number.MAX_SAFE_INTEGER } = options
  const { right = `a whole number from ${min} to ${max}` } = options
  const text = query[name]
  if (text === undefined) return otherwise
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= min && value <= max) return value
  throw new ServiceError(
    'invalid',
    `${name} must be ${right}, but it is ${JSON.stringify(text.slice(0, 60))}.`,
  )
}
