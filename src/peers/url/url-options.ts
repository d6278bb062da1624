import { validateHeaderName, validateHeaderValue } from 'node:http'
import * as z from 'zod/mini'
import { text } from '../one-of.ts'

/** Headers of which the connection is ours, and so their values. */
const OURS: readonly string[] = [
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'range',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

const HEADERS = 'an object of headers'

/** Headers that a client wants to be sent along. */
export const headersSchema = z
  .record(z.string(), z.string('a text'), HEADERS)
  .check(z.refine((headers) => Object.entries(headers).every(isHeader), HEADERS))

/** What `import/url` takes. */
export const urlImportOptions = z.looseObject({
  url: text('a URL'),
  filename: z.optional(text('a file name')),
  headers: z.optional(headersSchema),
})

/** What `export/upload` takes. */
export const uploadOptions = z.looseObject({
  url: text('a URL'),
  headers: z.optional(headersSchema),
})

/** A URL may be signed, and headers say who asks. */
export const URL_SECRETS: readonly string[] = ['url', 'headers']

/** Headers as they are sent: by names in lower case, and without those that say how they are sent. */
export function sentHeaders(
  headers: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  return Object.fromEntries(named.filter(([name]) => !OURS.includes(name)))
}

function isHeader([name, value]: readonly [string, string]): boolean {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
    return true
  } catch {
    return false
  }
}
