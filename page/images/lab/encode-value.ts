import { decodeValue } from '../../../src/image-serving/syntax/decode-value.ts'

/** What has a meaning of its own in a URL or a query, and what no URL has in it. */
const ENCODED = /[\p{Cc}\s%&#+"<>`^\\]|[^\x20-\x7e]/gu

/** Writes a value into a query; a request within it, in `()` or `{}`, stays as it is written. */
export function encodeValue(value: string): string {
  if (isNested(value)) return value.replaceAll(/[\r\n]/g, '')
  return value.toWellFormed().replaceAll(ENCODED, encodeURIComponent)
}

/** Reads a value out of a query, as {@link encodeValue} writes it. */
export function readEncoded(value: string): string {
  return isNested(value) ? value : decodeValue(value)
}

/** Whether a value is a request of its own. */
export function isNested(value: string): boolean {
  return /^\w+(?:\(.*\)|\{.*\})$/s.test(value)
}
