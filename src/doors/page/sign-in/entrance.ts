import type { Context, Hono, MiddlewareHandler } from 'hono'
import { ServiceError } from '../../../base/errors.ts'
import type { HttpEnv } from '../../../http/root-app.ts'
import type { SessionCookie } from './session-cookie.ts'

/** Where the developer page is. */
export interface PageAddress {
  /** What a browser opens; whoever knows it sees the page where it has a key in it. */
  readonly url: string
  /** The file that leads there, which its owner alone can read; where the address has a key. */
  readonly file?: string
}

/** How somebody comes to see the developer page. */
export interface Entrance {
  /** What answers below `/devtool/` to those who have no session yet. */
  readonly routes: Hono<HttpEnv>
  /** One sentence about how to get one. */
  readonly hint: string
  /** The same as a document. */
  readonly show: (c: Context) => Response | Promise<Response>
  /** Tells where the page is; the service can be reached. */
  readonly announce: () => Promise<PageAddress>
  /** Takes back what was told. */
  readonly close: () => Promise<void>
}

/** Whether a browser asks for what is to be seen, and no page or program for data. */
export function isShown(c: Context): boolean {
  return c.req.method === 'GET' && (c.req.header('accept') ?? '').includes('text/html')
}

/**
 * Lets through who has a session, and tells the others how to get one.
 *
 * @throws {ServiceError} `unauthenticated`, but for browsers
 */
export function requireSession(
  cookie: SessionCookie,
  { hint, show }: Entrance,
): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    if (await cookie.isOpen(c)) return next()
    if (isShown(c)) return show(c)
    throw new ServiceError('unauthenticated', hint)
  }
}
