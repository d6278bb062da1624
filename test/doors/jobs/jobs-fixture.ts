import assert from 'node:assert/strict'
import { createSign } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ReadableStream } from 'node:stream/web'
import * as z from 'zod/mini'
import { REMARKS } from '../../../src/contract/event.ts'
import { type FrontEnds, onlyFrontEnd } from '../../../src/database/front-ends.ts'
import { openServiceFile, type ServiceDatabase } from '../../../src/database/service-database.ts'
import { openJobsDoor } from '../../../src/doors/jobs/jobs-door.ts'
import { DOOR } from '../../../src/doors/jobs/tasks/wishes.ts'
import { openAccounts } from '../../../src/identity/accounts-file.ts'
import { KEY_SCOPES } from '../../../src/identity/accounts.ts'
import { openOrders } from '../../../src/orders/orders.ts'
import { createEventRoutes, EVENTS_PATH } from '../../../src/renditions/event-routes.ts'
import { createMarks } from '../../../src/renditions/mark.ts'
import type { RenditionResult } from '../../../src/renditions/rendition-door.ts'
import { type FolderStore, openFolderStore } from '../../../src/storage/folder-store.ts'
import { createOwnUrls } from '../../../src/storage/object-urls.ts'
import { createUrlSigner } from '../../../src/storage/presigned-url.ts'
import { rootApp } from '../../support/root-app.ts'
import {
  collectLog,
  fakeActions,
  type Start,
  testCredentials,
} from '../asset-compute/gateway-fixture.ts'

const ORIGIN = 'https://darkroom.test'

const taskSchema = z.looseObject({
  id: z.string(),
  name: z.optional(z.string()),
  status: z.string(),
  code: z.nullable(z.string()),
  message: z.nullable(z.string()),
  retry_of_task_id: z.nullable(z.string()),
  depends_on_task_ids: z.array(z.string()),
  result: z.nullable(
    z.looseObject({ files: z.optional(z.array(z.looseObject({ filename: z.string() }))) }),
  ),
})
const jobSchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  tag: z.nullable(z.string()),
  tasks: z._default(z.array(taskSchema), []),
})

const userDataSchema = z.object({
  darkroomRendition: z.looseObject({ order: z.int(), item: z.int() }),
})

const MARKS = createMarks('secret')

/** A job as it is answered. */
export type JobJson = z.infer<typeof jobSchema>

/** What several doors have in common. */
export interface SharedState {
  /** Has the accounts. */
  readonly home: string
  readonly objects: FolderStore
  readonly connect: () => Promise<{
    readonly database: ServiceDatabase
    readonly frontEnds: FrontEnds
    readonly close: () => Promise<void>
  }>
}

/** What of it a door has to itself that is alone. */
async function connectAlone(home: string) {
  const database = openServiceFile(join(home, 'gateway.sqlite'))
  return { database, frontEnds: onlyFrontEnd(), close: database.close }
}

/**
 * A jobs door over a folder of its own, a fake OpenWhisk, and a clock that stands until it is set.
 *
 * @param options.username - whose the jobs are
 * @param options.shared - in place of what a door has to itself that is alone
 */
