import { ServiceError } from '../../base/errors.ts'
import { OperationError } from '../../base/operation-error.ts'
import type { Dialect } from '../../http/root-app.ts'
import { MissingObjectError, RequestError } from '../../image-serving/request-error.ts'

/**
 * How much is told of an error (r-errordetail): 0 and 1 its kind, 2 what is wrong, and 3 where in this program as well.
 */
export type ErrorDetail = 0 | 1 | 2 | 3

/** What is told of an error at the lowest level of detail. */
const TITLES: Readonly<Record<number, string>> = {
  403: 'The request cannot be answered.',
  404: 'What was asked for is not there.',
}

/** Errors as Image Serving answers them: a text. */
export function createScene7Dialect(detail: ErrorDetail): Dialect {
  return {
    fault: 'The service could not do its part; its log tells why.',
    disk: 'service',
    render(error) {
      const { status, headers, message } = error
      const told = detail < 2 ? (TITLES[status] ?? message) : message
      const trace = detail === 3 ? `\n${traceOf(error)}` : ''
      return new Response(`${told}\n${trace}`, {
        status,
        headers: {
          ...headers,
          'content-type': 'text/plain; charset=utf-8',
          'x-content-type-options': 'nosniff',
          'access-control-allow-origin': '*',
          'cache-control': 'no-store',
        },
      })
    },
  }
}

function traceOf({ cause, stack }: Error): string {
  return (cause instanceof Error ? cause.stack : undefined) ?? stack ?? ''
}

/**
 * Turns what requests and pictures fail with into what is refused: 404 for what is not there, and 403 for whatever is wrong
 * with a request, its assets or what they would take (r-errors).
 *
 * @returns any other error as it is
 */
export function refuse(error: unknown): unknown {
  if (error instanceof MissingObjectError) {
    return new ServiceError('not_found', error.message, { cause: error })
  }
  if (error instanceof RequestError) {
    return new ServiceError('forbidden', error.message, { cause: error })
  }
  if (error instanceof OperationError) {
    const isFull = error.code === 'archive_disk_full'
    const status = isFull ? {} : { status: 403 }
    return new ServiceError(error.code, error.message, { cause: error, ...status })
  }
  return error
}
