import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'
import type { Config } from './config.ts'
import { type BuiltInWorker, chooseBuiltInWorker } from './contract/formats.ts'
import { createActionsClient } from './gateway/actions-client.ts'
import { createEventBinding } from './gateway/event-delivery.ts'
import { openGateway } from './gateway/gateway.ts'
import type { Log } from './gateway/log.ts'
import { createHost } from './host/host.ts'
import { readManifest } from './host/manifest.ts'
import { createOpenWhiskApi } from './host/openwhisk-api.ts'
import { openCredentials } from './ims/credentials.ts'
import { createIms } from './ims/ims.ts'
import { writeIntegrationFiles } from './ims/integration-files.ts'
import { createImsRoutes } from './ims/routes.ts'
import { caFile, openCertificates } from './server/certificate-files.ts'
import { listen } from './server/https-server.ts'
import { openObjectStore } from './storage/object-store.ts'
import { createStorage } from './storage/routes.ts'

/** The namespace of the local Adobe I/O Runtime. */
const NAMESPACE = 'darkroom'

/** The package of the actions of this project. */
const PACKAGE = 'dx-asset-compute-worker-1'

/** What most requests need first, in this order; AEM asks all three of every asset. */
const WARM_ACTIONS: readonly BuiltInWorker[] = ['worker', 'metadata', 'document']

/** How long running activations may go on once the service is asked to stop. */
const STOP_GRACE_MS = 10_000

const PROJECT = fileURLToPath(new URL('..', import.meta.url))

/** The whole service, up and running. */
export interface Service {
  /** Such as `https://localhost:9443`. */
  origin: string
  /** Ends it in order: what runs may finish, what does not is failed with an event, no process is left behind. */
  stop: () => Promise<void>
}

/**
 * Starts the service on this machine: IMS, storage, OpenWhisk and the Asset Compute API behind one HTTPS port.
 *
 * @param options.manifest - the actions to run; those of this project unless given
 * @throws {Error} one sentence when the port or the state folder is in use
 */
export async function startService(options: {
  config: Config
  log: Log
  manifest?: string
}): Promise<Service> {
  const { config, log } = options
  const { home } = config
  const now = Date.now
  const work = path.join(home, 'work')
  await mkdir(home, { recursive: true, mode: 0o700 })
  const [credentials, certificates] = await Promise.all([
    openCredentials(home),
    openCertificates(home, now()),
  ])
  // Workers are called by URL, and their URLs may be of this service.
  setDefaultCACertificates([...getCACertificates('default'), certificates.ca])

  let serverOrigin = ''
  const origin = () => serverOrigin
  const stopping = new AbortController()
  const ims = createIms(credentials, now)

  const host = createHost({
    namespace: NAMESPACE,
    apiKey: credentials.runtimeKey,
    actions: readManifest(
      options.manifest ?? path.join(PROJECT, 'manifest.yml'),
      config.manifestVariables,
    ),
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
  const openWhiskApi = new Hono().route(
    '/api/v1',
    createOpenWhiskApi({
      host,
      apiKey: credentials.runtimeKey,
      authenticate: ims.authenticateWebCall,
    }),
  )
  const gateway = openGateway({
    home,
    origin,
    authenticate: ims.authenticate,
    eventKey: credentials.eventKey,
    actions: createActionsClient({
      fetch: async (url, init) => openWhiskApi.request(url, init),
      apiKey: credentials.runtimeKey,
      stopping: stopping.signal,
    }),
    builtInAction: (rendition) => `${PACKAGE}/${chooseBuiltInWorker(rendition)}`,
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

  // Only now is it certain that no other service uses this folder. What lies there is a killed activation's.
  await rm(work, { recursive: true, force: true })
  const store = await openObjectStore(path.join(home, 'objects'), now)
  const storage = createStorage({
    store,
    secret: credentials.storageSecret,
    origin,
    authenticate: ims.authenticate,
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
    .route('/ims', createImsRoutes(ims))
    .route('/storage', storage)
    .route('/', openWhiskApi)
    .route('/', gateway.app)
  const server = await listen({ fetch: app.fetch, certificates, port: config.port })
  serverOrigin = server.origin
  await writeIntegrationFiles({ home, credentials, namespace: NAMESPACE, origin: serverOrigin })
  for (const name of WARM_ACTIONS) host.warm(`${PACKAGE}/${name}`)
  gateway.start()

  async function stop(): Promise<void> {
    gateway.pause()
    stopping.abort()
    await host.stop(STOP_GRACE_MS)
    await gateway.finish()
    await server.close()
    gateway.close()
    store.close()
  }
  let stopped: Promise<void> | undefined
  return { origin: serverOrigin, stop: () => (stopped ??= stop()) }
}
