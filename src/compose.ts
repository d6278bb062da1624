import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'
import type { Log } from './base/log.ts'
import { readSourceActions } from './build/source-actions.ts'
import type { Config } from './config.ts'
import { builtInAction, NAMESPACE } from './contract/actions.ts'
import { chooseBuiltInWorker } from './contract/formats.ts'
import { createEventBinding, EVENTS_PATH } from './doors/asset-compute/event-delivery.ts'
import { openGateway } from './doors/asset-compute/gateway.ts'
import type { DevtoolProject } from './doors/page/page-door.ts'
import { caFile, openCertificates } from './http/certificate-files.ts'
import { listen } from './http/https-server.ts'
import { openCredentials } from './identity/credentials.ts'
import { createIms } from './identity/ims.ts'
import { createImsRoutes } from './identity/ims-routes.ts'
import { writeIntegrationFiles } from './identity/integration-files.ts'
import { createActionsClient } from './orders/actions-client.ts'
import { createDeployService } from './runtime/api/deploy-service.ts'
import { createOpenWhiskApi } from './runtime/api/openwhisk-api.ts'
import { openDeployments } from './runtime/deploy/deployments.ts'
import type { Action } from './runtime/run/action.ts'
import type { EndListener } from './runtime/run/invocation.ts'
import { createRuntime } from './runtime/run/runtime.ts'
import { createValidators } from './runtime/run/validators.ts'
import { openObjectStore } from './storage/object-store.ts'
import { createStorage } from './storage/storage-routes.ts'

/** What most requests need first, in this order; AEM asks all three of every asset. */
const WARM_ACTIONS = (['worker', 'metadata', 'document'] as const).map(builtInAction)

/** Where debuggers look for Node's inspector. */
export const INSPECTOR = '127.0.0.1:9229'

/** The developer page is a client of the service of its own, so that its journal is nobody else's. */
const DEVTOOL_CLIENT = 'darkroom-devtool'

const ONE_DAY_MS = 24 * 60 * 60 * 1000

/** How long running activations may go on once the service is asked to stop. */
const STOP_GRACE_MS = 10_000

const PROJECT = path.resolve(fileURLToPath(new URL('..', import.meta.url)))

/** The whole service, up and running. */
export interface Service {
  /** Such as `https://localhost:9443`. */
  origin: string
  /**
   * Ends it in order: what runs may finish within `graceMs`, ten seconds unless given, what does not is failed with an event,
   * no process is left behind.
   */
  stop: (graceMs?: number) => Promise<void>
  /**
   * Has the action of this name, without its package, or all of them, loaded anew for what is invoked from now on.
   * Resolves when the old ones have come to their end.
   */
  reload: (name?: string) => Promise<void>
  /** Whether an action of this name, without its package, is deployed and goes before the project's own. */
  isDeployed: (name: string) => boolean
  /** Tells a listener of every activation that ends. */
  onActivationEnd: (listener: EndListener) => void
}

/**
 * Starts the service on this machine: IMS, storage, OpenWhisk and the Asset Compute API behind one HTTPS port.
 *
 * @param options.manifest - the actions to run; those of this project unless given
 * @param options.warm - the actions to start at once, by package and name
 * @param options.alone - whether a process has one activation at a time, whatever the manifest says, so that one which
 *   crashes takes no other along
 * @param options.devtool - what the developer page shows; without it there is none
 * @param options.inspect - an action to run under Node's inspector, by its name without its package
 * @throws {Error} one sentence when the port or the state folder is in use, or there is no action to inspect
 */
