import { refuseBad } from './refusal.ts'
import type { Identity, SignIn } from './sign-in.ts'

/** What is sent with a call; it can be sent twice. */
export interface Call {
  method?: 'GET' | 'POST'
  headers?: Readonly<Record<string, string>>
  body?: string
  signal?: AbortSignal
}

/** A program that is signed in to a service. */
export interface Session {
  /** Such as `https://localhost:9443`. */
  readonly origin: string
  /**
   * Calls the service in the program's name. A token that the service does not take any more, such as one that is a day
   * old, is replaced by a new one.
   *
   * @param path - a path of the service, or a URL
   * @throws {ServiceRefusal}
   */
  call: (path: string, call?: Call) => Promise<Response>
}

/**
 * Opens a session, which signs in with its first call.
 *
 * @param origin - that of the service
 */
export function openSession(origin: string, signIn: SignIn): Session {
  let identity: Promise<Identity> | undefined

  async function send(path: string, call: Call, as: Promise<Identity>): Promise<Response> {
    const { accessToken, clientId, orgId } = await as
    return fetch(new URL(path, origin), {
      ...call,
      headers: {
        ...call.headers,
        authorization: `Bearer ${accessToken}`,
        'x-gw-ims-org-id': orgId,
        'x-api-key': clientId,
      },
    })
  }

  /** @param refused - the one that the service does not know, or that could not be had */
  function renew(refused: Promise<Identity> | undefined): Promise<Identity> {
    if (identity === undefined || identity === refused) {
      const renewed = signIn()
      identity = renewed
      renewed.catch(() => {
        if (identity === renewed) identity = undefined
      })
    }
    return identity
  }

  return {
    origin,
    async call(path, call = {}) {
      const used = renew(undefined)
      const response = await send(path, call, used)
      if (response.status !== 401) return refuseBad(response)
      await response.body?.cancel()
      return refuseBad(await send(path, call, renew(used)))
    },
  }
}
