import type { Context, MiddlewareHandler } from 'hono'
import type { ServiceError } from '../base/errors.ts'

/** What is known of every request. */
export interface HttpEnv {
  Variables: {
    /** The caller's own, when that is fit to be one, or a new one; the log tells of the request by it. */
    requestId: string
    /** Of the door that the request has come to. */
    dialect?: Dialect
  }
}

/** How a door tells of errors: whatever throws one needs not know who asked. */
export interface Dialect {
  readonly render: (error: ServiceError, c: Context<HttpEnv>) => Response
  /** One sentence about a fault of the service. */
  readonly fault: string
  /** What of the service is meant when a disk is full. */
  readonly disk: string
}

/** Has errors of whatever comes after it told in a dialect. */
export function speak(dialect: Dialect): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    c.set('dialect', dialect)
    await next()
  }
}
