import path from 'node:path'
import { Hono } from 'hono'
import { ServiceError } from '../../base/errors.ts'
import { readPackageVersion } from '../../base/package-version.ts'
import type { Part } from '../../base/part.ts'
import { registerClient } from '../../client/service-client.ts'
import { openSession } from '../../client/session.ts'
import type { SignIn } from '../../client/sign-in.ts'
import { actionUrl, workerUrl } from '../../contract/actions.ts'
import { type Dialect, type HttpEnv, speak } from '../../http/root-app.ts'
import { createActionListRoutes } from './action-routes.ts'
import type { KeptObjects, ListedAction } from './api.ts'
import { createCaseRoutes } from './cases/case-routes.ts'
import type { CaseService, StartMocked } from './cases/case-service.ts'
import type { Cases } from './cases/page-cases.ts'
import { createDocRoutes } from './docs/doc-routes.ts'
import { readDocs } from './docs/docs.ts'
import { createExportRoutes } from './exports/export-routes.ts'
import { tellOfExports } from './exports/export-updates.ts'
import type { InspectedExports } from './exports/inspected-exports.ts'
import { guardOrigin } from './guard.ts'
import { tellOfAssets } from './images/asset-updates.ts'
import { createInspectedImageRoutes } from './images/images-routes.ts'
import type { InspectedImages } from './images/inspected-images.ts'
import type { InspectedJobs } from './jobs/inspected-jobs.ts'
import { createJobRoutes } from './jobs/job-routes.ts'
import { tellOfJobs } from './jobs/job-updates.ts'
import { createJobsApiRoutes } from './jobs/jobs-api-routes.ts'
import { openTaskActivations, type TaskActivationSource } from './jobs/task-activations.ts'
import { openPageDatabase } from './page-database.ts'
import { createProfileRoutes } from './profiles/profile-routes.ts'
import { openProfiles } from './profiles/saved-profiles.ts'
import type { ActivationSource } from './requests/assignments.ts'
import { openPageRequests } from './requests/page-requests.ts'
import type { StreamZip } from './requests/run-archive.ts'
import type { CancelRequests } from './requests/runs.ts'
import { createServiceRoutes } from './service-routes.ts'
import { createPageRoutes } from './serving/page-routes.ts'
import { isShown, type PageAddress, requireSession } from './sign-in/entrance.ts'
import { openKeyEntrance } from './sign-in/key-entrance.ts'
import { createSessionCookie } from './sign-in/session-cookie.ts'
import { createSessions } from './sign-in/sessions.ts'
import { openUserEntrance, type PageUsers, SESSION_MS } from './sign-in/user-entrance.ts'
import { createUpdates } from './update-channel.ts'
import { createUpdateRoutes } from './update-routes.ts'

/** The documents about the service, where it has them. */
const DOCS = path.join(import.meta.dirname, '..', '..', '..', 'docs')

/** Errors as the page reads them: `{"message": …}`. */
const PAGE: Dialect = {
  door: 'page',
  fault: 'The service could not do its part; its log tells why.',
  disk: 'developer page',
  render: ({ status, headers, message }) => Response.json({ message }, { status, headers }),
}

/** The developer page of a service. */
export interface PageDoor extends Part {
  /** To be mounted at the root, before what else answers there. */
  readonly app: Hono<HttpEnv>
  /** Tells where it is, once the service can be reached. */
  readonly announce: () => Promise<PageAddress>
}

/** Why a service cannot do its work. */
interface Reason {
  readonly code: string
  readonly message: string
}

/** What of a project the page shows. */
export interface PageProject {
  /** The folder of the sample pictures. */
  samples: string
  /** The folder of the test cases; it need not exist. */
  cases: string
  /** Runs the cases that have mocks. */
  startMocked: StartMocked
}

/**
 * Opens the developer page, whose state is in `options.home`.
 *
 * @param options.signIn - gets a token of a client that nobody else is
 * @param options.eventsUrl - where activations post their events
 * @param options.cancel - ends requests of that client
 * @param options.streamZip - makes the archives of what was made
 * @param options.activations - tells of every activation
 * @param options.status - tells what the actions do at this moment
 * @param options.keptObjects - tells what the storage has, and may have
 * @param options.reasons - tells why the service cannot do its work; nothing when it can
 * @param options.actions - those of the project, by package and name
 * @param options.actions - all that there are, by package and name
 * @param options.projectActions - those of a project that is served beside the service's own
 * @param options.jobs - the jobs API, a key to it, and what it does not tell
 * @param options.users - who may see it; whoever has the key of this start unless given
 * @param options.images - those of Image Serving, in a service that has it, and the exports of them
 * @throws {Error} one sentence, when its state cannot be used
 */
