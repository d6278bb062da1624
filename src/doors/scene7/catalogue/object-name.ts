import { MissingObjectError } from '../../../image-serving/request-error.ts'

/** The most letters of a name, as a file name may have them several times in a path. */
const LONGEST = 1000

/**
 * Decodes the path of a request, segment by segment: a slash within a segment is none that parts two of them.
 *
 * @param encoded - behind `/is/image/`, as it was sent
 * @throws {@link MissingObjectError} when it can be no name: it leaves its folder, or has letters that no name has
 */
export function decodeObject(encoded: string): string {
  const segments = encoded.split('/').map(decodeSegment)
  // A slash at the end, or before nothing, names nothing more.
  while (segments.at(-1) === '') segments.pop()
  const object = segments.join('/')
  if (object === '') return ''
  if (object.length > LONGEST || segments.some((segment) => !isSegment(segment))) {
    throw new MissingObjectError(JSON.stringify(object.slice(0, 100)))
  }
  return object
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw new MissingObjectError(JSON.stringify(segment.slice(0, 100)))
  }
}

/** Whether it may be a part of a name: nothing that is a path of itself. */
export function isSegment(segment: string): boolean {
  return (
    segment !== '' &&
    segment !== '.' &&
    segment !== '..' &&
    segment.isWellFormed() &&
    !/[/\\\p{Cc}]/u.test(segment)
  )
}

/** Whether an asset may be called so: segments with slashes between them. */
export function isObjectName(name: string): boolean {
  return name.length <= LONGEST && name.split('/').every(isSegment)
}
