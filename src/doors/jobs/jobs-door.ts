import { type Context, Hono } from 'hono'
import { ServiceError } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import type { Part } from '../../base/part.ts'
import type { BuiltInWorker } from '../../contract/actions.ts'
import type { FrontEnds } from '../../database/front-ends.ts'
import type { ServiceDatabase } from '../../database/service-database.ts'
import { createSealing } from '../../home/sealing.ts'
import { type HttpEnv, speak } from '../../http/root-app.ts'
import type { Accounts } from '../../identity/accounts.ts'
import type { Orders } from '../../orders/orders.ts'
import type { Reachable } from '../../peers/peer.ts'
import type { FoundPrograms } from '../../programs/programs.ts'
import type { Marks } from '../../renditions/mark.ts'
import type { RenditionDoor, RenditionResult } from '../../renditions/rendition-door.ts'
import type { ObjectStore } from '../../storage/object-store.ts'
import type { ObjectUrls } from '../../storage/object-urls.ts'
import { createAuthorize } from './api/authorize.ts'
import { createCreating } from './api/creating.ts'
import { JOBS } from './api/jobs-dialect.ts'
import { createJobsRoutes } from './api/jobs-routes.ts'
import { createOtherRoutes } from './api/other-routes.ts'
import { createShapes, RETENTION_MS } from './api/shapes.ts'
import { createSignedUrls } from './api/signed-urls.ts'
import { createTasksRoutes } from './api/tasks-routes.ts'
import { createWaiting } from './api/waiting.ts'
import { createJobInspection, type JobInspection } from './inspection/job-inspection.ts'
import { createJobNews } from './inspection/job-news.ts'
import { USERNAME } from './jobs-env.ts'
import { OPERATIONS } from './operations/operations.ts'
import { createSockets, type Sockets } from './sockets/sockets.ts'
import { createAccepting } from './tasks/accepting.ts'
import { createRemoval } from './tasks/removal.ts'
import { createTaskFiles } from './tasks/task-files.ts'
import { createTaskLife } from './tasks/task-life.ts'
import { createTaskProgress } from './tasks/task-progress.ts'
import { createTaskRunner } from './tasks/task-runner.ts'
import { openTaskStore } from './tasks/task-store.ts'
import { createTransfers } from './tasks/transfers.ts'
import { DOOR, openWishes } from './tasks/wishes.ts'
import { createTusUrls } from './uploads/tus-urls.ts'
import { createUploadForm, UPLOADS_PATH } from './uploads/upload-form.ts'
import { createUploadRoutes } from './uploads/upload-routes.ts'
import { openUploadsInParts } from './uploads/uploads-in-parts.ts'
import { type DeliveryResult, openDeliveries } from './webhooks/deliveries.ts'
import { createPost } from './webhooks/post.ts'
import { createWebhookRoutes } from './webhooks/webhook-routes.ts'
import { createWebhookStore } from './webhooks/webhook-store.ts'

/** Between two sweeps of what is past its retention, in milliseconds. */
const SWEEP_INTERVAL_MS = 60_000

/** Below these the API is found; the last two are what the official clients make of a region. */
const MOUNTS = ['/v2', '/.api.cloudconvert.com/v2', '/.sync.api.cloudconvert.com/v2']

/** The jobs API, version 2, as CloudConvert's clients know it. */
export interface JobsDoor extends Part, RenditionDoor {
  /** To be mounted at the root. */
  readonly app: Hono<HttpEnv>
  /** Answers sockets at the server that the app is served by. */
  readonly attach: Sockets['attach']
  readonly inspection: JobInspection
}

/**
 * Opens the door, whose state is in `options.database`.
 *
 * @param options.frontEnds - those that share this database
 * @param options.urls - makes the URLs of the storage
 * @param options.uploadSecret - signs the forms for uploads
 * @param options.actionOf - names the action of this project that is a worker
 * @param options.programs - what of this machine conversions can be made with
 * @param options.reachable - which hosts clients may name; webhooks go there as well
 * @param options.marks - by which events of workers are known
 * @param options.onRendition - is told how each rendition has ended that was made for a task
 * @param options.onDelivery - is told what came of each attempt to tell a webhook something
 */
