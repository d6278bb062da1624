import type { Context } from 'hono'
import type * as z from 'zod/mini'
import { ServiceError } from '../../base/errors.ts'
import { parseJson } from '../../base/json.ts'
import { isTooDeep, MOST_LEVELS } from '../../base/nesting.ts'
import { check } from '../../base/validation.ts'

/** As much as the service takes with `POST /process`. */
const LARGEST_BODY_BYTES = 1024 * 1024

/**
 * Reads the JSON that the page has sent.
 *
 * @throws {ServiceError} 400 that names what is wrong or says that it broke off, 413 when it is too large
 */
export async function readBody<T>(c: Context, schema: z.ZodMiniType<T>): Promise<T> {
  const value = parseJson((await readBytes(c.req.raw.body)).toString())
  if (isTooDeep(value)) {
    throw new ServiceError('invalid', `The body must be nested at most ${MOST_LEVELS} levels deep.`)
  }
  const checked = check(schema, value)
  if (!checked.ok) throw new ServiceError('invalid', checked.message)
  return checked.value
}

async function readBytes(body: ReadableStream<Uint8Array> | null): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of body ?? []) {
      size += chunk.byteLength
      if (size > LARGEST_BODY_BYTES) break
      chunks.push(chunk)
    }
  } catch (error) {
    throw new ServiceError('invalid', 'The body broke off before its end.', { cause: error })
  }
  if (size <= LARGEST_BODY_BYTES) return Buffer.concat(chunks)
  throw new ServiceError(
    'too_large',
    `The body is larger than ${LARGEST_BODY_BYTES} bytes, the most that is taken.`,
  )
}
