import { ServiceError } from '../base/errors.ts'

/** Longest object key in bytes of UTF-8, unless less is given: the limit of S3. */
const MAX_KEY_BYTES = 1024

const LONGEST_SHOWN_KEY = 60

/**
 * Checks the key of an object: a relative path such as `renditions/a b/ü.png`. No file name is ever made from a key, so
 * this keeps nobody inside a folder; it refuses keys that a URL cannot carry or that another store would refuse.
 *
 * @throws {@link ServiceError} 400 that says which rule the key breaks
 */
export function checkKey(key: string, mostBytes = MAX_KEY_BYTES): void {
  const rule = brokenRule(key, mostBytes)
  if (rule === undefined) return
  const shown = JSON.stringify(key.slice(0, LONGEST_SHOWN_KEY))
  throw new ServiceError('invalid', `path must ${rule}, but it is ${shown}.`)
}

function brokenRule(key: string, mostBytes: number): string | undefined {
  const bytes = Buffer.byteLength(key)
  if (bytes === 0) return 'have at least one character'
  if (bytes > mostBytes) return `have at most ${mostBytes} bytes in UTF-8`
  if (!key.isWellFormed()) return 'be well-formed Unicode'
  if (/\p{Cc}/u.test(key)) return 'have no control characters'
  if (key.startsWith('/')) return 'not begin with a slash'
  const segments = key.split('/')
  if (segments.includes(''))
    return 'have no empty segment, neither by "//" nor by a slash at the end'
  if (segments.includes('.') || segments.includes('..')) return 'have no segment "." or ".."'
  return undefined
}

/** Percent-encodes a key for the path of a URL, segment by segment. */
export function encodeKey(key: string): string {
  return key.split('/').map(encodeURIComponent).join('/')
}

/**
 * The key that the path of a URL carries.
 *
 * @returns `undefined` if the path is not valid percent-encoding of UTF-8
 */
export function decodeKey(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}