export async function openTestJobs({
  username = 'alice',
  shared,
}: { username?: string; shared?: SharedState } = {}) {
  const home = shared?.home ?? (await mkdtemp(join(tmpdir(), 'darkroom-jobs-')))
  const { eventKey } = await testCredentials()
  const clock = { ms: Date.UTC(2026, 0, 1) }
  const now = (): number => clock.ms
  const log = collectLog()
  const renditions: RenditionResult[] = []
  const accounts = await openAccounts(home, now)
  const { secret } = await accounts.create({ name: 'test', username, scopes: KEY_SCOPES })
  const urls = createOwnUrls(createUrlSigner({ secret: 'secret', origin: () => ORIGIN, now }), {
    now,
  })
  let actions = fakeActions()
  let opened: Awaited<ReturnType<typeof open>> | undefined

  async function open() {
    const { database, frontEnds, close } = await (shared?.connect() ?? connectAlone(home))
    const objects = shared?.objects ?? (await openFolderStore(join(home, 'objects'), { now, log }))
    const orders = openOrders({
      database,
      actions: actions.client,
      isRunning: actions.isRunning,
      log,
      now,
    })
    const door = openJobsDoor({
      database,
      frontEnds,
      orders,
      accounts,
      objects,
      urls,
      uploadSecret: 'secret',
      actionOf: (worker) => worker,
      programs: {},
      reachable: () => ({ reach: 'machine' }),
      marks: MARKS,
      onRendition: (rendition) => renditions.push(rendition),
      origin: () => ORIGIN,
      log,
      now,
    })
    const events = createEventRoutes({
      eventKey,
      orders,
      marks: MARKS,
      doors: { [DOOR]: door },
      log,
    })
    await orders.start()
    await door.start?.()
    return {
      app: rootApp().route('/', events).route('/', door.app),
      database,
      frontEnds,
      objects,
      orders,
      door,
      close,
    }
  }

  async function current() {
    opened ??= await open()
    return opened
  }

  async function request(path: string, init: RequestInit = {}) {
    const { app } = await current()
    const headers = new Headers(init.headers)
    if (!headers.has('authorization')) headers.set('authorization', `Bearer ${secret}`)
    const response = await app.request(`${ORIGIN}${path}`, { ...init, headers })
    const text = await response.text()
    const body: unknown = text.startsWith('{') ? JSON.parse(text) : text
    return { status: response.status, headers: response.headers, body }
  }

  const post = (path: string, body?: unknown, headers: Record<string, string> = {}) =>
    request(path, {
      method: 'POST',
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })

  async function createJob(tasks: object, more: object = {}): Promise<JobJson> {
    const { status, body } = await post('/v2/jobs', { tasks, ...more })
    assert.equal(status, 201, JSON.stringify(body))
    return z.object({ data: jobSchema }).parse(body).data
  }

  async function getJob(id: string): Promise<JobJson> {
    return z.object({ data: jobSchema }).parse((await request(`/v2/jobs/${id}`)).body).data
  }

  async function getTask(id: string) {
    return z.object({ data: taskSchema }).parse((await request(`/v2/tasks/${id}`)).body).data
  }

  /** The job once it has ended. */
  async function ended(id: string): Promise<JobJson> {
    const { body } = await request(`/.sync.api.cloudconvert.com/v2/jobs/${id}`)
    return z.object({ data: jobSchema }).parse(body).data
  }

  /** Does what the SDK does with a rendition of an activation: puts its file, and reports it. */
  async function make(
    { params }: Start,
    options: { content?: string; failure?: string; lost?: boolean; remarks?: string[] } = {},
  ) {
    const { objects } = await current()
    for (const rendition of params.renditions) {
      const key = new URL(String(rendition['target'])).pathname.replace('/storage/objects/', '')
      if (options.failure === undefined && options.lost !== true) {
        const bytes = Buffer.from(options.content ?? 'made')
        await objects.put({
          key,
          body: ReadableStream.from([bytes]),
          size: {},
          contentType: 'image/png',
        })
      }
      const event =
        options.failure === undefined
          ? {
              type: 'rendition_created',
              rendition,
              requestId: params.requestId,
              metadata: { 'repo:size': 4, [REMARKS]: options.remarks },
            }
          : {
              type: 'rendition_failed',
              rendition,
              errorReason: 'SourceCorrupt',
              errorMessage: options.failure,
            }
      const response = await postEvent(event)
      assert.equal(response.status, 200, await response.text())
    }
  }

  async function postEvent(event: object, signature?: string): Promise<Response> {
    const body = JSON.stringify({ user_guid: 'org', event_code: 'asset_compute', event })
    const signed = createSign('sha256').update(body).sign(eventKey, 'base64')
    const { app } = await current()
    return app.request(`${ORIGIN}${EVENTS_PATH}`, {
      method: 'POST',
      headers: { 'x-ac-hmac-signature': signature ?? signed },
      body,
    })
  }

  /**
   * Does what an action does that is so far with its first rendition; answers the status.
   *
   * @param forged - what of it is another
   */
  async function report(
    { params }: Start,
    done: number,
    forged: { signature?: string; done?: unknown; order?: unknown; item?: number } = {},
  ): Promise<number> {
    const { darkroomRendition } = userDataSchema.parse(params.renditions[0]?.['userData'])
    const { signature, ...others } = forged
    const { done: said = done, ...mark } = others
    const { status } = await postEvent(
      {
        type: 'rendition_progress',
        rendition: { userData: { darkroomRendition: { ...darkroomRendition, ...mark } } },
        done: said,
      },
      signature,
    )
    return status
  }

  /** As a killed process leaves it. */
  async function kill(): Promise<void> {
    const { objects, orders, door, close } = await current()
    await door.pause?.()
    await door.close?.()
    orders.close()
    if (shared === undefined) objects.close()
    await close()
    opened = undefined
    actions = fakeActions()
  }

  return {
    home,
    clock,
    log,
    accounts,
    secret,
    /** How those have ended that were made for tasks. */
    renditions,
    request,
    post,
    createJob,
    getJob,
    getTask,
    ended,
    make,
    report,
    kill,
    current,
    actions: () => actions,
    objects: async () => (await current()).objects,
    inspection: async () => (await current()).door.inspection,
    routes: async () => (await current()).door.app.routes,
    async close(): Promise<void> {
      await kill()
      if (shared !== undefined) return
      // What was being written when it was killed may come only now.
      await rm(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** A task that brings a file at once. */
export const RAW = { operation: 'import/raw', file: 'hello', filename: 'hello.png' } as const
