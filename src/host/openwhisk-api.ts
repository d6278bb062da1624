import { createHash, timingSafeEqual } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Authenticate } from '../contract/client.ts'
import { HttpError } from '../contract/errors.ts'
import { parseJson } from '../contract/json.ts'
import { isRecord } from '../contract/record.ts'
import type { Activation } from './activation.ts'
import type { Host, Invocation } from './host.ts'
import { toWebParams, toWebResponse } from './web-action.ts'

/** Adobe I/O Runtime takes parameters of 1 MB. */
const LARGEST_PARAMS_BYTES = 1024 * 1024

/** Blocking calls and web calls are cut after a minute, while the action goes on. */
const LONGEST_BLOCKING_MS = 60_000

/** OpenWhisk lists 30 activations unless asked for more, and never more than 200. */
const LISTED_ACTIVATIONS = { default: 30, max: 200 }

/**
 * OpenWhisk's REST API over a {@link Host}, to be mounted at `/api/v1`: `namespaces/…` for who holds the namespace's
 * key, `web/…` for everybody, unless the action is annotated `require-adobe-auth`.
 *
 * @param options.apiKey - `user:password` of the namespace
 */
export function createOpenWhiskApi(options: {
  host: Host
  apiKey: string
  authenticate: Authenticate
}): Hono {
  const { host } = options
  const app = new Hono()
  const key = digest(`Basic ${Buffer.from(options.apiKey).toString('base64')}`)

  app.onError((error) => {
    if (!(error instanceof HttpError)) throw error
    return Response.json({ error: error.message }, { status: error.status, headers: error.headers })
  })
  app.use('/web/*', async (c, next) => {
    await next()
    const asked = c.req.header('access-control-request-headers')
    const cors = { ...CORS_HEADERS, ...(asked && { 'access-control-allow-headers': asked }) }
    for (const [header, value] of Object.entries(cors)) {
      if (!c.res.headers.has(header)) c.res.headers.set(header, value)
    }
  })
  app.use(
    bodyLimit({
      maxSize: LARGEST_PARAMS_BYTES,
      onError: (c) =>
        c.json(
          {
            error: `The request is larger than ${LARGEST_PARAMS_BYTES} bytes, the most an action takes.`,
          },
          413,
          // The rest of the body is never read, so nothing may follow it on this connection.
          { connection: 'close' },
        ),
    }),
  )

  app.use('/namespaces/*', async (c, next) => {
    if (!timingSafeEqual(digest(c.req.header('authorization') ?? ''), key)) {
      throw new HttpError(
        401,
        'The supplied authentication is invalid: it must be the API key of the namespace.',
      )
    }
    await next()
  })
  app.use('/namespaces/:namespace/*', async (c, next) => {
    const namespace = c.req.param('namespace')
    if (namespace !== '_' && namespace !== host.namespace) {
      throw new HttpError(
        403,
        `The supplied authentication is not for the namespace "${namespace}".`,
      )
    }
    await next()
  })

  app.get('/namespaces', (c) => c.json([host.namespace]))
  app.post('/namespaces/:namespace/actions/:action', (c) => invoke(c, c.req.param('action')))
  app.post('/namespaces/:namespace/actions/:package/:action', (c) =>
    invoke(c, `${c.req.param('package')}/${c.req.param('action')}`),
  )
  app.get('/namespaces/:namespace/activations', (c) => {
    const { limit, skip, name, since, upto } = c.req.query()
    const from = numberOr(skip, 0)
    const count = Math.min(numberOr(limit, LISTED_ACTIVATIONS.default), LISTED_ACTIVATIONS.max)
    const found = host
      .activations()
      .filter((activation) => name === undefined || matchesName(activation, name))
      .filter(({ start }) => start >= numberOr(since, 0) && start <= numberOr(upto, Infinity))
    return c.json(found.slice(from, from + count).map(({ logs, response, ...summary }) => summary))
  })
  app.get('/namespaces/:namespace/activations/:id', (c) => c.json(find(c.req.param('id'))))
  app.get('/namespaces/:namespace/activations/:id/result', (c) =>
    c.json(find(c.req.param('id')).response),
  )
  app.get('/namespaces/:namespace/activations/:id/logs', (c) =>
    c.json({ logs: find(c.req.param('id')).logs }),
  )

  app.options('/web/*', () => new Response(null, { status: 200 }))
  app.all('/web/:namespace/:package/:action{[^/]+}/*', callWebAction)
  app.all('/web/:namespace/:package/:action', callWebAction)
  app.all('*', (c) => c.json({ error: 'The requested resource does not exist.' }, 404))

  async function invoke(c: Context, name: string): Promise<Response> {
    const invocation = host.invoke(name, await readParams(c))
    if (c.req.query('blocking') !== 'true')
      return c.json({ activationId: invocation.activationId }, 202)
    const activation = await waitFor(invocation)
    if (activation === undefined) return c.json({ activationId: invocation.activationId }, 202)
    const status = activation.response.success ? 200 : 502
    return c.json(
      c.req.query('result') === 'true' ? activation.response.result : activation,
      status,
    )
  }

  async function callWebAction(c: Context): Promise<Response> {
    const { namespace, package: packageName, action: file } = c.req.param()
    // A content extension (`worker.json`) names the kind of answer that the caller wants; the action stays the same.
    const [extension = ''] = /\.(http|json|html|svg|text)$/.exec(file ?? '') ?? []
    const name = `${packageName}/${(file ?? '').slice(0, -extension.length || undefined)}`
    const action = namespace === host.namespace ? host.action(name) : undefined
    if (action === undefined || action.web === 'no') {
      throw new HttpError(404, `The namespace "${namespace}" has no web action "${name}".`)
    }
    if (action.requiresAdobeAuth) await options.authenticate(c.req.raw.headers)
    const url = new URL(c.req.url)
    const params = toWebParams(action, {
      method: c.req.method,
      url,
      headers: c.req.raw.headers,
      body: Buffer.from(await c.req.arrayBuffer()),
      path: url.pathname.replace(/^.*?\/web(\/[^/]+){3}/, ''),
    })
    const invocation = host.invoke(name, params)
    const activation = await waitFor(invocation)
    return activation === undefined
      ? c.json({ activationId: invocation.activationId }, 202)
      : toWebResponse(activation, extension)
  }

  function find(activationId: string): Activation {
    const activation = host.activation(activationId)
    if (activation === undefined) {
      throw new HttpError(
        404,
        `There is no activation "${activationId}" that has ended and is still kept.`,
      )
    }
    return activation
  }

  return app
}

/** What OpenWhisk lets every web action's answer say, unless the action says otherwise. */
const CORS_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'OPTIONS, GET, DELETE, POST, PUT, HEAD, PATCH',
  'access-control-allow-headers':
    'Authorization, Origin, X-Requested-With, Content-Type, Accept, User-Agent',
}

async function readParams(c: Context): Promise<Record<string, unknown>> {
  const text = await c.req.text()
  if (text === '') return {}
  const value = parseJson(text)
  if (isRecord(value)) return value
  throw new HttpError(
    400,
    'The request content was malformed: it must be a JSON object of parameters.',
  )
}

async function waitFor(invocation: Invocation): Promise<Activation | undefined> {
  const { promise: tooLong, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(resolve, LONGEST_BLOCKING_MS, undefined)
  const activation = await Promise.race([invocation.ended, tooLong])
  clearTimeout(timer)
  return activation
}

function matchesName(activation: Activation, name: string): boolean {
  const path = activation.annotations.find(({ key }) => key === 'path')?.value
  return activation.name === name || (typeof path === 'string' && path.endsWith(`/${name}`))
}

function numberOr(text: string | undefined, fallback: number): number {
  const value = Number(text)
  return text === undefined || !Number.isFinite(value) || value < 0 ? fallback : value
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