export function openPageDoor(
  options: PageProject & {
    home: string
    origin: () => string
    signIn: SignIn
    eventsUrl: () => string
    cancel: CancelRequests
    streamZip: StreamZip
    activations: ActivationSource & TaskActivationSource & Pick<CaseService, 'onActivationEnd'>
    status: () => Promise<ListedAction[]>
    keptObjects: () => KeptObjects
    reasons: () => Promise<readonly Reason[]>
    actions: readonly string[]
    projectActions?: readonly string[]
    jobs: Parameters<typeof createJobsApiRoutes>[0] & { inspection: InspectedJobs }
    users?: PageUsers | undefined
    images?: (InspectedImages & { readonly exports: InspectedExports }) | undefined
    log: { warn: (message: string) => void }
    now: () => number
  },
): PageDoor {
  const { home, origin, signIn, activations } = options
  const stopping = new AbortController()
  const { signal } = stopping
  const updates = createUpdates()
  const page = createPageRoutes()
  const database = openPageDatabase(path.join(home, 'devtool.sqlite'))
  const requests = openPageRequests({ ...options, database, updates, stopping: signal })
  const jobs = options.jobs.inspection
  const taskActivations = openTaskActivations({ ...options, database, jobs })
  const stopListening = jobs.listen((news) => {
    if ('tasks' in news) taskActivations.forget(news.tasks)
  })
  tellOfJobs({ jobs, updates, stopping: signal, log: options.log })
  let cases: Promise<Cases> | undefined

  async function loadCases(): Promise<Cases> {
    // Loaded only now: comparing pictures takes libraries that the service needs for nothing else.
    const { createCases } = await import('./cases/page-cases.ts')
    const session = openSession(origin(), signIn)
    return createCases({
      folder: options.cases,
      home: path.join(home, 'cases'),
      actions: options.actions,
      service: {
        // Orders without a URL are for the service's own actions, and one of the project may have the name of such a one.
        workerUrl: (action, instructions) =>
          options.projectActions?.includes(action) === true
            ? actionUrl(origin(), action)
            : workerUrl(origin(), action, instructions),
        connect: () => registerClient(session, signal),
        onActivationEnd: activations.onActivationEnd,
      },
      startMocked: options.startMocked,
      cancel: options.cancel,
      requests: requests.files,
      draw: requests.derived.drawLocal,
      updates,
    })
  }

  function openCases(): Promise<Cases> {
    cases ??= loadCases().catch((error: unknown) => {
      cases = undefined
      throw error
    })
    return cases
  }

  const { images } = options
  if (images) {
    tellOfAssets({ assets: images.inspection, updates, stopping: signal })
    tellOfExports({ exports: images.exports, updates, stopping: signal, log: options.log })
  }
  const { users } = options
  const lifetimeMs = users === undefined ? undefined : SESSION_MS
  const cookie = createSessionCookie(createSessions({ lifetimeMs }), origin)
  const guard = guardOrigin(origin)
  const entrance =
    users === undefined
      ? openKeyEntrance({ home, origin, cookie })
      : openUserEntrance({ origin, cookie, users, guard })
  const standing = {
    version: readPackageVersion(),
    hasDocs: readDocs(DOCS).length > 0,
    reasons: async () => [...(await options.reasons())],
  }
  const api = new Hono()
    .route('/', requests.routes)
    .route('/', createProfileRoutes(openProfiles(database)))
    .route('/', createCaseRoutes(openCases))
    .route('/', createActionListRoutes({ status: options.status, updates, stopping: signal }))
    .get('/storage', (c) => c.json(options.keptObjects()))
    .route('/', createServiceRoutes({ ...standing, userOf: cookie.userOf }))
    .get('/home', (c) => c.json({ folder: users === undefined ? path.resolve(home) : null }))
    .route('/', createUpdateRoutes(updates, signal, cookie.isOpen))
    .route('/', createJobsApiRoutes(options.jobs))
    .route('/', createJobRoutes({ ...requests, jobs, activations: taskActivations }))
    .route('/', images === undefined ? new Hono() : createInspectedImageRoutes(images))
    .route('/', images === undefined ? new Hono() : createExportRoutes(images.exports, origin))
    .all('*', (c) => {
      throw new ServiceError(
        'not_found',
        `The developer page has nothing at ${c.req.method} ${c.req.path}.`,
      )
    })

  const signedIn = requireSession(cookie, entrance)
  const app = new Hono<HttpEnv>()
  app.use('/devtool/*', speak(PAGE))
  app.route('/', entrance.routes)
  app.use('/devtool/*', guard)
  app.post('/devtool/sign-out', (c) => {
    cookie.end(c)
    return c.body(null, 204)
  })
  app.use('/devtool/*', signedIn)
  app.use('/', (c, next) => (isShown(c) ? signedIn(c, next) : next()))
  app.get('/devtool/', (c) => c.redirect('/'))
  app.route('/', page.routes)
  app.route('/devtool/docs', createDocRoutes(DOCS))
  app.route('/devtool/api', api)

  return {
    app,
    announce: entrance.announce,
    start() {
      requests.start()
      void page.prepare()
    },
    async pause() {
      stopping.abort()
      const opened = await cases?.catch(() => undefined)
      await opened?.stop()
    },
    finish: requests.close,
    async close() {
      stopListening()
      taskActivations.close()
      database.close()
      await entrance.close()
    },
  }
}
