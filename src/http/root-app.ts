import { randomUUID } from 'node:crypto'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { ServiceError } from '../base/errors.ts'
import { refuseFullDisk } from '../base/full-disk.ts'
import { currentSubject, type Log, runAbout } from '../base/log.ts'
import type { TrustedProxies } from './proxies.ts'

/** What is known of every request. */
export interface HttpEnv {
  Variables: {
    /** The caller's own, when that is fit to be one, or a new one; the log tells of the request by it. */
    requestId: string
    /** The name of the door that the request has come to. */
    door?: string
    /** Of that door. */
    dialect?: Dialect
    /** Whose word about who has sent it is believed; undefined for nobody's. */
    trustedProxies?: TrustedProxies | undefined
  }
}

/** How a door tells of errors: whatever throws one needs not know who asked. */
export interface Dialect {
  /** What the door is called in logs and metrics. */
  readonly door: string
  readonly render: (error: ServiceError, c: Context<HttpEnv>) => Response
  /** One sentence about a fault of the service. */
  readonly fault: string
  /** What of the service is meant when a disk is full. */
  readonly disk: string
}

/** Has errors of whatever comes after it told in a dialect, and all that is logged there be of that door. */
export function speak(dialect: Dialect): MiddlewareHandler<HttpEnv> {
  const enter = atDoor(dialect.door)
  return async (c, next) => {
    c.set('dialect', dialect)
    await enter(c, next)
  }
}

/** Says to which door requests have come that come further than this. */
export function atDoor(door: string): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    c.set('door', door)
    await runAbout({ ...currentSubject(), door }, next)
  }
}

/** A request id must fit into a header and a log line. */
const REQUEST_ID = /^[\u0021-\u007e]{1,200}$/

/**
 * Makes the app that all others are mounted in: it gives every request its id, and has each error told once, in the dialect
 * of the door that it came to.
 *
 * @param options.dialect - of whatever belongs to no door
 * @param options.stopping - aborts when the service stops; what goes wrong then is no fault
 * @param options.nothingAt - the sentence about a path at which there is nothing
 * @param options.trustedProxies - whose word is believed about who has sent a request; nobody's unless given
 */
export function createRootApp(options: {
  dialect: Dialect
  stopping: AbortSignal
  nothingAt: (path: string) => string
  trustedProxies?: TrustedProxies | undefined
  log: Pick<Log, 'error' | 'debug'>
}): Hono<HttpEnv> {
  const { stopping, log } = options

  function toServiceError(thrown: Error, c: Context<HttpEnv>, dialect: Dialect): ServiceError {
    const what = `${c.req.method} ${c.req.path}`
    const about = { requestId: c.get('requestId'), door: c.get('door') ?? dialect.door }
    const error = refuseFullDisk(thrown, dialect.disk)
    if (error instanceof ServiceError) {
      // Only the person at this machine is told where it is, and has to hear of it.
      if (error.code === 'disk_full') log.error(`${what} failed: ${causeOf(error)}`, about)
      else log.debug(`${what} answered ${error.status}: ${error.message}`, about)
      return error
    }
    // Its file was closed under a request whose sender is gone.
    if (stopping.aborted) return new ServiceError('stopping', 'The service is stopping.')
    log.error(`${what} failed: ${thrown.stack ?? thrown.message}`, about)
    return new ServiceError('internal', dialect.fault, { cause: thrown })
  }

  function render(thrown: Error, c: Context<HttpEnv>): Response {
    const dialect = c.get('dialect') ?? options.dialect
    return dialect.render(toServiceError(thrown, c, dialect), c)
  }

  return new Hono<HttpEnv>()
    .use(async (c, next) => {
      const given = c.req.header('x-request-id') ?? ''
      const requestId = REQUEST_ID.test(given) ? given : randomUUID()
      c.set('requestId', requestId)
      c.set('trustedProxies', options.trustedProxies)
      await runAbout({ requestId }, next)
      // What is refused or too large is not read to its end, so nothing else can follow on this connection.
      const { status } = c.res
      if (status === 413 || (status >= 400 && c.req.method === 'PUT')) {
        c.header('Connection', 'close')
      }
    })
    .onError(render)
    .notFound((c) => render(new ServiceError('not_found', options.nothingAt(c.req.path)), c))
}

/** What the system has said, where that is known. */
function causeOf({ cause, message }: ServiceError): string {
  return cause instanceof Error ? cause.message : message
}
