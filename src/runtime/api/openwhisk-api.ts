import { type Context, Hono } from 'hono'
import { ServiceError } from '../../base/errors.ts'
import type { Authenticate } from '../../http/client.ts'
import type { Guesses } from '../../http/guesses.ts'
import { readWholeNumber } from '../../http/read-request.ts'
import { type HttpEnv, speak } from '../../http/root-app.ts'
import type { Deployments } from '../deploy/deployments.ts'
import type { Activation } from '../run/activation.ts'
import { MAX_CONCURRENT_ACTIVATIONS } from '../run/invocation.ts'
import type { Actions, Runtime } from '../run/runtime.ts'
import {
  createDeployedActionRoutes,
  createDeployedPackageRoutes,
  createEmptyRoutes,
} from './entity-routes.ts'
import { listPage } from './list-page.ts'
import { createKeyCheck, notAuthorized } from './namespace-key.ts'
import { OPENWHISK } from './openwhisk-dialect.ts'
import { ACTION_PATHS, actionName, readParams } from './request-content.ts'
import type { ResidentAction } from './resident-action.ts'
import { waitFor } from './waiting.ts'
import { createWebRoutes } from './web-routes.ts'

/**
 * OpenWhisk's REST API over a {@link Runtime}, to be mounted at `/api/v1`: `namespaces/…` for who holds the namespace's
 * key, `web/…` for everybody, unless an action asks for more.
 *
 * @param options.apiKey - `user:password` of the namespace
 * @param options.guesses - of the secrets that actions are called with
 * @param options.deployments - without them nothing can be deployed
 * @param options.isClosed - whether web actions that say nothing of what they need want an Adobe access token
 * @param options.resident - raw web actions that live in the service, by package and name
 */
export function createOpenWhiskApi(options: {
  runtime: Runtime
  apiKey: string
  authenticate: Authenticate
  isClosed?: boolean
  guesses: Guesses
  deployments?: Deployments
  resident?: ReadonlyMap<string, ResidentAction>
}): Hono<HttpEnv> {
  const { runtime, deployments } = options
  const holdsKey = createKeyCheck(options.apiKey)
  const app = new Hono<HttpEnv>().use(speak(OPENWHISK))

  app.use('/namespaces/*', async (c, next) => {
    if (!holdsKey(c.req.raw.headers)) throw notAuthorized(c.req.raw.headers)
    await next()
  })
  app.use('/namespaces/:namespace/*', async (c, next) => {
    // What is in a package may be asked for with the package as a part of the namespace.
    const [namespace] = c.req.param('namespace').split('/')
    if (namespace !== '_' && namespace !== runtime.namespace) {
      throw new ServiceError(
        'forbidden',
        `The supplied authentication is not for the namespace "${namespace}".`,
      )
    }
    await next()
  })

  app.get('/namespaces', (c) => c.json([runtime.namespace]))
  app.get('/namespaces/:namespace/limits', (c) =>
    c.json({ concurrentInvocations: MAX_CONCURRENT_ACTIVATIONS }),
  )
  app.route('/namespaces/:namespace/actions', createInvocationRoutes(runtime))
  app.route('/namespaces/:namespace/activations', createActivationRoutes(runtime))
  if (deployments !== undefined) {
    app.route('/namespaces/:namespace/actions', createDeployedActionRoutes(runtime, deployments))
    app.route(
      '/namespaces/:namespace/packages',
      createDeployedPackageRoutes(runtime.namespace, deployments),
    )
    for (const collection of ['triggers', 'rules']) {
      app.route(`/namespaces/:namespace/${collection}`, createEmptyRoutes(collection))
    }
  }
  app.route('/web', createWebRoutes({ ...options, holdsKey }))
  app.all('*', () => {
    throw new ServiceError('not_found', 'The requested resource does not exist.')
  })
  return app
}

/**
 * `…/activations`: the records of activations that have ended. `DELETE …/activations/ID` cancels one that is under way;
 * OpenWhisk has no such route.
 */
function createActivationRoutes(
  runtime: Pick<Runtime, 'activation' | 'activations' | 'cancel'>,
): Hono {
  function find(activationId: string): Activation {
    const activation = runtime.activation(activationId)
    if (activation !== undefined) return activation
    throw new ServiceError(
      'not_found',
      `There is no activation "${activationId}" that has ended and is still kept.`,
    )
  }

  return new Hono()
    .get('/', (c) => {
      const query = c.req.query()
      const { name, docs } = query
      const since = readWholeNumber(query, 'since', { otherwise: 0 })
      const upto = readWholeNumber(query, 'upto', { otherwise: Number.MAX_SAFE_INTEGER })
      const found = runtime
        .activations()
        .filter(({ start }) => start >= since && start <= upto)
        .filter((activation) => name === undefined || matchesName(activation, name))
      return c.json(
        listPage(query, 'activations', found, (activation) =>
          docs === 'true' ? activation : summaryOf(activation),
        ),
      )
    })
    .get('/:id', (c) => c.json(find(c.req.param('id'))))
    .get('/:id/result', (c) => c.json(find(c.req.param('id')).response))
    .get('/:id/logs', (c) => c.json({ logs: find(c.req.param('id')).logs }))
    .delete('/:id', async (c) => {
      const activationId = c.req.param('id')
      if (await runtime.cancel(activationId)) return c.json({ activationId })
      throw new ServiceError('not_found', `There is no activation "${activationId}" under way.`)
    })
}

function summaryOf({ logs, response, ...summary }: Activation): object {
  return summary
}

function matchesName(activation: Activation, name: string): boolean {
  const path = activation.annotations.find(({ key }) => key === 'path')?.value
  return activation.name === name || (typeof path === 'string' && path.endsWith(`/${name}`))
}

/** `POST …/actions/…`: invoking an action. */
function createInvocationRoutes(actions: Actions): Hono {
  async function invoke(c: Context, name: string): Promise<Response> {
    const invocation = actions.invoke(name, await readParams(c))
    const started = { activationId: invocation.activationId }
    if (c.req.query('blocking') !== 'true') return c.json(started, 202)
    const activation = await waitFor(invocation, actions.action(name))
    if (activation === undefined) return c.json(started, 202)
    const { result, success } = activation.response
    return c.json(c.req.query('result') === 'true' ? result : activation, success ? 200 : 502)
  }

  return new Hono().on('POST', ACTION_PATHS, (c) => invoke(c, actionName(c)))
}
