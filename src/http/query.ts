import { ServiceError } from '../base/errors.ts'

/**
 * A whole number out of a query.
 *
 * @param options.otherwise - what it is when it is not there
 * @param options.min - 0 unless given
 * @param options.max - the largest number that is exact unless given
 * @throws {ServiceError} `invalid` for anything else
 */
export function readWholeNumber(
  query: Readonly<Record<string, string>>,
  name: string,
  options: { otherwise: number; min?: number; max?: number },
): number {
  const { otherwise, min = 0, max = Number.MAX_SAFE_INTEGER } = options
  const text = query[name]
  if (text === undefined) return otherwise
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= min && value <= max) return value
  throw new ServiceError(
    'invalid',
    `${name} must be a whole number from ${min} to ${max}, but it is ${JSON.stringify(text.slice(0, 60))}.`,
  )
}
