import assert from 'node:assert/strict'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { ServiceError } from '../../../src/base/errors.ts'
import { startOwnService } from '../../../src/cli/own-service.ts'
import { openSession } from '../../../src/client/session.ts'
import type { SignIn } from '../../../src/client/sign-in.ts'
import type { Service } from '../../../src/compose/service.ts'
import { readConfig } from '../../../src/config.ts'
import type { Instructions } from '../../../src/contract/instructions/instruction.ts'
import {
  type DevtoolRequest,
  devtoolRequestSchema,
  type KeptSource,
  keptSourceSchema,
  type ListedRequest,
} from '../../../src/doors/page/api.ts'
import { openPageDatabase } from '../../../src/doors/page/page-database.ts'
import { createProfileRoutes } from '../../../src/doors/page/profiles/profile-routes.ts'
import { openProfiles } from '../../../src/doors/page/profiles/saved-profiles.ts'
import type { BegunActivation } from '../../../src/doors/page/requests/assignments.ts'
import {
  type DevtoolRequests,
  openPageRequests,
} from '../../../src/doors/page/requests/page-requests.ts'
import { isPending } from '../../../src/doors/page/requests/request-history.ts'
import { createUpdates, type Updates } from '../../../src/doors/page/update-channel.ts'
import { streamArchive } from '../../../src/engine/archive/stream-archive.ts'
import { openCredentials } from '../../../src/identity/credentials.ts'
import { createIms } from '../../../src/identity/ims.ts'
import { useHome } from '../../e2e/service-process.ts'

/** A service in this process, and the developer page's requests beside it. */
export interface DevtoolUnderTest {
  home: string
  service: () => Service
  requests: () => DevtoolRequests
  updates: () => Updates
  /** Asks `/devtool/api`. */
  ask: (path: string, init?: RequestInit) => Promise<Response>
  /** Tells the page's requests of an activation that begins. */
  begin: (activation: BegunActivation, params: unknown) => void
  addSource: (
    name: string,
    body: string | ArrayBuffer | Uint8Array<ArrayBuffer>,
    type?: string,
  ) => Promise<KeptSource>
  addSample: (name: string) => Promise<KeptSource>
  /** Sends what is accepted. */
  run: (
    sources: readonly KeptSource[],
    renditions: readonly Instructions[],
  ) => Promise<DevtoolRequest[]>
  /** Resolves when a request is as wanted; all its renditions have ended, unless said otherwise. */
  until: (id: string, isWanted?: (request: DevtoolRequest) => boolean) => Promise<DevtoolRequest>
  signIn: SignIn
  /** Unregisters the page's client, as nobody would. */
  unregister: () => Promise<void>
  /** The requests that the service was told to end, which it is not for this. */
  cancelled: readonly string[]
  /** Closes the page's requests and opens them again. */
  reopen: () => Promise<void>
}

/** Whether every rendition has its event, and what made it has ended. */
export function isOver({ renditions }: ListedRequest): boolean {
  return renditions.every(
    (rendition) => !isPending(rendition) && rendition.spans.some(({ step }) => step === 'event'),
  )
}

async function read<T>(schema: z.ZodMiniType<T>, answer: Promise<Response>): Promise<T> {
  const response = await answer
  assert.equal(response.status, 200, await response.clone().text())
  return schema.parse(await response.json())
}

/** Runs a service for the tests of the enclosing `describe`. */
export function useDevtool(): DevtoolUnderTest {
  const home = useHome()
  const trusted = getCACertificates('default')
  let running:
    | {
        service: Service
        requests: DevtoolRequests
        updates: Updates
        app: Hono
        close: () => Promise<void>
      }
    | undefined
  const cancelled: string[] = []
  let beginListeners: ((activation: BegunActivation, params: unknown) => void)[] = []

  async function signIn() {
    const credentials = await openCredentials(home)
    const client = { clientId: 'darkroom-devtool', orgId: credentials.orgId }
    return { ...client, ...(await createIms(credentials, Date.now).issue(client)) }
  }

  function open(service: Service) {
    const updates = createUpdates()
    beginListeners = []
    const database = openPageDatabase(join(home, 'devtool.sqlite'))
    const requests = openPageRequests({
      database,
      origin: () => service.origin,
      signIn,
      samples: 'samples',
      activations: {
        onActivationBegin: (listener) => void beginListeners.push(listener),
        onActivationEnd: service.onActivationEnd,
      },
      eventsUrl: () => `${service.origin}/asset-compute/events`,
      cancel: async (requestIds) => void cancelled.push(...requestIds),
      streamZip: streamArchive,
      updates,
      stopping: new AbortController().signal,
      log: { warn: () => undefined },
      now: Date.now,
    })
    const app = new Hono()
    app.onError((error) => {
      if (!(error instanceof ServiceError)) throw error
      return Response.json({ message: error.message }, { status: error.status })
    })
    app.route('/devtool/api', requests.routes)
    app.route('/devtool/api', createProfileRoutes(openProfiles(database)))
    requests.start()
    const close = async () => {
      await requests.close()
      database.close()
    }
    return { service, requests, updates, app, close }
  }

  before(async () => {
    running = open(await startOwnService(readConfig(), home, { warm: [] }))
  })
  after(async () => {
    await running?.close()
    await running?.service.stop(0)
    setDefaultCACertificates(trusted)
  })

  const current = () => running ?? assert.fail('the service is there once the tests run')
  const ask = async (path: string, init?: RequestInit) =>
    current().app.request(`/devtool/api${path}`, init)

  return {
    home,
    service: () => current().service,
    requests: () => current().requests,
    updates: () => current().updates,
    ask,
    begin(activation, params) {
      for (const listener of beginListeners) listener(activation, params)
    },
    addSource: (name, body, type) =>
      read(
        keptSourceSchema,
        ask(`/sources?name=${encodeURIComponent(name)}`, {
          method: 'POST',
          body,
          ...(type !== undefined && { headers: { 'content-type': type } }),
        }),
      ),
    addSample: (name) => read(keptSourceSchema, ask(`/samples/${name}`, { method: 'POST' })),
    async run(sources, renditions) {
      const body = JSON.stringify({ sources: sources.map(({ id }) => id), renditions })
      const { requests } = await read(
        z.object({ requests: z.array(devtoolRequestSchema) }),
        ask('/requests', { method: 'POST', body }),
      )
      return requests
    },
    async until(id, isWanted = isOver) {
      const { requests, updates } = current()
      const reached = Promise.withResolvers<DevtoolRequest>()
      const look = () => {
        const request = requests.files.request(id)
        if (request !== undefined && isWanted(request)) reached.resolve(request)
      }
      const unsubscribe = updates.subscribe(look)
      look()
      return reached.promise.finally(unsubscribe)
    },
    signIn,
    cancelled,
    async unregister() {
      const session = openSession(current().service.origin, signIn)
      await session.call('/unregister', { method: 'POST' })
    },
    async reopen() {
      const { service, close } = current()
      await close()
      running = open(service)
    },
  }
}