export function openJobsDoor(options: {
  database: ServiceDatabase
  frontEnds: FrontEnds
  orders: Orders
  accounts: Accounts
  objects: ObjectStore
  urls: ObjectUrls
  uploadSecret: string
  actionOf: (worker: BuiltInWorker) => string
  programs: FoundPrograms
  reachable: () => Reachable
  marks: Pick<Marks, 'put'>
  onRendition?: (rendition: RenditionResult) => void
  onDelivery?: (result: DeliveryResult) => void
  origin: () => string
  log: Log
  now: () => number
}): JobsDoor {
  const { database, frontEnds, orders, accounts, objects, urls, origin, log, now } = options
  const { programs, reachable } = options
  const operations = OPERATIONS
  const sealing = createSealing(accounts.sealingKey)
  const store = openTaskStore(database, { sealing, now })
  const wishes = openWishes(database, { orders, sealing, actionOf: options.actionOf })
  const files = createTaskFiles({ objects, urls, now })
  const webhooks = createWebhookStore({ now })
  const deliveries = openDeliveries({
    database,
    frontEnds,
    webhooks,
    accounts,
    jobJson: (tables, job) => shapes.of(store.within(tables)).job(job),
    taskJson: (tables, task) => shapes.of(store.within(tables)).task(task),
    post: createPost({ allowLocal: reachable().reach !== 'internet' }),
    noteAttempt: (tables, { subject }) => news.noteTouch(tables, subject),
    onAttempt: (result) => options.onDelivery?.(result),
    log,
    now,
  })
  const life = createTaskLife({ database, frontEnds, store, note: deliveries.enqueue, log })
  const news = createJobNews({ database, store, life, log })
  const transfers = createTransfers({
    attempts: {
      count: (task) => database.write((tables) => store.within(tables).countAttempt(task)),
      leave: (tasks) =>
        database.write(async (tables) => {
          for (const task of tasks) await store.within(tables).leave(task, frontEnds.id)
        }),
    },
    files,
    trials: orders.trials,
    reachable,
    onProgress(task) {
      progress.moved(task).catch((error: unknown) => {
        log.warn(`Progress could not be told: ${String(error)}`)
      })
    },
    log,
    now,
  })
  const progress = createTaskProgress({
    database,
    frontEnds,
    store,
    wishes,
    transfers,
    life,
    log,
    now,
  })
  const runner = createTaskRunner({
    database,
    frontEnds,
    store,
    wishes,
    life,
    files,
    transfers,
    progress,
    orders,
    marks: options.marks,
    operations,
    programs,
    onRendition: options.onRendition,
    log,
    now,
  })
  orders.serve(DOOR, runner.ordering)
  const isUpload = (name: string): boolean => operations.get(name)?.kind === 'upload'
  const accepting = createAccepting({ database, store, life, runner, isUpload, now })
  const removal = createRemoval({
    database,
    store,
    wishes,
    files,
    runner,
    orders,
    noteRemoved: news.noteRemoved,
  })
  const signing = { secret: options.uploadSecret, origin, now }
  const form = createUploadForm(signing)
  const tusUrls = createTusUrls(signing)
  const inParts = openUploadsInParts({
    database,
    frontEnds,
    store,
    runner,
    files,
    objects,
    urls: tusUrls,
  })
  life.listen({
    hear({ task }) {
      if (task !== undefined && task.endedAt !== null && isUpload(task.operation)) {
        void tidy('What came for a task that has ended', () => inParts.sweep(task))
      }
    },
  })
  const baseUrl = (): string => `${origin()}/v2`
  const secretsOf = (name: string): readonly string[] => operations.get(name)?.secrets ?? []
  const shapes = createShapes({ store, files, progress, form, tusUrls, secretsOf, baseUrl })
  const sockets = createSockets({
    async authorize(token) {
      const found = await accounts.identify(token)
      return found?.key.scopes.includes('task.read') === true ? found.user : undefined
    },
    store,
    life,
    jobJson: (job) => shapes.job(job),
    taskJson: (task) => shapes.task(task),
    log,
  })
  const inspection = createJobInspection({
    store,
    progress,
    deliveries,
    shapes,
    accepting,
    news,
    secretsOf,
    isUpload,
    programs,
    user: () => accounts.users().find(({ username }) => username === USERNAME)?.id,
    now,
  })
  const stopping = new AbortController()
  const waiting = createWaiting({ store, life, stopping: stopping.signal })
  const authorize = createAuthorize(accounts)
  const parts = {
    store,
    files,
    accepting,
    removal,
    life,
    shapes,
    waiting,
    authorize,
    creating: createCreating(now),
    operations,
  }

  const api = new Hono<HttpEnv>()
    .use(speak(JOBS))
    .route('/', createJobsRoutes(parts))
    .route('/', createOtherRoutes({ authorize, programs, baseUrl }))
    .route('/', createSignedUrls({ ...parts, users: accounts.users }))
    .route(
      '/',
      createWebhookRoutes({
        database,
        webhooks,
        authorize,
        apiUrl: baseUrl,
      }),
    )
    .route('/', createTasksRoutes({ ...parts, runner }))
    .all('/*', (c) => {
      throw nothingHere(c)
    })
  const app = new Hono<HttpEnv>()
    .use(`${UPLOADS_PATH}/*`, speak(JOBS))
    .route('/', createUploadRoutes({ form, store, files, runner }))
    .route('/', inParts.routes)
  for (const mount of MOUNTS) app.route(mount, api)

  /** @param what - is removed by it, for the log */
  async function tidy(what: string, remove: () => Promise<void>): Promise<void> {
    try {
      await remove()
    } catch (error) {
      if (!stopping.signal.aborted) log.error(`${what} could not be removed: ${String(error)}`)
    }
  }
  /** Whether front ends may have left something that was not looked for yet. */
  let isLeft = true
  const stopHearing = frontEnds.onGone(() => {
    isLeft = true
  })
  async function sweep(): Promise<void> {
    if (!frontEnds.isFirst()) return
    if (isLeft) {
      isLeft = false
      await tidy('What a kill has left', async () => {
        await inParts.takeUp()
        await removal.sweepFiles(now() - RETENTION_MS)
      })
    }
    await tidy('Jobs that are past their retention', async () => {
      await removal.sweep(now() - RETENTION_MS)
      await accepting.sweep(now() - RETENTION_MS)
      await database.sweep((tables) => deliveries.removeBefore(tables, now() - RETENTION_MS))
    })
  }
  /** What was to be done at its time, and could not be because the database did not answer. */
  async function lookAgain(): Promise<void> {
    deliveries.wake()
    await runner.attend()
  }
  const sweepTimer = setInterval(() => {
    void sweep()
    lookAgain().catch((error: unknown) => {
      if (!stopping.signal.aborted) log.error(`Tasks could not be read: ${String(error)}`)
    })
  }, SWEEP_INTERVAL_MS)
  sweepTimer.unref()

  return {
    app,
    attach: sockets.attach,
    inspection,
    receive: runner.receive,
    advance: progress.report,
    async start() {
      await runner.start()
      deliveries.start()
      void sweep()
    },
    pause() {
      stopping.abort()
      runner.pause()
      deliveries.pause()
    },
    async finish(graceMs) {
      await runner.finish()
      await deliveries.finish(graceMs)
    },
    close() {
      clearInterval(sweepTimer)
      stopHearing()
      sockets.close()
      runner.close()
      deliveries.close()
      life.close()
      progress.close()
      news.close()
    },
  }
}

function nothingHere(c: Context): ServiceError {
  const message = `There is nothing at ${c.req.method} ${c.req.path}; the jobs API is /v2/jobs, /v2/tasks, /v2/operations, /v2/webhooks and /v2/users/me.`
  return new ServiceError('not_found', message)
}
