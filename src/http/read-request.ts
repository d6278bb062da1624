import type { Context } from 'hono'
import type * as z from 'zod/mini'
import { ServiceError } from '../base/errors.ts'
import { isTooDeep, MOST_LEVELS, parseJson } from '../base/json.ts'
import { check, findWrongFields } from '../base/validation.ts'

/** What a body may be, and what is said of one that is not. */
export interface BodyOptions {
  /** The most bytes that are read. */
  readonly mostBytes: number
  /** How long it may take to come, in milliseconds; a minute and what so many bytes take on a slow line unless given. */
  readonly longestMs?: number
  /** The sentence about a larger body. */
  readonly tooLarge?: string
  /** The sentence about a body that is no JSON; what the schema says of `undefined` unless given. */
  readonly noJson?: string
}

/** How long a body may take that is read as a whole, in milliseconds, besides what the size that it may have takes at the slowest. */
const LONGEST_MS = 60_000
const SLOWEST_BYTES_A_MS = 16

/**
 * Reads the body of a request, and no more of it than it may have.
 *
 * @throws {ServiceError} `invalid` when it breaks off, `too_large`, `too_slow`
 */
export async function readBytes(c: Context, options: BodyOptions): Promise<Buffer> {
  const { mostBytes } = options
  const { tooLarge = `The body is larger than ${mostBytes} bytes, the most that is taken.` } =
    options
  const isTooLarge = Number(c.req.header('content-length') ?? 0) > mostBytes
  if (isTooLarge) throw new ServiceError('too_large', tooLarge)
  const chunks: Uint8Array[] = []
  let bytes = 0
  const { longestMs = LONGEST_MS + mostBytes / SLOWEST_BYTES_A_MS } = options
  const started = performance.now()
  let isLate = false
  try {
    for await (const chunk of c.req.raw.body ?? []) {
      bytes += chunk.byteLength
      isLate = performance.now() - started > longestMs
      if (bytes > mostBytes || isLate) break
      chunks.push(chunk)
    }
  } catch (error) {
    throw new ServiceError('invalid', 'The body broke off before its end.', { cause: error })
  }
  if (bytes > mostBytes) throw new ServiceError('too_large', tooLarge)
  if (isLate) {
    const seconds = Math.ceil(longestMs / 1000)
    throw new ServiceError(
      'too_slow',
      `The body took longer than ${seconds} seconds, the most it may.`,
    )
  }
  return Buffer.concat(chunks)
}

/** Reads the body of a request as {@link readBytes} does, as text. */
export async function readText(c: Context, options: BodyOptions): Promise<string> {
  return (await readBytes(c, options)).toString()
}

/**
 * Reads the JSON body of a request.
 *
 * @throws {ServiceError} `invalid` naming the first wrong field, and all of them in `fields`; `too_large`
 */
export async function readJson<T>(
  c: Context,
  schema: z.ZodMiniType<T>,
  options: BodyOptions,
): Promise<T> {
  return checkJson(await readText(c, options), schema, options)
}

/** Reads the text of a body as {@link readJson} does, for who has something to ask before it is right or wrong. */
export function checkJson<T>(
  text: string,
  schema: z.ZodMiniType<T>,
  options: Pick<BodyOptions, 'noJson'>,
): T {
  const value = parseJson(text)
  if (value === undefined && options.noJson !== undefined) {
    throw new ServiceError('invalid', options.noJson)
  }
  if (isTooDeep(value)) {
    throw new ServiceError('invalid', `The body must be nested at most ${MOST_LEVELS} levels deep.`)
  }
  const checked = check(schema, value)
  if (checked.ok) return checked.value
  throw new ServiceError('invalid', checked.message, { fields: findWrongFields(schema, value) })
}

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
