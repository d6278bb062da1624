import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { ServiceError } from '../../base/errors.ts'
import { LARGEST_CODE_BYTES, tooLargeCode } from '../deploy/action-code.ts'

/** Adobe I/O Runtime takes parameters of 1 MB. */
const LARGEST_PARAMS_BYTES = 1024 * 1024

/** The code in base64, and what else there is to say of an action. */
const LARGEST_ACTION_BYTES = Math.ceil(LARGEST_CODE_BYTES / 3) * 4 + 2 * LARGEST_PARAMS_BYTES

/**
 * Refuses what is larger than any request may be: one that deploys an action may hold its code.
 *
 * @throws {ServiceError} `too_large`
 */
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

function limitBody(maxSize: number, message: string): MiddlewareHandler {
  return bodyLimit({
    maxSize,
    onError() {
      // The rest of the body is never read, so nothing may follow it on this connection.
      throw new ServiceError('too_large', message, { headers: { connection: 'close' } })
    },
  })
}
