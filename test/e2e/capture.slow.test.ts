import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { PDFDocument } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import * as z from 'zod/mini'
import { zip } from '../support/zip.ts'
import { trust } from './api-client.ts'
import { readJobsEnv } from './jobs-env.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

const taskSchema = z.object({
  name: z.nullable(z.string()),
  status: z.string(),
  code: z.nullable(z.string()),
  message: z.nullable(z.string()),
  result: z.nullable(
    z.object({
      files: z.optional(z.array(z.object({ filename: z.string(), url: z.optional(z.string()) }))),
    }),
  ),
})
const jobSchema = z.object({
  data: z.object({ id: z.string(), status: z.string(), tasks: z.array(taskSchema) }),
})

type Task = z.infer<typeof taskSchema>

/** A host that there is none of (RFC 2606). */
const NOWHERE = 'http://host.invalid/'

/** What is converted, by the names of its tasks; `picture`: the format and width of what comes of it, a page of A4 without. */
const conversions: Readonly<
  Record<string, { filename: string; source: Buffer; options: object; picture?: string }>
> = {
  'html-to-png': {
    filename: 'a.html',
    source: Buffer.from('<p>a'),
    options: { output_format: 'png', page_width: 25.4 },
    picture: 'png 960',
  },
  'markdown-to-jpeg': {
    filename: 'a.md',
    source: Buffer.from('# a'),
    options: { output_format: 'jpg' },
    picture: 'jpeg 1280',
  },
  'site-to-jpeg': {
    filename: 'site.zip',
    source: zip({ 'index.html': '<body style="background:red">' }),
    options: { output_format: 'jpeg', zoom: '2' },
    picture: 'jpeg 1280',
  },
  'said-to-be-markdown-to-pdf': {
    filename: 'page',
    source: Buffer.from('*a*'),
    options: { input_format: 'md', output_format: 'pdf' },
  },
}

function give(filename: string, source: Buffer): object {
  return { operation: 'import/base64', file: source.toString('base64'), filename }
}

describe('a job that has pages captured', function () {
  this.timeout(120_000)
  const home = useHome()
  let service: ServiceProcess
  let headers: Record<string, string>
  let asked = 0
  const pages = createServer((_request, response) => {
    asked += 1
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end('<script>for (;;) {}</script>')
  })

  let tasks: Task[]

  // One job, whose captures run beside each other, as those of people do.
  before(async function () {
    service = await startServiceProcess({ home })
    trust(home)
    headers = { authorization: `Bearer ${readJobsEnv(home).CLOUDCONVERT_API_KEY}` }
    await new Promise<void>((resolve) => {
      pages.listen(0, '127.0.0.1', resolve)
    })
    const converting = Object.entries(conversions).map(([title, { filename, source, options }]) => [
      [`source-of-${title}`, give(filename, source)],
      [title, { operation: 'convert', input: `source-of-${title}`, ...options }],
      [`export-of-${title}`, { operation: 'export/url', input: title }],
    ])
    tasks = await run({
      ...Object.fromEntries(converting.flat()),
      unreachable: { operation: 'capture-website', url: NOWHERE, output_format: 'pdf' },
    })
    const { message } = taskOf('html-to-png')
    if (message === null || !/Chromium/.test(message)) return
    console.log(message)
    this.skip()
  })
  after(() => {
    pages.closeAllConnections()
    pages.close()
  })

  async function call(path: string, body?: object): Promise<unknown> {
    const response = await fetch(new URL(path, service.origin), {
      headers: { ...headers, 'content-type': 'application/json' },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    return answer
  }

  async function run(wanted: object): Promise<Task[]> {
    const { data } = jobSchema.parse(await call('/v2/jobs', { tasks: wanted }))
    return jobSchema.parse(await call(`/v2/jobs/${data.id}/wait`)).data.tasks
  }

  function taskOf(name: string): Task {
    return tasks.find((task) => task.name === name) ?? assert.fail(`there is no task ${name}`)
  }

  async function exportOf(title: string): Promise<Buffer> {
    assert.equal(taskOf(title).message, null)
    const [file] = taskOf(`export-of-${title}`).result?.files ?? []
    const response = await fetch(file?.url ?? assert.fail('there is no file'))
    return Buffer.from(await response.arrayBuffer())
  }

  for (const [title, { picture }] of Object.entries(conversions)) {
    it(`converts ${title.replaceAll('-', ' ')}`, async () => {
      const data = await exportOf(title)
      if (picture === undefined) {
        const { width } = (await PDFDocument.load(data)).getPage(0).getSize()
        assert.equal(Math.round(width), 595)
      } else {
        const { format, width } = await sharp(data).metadata()
        assert.equal(`${format} ${width}`, picture)
      }
    })
  }

  it('says what is wrong with a page, and with an option', async () => {
    const { status, message } = taskOf('unreachable')
    assert.equal(status, 'error')
    assert.match(message ?? '', /^http:\/\/host\.invalid\/ could not be opened: /)
    const refused = await call('/v2/capture-website', {
      url: 'file:///etc/passwd',
      output_format: 'bmp',
    })
    const { errors } = z
      .object({ errors: z.record(z.string(), z.array(z.string())) })
      .parse(refused)
    assert.deepEqual(Object.keys(errors).toSorted(), ['output_format', 'url'])
  })

  it('is free of its page soon after it is cancelled', async () => {
    const url = `http://127.0.0.1:${Object(pages.address()).port}/`
    const { data } = z
      .object({ data: z.object({ id: z.string() }) })
      .parse(await call('/v2/capture-website', { url, output_format: 'png' }))
    while (asked === 0) await new Promise((resolve) => setTimeout(resolve, 50))
    await call(`/v2/tasks/${data.id}/cancel`, {})
    // What would hold the one place for captures would hold this up.
    const made = await run({
      source: give('a.html', Buffer.from('<p>a')),
      made: { operation: 'convert', input: 'source', output_format: 'pdf' },
    })
    assert.deepEqual(
      made.map(({ status }) => status),
      ['finished', 'finished'],
    )
  })
})
