import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import * as tus from 'tus-js-client'
import { onlyFrontEnd } from '../../../src/database/front-ends.ts'
import { openServiceFile } from '../../../src/database/service-database.ts'
import { JOBS } from '../../../src/doors/jobs/api/jobs-dialect.ts'
import type { Task, TaskFile } from '../../../src/doors/jobs/tasks/records.ts'
import { createTaskFiles } from '../../../src/doors/jobs/tasks/task-files.ts'
import { createTaskLife } from '../../../src/doors/jobs/tasks/task-life.ts'
import { openTaskStore } from '../../../src/doors/jobs/tasks/task-store.ts'
import { createTusUrls } from '../../../src/doors/jobs/uploads/tus-urls.ts'
import { openUploadsInParts } from '../../../src/doors/jobs/uploads/uploads-in-parts.ts'
import { createSealing } from '../../../src/home/sealing.ts'
import { speak } from '../../../src/http/root-app.ts'
import { openFolderStore } from '../../../src/storage/folder-store.ts'
import { createOwnUrls } from '../../../src/storage/object-urls.ts'
import { createUrlSigner } from '../../../src/storage/presigned-url.ts'
import { rootApp } from '../../support/root-app.ts'
import { collectLog } from '../asset-compute/gateway-fixture.ts'

/** How much of a body is written before it counts, in these tests. */
export const PART_BYTES = 64 * 1024

/** The uploads in parts of a folder, behind HTTP, and a clock that stands until it is set. */
export async function serveUploads(folder: { pathTo: (name: string) => string }) {
  const clock = { ms: Date.UTC(2026, 0, 1) }
  const now = (): number => clock.ms
  const faults: string[] = []
  const log = { error: (message: string) => void faults.push(message) }
  let life: Awaited<ReturnType<typeof open>>
  const answer = getRequestListener((request) => life.app.fetch(request))
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  const origin = `http://127.0.0.1:${address.port}`
  const urls = createTusUrls({ secret: 'forms', origin: () => origin, now })

  async function open() {
    const database = openServiceFile(folder.pathTo('service.sqlite'))
    const objects = await openFolderStore(folder.pathTo('objects'), { now, log: collectLog() })
    const store = openTaskStore(database, { sealing: createSealing('ab'.repeat(32)), now })
    const signer = createUrlSigner({ secret: 'storage', origin: () => origin, now })
    const files = createTaskFiles({ objects, urls: createOwnUrls(signer, { now }), now })
    const tasks = createTaskLife({
      database,
      frontEnds: onlyFrontEnd(),
      store,
      note: async () => undefined,
      log: collectLog(),
    })
    const runner = {
      async uploaded(task: Task, file: TaskFile) {
        await tasks.end(task, { status: 'finished', files: [file] })
      },
    }
    const uploads = openUploadsInParts({
      database,
      frontEnds: onlyFrontEnd(),
      store,
      runner,
      files,
      objects,
      urls,
      partBytes: PART_BYTES,
      stopMs: 50,
    })
    const app = rootApp(log).use('*', speak(JOBS)).route('/', uploads.routes)
    return { app, database, objects, store, files, tasks, uploads }
  }
  life = await open()

  function addTask(operation = 'import/upload'): Promise<Task> {
    return life.database.write((tables) =>
      life.store.within(tables).addTask({
        id: randomUUID(),
        user: 1,
        job: null,
        name: null,
        operation,
        payload: {},
        inputs: [],
        ignoreError: false,
        message: null,
        retryOf: null,
        deadline: null,
      }),
    )
  }

  /** The files of a task, with what is in them. */
  async function filesOf(task: Task) {
    return Promise.all(
      (await life.store.filesOf(task)).map(async (file) => {
        const chunks: Uint8Array[] = []
        for await (const chunk of life.files.read(file)) chunks.push(chunk)
        return { ...file, content: Buffer.concat(chunks) }
      }),
    )
  }

  /** Begins an upload, and answers its URL. */
  async function begin(task: Task, headers: Record<string, string>): Promise<string> {
    const created = await send('POST', urls.of(task), {
      headers: { 'Upload-Metadata': `filename ${btoa('a.txt')}`, ...headers },
    })
    assert.equal(created.status, 201, created.text)
    return created.headers.get('location') ?? ''
  }

  const patch = (
    url: string,
    offset: number | string,
    body: NonNullable<RequestInit['body']>,
    more: Record<string, string> = {},
  ) =>
    send('PATCH', url, {
      body,
      headers: {
        'Upload-Offset': String(offset),
        'Content-Type': 'application/offset+octet-stream',
        ...more,
      },
    })

  /** How far an upload is. */
  async function offsetOf(url: string): Promise<number> {
    const { status, headers } = await send('HEAD', url)
    assert.equal(status, 200)
    return Number(headers.get('upload-offset'))
  }

  return {
    clock,
    faults,
    urls,
    server,
    addTask,
    filesOf,
    send,
    begin,
    patch,
    offsetOf,
    current: () => life,
    /** How much of an upload is on the disk. */
    sizeOf: (task: Task, url: string) =>
      life.objects.here.look(`jobs/${task.id}/${idOf(url)}`)?.size ?? 0,
    statusOf: async ({ id }: Task) => (await life.store.task(id))?.status,
    /** The names of the files that there are on the disk. */
    stored: () => readdir(folder.pathTo('objects/parts')),
    /** As a killed process leaves it, and the next one finds it. */
    async restart(): Promise<void> {
      life.objects.close()
      await life.database.close()
      server.closeAllConnections()
      life = await open()
    },
    async close(): Promise<void> {
      server.closeAllConnections()
      server.close()
      life.objects.close()
      await life.database.close()
    },
  }
}

/** Sends a request as a client of tus does. */
async function send(method: string, url: string, init: RequestInit = {}) {
  const headers = new Headers({ 'Tus-Resumable': '1.0.0' })
  for (const [name, value] of new Headers(init.headers)) headers.set(name, value)
  const response = await fetch(url, { duplex: 'half', ...init, method, headers })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text }
}

/** The id that the URL of an upload ends with. */
export function idOf(url: string): string {
  return new URL(url).pathname.split('/').at(-1) ?? ''
}

/** What becomes of an upload that the official client makes. */
export function uploadByTus(
  file: tus.Upload['file'],
  options: tus.Upload['options'],
): Promise<tus.Upload> {
  return new Promise((resolve, reject) => {
    const upload = new tus.Upload(file, {
      retryDelays: null,
      onSuccess: () => resolve(upload),
      onError: reject,
      ...options,
    })
    upload.start()
  })
}
