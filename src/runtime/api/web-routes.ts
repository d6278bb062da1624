import { type Context, Hono } from 'hono'
import { ServiceError } from '../../base/errors.ts'
import { isSameSecret } from '../../base/same-secret.ts'
import type { Authenticate } from '../../http/client.ts'
import { type Guesses, guesserOf } from '../../http/guesses.ts'
import { readBytes } from '../../http/read-request.ts'
import type { HttpEnv } from '../../http/root-app.ts'
import type { Runnable } from '../run/action.ts'
import type { Runtime } from '../run/runtime.ts'
import { notAuthorized } from './namespace-key.ts'
import { PARAMS_BODY } from './request-content.ts'
import type { ResidentAction } from './resident-action.ts'
import { waitFor } from './waiting.ts'
import { toResponse, toWebParams, toWebResponse } from './web-action.ts'

/** What a call finds out for what comes after it. */
interface WebEnv {
  Variables: HttpEnv['Variables'] & { customOptions?: boolean }
}

/** What OpenWhisk lets every web action's answer say, unless the action says otherwise or asks for OPTIONS itself. */
const CORS_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'OPTIONS, GET, DELETE, POST, PUT, HEAD, PATCH',
  'access-control-allow-headers':
    'Authorization, Origin, X-Requested-With, Content-Type, Accept, User-Agent',
}

/**
 * Has a browser treat every answer as a page of no origin at all. Actions share the origin of this service with the
 * developer page, and that page may do everything; without this, code that was deployed could do the same as soon as
 * somebody opens its URL. An action's own policy stays: browsers keep to all that they are given.
 */
const SANDBOX = 'sandbox allow-scripts allow-forms allow-popups allow-modals allow-downloads'

/**
 * `/web/…`: calling web actions.
 *
 * @param options.resident - actions that live in the service, by package and name; they go before all others
 * @param options.isClosed - whether actions that say nothing of what web calls need want an Adobe access token
 * @param options.guesses - of the secrets that actions are called with
 * @param options.holdsKey - whether a request is from who holds the key of the namespace
 */
export function createWebRoutes(options: {
  runtime: Runtime
  resident?: ReadonlyMap<string, ResidentAction>
  authenticate: Authenticate
  guesses: Guesses
  isClosed?: boolean
  holdsKey: (headers: Headers) => boolean
}): Hono<WebEnv> {
  const { runtime, guesses, isClosed = false } = options

  async function call(c: Context<WebEnv>): Promise<Response> {
    const { namespace, package: packageName = '', action: file = '' } = c.req.param()
    // A content extension (`worker.json`) names the kind of answer that the caller wants; the action stays the same.
    const [extension = ''] = /\.(http|json|html|svg|text)$/.exec(file) ?? []
    const ownName = file.slice(0, -extension.length || undefined)
    const name = packageName === 'default' ? ownName : `${packageName}/${ownName}`
    const resident = namespace === runtime.namespace ? options.resident?.get(name) : undefined
    if (resident !== undefined && c.req.method !== 'OPTIONS') {
      return toResponse(await resident(await readParams(c, { web: 'raw' })))
    }
    const isHere = namespace === runtime.namespace && runtime.hasComponent(`/_/${name}`)
    const action = isHere ? runtime.action(name) : undefined
    const isCallable = action !== undefined && action.web !== 'no'
    const customOptions = isCallable && action.customOptions
    c.set('customOptions', customOptions)
    if (c.req.method === 'OPTIONS' && !customOptions) return allow()
    if (!isCallable) {
      throw new ServiceError(
        'not_found',
        `The namespace "${namespace}" has no web action "${name}".`,
      )
    }
    await authorize(action, c)
    const invocation = runtime.invoke(name, await readParams(c, action))
    const activation = await waitFor(invocation, action)
    return activation === undefined
      ? c.json({ activationId: invocation.activationId }, 202)
      : toWebResponse(activation, extension)
  }

  async function authorize(action: Runnable, c: Context<WebEnv>): Promise<void> {
    const { headers } = c.req.raw
    const { requiresWhiskAuth: secret } = action
    if (secret === true && !options.holdsKey(headers)) throw notAuthorized(headers)
    if (typeof secret === 'string') checkSecret(secret, c)
    const isOpen = !isClosed || secret !== false
    if (action.requiresAdobeAuth ?? !isOpen) await options.authenticate(headers)
  }

  function checkSecret(secret: string, c: Context<WebEnv>): void {
    const given = c.req.header('x-require-whisk-auth')
    const who = guesserOf(c)
    if (given !== undefined) guesses.demand(who)
    if (isSameSecret(given ?? '', secret)) return
    if (given !== undefined) guesses.wrong(who)
    throw new ServiceError(
      'unauthenticated',
      'The supplied authentication is invalid: X-Require-Whisk-Auth must be the secret of the action.',
    )
  }

  return new Hono<WebEnv>()
    .use(async (c, next) => {
      await next()
      c.res.headers.append('content-security-policy', SANDBOX)
      if (c.get('customOptions') === true) return
      const asked = c.req.header('access-control-request-headers')
      const cors = { ...CORS_HEADERS, ...(asked && { 'access-control-allow-headers': asked }) }
      for (const [header, value] of Object.entries(cors)) {
        if (!c.res.headers.has(header)) c.res.headers.set(header, value)
      }
    })
    .all('/whisk.system/apimgmt/*', () => {
      throw new ServiceError('not_implemented', 'API Gateway routes are not part of this service.')
    })
    .all('/:namespace/:package/:action{[^/]+}/*', call)
    .all('/:namespace/:package/:action', call)
    .options('*', allow)
}

async function readParams(
  c: Context<WebEnv>,
  action: Pick<Runnable, 'web'>,
): Promise<Record<string, unknown>> {
  const url = new URL(c.req.url)
  return toWebParams(action, {
    method: c.req.method,
    url,
    headers: c.req.raw.headers,
    body: await readBytes(c, PARAMS_BODY),
    path: url.pathname.replace(/^.*?\/web(\/[^/]+){3}/, ''),
  })
}

/** The answer to OPTIONS, whose headers say all there is to say. */
function allow(): Response {
  return new Response(null, { status: 200 })
}
