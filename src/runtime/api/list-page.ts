import { readWholeNumber } from '../../http/read-request.ts'

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
  const skip = readWholeNumber(query, 'skip', { otherwise: 0 })
  const limit =
    readWholeNumber(query, 'limit', { otherwise: LISTED.default, max: LISTED.max }) || LISTED.max
  const rest = entries.slice(skip)
  return query['count'] === 'true' ? { [collection]: rest.length } : rest.slice(0, limit).map(write)
}
