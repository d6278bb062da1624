import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Sessions } from './sessions.ts'

/** What ties a browser to its session: of this host alone, for no script, and not sent from pages of other sites. */
export interface SessionCookie {
  /** Begins a session for the browser that is answered; see {@link Sessions.begin}. */
  begin: (c: Context, isStillGood?: () => boolean | Promise<boolean>, user?: string) => void
  /** Whether the browser that asks has a session. */
  isOpen: (c: Context) => Promise<boolean>
  /** Who has the session of the browser that asks, of a team. */
  userOf: (c: Context) => Promise<string | undefined>
  /** Ends the session of the browser that asks, which is told to forget it. */
  end: (c: Context) => void
}

/**
 * Makes the cookie of a service. Cookies do not tell the ports of a host apart; its name does, so that services beside each
 * other do not sign each other's users out.
 *
 * @param origin - that of the service
 */
export function createSessionCookie(sessions: Sessions, origin: () => string): SessionCookie {
  const name = (): string => `darkroom-${new URL(origin()).port || 443}`
  return {
    begin(c, isStillGood, user) {
      setCookie(c, name(), sessions.begin(isStillGood, user), {
        // `__Host-`: a browser takes it from this host alone, and with `Secure` and no other path only.
        prefix: 'host',
        secure: true,
        path: '/',
        httpOnly: true,
        sameSite: 'Strict',
      })
    },
    async isOpen(c) {
      const token = getCookie(c, name(), 'host')
      return token !== undefined && (await sessions.isOpen(token))
    },
    async userOf(c) {
      const token = getCookie(c, name(), 'host')
      return token === undefined ? undefined : sessions.userOf(token)
    },
    end(c) {
      const token = getCookie(c, name(), 'host')
      if (token !== undefined) sessions.end(token)
      deleteCookie(c, name(), { prefix: 'host', secure: true, path: '/' })
    },
  }
}
