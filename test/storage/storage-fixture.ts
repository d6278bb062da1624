import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { ServiceError } from '../../src/base/errors.ts'
import { openFolderStore } from '../../src/storage/folder-store.ts'
import type { ObjectStore } from '../../src/storage/object-store.ts'
import { createStorage } from '../../src/storage/storage-routes.ts'
import { collectLog } from '../doors/asset-compute/gateway-fixture.ts'
import { rootApp } from '../support/root-app.ts'

const CREDENTIAL = 'Bearer good'

const presigned = z.object({
  url: z.optional(z.string()),
  urls: z._default(z.array(z.string()), []),
  minPartSize: z.optional(z.number()),
  maxPartSize: z.optional(z.number()),
})

/** A storage mounted as in the service, over a directory of its own and a clock that stands until it is set. */
export async function openStorage(directory?: string, realNow?: () => number) {
  const home = directory ?? (await mkdtemp(join(tmpdir(), 'darkroom-storage-')))
  const clock = { ms: Date.UTC(2026, 0, 1) }
  const now = realNow ?? (() => clock.ms)
  const log = collectLog()
  const store = await openFolderStore(home, { now, log })
  const storage = createStorage({
    store,
    secret: 'the-signing-secret',
    origin: () => 'http://storage.test',
    now,
    async authenticate(headers) {
      if (headers.get('authorization') !== CREDENTIAL)
        throw new ServiceError('unauthenticated', 'Who are you?')
      return { clientId: 'client', orgId: 'org', tokenId: 'token' }
    },
  })
  const app = rootApp().route('/storage', storage)

  const postPresign = (body: unknown, authorization = CREDENTIAL) =>
    app.request('/storage/presign', {
      method: 'POST',
      headers: { authorization },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })

  async function presign(path: string, fields: object = {}) {
    const body = { path, permissions: 'rw', expiresInSeconds: 60, ...fields }
    const response = await postPresign(body)
    const text = await response.text()
    assert.equal(response.status, 200, text)
    return presigned.parse(JSON.parse(text))
  }

  async function presignUrl(path: string, fields: object = {}): Promise<string> {
    const { url } = await presign(path, fields)
    assert.ok(url)
    return url
  }

  return {
    app,
    store,
    clock,
    log,
    home,
    postPresign,
    presign,
    presignUrl,
    put: (
      url: string,
      body: string | Uint8Array | ReadableStream<Uint8Array>,
      headers: Record<string, string> = {},
    ) => app.request(url, { method: 'PUT', body, headers, duplex: 'half' }),
    /** The files that hold parts of objects, or were to. */
    partFiles: () => readdir(join(home, 'parts')),
    async close() {
      store.close()
      if (directory === undefined) await rm(home, { recursive: true })
    },
  }
}

/** An opened {@link openStorage}. */
export type Storage = Awaited<ReturnType<typeof openStorage>>

/** The keys of a store that begin so. */
export async function keysOf(store: Pick<ObjectStore, 'list'>, prefix = ''): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of store.list(prefix)) keys.push(key)
  return keys
}

/** A body that arrives chunk by chunk, and breaks off at the end if `failure` is given. */
export function streamOf(chunks: readonly (string | Uint8Array)[], failure?: Error) {
  const rest = chunks.map((chunk) => Buffer.from(chunk))
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = rest.shift()
      if (chunk !== undefined) controller.enqueue(chunk)
      else if (failure !== undefined) controller.error(failure)
      else controller.close()
    },
  })
}

/** The message of an error answer, after checking its form and status. */
export async function refusalOf(response: Response, status: number): Promise<string> {
  const text = await response.text()
  assert.equal(response.status, status, text)
  const body: unknown = JSON.parse(text)
  const { ok, message } = z.strictObject({ ok: z.literal(false), message: z.string() }).parse(body)
  assert.equal(ok, false)
  return message
}
