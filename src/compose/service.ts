import path from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { createGateway } from '../../actions/gateway/index.ts'
import { COMPILE_CACHE } from '../base/compile-cache.ts'
import type { Log } from '../base/log.ts'
import type { Config, Place } from '../config.ts'
import {
  builtInAction,
  chooseBuiltInWorker,
  NAMESPACE,
  WORKER_PACKAGE,
} from '../contract/actions.ts'
import type { FrontEnds } from '../database/front-ends.ts'
import { SERVICE } from '../database/service-database.ts'
import type { ServiceTables } from '../database/service-tables.ts'
import { ADOBE, nothingAt } from '../doors/asset-compute/adobe-dialect.ts'
import { openAssetComputeDoor } from '../doors/asset-compute/asset-compute-door.ts'
import { DOOR as ASSET_COMPUTE } from '../doors/asset-compute/requests.ts'
import { openJobsDoor } from '../doors/jobs/jobs-door.ts'
import { USERNAME, writeJobsEnv } from '../doors/jobs/jobs-env.ts'
import { SOCKETS_PATH } from '../doors/jobs/sockets/sockets.ts'
import { DOOR as JOBS } from '../doors/jobs/tasks/wishes.ts'
import type { PageProject } from '../doors/page/page-door.ts'
import type { PageAddress } from '../doors/page/sign-in/entrance.ts'
import type { PageUsers } from '../doors/page/sign-in/user-entrance.ts'
import type { Scene7Door } from '../doors/scene7/scene7-door.ts'
import { streamArchive } from '../engine/archive/stream-archive.ts'
import { storageOf } from '../fetching/reach.ts'
import { removeTree } from '../home/remove-tree.ts'
import { openStateFolder } from '../home/state-folder.ts'
import { sweepTemporaryFolders } from '../home/temporary-folder.ts'
import { splitCertificates } from '../http/authorities.ts'
import { caFile, ownCertificates } from '../http/certificate-files.ts'
import { createCertificateRenewal } from '../http/certificate-renewal.ts'
import { type Certificates, endOf } from '../http/certificates-schema.ts'
import {
  givenCertificates,
  nameByCertificate,
  requireCertificateFor,
} from '../http/given-certificates.ts'
import { createGuesses, type Guesses, slowGuesses } from '../http/guesses.ts'
import { listen } from '../http/https-server.ts'
import { createRootApp } from '../http/root-app.ts'
import { createImsRoutes } from '../identity/ims-routes.ts'
import { createIms, type Ims } from '../identity/ims.ts'
import { writeIntegrationFiles } from '../identity/integration-files.ts'
import type { SharedSecrets } from '../identity/shared-secrets.ts'
import type { RenderProcesses } from '../image-pool/render-processes.ts'
import { countRequests } from '../monitoring/count-requests.ts'
import { createHealth } from '../monitoring/health.ts'
import { mayWatch } from '../monitoring/may-watch.ts'
import { createMetrics } from '../monitoring/metrics.ts'
import { createMonitoringRoutes } from '../monitoring/monitoring-routes.ts'
import { createActionsClient } from '../orders/actions-client.ts'
import { openOrders } from '../orders/orders.ts'
import type { Reachable } from '../peers/peer.ts'
import { clientOf } from '../renditions/client-of.ts'
import { createEventBinding, createEventRoutes, EVENTS_PATH } from '../renditions/event-routes.ts'
import { createMarks } from '../renditions/mark.ts'
import { createDeployService } from '../runtime/api/deploy-service.ts'
import { createOpenWhiskApi } from '../runtime/api/openwhisk-api.ts'
import { openDeployments } from '../runtime/deploy/deployments.ts'
import { readLocalActions, readResidentActions } from '../runtime/deploy/manifest.ts'
import type { ActionProcessOptions } from '../runtime/run/action-environment.ts'
import { findActionSandbox } from '../runtime/run/action-sandbox.ts'
import type { Action } from '../runtime/run/action.ts'
import { describeConfinement } from '../runtime/run/confinement-words.ts'
import type { EndListener } from '../runtime/run/invocation.ts'
import { openProcessRecord } from '../runtime/run/process-record.ts'
import type { LoadReport } from '../runtime/run/protocol.ts'
import { type Actions, createRuntime } from '../runtime/run/runtime.ts'
import { createValidators } from '../runtime/run/validators.ts'
import type { ObjectStore } from '../storage/object-store.ts'
import type { ObjectUrls } from '../storage/object-urls.ts'
import { createPresignedObjects } from '../storage/presigned-objects.ts'
import { createUrlSigner } from '../storage/presigned-url.ts'
import { createStorage } from '../storage/storage-routes.ts'
import { createPrecedence, type Precedence } from '../tasks/precedence.ts'
import { createActionLog } from './action-log.ts'
import { createActivationCount } from './count-activations.ts'
import { type Databases, openDatabases } from './databases.ts'
import { openFrontEnds } from './front-ends.ts'
import { openIdentity } from './identity.ts'
import { checksOf, readDisk, statesOf, type Watched } from './monitoring.ts'
import { createNearby } from './nearby.ts'
import { openObjects } from './objects.ts'
import { createParts, type Parts } from './parts.ts'
import {
  DEBUGGING_MS,
  type Inspected,
  isCalled,
  readServiceActions,
  residentAction,
} from './service-actions.ts'
import { createTrustedAuthorities } from './trusted-authorities.ts'

