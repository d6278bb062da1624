import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { PDFDocument } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import * as z from 'zod/mini'
import { openReceiver } from '../doors/jobs/receiver.ts'
import { trust } from './api-client.ts'
import { readJobsEnv } from './jobs-env.ts'
import { drawPhoto } from './photo.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

/*
 * The modules that Adobe's documentation of Workfront Fusion lists for CloudConvert, each with the fields of its table, as
 * the calls that they make.
 */

const fileSchema = z.object({
  filename: z.string(),
  size: z.optional(z.int()),
  url: z.optional(z.string()),
})
const taskSchema = z.object({
  id: z.string(),
  name: z.optional(z.string()),
  job_id: z.nullable(z.string()),
  operation: z.string(),
  status: z.string(),
  code: z.nullable(z.string()),
  message: z.nullable(z.string()),
  payload: z.optional(z.record(z.string(), z.unknown())),
  retry_of_task_id: z.nullable(z.string()),
  result: z.nullable(
    z.object({
      files: z.optional(z.array(fileSchema)),
      output: z.optional(z.string()),
      form: z.optional(
        z.object({ url: z.string(), parameters: z.record(z.string(), z.coerce.string()) }),
      ),
    }),
  ),
})
const jobSchema = z.object({
  id: z.string(),
  tag: z.nullable(z.string()),
  status: z.string(),
  tasks: z._default(z.array(taskSchema), []),
})
const oneTask = z.object({ data: taskSchema })
const oneJob = z.object({ data: jobSchema })
const refusalSchema = z.object({
  message: z.string(),
  code: z.string(),
  errors: z.optional(z.record(z.string(), z.array(z.string()))),
})

type Job = z.infer<typeof jobSchema>
type Task = z.infer<typeof taskSchema>

/** What the field "Upload a File" holds. */
interface Upload {
  upload: Buffer
  name: string
}

/** What the field "Input File" holds: bytes that are uploaded, or a URL with its headers. */
type Input = Upload | { url: string; headers?: Readonly<Record<string, string>> }

const SECRET = { 'X-Ticket': '17' }

const textFile = (name: string): Input => ({ upload: Buffer.from(`# ${name}`), name })

/** What "Download a File" brings of a task: names and data. */
function filesOf(task: Task | undefined) {
  const files = task?.result?.files ?? []
  return Promise.all(
    files.map(async ({ filename, url }) => ({
      filename,
      data: Buffer.from(await (await fetch(url ?? '')).arrayBuffer()),
    })),
  )
}

async function upload(task: Task | undefined, { upload: bytes, name }: Upload) {
  const { url, parameters } = task?.result?.form ?? assert.fail('the task has no form')
  const form = new FormData()
  for (const [field, value] of Object.entries(parameters)) form.set(field, value)
  form.set('file', new Blob([Uint8Array.from(bytes)]), name)
  assert.equal((await fetch(url, { method: 'POST', body: form })).status, 201)
}

