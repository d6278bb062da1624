import type { BrowserContext, Page } from 'playwright-core'
import type { CaptureTask, Subject } from './task.ts'

/** Those of a connection, which are the browser's to write. */
const OF_BROWSER: readonly string[] = [
  'connection',
  'content-length',
  'cookie',
  'host',
  'proxy-authorization',
  'transfer-encoding',
  'user-agent',
]

/**
 * Has headers sent to the origin of a URL with every request of a page, also after redirects, and to no other, since they may be
 * credentials. A `Cookie` becomes cookies, which the page and its scripts see as they would see their own.
 */
export async function sendHeaders(
  context: BrowserContext,
  page: Page,
  { url, headers }: Extract<Subject, { kind: 'page' }>,
  { username, password }: CaptureTask['proxy'],
): Promise<void> {
  const named = Object.entries(headers)
  const cookies = named.flatMap(([name, value]) =>
    name.toLowerCase() === 'cookie' ? readCookies(value) : [],
  )
  if (cookies.length > 0) await context.addCookies(cookies.map((each) => ({ ...each, url })))
  const added = named
    .filter(([name]) => !OF_BROWSER.includes(name.toLowerCase()))
    .map(([name, value]) => ({ name, value }))
  if (added.length === 0) return
  const names = added.map(({ name }) => name.toLowerCase())
  const session = await context.newCDPSession(page)
  session.on('Fetch.requestPaused', ({ requestId, request }) => {
    const own = Object.entries(request.headers)
      .filter(([name]) => !names.includes(name.toLowerCase()))
      .map(([name, value]) => ({ name, value }))
    void session
      .send('Fetch.continueRequest', { requestId, headers: [...own, ...added] })
      // The page has ended.
      .catch(() => undefined)
  })
  // Whoever intercepts a request is the only one who is asked for the password of the proxy.
  session.on('Fetch.authRequired', ({ requestId, authChallenge }) => {
    const answer =
      authChallenge.source === 'Proxy'
        ? ({ response: 'ProvideCredentials', username, password } as const)
        : ({ response: 'Default' } as const)
    void session
      .send('Fetch.continueWithAuth', { requestId, authChallengeResponse: answer })
      .catch(() => undefined)
  })
  const patterns = [{ urlPattern: `${new URL(url).origin}/*` }]
  await session.send('Fetch.enable', { patterns, handleAuthRequests: true })
}

/** The cookies of a `Cookie` header (RFC 6265, 4.2). */
export function readCookies(header: string): { name: string; value: string }[] {
  return header.split(';').flatMap((pair) => {
    const at = pair.indexOf('=')
    const name = pair.slice(0, at).trim()
    return at <= 0 || name === '' ? [] : [{ name, value: pair.slice(at + 1).trim() }]
  })
}