/** What most requests need first, in this order; AEM asks all three of every asset. */
const WARM_ACTIONS = (['worker', 'metadata', 'document'] as const).map(builtInAction)

/** Adobe's side of the Asset Compute API as an action. */
const GATEWAY = `${WORKER_PACKAGE}/gateway`

/** The developer page is a client of the service of its own, so that its journal is nobody else's. */
const PAGE_CLIENT = 'darkroom-devtool'

/** The folder below the state folder for what lives no longer than the service does. */
const WORK = 'work'

/** How long running activations may go on once the service is asked to stop, in milliseconds. */
const STOP_GRACE_MS = 10_000

const PROJECT = path.resolve(fileURLToPath(new URL('../..', import.meta.url)))

/** The whole service, up and running. */
export interface Service {
  /** Such as `https://localhost:9443`. */
  origin: string
  /** Where the developer page is, in a service that has one. */
  page: PageAddress | undefined
  /**
   * Ends it in order: what runs may finish within `graceMs`, ten seconds unless given, what does not is failed with an event,
   * no process is left behind.
   */
  stop: (graceMs?: number) => Promise<void>
  /** The actions that run from where they are. */
  readonly actions: readonly Action[]
  /** The file that those of the project were read from which is served, or else those of Darkroom itself. */
  readonly manifest: string
  /**
   * Has one of these actions loaded anew, at once, for what is invoked from now on. Resolves with whether it can be loaded; with false as
   * well when it is to be loaded anew once more.
   */
  reload: (action: Action) => Promise<boolean>
  /**
   * As {@link Service.reload} for several actions, of which most may not be needed soon: each is loaded after the other, to see whether
   * it can be, and most of these processes are given up again. Resolves with those that can be.
   */
  reloadInTurn: (actions: readonly Action[]) => Promise<readonly Action[]>
  /** As {@link Service.reloadInTurn}, for what was not loaded yet; the rest is left as it is. */
  loadInTurn: (actions: readonly Action[]) => Promise<readonly Action[]>
  /** Looks at once for other certificates, which it does by itself every few seconds. */
  renewCertificates: () => Promise<void>
  /** Whether an action of this name, without its package, is deployed and goes before the project's own. */
  isDeployed: (name: string) => boolean
  /** Tells a listener of every process that has loaded its action, or cannot load it, and of those that have it loaded already. */
  onLoad: (listener: LoadListener) => void
  /** Tells a listener of every activation that ends. */
  onActivationEnd: (listener: EndListener) => void
  /** Invokes an action by its package and name, past every door; see {@link Actions.invoke}. */
  invoke: Actions['invoke']
}

/** Is told that a process has loaded its action, or cannot load it; see {@link LoadReport}. */
export type LoadListener = NonNullable<ActionProcessOptions['onLoad']>

/** What Image Serving is started with. */
export interface ServedImages {
  /** A folder whose files are assets by their names. */
  readonly assetsFolder?: string | undefined
}

