import { Hono } from 'hono'
import { ServiceError } from '../../base/errors.ts'
import type { Authenticate } from '../../http/client.ts'
import { type HttpEnv, speak } from '../../http/dialect.ts'
import type { Deployments } from '../deploy/deployments.ts'
import type { Runtime } from '../run/runtime.ts'
import { createActivationRoutes } from './activation-routes.ts'
import {
  createDeployedActionRoutes,
  createDeployedPackageRoutes,
  createEmptyRoutes,
} from './entity-routes.ts'
import { createInvocationRoutes } from './invocation-routes.ts'
import { createKeyCheck, notAuthorized } from './namespace-key.ts'
import { OPENWHISK } from './openwhisk-dialect.ts'
import type { ResidentAction } from './resident-action.ts'
import { createWebRoutes } from './web-routes.ts'

/**
 * OpenWhisk's REST API over a {@link Runtime}, to be mounted at `/api/v1`: `namespaces/…` for who holds the namespace's
 * key, `web/…` for everybody, unless an action asks for more.
 *
 * @param options.apiKey - `user:password` of the namespace
 * @param options.deployments - without them nothing can be deployed
 * @param options.resident - raw web actions that live in the service, by package and name
 */
export function createOpenWhiskApi(options: {
  runtime: Runtime
  apiKey: string
  authenticate: Authenticate
  deployments?: Deployments
  resident?: ReadonlyMap<string, ResidentAction>
}): Hono<HttpEnv> {
  const { runtime, deployments } = options
  const holdsKey = createKeyCheck(options.apiKey)
  const app = new Hono<HttpEnv>().use(speak(OPENWHISK))

  app.use('/namespaces/*', async (c, next) => {
    if (!holdsKey(c.req.raw.headers)) throw notAuthorized()
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
