import { ServiceError } from '../../base/errors.ts'
import { OperationError } from '../../base/operation-error.ts'
import type { Dialect } from '../../http/root-app.ts'
import { MissingObjectError, RequestError } from '../../image-serving/request-error.ts'
import type { ErrorDetail } from './catalogue/attributes.ts'
import { tellFailure } from './picture-failures.ts'

/** What is told of an error at the lowest level of detail. */
const TITLES: Readonly<Record<number, string>> = {
  403: 'The request cannot be answered.',
  404: 'What was asked for is not there.',
}

/**
 * Tells an error in one sentence.
 *
 * @param detail - how much of it
 */
export function tellError({ status, message }: ServiceError, detail: ErrorDetail): string {
  return detail < 2 ? (TITLES[status] ?? message) : message
}

/**
 * Errors as Image Serving answers them: a text.
 *
 * @param detailAt - how much is told of an error of this URL
 */
export function createScene7Dialect(detailAt: (url: string) => ErrorDetail): Dialect {
  return {
    door: 'scene7',
    fault: 'The service could not do its part; its log tells why.',
    disk: 'service',
    render(error, c) {
      const { status, headers } = error
      const detail = detailAt(c.req.url)
      const told = tellError(error, detail)
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
    return new ServiceError(error.code, tellFailure(error), { cause: error, ...status })
  }
  return error
}
