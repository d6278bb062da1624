import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import * as z from 'zod/mini'
import { openTestJobs } from './jobs-fixture.ts'

const ORIGIN = 'https://darkroom.test'

const waitingSchema = z.object({
  data: z.object({
    id: z.string(),
    result: z.object({
      form: z.object({ url: z.string(), parameters: z.record(z.string(), z.string()) }),
      tus: z.object({ url: z.string() }),
    }),
  }),
})

describe('a task whose file comes in parts', () => {
  let jobs: Awaited<ReturnType<typeof openTestJobs>>
  before(async () => {
    jobs = await openTestJobs()
  })
  after(() => jobs.close())

  const stored = () => readdir(join(jobs.home, 'objects/parts'))
  /** Resolves once these are the files that there are: what is left over is removed after the end of a task. */
  async function becomes(files: readonly string[]): Promise<void> {
    while ((await stored()).toSorted().join() !== files.toSorted().join()) await setImmediate()
  }
  const tus = (method: string, url: string, headers: Record<string, string>, body?: string) =>
    jobs.request(url.replace(ORIGIN, ''), {
      method,
      headers: { authorization: 'none', 'Tus-Resumable': '1.0.0', ...headers },
      ...(body !== undefined && { body }),
    })
  const patch = (url: string, offset: number, body: string) =>
    tus(
      'PATCH',
      url,
      { 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' },
      body,
    )

  /** A task that waits, an upload of ten bytes for it, and the first three of them. */
  async function begin() {
    const { body } = await jobs.post('/v2/import/upload')
    const { id, result } = waitingSchema.parse(body).data
    const created = await tus('POST', result.tus.url, {
      'Upload-Length': '10',
      'Upload-Metadata': `filename ${btoa('a.txt')}`,
    })
    assert.equal(created.status, 201)
    const url = created.headers.get('location') ?? ''
    assert.equal((await patch(url, 0, 'abc')).status, 204)
    return { id, url, endpoint: result.tus.url }
  }

  it('waits with the same URL for it as long as it waits, and for one file of either way', async () => {
    const { id, url, endpoint } = await begin()
    const { body } = await jobs.request(`/v2/tasks/${id}`)
    assert.equal(waitingSchema.parse(body).data.result.tus.url, endpoint)
    assert.ok(endpoint.startsWith(`${ORIGIN}/v2/uploads/${id}/tus?expires=`))
    const form = waitingSchema.parse(body).data.result.form
    const data = new FormData()
    for (const [name, value] of Object.entries(form.parameters)) data.append(name, value)
    data.append('file', new File(['content'], 'form.txt'))
    const sent = await jobs.request(form.url.replace(ORIGIN, ''), { method: 'POST', body: data })
    assert.equal(sent.status, 201)
    assert.equal((await patch(url, 3, 'defghij')).status, 410)
    assert.deepEqual((await jobs.getTask(id)).result, {
      files: [{ filename: 'form.txt', size: 7 }],
    })
  })

  it('ends with its last byte, and what waited for it begins', async () => {
    const job = await jobs.createJob({
      in: { operation: 'import/upload' },
      out: { operation: 'export/url', input: 'in' },
    })
    const [waiting] = job.tasks
    const { tus: at } = z.object({ tus: z.object({ url: z.string() }) }).parse(waiting?.result)
    const headers = { 'Upload-Length': '3', 'Upload-Metadata': `filename ${btoa('a.txt')}` }
    const created = await tus('POST', at.url, headers)
    assert.equal((await patch(created.headers.get('location') ?? '', 0, 'abc')).status, 204)
    const { status, tasks } = await jobs.ended(job.id)
    assert.equal(status, 'finished')
    assert.deepEqual(
      tasks.map(({ result }) => result?.files?.map(({ filename }) => filename)),
      [['a.txt'], ['a.txt']],
    )
  })

  const ends: [what: string, end: (id: string) => Promise<unknown>, status: number][] = [
    ['is cancelled', (id) => jobs.post(`/v2/tasks/${id}/cancel`), 410],
    ['is deleted', (id) => jobs.request(`/v2/tasks/${id}`, { method: 'DELETE' }), 404],
  ]
  for (const [what, end, status] of ends) {
    it(`keeps nothing of it when it ${what}`, async () => {
      const before = await stored()
      const { id, url } = await begin()
      await end(id)
      const answer = await patch(url, 3, 'defghij')
      assert.equal(answer.status, status, JSON.stringify(answer.body))
      await becomes(before)
    })
  }
})
