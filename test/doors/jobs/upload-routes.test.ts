import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ReadableStream } from 'node:stream/web'
import { createAdaptorServer } from '@hono/node-server'
import { onlyFrontEnd } from '../../../src/database/front-ends.ts'
import { openServiceFile, type ServiceDatabase } from '../../../src/database/service-database.ts'
import type { Task, TaskFile } from '../../../src/doors/jobs/tasks/records.ts'
import { createTaskFiles, type TaskFiles } from '../../../src/doors/jobs/tasks/task-files.ts'
import { createTaskLife } from '../../../src/doors/jobs/tasks/task-life.ts'
import { openTaskStore, type TaskStore } from '../../../src/doors/jobs/tasks/task-store.ts'
import { createUploadForm, type UploadForm } from '../../../src/doors/jobs/uploads/upload-form.ts'
import { createUploadRoutes } from '../../../src/doors/jobs/uploads/upload-routes.ts'
import { createSealing } from '../../../src/home/sealing.ts'
import { openFolderStore } from '../../../src/storage/folder-store.ts'
import type { ObjectStore } from '../../../src/storage/object-store.ts'
import { createOwnUrls } from '../../../src/storage/object-urls.ts'
import { createUrlSigner } from '../../../src/storage/presigned-url.ts'
import { rootApp } from '../../support/root-app.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { collectLog } from '../asset-compute/gateway-fixture.ts'

const ORIGIN = 'https://darkroom.test'
const HOUR_MS = 60 * 60 * 1000
const NPM_BOUNDARY = '----------0123456789abcdef0123456789abcdef'

const aFile = (name = 'a.txt', type = ''): [string, File] => [
  'file',
  new File(['content'], name, { type }),
]

