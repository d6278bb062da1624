import { Hono } from 'hono'
import { ServiceError } from '../../base/errors.ts'
import { type HttpEnv, speak } from '../../http/root-app.ts'
import { createKeyCheck, notAuthorized } from './namespace-key.ts'
import { OPENWHISK } from './openwhisk-dialect.ts'

/** Versions of Node.js that an action may name; all of them run on the one that is here. */
const NODE_VERSIONS = [18, 20, 22, 24, 26]

/**
 * What `aio` asks of Adobe besides OpenWhisk's REST API: that API once more below `/runtime`, as App Builder's deploy
 * service has it; its audit log, of which nothing is kept; where the logs of a namespace go; and which kinds of actions
 * there are.
 *
 * @param options.openWhiskApi - to be mounted as it is mounted at `/api/v1`
 * @param options.apiKey - `user:password` of the namespace
 */
export function createDeployService(options: {
  openWhiskApi: Hono<HttpEnv>
  namespace: string
  apiKey: string
}): Hono<HttpEnv> {
  const holdsKey = createKeyCheck(options.apiKey)
  const app = new Hono<HttpEnv>()
  for (const path of ['/runtime/*', '/audit-log-api/*']) app.use(path, speak(OPENWHISK))
  const runtimes = { nodejs: NODE_VERSIONS.map((version) => ({ kind: `nodejs:${version}` })) }
  for (const path of ['/', '/runtime']) app.get(path, (c) => c.json({ runtimes }))
  app.route('/runtime/api/v1', options.openWhiskApi)

  for (const prefix of ['/runtime', '/runtime/runtime']) {
    const path = `${prefix}/namespaces/${options.namespace}/logForwarding`
    app.use(`${path}/*`, authorize)
    app.get(path, (c) => c.json({ adobe_io_runtime: {} }))
    app.get(`${path}/errors`, (c) => c.json({ destination: 'adobe_io_runtime', errors: [] }))
    app.put(path, () => {
      throw new ServiceError(
        'not_implemented',
        'Logs stay in this service; it cannot forward them.',
      )
    })
  }
  app.use('/audit-log-api/*', authorize)
  app.post('/audit-log-api/event-post', (c) => c.json({}))

  async function authorize(c: { req: { raw: Request } }, next: () => Promise<void>): Promise<void> {
    if (!holdsKey(c.req.raw.headers)) throw notAuthorized(c.req.raw.headers)
    await next()
  }

  return app
}
