import type { Context } from 'hono'
import type * as z from 'zod/mini'
import { ServiceError } from '../../base/errors.ts'
import { parseJson } from '../../base/json.ts'
import { check } from '../../base/validation.ts'

/**
 * The JSON body of a request.
 *
 * @throws {ServiceError} 400 for one that is not as the schema says
 */
export async function readContent<T>(c: Context, schema: z.ZodMiniType<T>): Promise<T> {
  const text = await c.req.text()
  const checked = check(schema, text === '' ? {} : parseJson(text))
  if (checked.ok) return checked.value
  throw new ServiceError('invalid', `The request content was malformed: ${checked.message}`)
}