/** What a service is started with. */
export interface ServiceOptions {
  config: Config
  log: Log
  /** The file with the actions to run, which orders are for; that of Darkroom itself unless given. */
  manifest?: string
  /** The file with the actions of a project that are served beside these, and go before them where they are called by URL. */
  project?: string
  /** The actions to start at once, by package and name. */
  warm?: readonly string[]
  /**
   * Whether a process has one activation at a time, whatever the manifest says, so that one which crashes takes no other
   * along.
   */
  alone?: boolean
  /** What the developer page shows; without it there is none. */
  page?: PageProject
  /** What Image Serving shows besides the assets that it keeps; without it there is none. */
  images?: ServedImages
  /** An action to run under Node's inspector. */
  inspect?: Inspected | undefined
  /** Whether it is known from which files actions were loaded, see {@link Service.onLoad}. */
  watch?: boolean
}

/**
 * Starts the service on this machine: IMS, storage, OpenWhisk and the Asset Compute API behind one HTTPS port.
 *
 * @throws {Error} one sentence when the port or the state folder is in use, or there is no action to inspect; nothing of the
 *   service is left then
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const parts = createParts()
  try {
    return await openService(options, parts)
  } catch (error) {
    await parts.unwind()
    throw error
  }
}

/** Opens Image Serving, whose pictures are made in processes of their own. */
async function openImages(
  { assetsFolder }: ServedImages,
  {
    config,
    log,
    now,
    verifyToken,
    guesses,
    reachable,
    store,
    secrets,
    precedence,
    databases,
    frontEnds,
  }: Pick<ServiceOptions, 'config' | 'log'> & {
    now: () => number
    databases: Databases
    frontEnds: FrontEnds
    guesses: Guesses
    precedence: Precedence
    reachable: () => Reachable
    store: ObjectStore
    secrets: SharedSecrets | undefined
  } & Pick<Ims, 'verifyToken'>,
  parts: Parts,
): Promise<{ door: Scene7Door; processes: RenderProcesses }> {
  const [
    { createRenderProcesses },
    { createPosters },
    { openScene7Door },
    { openScene7Databases },
    { openScene7Env },
    { writeZip },
    { createSendMail },
    { createFindMail },
    { createMailSweep },
  ] = await Promise.all([
    import('../image-pool/render-processes.ts'),
    import('../image-pool/posters.ts'),
    import('../doors/scene7/scene7-door.ts'),
    import('../doors/scene7/scene7-databases.ts'),
    import('../doors/scene7/scene7-env.ts'),
    import('./write-zip.ts'),
    import('../mail/send-mail.ts'),
    import('../mail/find-mail.ts'),
    import('../mail/sweep-mails.ts'),
  ])
  const { home, maxSourcePixels, actionEnvironment } = config
  const renderer = parts.add(
    createRenderProcesses({
      folder: path.join(home, WORK, 'images'),
      maxPixels: maxSourcePixels,
      environment: { ...actionEnvironment, NODE_COMPILE_CACHE: COMPILE_CACHE },
      precedence,
    }),
  )
  const { ffmpeg = '', soffice = '', bwrap = '' } = config.programs
  const posters = parts.add(
    createPosters(path.join(home, WORK, 'posters'), { ffmpeg, soffice, bwrap }),
  )
  const mail = { ...config.mail, folder: path.join(home, 'mail') }
  parts.add(createMailSweep({ folder: mail.folder, log, now }))
  const door = parts.add(
    await openScene7Door({
      home,
      databases: parts.add(await openScene7Databases(databases.open, home)),
      frontEnds,
      credentials: await openScene7Env(home, secrets),
      guesses,
      verifyToken,
      reachable,
      assetsFolder,
      elsewhere: isElsewhere(store) ? store : undefined,
      renderer,
      posters,
      readXmp: renderer.readXmp,
      countPages: renderer.countPages,
      findAttention: renderer.findAttention,
      writeZip,
      exportLimits: config.exportLimits,
      sendMail: createSendMail(mail),
      findMail: createFindMail(mail),
      log,
      now,
    }),
  )
  // Whoever has pictures will ask for one; the others have no process for it.
  parts.add({
    async start() {
      if (assetsFolder !== undefined || (await door.kept.companies()).length > 0) renderer.warm()
    },
  })
  return { door, processes: renderer }
}

/** Whether objects are where all front ends reach them, by URLs of that store. */
function isElsewhere(store: ObjectStore): store is ObjectStore & { readonly urls: ObjectUrls } {
  return store.urls !== undefined
}

