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

  before(async function () {
    service = await startServiceProcess({ home })
    trust(home)
    headers = { authorization: `Bearer ${readJobsEnv(home).CLOUDCONVERT_API_KEY}` }
    await new Promise<void>((resolve) => {
      pages.listen(0, '127.0.0.1', resolve)
    })
    const { message } = (await convert('a.html', Buffer.from('<p>a'), { output_format: 'pdf' }))
      .made
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

  async function run(tasks: object) {
    const { data } = jobSchema.parse(await call('/v2/jobs', { tasks }))
    return jobSchema.parse(await call(`/v2/jobs/${data.id}/wait`)).data.tasks
  }

  /** Converts a file by a job; what has become of the task, and the file if there is one. */
  async function convert(filename: string, bytes: Buffer, options: object) {
    const tasks = await run({
      file: { operation: 'import/base64', file: bytes.toString('base64'), filename },
      made: { operation: 'convert', input: 'file', ...options },
      out: { operation: 'export/url', input: 'made' },
    })
    const made = tasks.find(({ name }) => name === 'made') ?? assert.fail('there is no task')
    const [file] = tasks.find(({ name }) => name === 'out')?.result?.files ?? []
    const data = file?.url === undefined ? undefined : await fetch(file.url)
    return {
      made,
      filename: file?.filename,
      data: Buffer.from((await data?.arrayBuffer()) ?? new ArrayBuffer()),
    }
  }

  const SITE = zip({ 'index.html': '<body style="background:red">' })
  const conversions: [filename: string, source: Buffer, options: object, expected: string][] = [
    ['a.html', Buffer.from('<p>a'), { output_format: 'png', page_width: 25.4 }, 'png 960'],
    ['a.md', Buffer.from('# a'), { output_format: 'jpg' }, 'jpeg 1280'],
    ['site.zip', SITE, { output_format: 'jpeg', zoom: '2' }, 'jpeg 1280'],
    ['page', Buffer.from('*a*'), { input_format: 'md', output_format: 'pdf' }, 'a4'],
    ['a.csv', Buffer.from('a,b\n'), { output_format: 'pdf' }, 'a4'],
  ]
  for (const [filename, source, options, expected] of conversions) {
    it(`converts ${filename} with ${JSON.stringify(options)}`, async () => {
      const { made, data } = await convert(filename, source, options)
      assert.equal(made.message, null)
      if (expected === 'a4') {
        const { width } = (await PDFDocument.load(data)).getPage(0).getSize()
        assert.equal(Math.round(width), 595)
      } else {
        const { format, width } = await sharp(data).metadata()
        assert.equal(`${format} ${width}`, expected)
      }
    })
  }

  it('says what is wrong with a page, and with an option', async () => {
    const url = 'http://host.invalid/'
    const [task] = await run({ page: { operation: 'capture-website', url, output_format: 'pdf' } })
    assert.equal(task?.status, 'error')
    assert.match(task.message ?? '', /^http:\/\/host\.invalid\/ could not be opened: /)
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
    const { made } = await convert('a.html', Buffer.from('<p>a'), { output_format: 'pdf' })
    assert.equal(made.status, 'finished')
  })
})
