import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { html } from 'hono/html'
import { ServiceError } from '../../../base/errors.ts'
import { guesserOf } from '../../../http/guesses.ts'
import type { HttpEnv } from '../../../http/root-app.ts'
import { answerDocument, leadToPage } from './documents.ts'
import type { Entrance } from './entrance.ts'
import type { SessionCookie } from './session-cookie.ts'

/** How long somebody stays signed in, in milliseconds: a day at work. */
export const SESSION_MS: number = 12 * 60 * 60 * 1000

const LARGEST_FORM_BYTES = 16 * 1024

const HINT =
  'The developer page wants an administrator of Scene7: the user of scene7.env in the state folder, or one whom npm run users has made with the role IpsAdmin.'

const WRONG = 'User or password is wrong, or is not that of an administrator.'

/** Who may see the page of a team's service. */
export interface PageUsers {
  /**
   * Whether a password is that of such a user.
   *
   * @param from - where it comes from, so that whoever guesses is slowed
   * @returns what tells whether they still may see it; undefined when they may not
   * @throws {ServiceError} `too_many_requests`
   */
  readonly signIn: (
    user: string,
    password: string,
    from: string,
  ) => Promise<(() => Promise<boolean>) | undefined>
}

/**
 * The entrance of a team: a form for user and password.
 *
 * @param options.origin - that of the service
 * @param options.guard - lets nobody send the form but the form
 */
export function openUserEntrance(options: {
  origin: () => string
  cookie: SessionCookie
  users: PageUsers
  guard: MiddlewareHandler
}): Entrance {
  const { cookie, users } = options

  const limit = bodyLimit({
    maxSize: LARGEST_FORM_BYTES,
    onError: () => {
      throw new ServiceError('too_large', 'The form is larger than 16 KB.')
    },
  })

  const routes = new Hono<HttpEnv>().post('/devtool/sign-in', options.guard, limit, async (c) => {
    const { user, password } = await c.req.parseBody().catch(() => {
      throw new ServiceError('invalid', 'The body must be a form with user and password.')
    })
    if (typeof user !== 'string' || typeof password !== 'string') {
      throw new ServiceError('invalid', 'The form must have a user and a password.')
    }
    try {
      const isStillGood = await users.signIn(user, password, guesserOf(c))
      if (isStillGood === undefined) return await ask(c, 401, WRONG)
      cookie.begin(c, isStillGood, user)
      return await leadToPage(c)
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'too_many_requests') throw error
      for (const [name, value] of Object.entries(error.headers)) c.header(name, value)
      return await ask(c, 429, error.message)
    }
  })

  return {
    routes,
    hint: HINT,
    show: (c) => ask(c, 401, HINT),
    announce: async () => ({ url: `${options.origin()}/` }),
    close: async () => undefined,
  }
}

/** Shows the form. */
function ask(c: Context, status: 401 | 429, sentence: string): Response | Promise<Response> {
  return answerDocument(c, {
    status,
    sentence,
    rest: html`<form method="post" action="/devtool/sign-in">
        <p><label>User<br><input name="user" autocomplete="username" required></label></p>
        <p><label>Password<br><input name="password" type="password" autocomplete="current-password" required></label></p>
        <p><button>Sign in</button></p>
      </form>
      <p><a href="/">I am signed in already</a></p>`,
    // Without any, browsers do not say either where a form is from.
    referrerPolicy: 'same-origin',
  })
}