/** Without Image Serving there are no users. */
const NOBODY: PageUsers = { signIn: async () => undefined }

/** Workers are called by URL, and their URLs may be of this service. */
function trustOwn({ ca }: Certificates): void {
  setDefaultCACertificates([...getCACertificates('default'), ...splitCertificates(ca)])
}

/** By which origin a service is reached, as far as that is known before it listens. */
function nameOf(place: Place, certificates: Certificates): { url?: string; name?: string } {
  if (place.tls !== undefined) return nameByCertificate(place, certificates)
  return place.url === undefined ? {} : { url: place.url }
}

async function openService(options: ServiceOptions, parts: Parts): Promise<Service> {
  const { config, log, warm = WARM_ACTIONS } = options
  const manifest = options.manifest ?? path.join(PROJECT, 'manifest.yml')
  const { own, ofProject } = readServiceActions({
    ...options,
    manifest,
    variables: config.manifestVariables,
  })
  const actions = [...ofProject, ...own]
  /** Of what is developed here. */
  const configuration = path.resolve(options.project ?? manifest)
  const { home } = config
  const now = Date.now
  const work = path.join(home, WORK)
  parts.add(await openStateFolder(home, { passing: [WORK], now }))
  const databases = await openDatabases(config, log, parts)
  const database = parts.add(await databases.open<ServiceTables>(SERVICE))
  const { place } = config
  const certificateSource =
    place.tls === undefined ? ownCertificates(home) : givenCertificates(home, place.tls)
  const [{ credentials, accounts, secrets }, certificates, deployments] = await Promise.all([
    openIdentity(home, databases, now),
    certificateSource.read(now()),
    openDeployments({ directory: path.join(home, 'deployed'), namespace: NAMESPACE, now }),
  ])
  // What lies there is a killed activation's or service's.
  const record = await openProcessRecord(path.join(home, 'processes'))
  const left = await record.sweep()
  if (left > 0) log.warn(`ended ${left} process(es) that actions of a killed service had left`)
  const [sandbox] = await Promise.all([
    findActionSandbox({ bwrap: config.programs.bwrap, work }),
    removeTree(work),
    deployments.sweep(log),
    sweepTemporaryFolders(),
    sweepTemporaryFolders(home),
  ])
  log.info(describeConfinement(sandbox))
  trustOwn(certificates)
  const authorities = await createTrustedAuthorities({
    home,
    work,
    extra: config.extraAuthorities,
  })

  let certificateEnd = endOf(certificates)
  let serverOrigin = ''
  const origin = () => serverOrigin
  // What front ends keep whose actions run here is no stranger's either, though they may have an address of a private network.
  const storageElsewhere = (): readonly string[] =>
    [config.publicUrl && storageOf(config.publicUrl), store.base].filter(
      (base) => base !== undefined,
    )
  // Those who write programs have servers on their own machine; who has credentials of a team must not reach what stands around it.
  const reachable = (): Reachable => ({
    reach: place.isTeam ? 'internet' : 'machine',
    ownStorage: [storageOf(origin()), ...storageElsewhere()],
  })
  const stopping = new AbortController()
  parts.add({ pause: () => stopping.abort() })
  const { trustedProxies } = config
  const rootApp = () =>
    createRootApp({ dialect: ADOBE, stopping: stopping.signal, nothingAt, trustedProxies, log })
  const metrics = createMetrics()
  const ims = createIms(credentials, now)
  const signer = createUrlSigner({ secret: credentials.storageSecret, origin, now })
  const { store, urls: storageUrls } = await openObjects({ config, signer, log, now }, parts)
  const frontEnds = await openFrontEnds({ databases, database, store, home, log }, parts)

  // One for both, since processors know no rooms.
  const precedence = createPrecedence()
  const actionLog = createActionLog(log, path.dirname(configuration))
  const loadListeners: LoadListener[] = [actionLog.onLoad]
  /** What was loaded since it was given up the last time, or could not be. */
  const loaded = new Map<Action, LoadReport>()
  /** Those who wait to see whether an action can be loaded. */
  const trials = new Map<Action, (isGood: boolean) => void>()
  const runtime = createRuntime({
    namespace: NAMESPACE,
    apiKey: credentials.runtimeKey,
    actions: own,
    projectActions: ofProject,
    deployed: deployments,
    builtIn: createValidators(ims.authenticateWebCall),
    bindParams: createEventBinding({ eventKey: credentials.eventKey, origin }),
    clientOf,
    nearby: createNearby({
      origin,
      here: store.here,
      objects: createPresignedObjects(store, signer),
      post: async (url, init) => ownEvents.request(url, init),
    }),
    directory: path.dirname(path.resolve(manifest)),
    environment: () => ({
      ...config.actionEnvironment,
      __OW_API_HOST: origin(),
      // See sdk/reach.ts.
      ...(place.isTeam && { DARKROOM_REACH: 'internet' }),
      DARKROOM_STORAGE: storageElsewhere().join(' '),
      NODE_EXTRA_CA_CERTS: authorities.file,
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      WORKER_BASE_DIRECTORY: work,
      // There is no New Relic account to report to, and a laptop has no container to measure.
      OPENWHISK_NEWRELIC_DISABLE_METRICS: 'true',
      OPENWHISK_NEWRELIC_DISABLE_ALL_INSTRUMENTATION: 'true',
      ASSET_COMPUTE_SDK_DISABLE_CGROUP_METRICS: 'true',
    }),
    now,
    sandbox: typeof sandbox === 'string' ? undefined : sandbox,
    record,
    precedence,
    tellsModules: options.watch === true,
    onPrint: actionLog.onPrint,
    onLoad(action, load) {
      loaded.set(action, load)
      for (const listener of loadListeners) listener(action, load)
      trials.get(action)?.(load.type === 'ready')
    },
  })
  parts.add({ finish: runtime.stop, close: () => runtime.stop(0) })
  deployments.onRetired(runtime.retire)
  const guesses = createGuesses()
  const access = {
    apiKey: credentials.runtimeKey,
    authenticate: ims.authenticateWebCall,
    isClosed: place.isTeam,
    guesses,
  }
  // Orders are for the actions of this project, whatever is deployed under their names.
  const ownActions = rootApp().route(
    '/api/v1',
    createOpenWhiskApi({ runtime: { ...runtime, ...runtime.own }, ...access }),
  )
  /** What is debugged here may take as long as it wants to answer; `fetch` itself waits for five minutes. */
  const fetchDebugged = async (url: string, init: RequestInit): Promise<Response> =>
    url.startsWith(`${origin()}/api/v1/`)
      ? rootApp().route('/api/v1', openWhiskApi).request(url, init)
      : fetch(url, init)
  const { elsewhere } = config
  const platforms =
    elsewhere === undefined
      ? []
      : (await import('./platforms.ts')).createPlatforms({
          elsewhere,
          actions: own,
          local: readLocalActions(manifest),
          eventKey: credentials.eventKey,
          origin,
          stopping: stopping.signal,
        })
  const orders = parts.add(
    openOrders({
      database,
      platforms,
      actions: createActionsClient({
        fetch: async (url, init) => ownActions.request(url, init),
        apiKey: credentials.runtimeKey,
        stopping: stopping.signal,
        ...(options.inspect && { fetchWorker: fetchDebugged, longestCallMs: DEBUGGING_MS }),
      }),
      isRunning: runtime.isUnderWay,
      log,
      now,
    }),
  )
  const countActivation = createActivationCount(metrics, actions)
  runtime.onActivationEnd((activation) => {
    const { activationId, response, name } = activation
    countActivation(activation)
    if (!response.success)
      log.warn(`activation ${activationId} of ${name} failed: ${response.status}`, {
        activationId,
        action: name,
      })
    void orders.activationEnded(activationId)
  })

  const marks = createMarks(credentials.storageSecret)
  const assetCompute = parts.add(
    openAssetComputeDoor({
      database,
      orders,
      origin,
      authenticate: ims.authenticate,
      marks,
      completeTarget: (target, contentType) => store.completeTarget(target, contentType),
      builtInAction: (rendition, source) => builtInAction(chooseBuiltInWorker(rendition, source)),
      identityHeaders: async ({ client, requestId }, workerUrl) => {
        const { accessToken } = await ims.issueForWorker(client, workerUrl)
        return {
          authorization: `Bearer ${accessToken}`,
          'x-gw-ims-org-id': client.orgId,
          'x-gw-ims-org-name': 'Darkroom',
          'x-app-name': 'darkroom',
          'x-request-id': requestId,
        }
      },
      onRendition: (rendition) => metrics.countRendition({ door: ASSET_COMPUTE, ...rendition }),
      log,
      now,
    }),
  )

  const jobs = parts.add(
    openJobsDoor({
      database,
      orders,
      accounts,
      objects: store,
      urls: storageUrls,
      uploadSecret: credentials.storageSecret,
      actionOf: builtInAction,
      programs: config.programs,
      reachable,
      marks,
      onRendition: (rendition) => metrics.countRendition({ door: JOBS, ...rendition }),
      onDelivery: metrics.countDelivery,
      origin,
      log,
      now,
    }),
  )

  // Loaded only where it is wanted, as is the page; commands have neither.
  const { verifyToken } = ims
  const served =
    options.images &&
    (await openImages(
      options.images,
      {
        config,
        log,
        now,
        verifyToken,
        guesses,
        reachable,
        store,
        secrets,
        precedence,
        databases,
        frontEnds,
      },
      parts,
    ))
  const images = served?.door

  let pageKey: Promise<string> | undefined
  const page =
    options.page &&
    parts.add(
      (await import('../doors/page/page-door.ts')).openPageDoor({
        ...options.page,
        home,
        origin,
        signIn: async () => {
          const client = { clientId: PAGE_CLIENT, orgId: credentials.orgId }
          const { accessToken } = await ims.issue(client)
          return { ...client, accessToken }
        },
        eventsUrl: () => `${origin()}${EVENTS_PATH}`,
        cancel: (requestIds) => assetCompute.cancel(PAGE_CLIENT, requestIds),
        streamZip: streamArchive,
        activations: runtime,
        status: async () =>
          (await runtime.status()).map(({ webPath, ...status }) => ({
            ...status,
            ...(webPath !== undefined && { url: `${origin()}/api/v1${webPath}` }),
          })),
        reasons: () => health.reasons(),
        keptObjects: () => ({
          bytes: store.size(),
          mostBytes: config.storageLimits.mostBytes ?? null,
          longestMs: config.storageLimits.longestMs ?? null,
        }),
        actions: [...own, ...ofProject].map(({ name }) => name),
        projectActions: ofProject.map(({ name }) => name),
        jobs: {
          key: () => (pageKey ??= accounts.passing(USERNAME)),
          fetch: rootApp().route('/', jobs.app).fetch,
          inspection: jobs.inspection,
        },
        users: place.isTeam ? (images?.administrators ?? NOBODY) : undefined,
        images,
        log,
        now,
      }),
    )

  const gatewayPath = `/api/v1/web/${NAMESPACE}/${GATEWAY}`
  const gateway = createGateway({
    url: () => `${origin()}${gatewayPath}`,
    fetch: rootApp().route(gatewayPath, assetCompute.app).fetch,
  })
  const resident = new Map(
    readResidentActions(manifest).map((name) => [
      name,
      residentAction(name, { [GATEWAY]: gateway }),
    ]),
  )
  const events = createEventRoutes({
    eventKey: credentials.eventKey,
    orders,
    marks,
    doors: { [ASSET_COMPUTE]: assetCompute, [JOBS]: jobs },
    log,
  })
  const ownEvents = rootApp().route('/', events)
  const openWhiskApi = createOpenWhiskApi({ runtime, deployments, resident, ...access })
  const watched: Watched = {
    disk: () => readDisk(home),
    database,
    stopping: stopping.signal,
    orders,
    doors: [ASSET_COMPUTE, JOBS],
    runtime: { ...runtime, underWay: () => runtime.underWay() + orders.onPlatforms() },
    objects: store,
    images: served?.processes,
    countJobs: images?.countJobs,
    certificateEnd: () => certificateEnd,
    now,
  }
  metrics.tell(statesOf(watched))
  const health = createHealth({ checks: checksOf(watched) })
  const app = rootApp()
    .use(countRequests(metrics))
    .use(slowGuesses(guesses))
    .route(
      '/',
      createMonitoringRoutes({
        health,
        metrics,
        mayWatch: mayWatch(config.metricsToken),
      }),
    )
  if (page !== undefined) app.route('/', page.app)
  if (images !== undefined) app.route('/', images.app)
  app
    .route('/ims', createImsRoutes(ims))
    .route(
      '/storage',
      createStorage({
        store,
        secret: credentials.storageSecret,
        origin,
        authenticate: ims.authenticate,
        now,
      }),
    )
    .route('/api/v1', openWhiskApi)
    .route(
      '/',
      createDeployService({ openWhiskApi, namespace: NAMESPACE, apiKey: credentials.runtimeKey }),
    )
    .route('/', events)
    .route('/', jobs.app)
    .route('/', assetCompute.app)
  const server = parts.add(
    await listen({
      fetch: app.fetch,
      certificates,
      port: config.port,
      address: place.address,
      upgraded: SOCKETS_PATH,
      ...nameOf(place, certificates),
    }),
  )
  serverOrigin = server.origin
  jobs.attach(server.server)
  const renewal = parts.add(
    createCertificateRenewal({
      source: certificateSource,
      certificates,
      use(renewed) {
        if (place.tls !== undefined) requireCertificateFor(serverOrigin, renewed)
        server.renew(renewed)
        certificateEnd = endOf(renewed)
        trustOwn(renewed)
        // Their processes have read whom to trust when they were started.
        void authorities.renew().then(reloadAll)
      },
      log,
      now,
    }),
  )
  await writeIntegrationFiles({
    home,
    credentials,
    namespace: NAMESPACE,
    origin: serverOrigin,
    caFile: caFile(home),
  })
  await writeJobsEnv({
    home,
    accounts,
    shared: secrets,
    origin: serverOrigin,
    caFile: caFile(home),
  })
  if (images !== undefined) await images.announce(serverOrigin)
  const pageAddress = await page?.announce()
  for (const platform of platforms) {
    const names = own.map(({ name }) => name).filter(platform.runs)
    log.info(`On ${platform.name} run ${names.map((name) => path.basename(name)).join(', ')}.`)
  }
  const runsHere = (action: Action): boolean =>
    ofProject.includes(action) || !platforms.some((platform) => platform.runs(action.name))
  const warmed = actions.filter(
    (action) => (warm.includes(action.name) && runsHere(action)) || action.inspector,
  )
  for (const action of warmed) runtime.load(action)
  await parts.start()

  /** Gives up the processes of an action. */
  async function giveUp({ name }: Action): Promise<void> {
    for (const action of loaded.keys()) if (action.name === name) loaded.delete(action)
    actionLog.forget(name)
    await runtime.reload(name)
  }
  async function reloadAll(): Promise<void> {
    await Promise.all(actions.map(giveUp))
    for (const action of warmed) runtime.load(action)
  }
  async function reload(action: Action): Promise<boolean> {
    trials.get(action)?.(false)
    const gone = giveUp(action)
    // Its inspector listens until then.
    if (action.inspector !== undefined) await gone
    return tryAction(action)
  }
  async function reloadInTurn(several: readonly Action[]): Promise<readonly Action[]> {
    for (const action of several) void giveUp(action)
    return loadInTurn(several)
  }
  async function loadInTurn(several: readonly Action[]): Promise<readonly Action[]> {
    const good: Action[] = []
    for (const action of several.filter((each) => !loaded.has(each))) {
      if (!(await tryAction(action))) continue
      good.push(action)
      if (!warmed.includes(action)) void giveUp(action)
    }
    return good
  }
  /** Loads an action; resolves with whether it can be, or false when somebody has saved it anew meanwhile. */
  async function tryAction(action: Action): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    trials.set(action, resolve)
    runtime.load(action)
    const isGood = await promise
    if (trials.get(action) === resolve) trials.delete(action)
    return isGood
  }
  let stopped: Promise<void> | undefined
  return {
    origin: serverOrigin,
    page: pageAddress,
    stop: (graceMs = STOP_GRACE_MS) => (stopped ??= parts.stop(graceMs)),
    actions,
    manifest: configuration,
    reload,
    reloadInTurn,
    loadInTurn,
    renewCertificates: renewal.look,
    isDeployed: (name) =>
      actions.some((action) => isCalled(action, name) && deployments.find(action.name)),
    onLoad(listener) {
      loadListeners.push(listener)
      for (const [action, load] of loaded) listener(action, load)
    },
    onActivationEnd: runtime.onActivationEnd,
    invoke: runtime.own.invoke,
  }
}
