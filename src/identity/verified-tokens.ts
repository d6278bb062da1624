import type { JWTPayload } from 'jose'

/** As many tokens as are remembered; each client has a few, and one that was forgotten is verified anew. */
const MOST_TOKENS = 1000

/**
 * Remembers which tokens were good: looking at a signature takes a thread and a millisecond, and a client comes with the same token again
 * and again. One that has expired is verified anew, and so refused as it must be.
 *
 * @param verify - looks at the signature and the times of a token
 * @param now - milliseconds since 1970
 * @returns as `verify`; throws as it does
 */
export function rememberVerified(
  verify: (token: string) => Promise<JWTPayload>,
  now: () => number,
): (token: string) => Promise<JWTPayload> {
  const remembered = new Map<string, JWTPayload>()

  return async (token) => {
    const known = remembered.get(token)
    if (known?.exp !== undefined && now() < known.exp * 1000) return known
    remembered.delete(token)
    const payload = await verify(token)
    const [oldest] = remembered.keys()
    if (oldest !== undefined && remembered.size >= MOST_TOKENS) remembered.delete(oldest)
    remembered.set(token, payload)
    return payload
  }
}
