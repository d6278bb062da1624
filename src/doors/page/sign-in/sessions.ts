import { createHash, randomBytes } from 'node:crypto'

/** Whoever has more browsers than this has the oldest one sign in again. */
const MOST_SESSIONS = 1000

/** One of somebody who is signed in. */
interface Session {
  /** When it ends. */
  readonly end: number
  readonly isStillGood: () => boolean | Promise<boolean>
  readonly user: string | undefined
}

/** Who is signed in to the developer page; a restart forgets them all. */
export interface Sessions {
  /**
   * Begins one, and returns what it is known by: as random as a key, and of no other use.
   *
   * @param isStillGood - is asked whenever the session is used; it is until it ends unless given
   * @param user - whose it is, of a team
   */
  begin: (isStillGood?: () => boolean | Promise<boolean>, user?: string) => string
  isOpen: (token: string) => Promise<boolean>
  /** Whose a session is; undefined when it is not open, or nobody's. */
  userOf: (token: string) => Promise<string | undefined>
  /** Ends one, if there is such a one. */
  end: (token: string) => void
}

/**
 * Makes the sessions of a service, none at first.
 *
 * @param options.lifetimeMs - how long one lasts, in milliseconds; as long as the service unless given
 * @param options.now - in milliseconds, of a clock that nobody sets; that of the process unless given
 */
export function createSessions(
  options: { lifetimeMs?: number | undefined; now?: () => number } = {},
): Sessions {
  const { lifetimeMs = Number.POSITIVE_INFINITY, now = () => performance.now() } = options
  // By their hashes, so that how long it takes to look one up tells nothing of the others. The oldest is first.
  const open = new Map<string, Session>()

  function forget(): void {
    for (const [hash, { end }] of open) {
      if (end > now() && open.size < MOST_SESSIONS) return
      open.delete(hash)
    }
  }

  async function find(token: string): Promise<Session | undefined> {
    const session = open.get(hashOf(token))
    const isGood = session !== undefined && session.end > now() && (await session.isStillGood())
    return isGood ? session : undefined
  }

  return {
    begin(isStillGood = () => true, user) {
      forget()
      const token = randomBytes(32).toString('base64url')
      open.set(hashOf(token), { end: now() + lifetimeMs, isStillGood, user })
      return token
    },
    isOpen: async (token) => (await find(token)) !== undefined,
    userOf: async (token) => (await find(token))?.user,
    end: (token) => void open.delete(hashOf(token)),
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
