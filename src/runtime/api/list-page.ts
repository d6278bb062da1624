import { ServiceError } from '../../base/errors.ts'

/** OpenWhisk lists 30 of anything unless asked for more, and never more than 200; 0 asks for as many as it lists. */
const LISTED = { default: 30, max: 200 }

/**
 * The part of a list that a request asks for with `limit` and `skip`, or with `count=true` how many there are.
 *
 * @param collection - what is listed, such as `actions`
 * @param write - how one of them is listed
 * @throws {ServiceError} 400 for numbers that are none
 */
export function listPage<T>(
  query: Readonly<Record<string, string>>,
  collection: string,
  entries: readonly T[],
  write: (entry: T) => object,
): object {
  const skip = readNumber(query, 'skip', 0, Number.MAX_SAFE_INTEGER)
  const limit = readNumber(query, 'limit', LISTED.default, LISTED.max) || LISTED.max
  const rest = entries.slice(skip)
  return query['count'] === 'true' ? { [collection]: rest.length } : rest.slice(0, limit).map(write)
}

/**
 * A whole number out of a query.
 *
 * @throws {ServiceError} 400 for anything else
 */
export function readNumber(
  query: Readonly<Record<string, string>>,
  name: string,
  otherwise: number,
  max: number,
): number {
  const text = query[name]
  if (text === undefined) return otherwise
  const value = Number(text)
  if (/^\d+$/.test(text) && value <= max) return value
  throw new ServiceError(
    'invalid',
    `${name} must be a whole number from 0 to ${max}, but it is ${JSON.stringify(text.slice(0, 60))}.`,
  )
}