export async function startService(options: {
  config: Config
  log: Log
  manifest?: string
  warm?: readonly string[]
  alone?: boolean
  devtool?: DevtoolProject
  inspect?: string
}): Promise<Service> {
  const { config, log, warm = WARM_ACTIONS } = options
  const listed = readSourceActions(
    options.manifest ?? path.join(PROJECT, 'manifest.yml'),
    config.manifestVariables,
  )
  const actions = underInspector(
    options.alone === true ? listed.map(withoutConcurrency) : listed,
    options.inspect,
  )
  const { home } = config
  const now = Date.now
  const work = path.join(home, 'work')
  await mkdir(home, { recursive: true, mode: 0o700 })
  const [credentials, certificates, deployments] = await Promise.all([
    openCredentials(home),
    openCertificates(home, now()),
    openDeployments({ directory: path.join(home, 'deployed'), namespace: NAMESPACE, now }),
  ])
  // Workers are called by URL, and their URLs may be of this service.
  setDefaultCACertificates([...getCACertificates('default'), certificates.ca])

  let serverOrigin = ''
  const origin = () => serverOrigin
  const stopping = new AbortController()
  const ims = createIms(credentials, now)

  const host = createRuntime({
    namespace: NAMESPACE,
    apiKey: credentials.runtimeKey,
    actions,
    deployed: deployments,
    builtIn: createValidators(ims.authenticateWebCall),
    bindParams: createEventBinding({ eventKey: credentials.eventKey, origin }),
    directory: PROJECT,
    environment: () => ({
      ...config.actionEnvironment,
      __OW_API_HOST: origin(),
      NODE_EXTRA_CA_CERTS: caFile(home),
      NODE_COMPILE_CACHE: path.join(PROJECT, 'node_modules', '.cache', 'darkroom'),
      WORKER_BASE_DIRECTORY: work,
      // There is no New Relic account to report to, and a laptop has no container to measure.
      OPENWHISK_NEWRELIC_DISABLE_METRICS: 'true',
      OPENWHISK_NEWRELIC_DISABLE_ALL_INSTRUMENTATION: 'true',
      ASSET_COMPUTE_SDK_DISABLE_CGROUP_METRICS: 'true',
    }),
    now,
  })
  deployments.onRetired(host.retire)
  const access = { apiKey: credentials.runtimeKey, authenticate: ims.authenticateWebCall }
  const openWhiskApi = createOpenWhiskApi({ runtime: host, deployments, ...access })
  // The gateway's requests are for the actions of this project, whatever is deployed under their names.
  const ownActions = new Hono().route(
    '/api/v1',
    createOpenWhiskApi({ runtime: { ...host, ...host.own }, ...access }),
  )
  const gateway = openGateway({
    home,
    origin,
    authenticate: ims.authenticate,
    eventKey: credentials.eventKey,
    actions: createActionsClient({
      fetch: async (url, init) => ownActions.request(url, init),
      apiKey: credentials.runtimeKey,
      stopping: stopping.signal,
    }),
    builtInAction: (rendition) => builtInAction(chooseBuiltInWorker(rendition)),
    identityHeaders: async ({ client, requestId }) => {
      const { accessToken } = await ims.issue(client)
      return {
        authorization: `Bearer ${accessToken}`,
        'x-gw-ims-org-id': client.orgId,
        'x-gw-ims-org-name': 'Darkroom',
        'x-app-name': 'darkroom',
        'x-request-id': requestId,
      }
    },
    log,
    now,
  })
  host.onActivationEnd(({ activationId, response, name }) => {
    if (!response.success)
      log.warn(`activation ${activationId} of ${name} failed: ${response.status}`)
    void gateway.activationEnded(activationId)
  })

  // Only now is it certain that no other service uses this folder. What lies there is a killed activation's or service's.
  await Promise.all([rm(work, { recursive: true, force: true }), deployments.sweep()])
  const store = await openObjectStore(path.join(home, 'objects'), now)
  const storage = createStorage({
    store,
    secret: credentials.storageSecret,
    origin,
    authenticate: ims.authenticate,
    now,
  })

  // Loaded only where it is wanted; commands have no page.
  const devtool =
    options.devtool &&
    (await import('./doors/page/page-door.ts')).openDevtool({
      ...options.devtool,
      home,
      origin,
      signIn: async () => {
        const client = { clientId: DEVTOOL_CLIENT, orgId: credentials.orgId }
        const { accessToken } = await ims.issue(client)
        return { ...client, accessToken }
      },
      eventsUrl: () => `${origin()}${EVENTS_PATH}`,
      activations: host,
      status: async () =>
        (await host.status()).map(({ webPath, ...status }) => ({
          ...status,
          ...(webPath !== undefined && { url: `${origin()}/api/v1${webPath}` }),
        })),
      actions: actions.map(({ name }) => name),
      log,
      now,
    })

  const app = new Hono()
    .use(async (c, next) => {
      await next()
      // What is refused or too large is not read to its end, so nothing else can follow on this connection.
      const { status } = c.res
      if (status === 413 || (status >= 400 && c.req.method === 'PUT'))
        c.header('Connection', 'close')
    })
    .route('/', devtool?.app ?? new Hono())
    .route('/ims', createImsRoutes(ims))
    .route('/storage', storage)
    .route('/api/v1', openWhiskApi)
    .route(
      '/',
      createDeployService({ openWhiskApi, namespace: NAMESPACE, apiKey: credentials.runtimeKey }),
    )
    .route('/', gateway.app)
  const server = await listen({ fetch: app.fetch, certificates, port: config.port })
  serverOrigin = server.origin
  await writeIntegrationFiles({
    home,
    credentials,
    namespace: NAMESPACE,
    origin: serverOrigin,
    caFile: caFile(home),
  })
  const warmed = actions.filter(({ name, inspector }) => warm.includes(name) || inspector)
  for (const { name } of warmed) host.warm(name)
  gateway.start()
  devtool?.start()

  async function reload(name?: string): Promise<void> {
    const changed =
      name === undefined ? actions : actions.filter((action) => isCalled(action, name))
    await Promise.all(changed.map((action) => host.reload(action.name)))
    for (const action of name === undefined ? warmed : changed) host.warm(action.name)
  }

  async function stop(graceMs = STOP_GRACE_MS): Promise<void> {
    gateway.pause()
    stopping.abort()
    await devtool?.pause()
    await host.stop(graceMs)
    await gateway.finish()
    await devtool?.close()
    await server.close()
    gateway.close()
    store.close()
  }
  let stopped: Promise<void> | undefined
  return {
    origin: serverOrigin,
    stop: (graceMs) => (stopped ??= stop(graceMs)),
    reload,
    isDeployed: (name) =>
      actions.some((action) => isCalled(action, name) && deployments.find(action.name)),
    onActivationEnd: host.onActivationEnd,
  }
}

function isCalled(action: Action, name: string): boolean {
  return path.basename(action.name) === name
}

function withoutConcurrency(action: Action): Action {
  return { ...action, limits: { ...action.limits, concurrency: 1 } }
}

/** Has the actions of this name debugged; whoever stops at a line there is not to be ended by a time limit. */
function underInspector(actions: readonly Action[], name: string | undefined): readonly Action[] {
  if (name === undefined) return actions
  if (!actions.some((action) => isCalled(action, name))) {
    const names = actions.map((action) => path.basename(action.name))
    throw new Error(
      `There is no action ${JSON.stringify(name)} to inspect, only ${names.join(', ')}.`,
    )
  }
  return actions.map((action) =>
    isCalled(action, name)
      ? { ...action, inspector: INSPECTOR, limits: { ...action.limits, timeout: ONE_DAY_MS } }
      : action,
  )
}