describe('the modules of Workfront Fusion for CloudConvert', function () {
  this.timeout(120_000)
  const home = useHome()
  let service: ServiceProcess
  let key: string
  let photo: Buffer
  let server: Server
  let photoUrl: string

  before(async () => {
    service = await startServiceProcess({ home })
    trust(home)
    key = readJobsEnv(home).CLOUDCONVERT_API_KEY
    photo = await sharp(await drawPhoto(60, 40))
      .jpeg({ quality: 100 })
      .toBuffer()
    server = createServer((request, response) => {
      response.writeHead(request.headers['x-ticket'] === '17' ? 200 : 401)
      response.end(photo)
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    photoUrl = `http://127.0.0.1:${Object(server.address()).port}/photo.jpg`
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })

  /** What the module "Make an API Call" has as its fields; the others make such calls. */
  async function call(
    path: string,
    method = 'GET',
    fields: { query?: Readonly<Record<string, string>>; body?: unknown } = {},
  ): Promise<{ status: number; body: unknown }> {
    const url = new URL(path, service.origin)
    for (const [name, value] of Object.entries(fields.query ?? {}))
      url.searchParams.set(name, value)
    const response = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(fields.body !== undefined && { body: JSON.stringify(fields.body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }

  const getJob = async (id: string): Promise<Job> =>
    oneJob.parse((await call(`/v2/jobs/${id}`)).body).data
  const getTask = async (id: string): Promise<Task> =>
    oneTask.parse((await call(`/v2/tasks/${id}`, 'GET', { query: { include: 'payload' } })).body)
      .data

  async function createJob(tasks: object, more: object = {}): Promise<Job> {
    const { status, body } = await call('/v2/jobs', 'POST', { body: { tasks, ...more } })
    assert.equal(status, 201, JSON.stringify(body))
    return oneJob.parse(body).data
  }

  const createUpload = async (): Promise<Task> =>
    oneTask.parse((await call('/v2/import/upload', 'POST', { body: { tag: 'kept' } })).body).data

  const ended = async (job: Job): Promise<Job> =>
    oneJob.parse((await call(`/v2/jobs/${job.id}/wait`)).body).data

  async function refusalOf(tasks: object): Promise<z.infer<typeof refusalSchema>> {
    const { status, body } = await call('/v2/jobs', 'POST', { body: { tasks } })
    assert.equal(status, 422, JSON.stringify(body))
    return refusalSchema.parse(body)
  }

  /** A module with "Download a file": imports, makes, exports, waits, and has the data of each file. */
  async function runModule(inputs: readonly Input[], operation: string, fields: object) {
    const imports = inputs.map((input, index) => [
      `import-${index}`,
      'upload' in input
        ? { operation: 'import/upload' }
        : { operation: 'import/url', filename: 'photo.jpg', ...input },
    ])
    const names = imports.map(([name]) => name)
    const job = await createJob({
      ...Object.fromEntries(imports),
      made: { operation, input: names.length === 1 ? names[0] : names, ...fields },
      export: { operation: 'export/url', input: 'made' },
    })
    for (const [index, input] of inputs.entries()) {
      if ('upload' in input) await upload(job.tasks[index], input)
    }
    const { status, tasks } = await ended(job)
    assert.equal(status, 'finished', JSON.stringify(tasks))
    return filesOf(tasks.find(({ name }) => name === 'export'))
  }

  describe('Capture a Website', () => {
    it('makes a PDF of a page by its URL, with Headers', async function () {
      // Whether there is a Chromium is for the service to say.
      const listed = await call('/v2/operations', 'GET', {
        query: { 'filter[operation]': 'capture-website' },
      })
      const { data } = z.object({ data: z.array(z.unknown()) }).parse(listed.body)
      if (data.length === 0) this.skip()
      const job = await createJob({
        capture: {
          operation: 'capture-website',
          url: photoUrl.replace('photo.jpg', 'page.html'),
          output_format: 'pdf',
          filename: 'page.pdf',
          headers: SECRET,
        },
        export: { operation: 'export/url', input: 'capture' },
      })
      const { status, tasks } = await ended(job)
      if (tasks[0]?.message?.startsWith('Chromium cannot be used') === true) {
        console.log(tasks[0].message)
        this.skip()
      }
      assert.equal(status, 'finished', JSON.stringify(tasks))
      const [file] = await filesOf(tasks.find(({ name }) => name === 'export'))
      assert.equal(file?.filename, 'page.pdf')
      assert.equal((await PDFDocument.load(file?.data ?? '')).getPageCount(), 1)
    })
  })

  describe('Convert a File', () => {
    const INPUTS: [field: string, input: () => Input][] = [
      ['Upload a File', () => ({ upload: photo, name: 'photo.jpg' })],
      ['Import a File from URL, with Headers', () => ({ url: photoUrl, headers: SECRET })],
    ]
    for (const [field, input] of INPUTS) {
      it(`takes its file by ${field}, and calls the result by File Name`, async () => {
        const fields = { input_format: 'jpg', output_format: 'png', filename: 'teal.png' }
        const [file, ...others] = await runModule([input()], 'convert', fields)
        assert.deepEqual([file?.filename, others], ['teal.png', []])
        assert.equal((await sharp(file?.data).metadata()).format, 'png')
      })
    }

    it('goes by the extension, when the Format is not given', async () => {
      const fields = { output_format: 'webp' }
      const [file] = await runModule([{ upload: photo, name: 'photo.jpg' }], 'convert', fields)
      assert.equal(file?.filename, 'photo.webp')
    })

    it('takes the Input Format of a file whose name does not say it', async () => {
      const fields = { input_format: 'jpg', output_format: 'webp' }
      const [file] = await runModule([{ upload: photo, name: 'photo' }], 'convert', fields)
      assert.equal((await sharp(file?.data).metadata()).format, 'webp')
    })

    it('does what the Conversion and engine specific options say', async () => {
      const fields = { output_format: 'png', width: 30, height: 30, fit: 'max', engine: 'darkroom' }
      const [file] = await runModule([{ upload: photo, name: 'photo.jpg' }], 'convert', fields)
      const { width, height } = await sharp(file?.data).metadata()
      assert.deepEqual([width, height], [30, 20])
    })

    it('says why, when the URL does not give the file away', async () => {
      const job = await createJob({
        import: { operation: 'import/url', url: photoUrl, headers: { 'X-Ticket': '18' } },
        made: { operation: 'convert', input: 'import', output_format: 'png' },
      })
      const { status, tasks } = await ended(job)
      assert.equal(status, 'error')
      assert.deepEqual(
        tasks.map(({ code }) => code),
        ['DENIED', 'INPUT_TASK_FAILED'],
      )
      assert.match(tasks[0]?.message ?? '', /401/)
    })
  })

  describe('Create an Archive', () => {
    it('puts files that are uploaded or come from URLs into a ZIP', async () => {
      const inputs: Input[] = [textFile('a.md'), { url: photoUrl, headers: SECRET }]
      const fields = { output_format: 'zip', filename: 'both.zip' }
      const [archive] = await runModule(inputs, 'archive', fields)
      assert.equal(archive?.filename, 'both.zip')
      const entries = archive?.data.toString('latin1').split('PK\x01\x02').slice(1) ?? []
      assert.deepEqual(
        entries.map((entry) => /a\.md|photo\.jpg/.exec(entry)?.[0]),
        ['a.md', 'photo.jpg'],
      )
    })

    for (const format of ['7z', 'tar', 'tar.gz', 'tar.bz2']) {
      it(`puts files into ${format}, and takes them out again`, async () => {
        const fields = { output_format: format }
        const [archive] = await runModule([textFile('ß.md'), textFile('b.md')], 'archive', fields)
        assert.equal(archive?.filename, `archive.${format}`)
        const packed = { upload: archive?.data ?? Buffer.alloc(0), name: archive?.filename ?? '' }
        const files = await runModule([packed], 'archive/extract', {})
        assert.deepEqual(
          new Map(files.map(({ filename, data }) => [filename, data.toString()])),
          new Map([
            ['ß.md', '# ß.md'],
            ['b.md', '# b.md'],
          ]),
        )
      })
    }

    it('is refused in words for rar, which nobody can make here', async () => {
      const { errors } = await refusalOf({
        import: { operation: 'import/upload' },
        made: { operation: 'archive', input: 'import', output_format: 'rar' },
      })
      assert.match(
        errors?.['tasks.made.output_format']?.[0] ?? '',
        /RAR archives can be read but not written here, since its writer is proprietary; use 7z or zip/,
      )
    })
  })

  describe('Merge Files', () => {
    it('makes one PDF of two files, of which one is no PDF', async () => {
      const pdf = await PDFDocument.create()
      pdf.addPage([200, 100])
      const inputs: Input[] = [
        { upload: Buffer.from(await pdf.save()), name: 'page.pdf' },
        { upload: photo, name: 'photo.jpg' },
      ]
      const fields = { output_format: 'pdf', filename: 'merged.pdf' }
      const [file] = await runModule(inputs, 'merge', fields)
      assert.equal(file?.filename, 'merged.pdf')
      const merged = await PDFDocument.load(file?.data ?? '')
      assert.equal(merged.getPageCount(), 2)
      assert.equal(merged.getPage(0).getWidth(), 200)
    })
  })

  describe('Convert a File of data', () => {
    it('makes a table of a CSV, and a page of Markdown', async () => {
      const csv = { upload: Buffer.from('a,b\n=1+1,2\n'), name: 'table.csv' }
      const [table] = await runModule([csv], 'convert', { output_format: 'xlsx' })
      assert.equal(table?.filename, 'table.xlsx')
      const packed = { upload: table?.data ?? Buffer.alloc(0), name: 'table.xlsx' }
      const [json] = await runModule([packed], 'convert', { output_format: 'json' })
      assert.deepEqual(JSON.parse(json?.data.toString() ?? ''), [{ a: '=1+1', b: 2 }])
      const [page] = await runModule([textFile('b.md')], 'convert', { output_format: 'html' })
      assert.match(page?.data.toString() ?? '', /<h1[^>]*>b\.md<\/h1>/)
      const drawing = {
        upload: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg">  <g/> </svg>'),
        name: 'a.svg',
      }
      const [small] = await runModule([drawing], 'optimize', {})
      assert.ok((small?.data.length ?? 99) < drawing.upload.length)
    })
  })

  describe('Optimize a File', () => {
    const PROFILES: [name: string, profile: string | undefined][] = [
      ['Web, the default', undefined],
      ['Web', 'web'],
      ['Print', 'print'],
      ['Archive', 'archive'],
      ['Scanned images', 'mrc'],
      ['maximal size reduction', 'max'],
    ]
    for (const [name, profile] of PROFILES) {
      // No JPEG becomes smaller than one without losing something, which an archive must not.
      const isKept = profile === 'archive'
      it(`${isKept ? 'keeps a JPEG' : 'makes a JPEG smaller'} for ${name}`, async () => {
        const fields = { input_format: 'jpg', filename: 'small.jpg', ...(profile && { profile }) }
        const [file] = await runModule([{ upload: photo, name: 'photo.jpg' }], 'optimize', fields)
        assert.equal(file?.filename, 'small.jpg')
        const { length } = file?.data ?? assert.fail('there is no file')
        assert.ok(isKept ? length === photo.length : length < photo.length, `${length} bytes`)
        assert.equal((await sharp(file?.data).metadata()).width, 60)
      })
    }
  })

  describe('Create a Job (advanced)', () => {
    it('links tasks by Name and Input, with a Tag, without knowing the input format', async () => {
      const job = await createJob(
        {
          Import: { operation: 'import/upload' },
          Conversion: { operation: 'convert', input: 'Import', output_format: 'png' },
          Optimisation: { operation: 'optimize', input: ['Conversion'], profile: 'web' },
          Archive: { operation: 'archive', input: ['Conversion', 'Import'], output_format: 'zip' },
          Merged: { operation: 'merge', input: ['Import', 'Conversion'], output_format: 'pdf' },
          Temporary: { operation: 'export/url', input: ['Optimisation', 'Archive', 'Merged'] },
        },
        { tag: 'order 4711' },
      )
      assert.equal(job.tag, 'order 4711')
      await upload(job.tasks[0], { upload: photo, name: 'photo.jpg' })
      const done = await ended(job)
      assert.deepEqual(
        done.tasks.map(({ name, status }) => [name, status]),
        ['Import', 'Conversion', 'Optimisation', 'Archive', 'Merged', 'Temporary'].map((name) => [
          name,
          'finished',
        ]),
      )
      const files = await filesOf(done.tasks.at(-1))
      assert.deepEqual(
        files.map(({ filename }) => filename),
        ['photo.png', 'archive.zip', 'merged.pdf'],
      )
    })

    it('runs with Execute a Command what this machine has, and else says what it lacks', async () => {
      const query = { 'filter[operation]': 'command' }
      const { body } = await call('/v2/operations', 'GET', { query })
      const rows = z.object({ data: z.array(z.object({ engine: z.string() })) }).parse(body).data
      for (const engine of ['ffmpeg', 'imagemagick', 'graphicsmagick']) {
        const command = { ffmpeg: 'ffmpeg', imagemagick: 'convert', graphicsmagick: 'gm' }[engine]
        const options = { arguments: '-version', capture_output: true }
        const job = await createJob({ it: { operation: 'command', engine, command, ...options } })
        const [task] = (await ended(job)).tasks
        if (rows.some((row) => row.engine === engine)) {
          assert.equal(task?.status, 'finished', task?.message ?? '')
          assert.match(task?.result?.output ?? '', /version|ImageMagick|GraphicsMagick/i)
        } else {
          assert.equal(task?.code, 'ENGINE_NOT_AVAILABLE')
          assert.match(task?.message ?? '', /not on this machine; install it with|cannot make/)
        }
      }
    })

    it('is refused in words with a command of another engine', async () => {
      const job = await createJob({
        it: { operation: 'command', engine: 'ffmpeg', command: 'gm', arguments: '' },
      })
      const [task] = (await ended(job)).tasks
      assert.equal(task?.code, 'INVALID_OPTIONS')
      assert.match(task?.message ?? '', /command must be ffmpeg or ffprobe with the engine ffmpeg/)
    })
  })

  describe('New Job Event', () => {
    const EVENTS = [
      ['job.created', 'waits'],
      ['job.finished', 'finishes'],
      ['job.failed', 'fails'],
      ['task.created', 'waits'],
      ['task.finished', 'finishes'],
      ['task.failed', 'fails'],
    ] as const
    const TASKS = {
      waits: ['import/upload', {}],
      finishes: ['import/raw', { file: 'hello', filename: 'a.txt' }],
      // A host of no network.
      fails: ['import/url', { url: 'https://host.invalid/' }],
    } as const
    for (const [event, end] of EVENTS) {
      const of = event.startsWith('job') ? 'job' : 'task'
      it(`is sent ${event}${of === 'task' ? ' of a task that is in no job' : ''}`, async () => {
        const receiver = await openReceiver()
        try {
          const body = { url: receiver.url('/new-job-event'), events: [event] }
          const made = await call('/v2/webhooks', 'POST', { body })
          assert.equal(made.status, 201)
          const webhook = z.object({ data: z.object({ id: z.string() }) }).parse(made.body).data
          const [operation, options] = TASKS[end]
          const { id } =
            of === 'job'
              ? await createJob({ only: { operation, ...options } })
              : oneTask.parse((await call(`/v2/${operation}`, 'POST', { body: options })).body).data
          await receiver.count(1)
          assert.partialDeepStrictEqual(receiver.bodies(), [{ event, [of]: { id } }])
          assert.equal((await call(`/v2/webhooks/${webhook.id}`, 'DELETE')).status, 204)
        } finally {
          await receiver.close()
        }
      })
    }
  })

  describe('jobs', () => {
    it('List Jobs takes Status and Limit', async () => {
      const open = await createJob({ a: { operation: 'import/upload' } })
      const query = { 'filter[status]': 'waiting', per_page: '1' }
      const { body } = await call('/v2/jobs', 'GET', { query })
      const { data } = z.object({ data: z.array(jobSchema) }).parse(body)
      assert.deepEqual(
        data.map(({ id, status }) => [id, status]),
        [[open.id, 'waiting']],
      )
    })

    it('Get a Job takes its Job ID', async () => {
      const { id } = await createJob({ a: { operation: 'import/upload' } }, { tag: 'mine' })
      const job = await getJob(id)
      assert.deepEqual([job.id, job.tag, job.tasks.length], [id, 'mine', 1])
    })

    it('Delete a Job removes its tasks and all data', async () => {
      const raw = { operation: 'import/raw', file: 'hello', filename: 'a.txt' }
      const job = await ended(
        await createJob({ raw, export: { operation: 'export/url', input: 'raw' } }),
      )
      const url = job.tasks[1]?.result?.files?.[0]?.url ?? assert.fail('there is no URL')
      assert.equal((await fetch(url)).status, 200)
      assert.equal((await call(`/v2/jobs/${job.id}`, 'DELETE')).status, 204)
      const paths = [`/v2/jobs/${job.id}`, ...job.tasks.map(({ id }) => `/v2/tasks/${id}`)]
      for (const path of paths) assert.equal((await call(path)).status, 404, path)
      assert.equal((await fetch(url)).status, 404)
    })
  })

  describe('tasks', () => {
    it('Get a Task takes its Task ID', async () => {
      const { id } = await createUpload()
      const task = await getTask(id)
      assert.deepEqual(
        [task.operation, task.status, task.job_id],
        ['import/upload', 'waiting', null],
      )
      assert.equal(task.payload?.['tag'], 'kept')
    })

    it('Download a File has the name and the data of a task’s file', async () => {
      const raw = { operation: 'import/raw', file: 'hello', filename: 'a.txt' }
      const { tasks } = await ended(
        await createJob({ raw, export: { operation: 'export/url', input: 'raw' } }),
      )
      const [file] = await filesOf(await getTask(tasks[1]?.id ?? ''))
      assert.deepEqual([file?.filename, file?.data.toString()], ['a.txt', 'hello'])
    })

    it('List Tasks takes Status, Job ID, Operation and Limit', async () => {
      const raw = { operation: 'import/raw', file: 'hello', filename: 'a.txt' }
      const { id, tasks } = await createJob({ raw, upload: { operation: 'import/upload' } })
      const query = { 'filter[job_id]': id, 'filter[operation]': 'import/upload', per_page: '5' }
      for (const [status, found] of [
        ['waiting', [tasks[1]?.id]],
        ['finished', []],
      ] as const) {
        const { body } = await call('/v2/tasks', 'GET', {
          query: { ...query, 'filter[status]': status },
        })
        const { data } = z.object({ data: z.array(taskSchema) }).parse(body)
        assert.deepEqual(
          data.map((task) => task.id),
          found,
          status,
        )
      }
    })

    it('Retry a Task makes a new one of the payload of another', async () => {
      const { id } = await createUpload()
      await call(`/v2/tasks/${id}/cancel`, 'POST')
      const { status, body } = await call(`/v2/tasks/${id}/retry`, 'POST')
      assert.equal(status, 201)
      const task = await getTask(oneTask.parse(body).data.id)
      assert.notEqual(task.id, id)
      assert.deepEqual([task.retry_of_task_id, task.payload?.['tag']], [id, 'kept'])
    })

    it('Cancel a Task ends one that waits', async () => {
      const { id } = await createUpload()
      assert.equal((await call(`/v2/tasks/${id}/cancel`, 'POST')).status, 200)
      const { status, code } = await getTask(id)
      assert.deepEqual([status, code], ['error', 'CANCELLED'])
    })

    it('Delete a Task removes it and its data', async () => {
      const { id } = await createUpload()
      assert.equal((await call(`/v2/tasks/${id}`, 'DELETE')).status, 204)
      assert.equal((await call(`/v2/tasks/${id}`)).status, 404)
    })
  })

  describe('others', () => {
    it('Get My Info tells whose the key is', async () => {
      const { body } = await call('/v2/users/me')
      assert.partialDeepStrictEqual(body, { data: { username: 'darkroom' } })
    })

    it('Make an API Call takes URL, Method, Headers, Query String and Body', async () => {
      const { status, body } = await call('/v2/tasks', 'GET', { query: { per_page: '3' } })
      assert.equal(status, 200)
      assert.equal(z.object({ data: z.array(taskSchema) }).parse(body).data.length, 3)
    })

    it('List Possible Operations tells those that List Tasks and a job take', async () => {
      const { body } = await call('/v2/operations', 'GET', {
        query: { 'filter[operation]': 'merge' },
      })
      const { data } = z
        .object({ data: z.array(z.object({ operation: z.string(), output_format: z.string() })) })
        .parse(body)
      assert.ok(data.length > 0)
      assert.ok(data.every((row) => row.operation === 'merge' && row.output_format === 'pdf'))
    })
  })
})