describe('the upload form', () => {
  const folder = useTemporaryFolder()
  const clock = { ms: Date.UTC(2026, 0, 1) }
  const now = () => clock.ms
  let database: ServiceDatabase
  let objects: ObjectStore
  let store: TaskStore
  let files: TaskFiles
  let form: UploadForm
  let app: ReturnType<typeof rootApp>

  before(async () => {
    database = openServiceFile(folder.pathTo('service.sqlite'))
    objects = await openFolderStore(folder.pathTo('objects'), { now, log: collectLog() })
    store = openTaskStore(database, { sealing: createSealing('ab'.repeat(32)), now })
    const urls = createOwnUrls(createUrlSigner({ secret: 'storage', origin: () => ORIGIN, now }), {
      now,
    })
    files = createTaskFiles({ objects, urls, now })
    form = createUploadForm({ secret: 'forms', origin: () => ORIGIN, now })
    const life = createTaskLife({
      database,
      frontEnds: onlyFrontEnd(),
      store,
      note: async () => undefined,
      log: collectLog(),
    })
    const runner = {
      async uploaded(task: Task, file: TaskFile) {
        await life.end(task, { status: 'finished', files: [file] })
      },
    }
    app = rootApp().route('/', createUploadRoutes({ form, store, files, runner }))
  })
  after(async () => {
    await database.close()
    objects.close()
  })

  const addTask = (operation = 'import/upload', payload: Record<string, unknown> = {}) =>
    database.write((tables) =>
      store.within(tables).addTask({
        id: randomUUID(),
        user: 1,
        job: null,
        name: null,
        operation,
        payload,
        inputs: [],
        ignoreError: false,
        message: null,
        retryOf: null,
        deadline: null,
      }),
    )

  const stored = () => readdir(folder.pathTo('objects/parts'))
  const statusOf = async ({ id }: Task) => (await store.task(id))?.status
  const filesOf = (task: Task) => store.filesOf(task)

  function formOf(task: Task, ...others: [string, string | File][]): FormData {
    const data = new FormData()
    for (const [name, value] of Object.entries(form.of(task).parameters)) data.append(name, value)
    for (const [name, value] of others) data.append(name, value)
    return data
  }
  const post = async (task: Task, body: FormData) =>
    app.request(`/v2/uploads/${task.id}`, { method: 'POST', body })

  /** A body as the npm client has it. */
  function npmBody(task: Task, name: string, content: string): string {
    const fields = Object.entries(form.of(task).parameters).map(
      ([field, value]) => `content-disposition:form-data;name="${field}"\r\n\r\n${value}`,
    )
    const file = `content-disposition:form-data;name="file";filename=${name}\r\ncontent-type:application/octet-stream\r\n\r\n${content}`
    return `--${NPM_BOUNDARY}\r\n${[...fields, file].join(`\r\n--${NPM_BOUNDARY}\r\n`)}\r\n--${NPM_BOUNDARY}--\r\n`
  }
  const postRaw = (task: Task, body: string | ReadableStream<Uint8Array>) =>
    app.request(`/v2/uploads/${task.id}`, {
      method: 'POST',
      body,
      headers: { 'content-type': `multipart/form-data; boundary=${NPM_BOUNDARY}` },
      duplex: 'half',
    })

  async function assertRefused(answer: Response, task: Task, status: number, message: RegExp) {
    const before = await filesOf(task)
    const text = await answer.text()
    assert.equal(answer.status, status, text)
    assert.match(text, message)
    assert.equal(answer.headers.get('access-control-allow-origin'), '*')
    assert.equal(answer.headers.get('connection'), 'close')
    assert.deepEqual(await filesOf(task), before)
  }

  /** Checks that a form is refused, and that nothing of it is left. */
  async function assertNothingLeft(task: Task, body: FormData, status: number, message: RegExp) {
    const before = await stored()
    await assertRefused(await post(task, body), task, status, message)
    assert.equal(await statusOf(task), 'waiting')
    assert.deepEqual(await stored(), before)
  }

  it('is the same for a task however often it is asked for', async () => {
    const task = await addTask()
    const { url, parameters } = form.of(task)
    assert.equal(url, `${ORIGIN}/v2/uploads/${task.id}`)
    assert.deepEqual(Object.entries(parameters).slice(0, 3), [
      ['expires', String((clock.ms + 6 * HOUR_MS) / 1000)],
      ['max_file_count', '1'],
      ['max_file_size', '10000000000'],
    ])
    assert.match(parameters['signature'] ?? '', /^[\da-f]{64}$/)
    assert.deepEqual(Object.keys(parameters).slice(3), ['signature'])
    clock.ms += 1000
    assert.deepEqual(form.of(task), { url, parameters })
  })

  it('brings the file of a task, which ends', async () => {
    const task = await addTask()
    const answer = await post(task, formOf(task, aFile('é.txt', 'text/x-own'), ['submit', 'Send']))
    assert.equal(answer.status, 201)
    assert.equal(await statusOf(task), 'finished')
    const [file] = await filesOf(task)
    assert.ok(file)
    assert.deepEqual(
      { ...file, object: '' },
      { filename: 'é.txt', object: '', size: 7, contentType: 'text/x-own' },
    )
    const [bucket, ...key] = file.object.split('/')
    assert.deepEqual([bucket, key[0], key.length], ['jobs', task.id, 2])
    const chunks: Uint8Array[] = []
    for await (const chunk of files.read(file)) chunks.push(chunk)
    assert.equal(Buffer.concat(chunks).toString(), 'content')

    assert.equal(answer.headers.get('content-type'), 'application/xml')
    const location = answer.headers.get('location') ?? ''
    assert.ok(location.startsWith(`${ORIGIN}/storage/objects/${file.object}?`))
    assert.equal(answer.headers.get('etag'), `"${key[1]}"`)
    assert.equal(
      await answer.text(),
      `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse><Location>${location.replaceAll('&', '&amp;')}</Location>` +
        `<Bucket>jobs</Bucket><Key>${key.join('/')}</Key><ETag>&quot;${key[1]}&quot;</ETag></PostResponse>`,
    )
  })

  const names: [sent: string, filename: string][] = [
    ['input.png', 'input.png'],
    ['my file (1); [x], é 日本.pdf', 'my file (1); [x], é 日本.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\files\\a.pdf', 'a.pdf'],
  ]
  for (const [sent, filename] of names) {
    it(`takes ${sent} from the npm client`, async () => {
      const task = await addTask()
      assert.equal((await postRaw(task, npmBody(task, sent, ''))).status, 201)
      assert.deepEqual(
        (await filesOf(task)).map((file) => [file.filename, file.size]),
        [[filename, 0]],
      )
    })
  }

  const types: [sent: string, name: string, type: string][] = [
    ['application/octet-stream', 'a.png', 'image/png'],
    ['Application/Octet-Stream; a=b', 'a.pdf', 'application/pdf'],
    ['', 'a.jpg', 'image/jpeg'],
    ['no type', 'a.jpg', 'image/jpeg'],
    ['text/plain; charset=utf-8', 'a.md', 'text/plain; charset=utf-8'],
  ]
  for (const [sent, name, type] of types) {
    it(`has ${name} of the type ${JSON.stringify(sent)} as ${type}`, async () => {
      const task = await addTask()
      const body = npmBody(task, name, 'x').replace('application/octet-stream', sent)
      assert.equal((await postRaw(task, body)).status, 201)
      assert.equal((await filesOf(task))[0]?.contentType, type)
    })
  }

  it('takes the first part that has a filename, whatever it is called', async () => {
    const task = await addTask()
    const [, file] = aFile('b.txt')
    assert.equal((await post(task, formOf(task, ['upload', file]))).status, 201)
    assert.equal((await filesOf(task))[0]?.filename, 'b.txt')
  })

  it('sends a browser on to where its task says', async () => {
    const task = await addTask('import/upload', { redirect: 'https://example.test/é?a=b' })
    const answer = await post(task, formOf(task, aFile()))
    assert.equal(answer.status, 303)
    assert.equal(answer.headers.get('location'), 'https://example.test/%C3%A9?a=b')
    assert.equal(await statusOf(task), 'finished')
  })

  describe('leaves nothing, and its task waiting, when', () => {
    const table: [
      what: string,
      change: (body: FormData) => void,
      status: number,
      message: RegExp,
    ][] = [
      [
        'a field is missing',
        (body) => body.delete('expires'),
        400,
        /has no field expires before its file/,
      ],
      ['it is not signed', (body) => body.delete('signature'), 400, /has no field signature/],
      ['its time is altered', (body) => body.set('expires', '99999999999'), 403, /unaltered/],
      ['its size is altered', (body) => body.set('max_file_size', '1'), 403, /unaltered/],
      [
        'its signature is another',
        (body) => body.set('signature', 'é'.repeat(64)),
        403,
        /unaltered/,
      ],
      ['it has no file', (body) => body.delete('file'), 400, /has no file/],
      [
        'its file has no name',
        (body) => body.set('file', 'text'),
        400,
        /must have a filename such as/,
      ],
      [
        'no file was chosen',
        (body) => body.set('file', new File([], '')),
        400,
        /but it has \\"\\"/,
      ],
      ['its name is none', (body) => body.set('file', new File([], 'a/..')), 400, /\.\./],
      [
        'it has a second file',
        (body) => body.append('more', new File(['x'], 'b')),
        400,
        /another one in/,
      ],
    ]
    for (const [what, change, status, message] of table) {
      it(what, async () => {
        const task = await addTask()
        const body = formOf(task, aFile())
        change(body)
        await assertNothingLeft(task, body, status, message)
      })
    }

    it('its fields come after the file', async () => {
      const task = await addTask()
      const body = new FormData()
      body.append(...aFile())
      for (const [name, value] of formOf(task)) body.append(name, value)
      await assertNothingLeft(task, body, 400, /before its file/)
    })

    it('it is that of another task', async () => {
      const [task, other] = [await addTask(), await addTask()]
      await assertNothingLeft(task, formOf(other, aFile()), 403, /of this task/)
    })

    it('six hours are over', async () => {
      const task = await addTask()
      clock.ms += 6 * HOUR_MS
      await assertNothingLeft(task, formOf(task, aFile()), 403, /expired at 2026-01-01T/)
    })

    it('it breaks off, wherever', async () => {
      const task = await addTask()
      const whole = Buffer.from(npmBody(task, 'a.txt', 'content'))
      const before = await stored()
      for (let end = whole.indexOf('filename'); end < whole.length - 4; end += 3) {
        for (const failure of [undefined, new Error('reset')]) {
          const answer = await postRaw(task, breakingOff(whole.subarray(0, end), failure))
          await assertRefused(answer, task, 400, /broke off|ended before/)
        }
      }
      assert.equal(await statusOf(task), 'waiting')
      assert.deepEqual(await stored(), before)
      assert.equal((await post(task, formOf(task, aFile()))).status, 201)
    })

    it('it is announced as longer than a file may be', async () => {
      const task = await addTask()
      const answer = await app.request(`/v2/uploads/${task.id}`, {
        method: 'POST',
        body: npmBody(task, 'a.txt', 'content'),
        headers: {
          'content-type': `multipart/form-data; boundary=${NPM_BOUNDARY}`,
          'content-length': '20000000000',
        },
      })
      await assertRefused(answer, task, 413, /longer than the 10000000000 bytes/)
    })
  })

  it('is refused by a task that there is not', async () => {
    const task = { ...(await addTask()), id: randomUUID(), sequence: 1_000_000 }
    await assertRefused(await post(task, formOf(task, aFile())), task, 404, /There is no task/)
  })

  it('is refused by a task that is no upload', async () => {
    const task = await addTask('convert')
    await assertRefused(
      await post(task, formOf(task, aFile())),
      task,
      409,
      /is convert; only import/,
    )
  })

  it('is refused by a task that has its file', async () => {
    const task = await addTask()
    await (await post(task, formOf(task, aFile()))).text()
    const before = await stored()
    await assertRefused(await post(task, formOf(task, aFile())), task, 409, /does not wait/)
    assert.deepEqual(await stored(), before)
  })

  it('brings one file when several are sent at once', async () => {
    const task = await addTask()
    const before = (await stored()).length
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => post(task, formOf(task, aFile(name)))),
    )
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b)
    assert.deepEqual(statuses, [201, 409, 409, 409])
    const winner = ['a', 'b', 'c', 'd'][answers.findIndex(({ status }) => status === 201)]
    assert.deepEqual(
      (await filesOf(task)).map(({ filename }) => filename),
      [winner],
    )
    assert.equal((await stored()).length, before + 1)
  })

  it('may be sent by pages of any origin', async () => {
    const asked = await app.request(`/v2/uploads/${randomUUID()}`, {
      method: 'OPTIONS',
      headers: { 'access-control-request-headers': 'x-requested-with' },
    })
    assert.equal(asked.status, 204)
    assert.equal(asked.headers.get('access-control-allow-origin'), '*')
    assert.equal(asked.headers.get('access-control-allow-methods'), 'POST, OPTIONS')
    assert.equal(asked.headers.get('access-control-allow-headers'), 'x-requested-with')
    const task = await addTask()
    const answer = await post(task, formOf(task, aFile()))
    assert.equal(answer.headers.get('access-control-allow-origin'), '*')
    assert.equal(answer.headers.get('access-control-expose-headers'), 'ETag, Location')
  })

  describe('over a connection', () => {
    const server = createAdaptorServer({ fetch: (incoming) => app.fetch(incoming), createServer })
    before(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)))
    after(() => void server.close())

    /** Sends a body to its end, or to where it is refused. */
    function send(task: Task, chunks: Iterable<Buffer>): Promise<IncomingMessage> {
      const { port } = addressOf(server.address())
      const path = `/v2/uploads/${task.id}`
      const headers = { 'content-type': `multipart/form-data; boundary="${NPM_BOUNDARY}"` }
      return new Promise((resolve, reject) => {
        const sending = request({ port, host: '127.0.0.1', path, method: 'POST', headers })
        sending.on('response', resolve).on('error', reject)
        const rest = chunks[Symbol.iterator]()
        const sendMore = (): void => {
          const { done, value } = rest.next()
          if (done === true) sending.end()
          else if (!sending.destroyed) sending.write(value, sendMore)
        }
        sendMore()
      })
    }

    it('is answered with the names of headers in their usual capitals', async () => {
      const task = await addTask()
      const answer = await send(task, [Buffer.from(npmBody(task, 'a.txt', 'content'))])
      answer.resume()
      assert.equal(answer.statusCode, 201)
      for (const name of ['Content-Type', 'Location', 'ETag', 'Content-Length']) {
        assert.ok(answer.rawHeaders.includes(name), `${name} in ${answer.rawHeaders.join()}`)
      }
    })

    it('is answered before its end when it is refused', async () => {
      const task = await addTask()
      const [start = ''] = npmBody(task, 'a.txt', '').split('\r\n\r\n').slice(0, 1)
      const file = `${start}\r\n\r\n1\r\n--${NPM_BOUNDARY}\r\ncontent-disposition:form-data;name="file";filename=a\r\n\r\n`
      const chunk = Buffer.alloc(64 * 1024)
      let sent = 0
      function* endless() {
        yield Buffer.from(file)
        for (; sent < 100_000; sent += 1) yield chunk
      }
      const answer = await send(task, endless())
      answer.resume()
      assert.equal(answer.statusCode, 400)
      assert.ok(sent < 10_000, `${sent} chunks`)
    })
  })
})

function breakingOff(bytes: Buffer, failure: Error | undefined): ReadableStream<Uint8Array> {
  const chunks = [bytes]
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = chunks.shift()
      if (chunk !== undefined) controller.enqueue(chunk)
      else if (failure === undefined) controller.close()
      else controller.error(failure)
    },
  })
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  assert.ok(typeof address === 'object' && address !== null)
  return address
}
