import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type * as z from 'zod/mini'
import { ServiceError } from '../../base/errors.ts'
import { parseJson } from '../../base/json.ts'
import { check } from '../../base/validation.ts'
import { LARGEST_CODE_BYTES, tooLargeCode } from '../deploy/action-code.ts'

/** Adobe I/O Runtime takes parameters of 1 MB. */
const LARGEST_PARAMS_BYTES = 1024 * 1024

/** The code in base64, and what else there is to say of an action. */
const LARGEST_ACTION_BYTES = Math.ceil(LARGEST_CODE_BYTES / 3) * 4 + 2 * LARGEST_PARAMS_BYTES

/** Refuses with 413 what is larger than any request may be: one that deploys an action may hold its code. */
export function limitBodies(): MiddlewareHandler {
  const params = limitBody(
    LARGEST_PARAMS_BYTES,
    `The request is larger than ${LARGEST_PARAMS_BYTES} bytes, the most an action takes.`,
  )
  const code = limitBody(LARGEST_ACTION_BYTES, tooLargeCode().message)
  return (c, next) => {
    const isAction = c.req.method === 'PUT' && c.req.path.includes('/actions/')
    return isAction ? code(c, next) : params(c, next)
  }
}

function limitBody(maxSize: number, error: string): MiddlewareHandler {
  return bodyLimit({
    maxSize,
    // The rest of the body is never read, so nothing may follow it on this connection.
    onError: (c) => c.json({ error }, 413, { connection: 'close' }),
  })
}

/**
 * The JSON body of a request.
 *
 * @throws {ServiceError} 400 for one that is not as the schema says
 */
export async function readBody<T>(c: Context, schema: z.ZodMiniType<T>): Promise<T> {
  const text = await c.req.text()
  const checked = check(schema, text === '' ? {} : parseJson(text))
  if (checked.ok) return checked.value
  throw new ServiceError('invalid', `The request content was malformed: ${checked.message}`)
}
