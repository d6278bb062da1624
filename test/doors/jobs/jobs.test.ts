import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { keysOf } from '../../storage/storage-fixture.ts'
import { openTestJobs, RAW } from './jobs-fixture.ts'
import { openReceiver } from './receiver.ts'

describe('a job', () => {
  let jobs: Awaited<ReturnType<typeof openTestJobs>>
  beforeEach(async () => {
    jobs = await openTestJobs()
  })
  afterEach(() => jobs.close())

  const CONVERT = { operation: 'convert', input: 'in', output_format: 'png' }
  const EXPORT = { operation: 'export/url', input: 'c' }
  const BOOK = { ...RAW, file: '%PDF-1.7', filename: 'book.pdf' }

  it('does its tasks one after the other, and ends with URLs of the files', async () => {
    const { id, tasks } = await jobs.createJob({ in: RAW, c: CONVERT, e: EXPORT }, { tag: 'mine' })
    assert.deepEqual(
      tasks.map(({ name }) => name),
      ['in', 'c', 'e'],
    )
    await jobs.make(await jobs.actions().first())
    const job = await jobs.ended(id)
    assert.equal(job.status, 'finished')
    assert.equal(job.tag, 'mine')
    const [file] = job.tasks[2]?.result?.files ?? []
    assert.equal(file?.filename, 'hello.png')
    assert.match(String(file?.['url']), /^https:\/\/darkroom\.test\/storage\/objects\/jobs\//)
  })

  it('has the action read its input, and told what is wanted', async () => {
    await jobs.createJob({
      in: RAW,
      c: {
        ...CONVERT,
        output_format: 'jpg',
        width: '80',
        fit: 'crop',
        quality: 70,
        filename: 'a.jpg',
      },
    })
    const { worker, params } = await jobs.actions().first()
    assert.equal(worker, 'worker')
    assert.match(params.source?.url ?? '', /\/storage\/objects\/jobs\//)
    const [{ target: _target, userData: _mark, ...instructions } = { userData: {} }] =
      params.renditions
    assert.deepEqual(instructions, {
      fmt: 'jpg',
      width: 80,
      fit: 'crop',
      quality: 70,
    })
  })

  it('fails with the reason of the engine, and so do those that wait for it', async () => {
    const { id } = await jobs.createJob({ in: RAW, c: CONVERT, e: EXPORT })
    await jobs.make(await jobs.actions().first(), { failure: 'The source is no PNG.' })
    const { status, tasks } = await jobs.ended(id)
    assert.equal(status, 'error')
    assert.deepEqual(
      tasks.map((task) => [task.status, task.code, task.message]),
      [
        ['finished', null, null],
        ['error', 'SOURCE_CORRUPT', 'The source is no PNG.'],
        ['error', 'INPUT_TASK_FAILED', 'Input task has failed'],
      ],
    )
  })

  it('tells how each rendition has ended, in words of which there are few', async () => {
    const before = jobs.renditions.length
    const { id } = await jobs.createJob({ in: RAW, c: CONVERT })
    await jobs.make(await jobs.actions().first(), { failure: 'The source is no PNG.' })
    await jobs.ended(id)
    const made = await jobs.createJob({ in: RAW, c: CONVERT })
    await jobs.make((await jobs.actions().started(2))[1] ?? assert.fail('it was begun'))
    await jobs.ended(made.id)
    assert.deepEqual(jobs.renditions.slice(before), [
      { result: 'failed', reason: 'SourceCorrupt' },
      { result: 'created', reason: 'none' },
    ])
  })

  it('goes on without a task whose errors are to be ignored', async () => {
    const { id } = await jobs.createJob({
      in: RAW,
      c: { ...CONVERT, ignore_error: true },
      e: { operation: 'export/url', input: ['in', 'c'] },
    })
    await jobs.make(await jobs.actions().first(), { failure: 'The source is no PNG.' })
    const { status, tasks } = await jobs.ended(id)
    assert.equal(status, 'finished')
    assert.equal(tasks[2]?.result?.files?.length, 1)
  })

  it('goes on without it as well when a form says so in a text', async () => {
    const { id } = await jobs.createJob({
      in: RAW,
      c: { ...CONVERT, ignore_error: 'true' },
    })
    await jobs.make(await jobs.actions().first(), { failure: 'The source is no PNG.' })
    assert.equal((await jobs.ended(id)).status, 'finished')
  })

  for (const [what, source, code] of [
    ['a file', RAW, 'FILE_GONE'],
    ['what is said of its source', BOOK, 'REPORT_UNREADABLE'],
  ] as const) {
    it(`fails when ${what} was reported and is not there`, async () => {
      const { id } = await jobs.createJob({ in: source, c: CONVERT })
      await jobs.make(await jobs.actions().first(), { lost: true })
      const { status, tasks } = await jobs.ended(id)
      assert.deepEqual([status, tasks[1]?.code], ['error', code])
    })
  }

  it('keeps the order of several inputs', async () => {
    const { id } = await jobs.createJob({
      b: { ...RAW, filename: 'b.txt' },
      a: { ...RAW, filename: 'a.txt' },
      e: { operation: 'export/url', input: ['a', 'b'] },
    })
    const { tasks } = await jobs.ended(id)
    const names = tasks[2]?.result?.files?.map(({ filename }) => filename)
    assert.deepEqual(names, ['a.txt', 'b.txt'])
  })

  it('makes a file of each page of a PDF, with the numbers of the pages', async () => {
    const { id } = await jobs.createJob({
      in: BOOK,
      c: { ...CONVERT, pages: '2-', filename: 'page-%02d.png' },
    })
    const inspect = await jobs.actions().first()
    assert.equal(inspect.worker, 'metadata')
    await jobs.make(inspect, { content: '{"PageCount": 3}' })
    const [, draw] = await jobs.actions().started(2)
    assert.ok(draw)
    assert.deepEqual(
      draw.params.renditions.map((rendition) => rendition['page']),
      [2, 3],
    )
    await jobs.make(draw)
    const { tasks } = await jobs.ended(id)
    const names = tasks[1]?.result?.files?.map(({ filename }) => filename)
    assert.deepEqual(names, ['page-01.png', 'page-02.png'])
  })

  it('splits a PDF into as many files as a task may make, and says so of more', async () => {
    const SPLIT = { operation: 'pdf/split-pages', input: 'in' }
    const few = await jobs.createJob({ in: BOOK, c: SPLIT })
    const inspect = await jobs.actions().first()
    await jobs.make(inspect, { content: '{"PageCount": 2}' })
    const [, split] = await jobs.actions().started(2)
    assert.deepEqual(
      split?.params.renditions.map((rendition) => [rendition['fmt'], rendition['pages']]),
      [
        ['pdf', '1'],
        ['pdf', '2'],
      ],
    )
    await jobs.make(split)
    const { tasks } = await jobs.ended(few.id)
    const names = tasks[1]?.result?.files?.map(({ filename }) => filename)
    assert.deepEqual(names, ['book-1.pdf', 'book-2.pdf'])
    const many = await jobs.createJob({ in: BOOK, c: SPLIT })
    const [, , another] = await jobs.actions().started(3)
    assert.ok(another)
    await jobs.make(another, { content: '{"PageCount": 10000}' })
    const refused = (await jobs.ended(many.id)).tasks[1]
    assert.equal(refused?.code, 'INVALID_PAGES')
    assert.match(
      refused.message ?? '',
      /^There are 10000 pages to split, but a task makes at most 1000/,
    )
  })

  const pdf = '%PDF-1.7'
  const tiff = 'II*\0\b\0\0\0'
  const gif = 'GIF89a'
  const png = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\u0001IDAT'
  const divided: readonly [string, string, object, object, number][] = [
    [pdf, 'scan', {}, { PageCount: 2 }, 2],
    [pdf, 'photo.jpg', {}, { PageCount: 2 }, 2],
    [tiff, 'photo.jpg', {}, { PageCount: 3 }, 3],
    [tiff, 'fax.tif', { pages: '2-' }, { PageCount: 3 }, 2],
    [tiff, 'fax.tif', { output_format: 'gif' }, { PageCount: 3 }, 3],
    [tiff, 'one.tif', {}, {}, 1],
    [gif, 'film.gif', {}, { FrameCount: 4 }, 4],
    [gif, 'film.gif', { output_format: 'tiff' }, { FrameCount: 4 }, 4],
    [gif, 'film.gif', { output_format: 'webp', pages: '1,3' }, { FrameCount: 4 }, 2],
  ]
  for (const [content, filename, options, report, count] of divided) {
    const asked = JSON.stringify({ ...options, ...report })
    it(`makes ${count} of ${filename} that begins with ${content.slice(0, 4).trim()}: ${asked}`, async () => {
      const file = Buffer.from(content, 'latin1').toString('base64')
      const task = { operation: 'import/base64', file, filename }
      const { id } = await jobs.createJob({ in: task, c: { ...CONVERT, ...options } })
      const inspect = await jobs.actions().first()
      assert.equal(inspect.worker, 'metadata')
      await jobs.make(inspect, { content: JSON.stringify(report) })
      const [, draw] = await jobs.actions().started(2)
      assert.ok(draw)
      assert.ok(draw.params.renditions.every((rendition) => rendition['animated'] === false))
      await jobs.make(draw)
      assert.equal((await jobs.ended(id)).tasks[1]?.result?.files?.length, count)
    })
  }

  const whole: readonly [string, string, object, string][] = [
    ['\xff\xd8\xff\xe0', 'book.pdf', {}, 'worker'],
    [png, 'a.png', {}, 'worker'],
    [gif, 'film.gif', { output_format: 'webp' }, 'worker'],
    [tiff, 'fax.tif', { output_format: 'tif' }, 'worker'],
    [tiff, 'fax.tif', { output_format: 'pdf' }, 'pdf'],
  ]
  for (const [content, filename, options, worker] of whole) {
    it(`makes one of ${filename} at once: ${content.slice(0, 4).trim()} ${JSON.stringify(options)}`, async () => {
      const file = Buffer.from(content, 'latin1').toString('base64')
      const task = { operation: 'import/base64', file, filename }
      const { id } = await jobs.createJob({ in: task, c: { ...CONVERT, ...options } })
      const draw = await jobs.actions().first()
      assert.equal(draw.worker, worker)
      assert.ok(draw.params.renditions.every(({ animated = true }) => animated === true))
      await jobs.make(draw)
      assert.equal((await jobs.ended(id)).tasks[1]?.result?.files?.length, 1)
    })
  }

  it('converts a picture of a kind that has no pages, whichever are chosen of the documents beside it', async () => {
    const file = Buffer.from(png, 'latin1').toString('base64')
    const task = { operation: 'import/base64', file, filename: 'a.png' }
    const { id } = await jobs.createJob({ in: task, c: { ...CONVERT, pages: '2-3' } })
    await jobs.make(await jobs.actions().first())
    const [, converted] = (await jobs.ended(id)).tasks
    assert.equal(converted?.result?.files?.length, 1)
    assert.equal(converted?.message, 'pages makes no difference to this task.')
  })

  const marked: readonly [string, string, string, string, object][] = [
    [pdf, 'book.jpg', 'pdf', 'book.pdf', { fmt: 'pdf' }],
    [gif, 'film.gif', 'worker', 'film.gif', { fmt: 'gif', animated: true }],
    [tiff, 'fax.TIF', 'worker', 'fax.tif', { fmt: 'tif', animated: true }],
    [png, 'a.jpg', 'worker', 'a.png', { fmt: 'png' }],
  ]
  for (const [content, filename, worker, made, instructions] of marked) {
    it(`puts a watermark on ${filename} as ${made}`, async () => {
      const file = Buffer.from(content, 'latin1').toString('base64')
      const mark = { operation: 'watermark', input: 'in', text: 'Draft', font_color: 'red' }
      const { id } = await jobs.createJob({
        in: { operation: 'import/base64', file, filename },
        c: { ...mark, pages: '1-3,5', layer: 'below' },
      })
      const start = await jobs.actions().first()
      assert.equal(start.worker, worker)
      const [rendition] = start.params.renditions
      const asked = { ...rendition, target: undefined, userData: undefined }
      const watermark = { text: 'Draft', fontColor: 'red', pages: '1-3,5', layer: 'below' }
      assert.deepEqual(asked, {
        ...instructions,
        watermark,
        target: undefined,
        userData: undefined,
      })
      await jobs.make(start)
      const { tasks } = await jobs.ended(id)
      assert.equal(tasks[1]?.result?.files?.[0]?.filename, made)
    })
  }

  const animated = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\u0001acTL\0\0\0\u0001IDAT'
  const unread: readonly [object, boolean][] = [
    [CONVERT, false],
    [{ ...CONVERT, pages: '1' }, true],
    [{ ...CONVERT, output_format: 'gif' }, false],
    [{ ...CONVERT, output_format: 'pdf' }, false],
    [{ operation: 'watermark', input: 'in', text: 'Draft' }, false],
  ]
  for (const [task, made] of unread) {
    it(`${made ? 'makes' : 'refuses'} of an animated PNG: ${JSON.stringify(task)}`, async () => {
      const file = Buffer.from(animated, 'latin1').toString('base64')
      const source = { operation: 'import/base64', file, filename: 'film.png' }
      const { id } = await jobs.createJob({ in: source, c: task })
      await jobs.make(await jobs.actions().first(), { content: '{"FrameCount": 3}' })
      if (made) {
        const [, draw] = await jobs.actions().started(2)
        assert.ok(draw)
        await jobs.make(draw)
      }
      const { status, tasks } = await jobs.ended(id)
      assert.equal(status, made ? 'finished' : 'error')
      if (made) return
      assert.match(tasks[1]?.message ?? '', /^film\.png is an animation of which only the first/)
    })
  }

  it('puts no watermark on what is no picture and no PDF', async () => {
    const mark = { operation: 'watermark', input: 'in', text: 'Draft' }
    const { id } = await jobs.createJob({ in: { ...RAW, filename: 'a.pdf' }, c: mark })
    const { tasks } = await jobs.ended(id)
    assert.equal(tasks[1]?.code, 'INVALID_INPUT')
    assert.match(tasks[1]?.message ?? '', /tiff, gif, avif, pdf files, but a\.pdf is none of them/)
  })

  it('says which pages there are when none of those is there that are wanted', async () => {
    const { id } = await jobs.createJob({
      in: BOOK,
      c: { ...CONVERT, pages: '7' },
    })
    await jobs.make(await jobs.actions().first(), { content: '{"PageCount": 3}' })
    const { tasks } = await jobs.ended(id)
    assert.equal(tasks[1]?.code, 'INVALID_PAGES')
    assert.match(tasks[1]?.message ?? '', /^pages must name a page of book\.pdf, which has 3, but/)
  })

  it('tells what could not be done, of which file, in its own words, even after a kill', async () => {
    const { id } = await jobs.createJob({
      a: BOOK,
      b: { ...BOOK, filename: 'other.pdf' },
      c: { operation: 'optimize', input: ['a', 'b'], qualty: 9 },
    })
    const optimizing = jobs.actions()
    const first = await optimizing.first()
    const name = String(first.params.source?.['name'])
    await jobs.make(first, { content: 'made', remarks: ['It has one; set targetSize.', 'Two.'] })
    await jobs.kill()
    await jobs.getJob(id)
    await jobs.make(await jobs.actions().first(), { content: BOOK.file })
    const { status, tasks } = await jobs.ended(id)
    assert.equal(status, 'finished')
    const same = name === 'book.pdf' ? 'other.pdf' : 'book.pdf'
    const told = `Could not be made smaller, and so stays as it is: ${same}.`
    const unknown = 'qualty is unknown and makes no difference; did you mean quality?'
    assert.equal(tasks[2]?.message, `${unknown} ${told} ${name}: It has one; set target_size. Two.`)
  })

  it('goes on where a kill has interrupted it, and ends once', async () => {
    const { id } = await jobs.createJob({ in: RAW, c: CONVERT, e: EXPORT })
    await jobs.actions().first()
    await jobs.kill()
    // The service starts with the first request.
    assert.equal((await jobs.getJob(id)).status, 'processing')
    const again = await jobs.actions().first()
    await jobs.make(again)
    await jobs.make(again)
    const { status, tasks } = await jobs.ended(id)
    assert.equal(status, 'finished')
    assert.equal(tasks[1]?.result?.files?.length, 1)
  })

  it('is given up with an import under which the service died four times', async () => {
    const receiver = await openReceiver()
    try {
      receiver.answer('/slow', () => undefined)
      const { id } = await jobs.createJob({
        in: { operation: 'import/url', url: receiver.url('/slow') },
        c: CONVERT,
      })
      await receiver.count(1)
      await jobs.kill()
      const file = new DatabaseSync(join(jobs.home, 'gateway.sqlite'))
      const died = file.prepare('UPDATE tasks SET attempts = attempts + 3 WHERE attempts > 0').run()
      file.close()
      assert.equal(died.changes, 1)
      const { status, tasks } = await jobs.ended(id)
      assert.equal(status, 'error')
      assert.deepEqual(
        tasks.map(({ code }) => code),
        ['INTERRUPTED', 'INPUT_TASK_FAILED'],
      )
      assert.match(tasks[0]?.message ?? '', /^The service was interrupted 4 times while this task/)
      assert.equal(receiver.received.length, 1)
    } finally {
      await receiver.close()
    }
  })

  it('is begun by a kill between its stages where the next begins', async () => {
    const { id } = await jobs.createJob({ in: BOOK, c: CONVERT })
    const inspect = await jobs.actions().first()
    await jobs.make(inspect, { content: '{"PageCount": 2}' })
    await jobs.kill()
    await jobs.getJob(id)
    const draw = await jobs.actions().first()
    assert.equal(draw.worker, 'worker')
    await jobs.make(draw)
    assert.equal((await jobs.ended(id)).tasks[1]?.result?.files?.length, 2)
  })

  it('is the same when its client asks again under one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'one' }
    const first = await jobs.post('/v2/jobs', { tasks: { in: RAW } }, headers)
    const second = await jobs.post('/v2/jobs', { tasks: { in: RAW } }, headers)
    assert.equal(second.status, 201)
    assert.deepEqual(idOf(second.body), idOf(first.body))
    const other = await jobs.post('/v2/jobs', { tasks: { x: RAW } }, headers)
    assert.equal(other.status, 409)
  })

  it('is gone with its files a day after its end', async () => {
    const { id } = await jobs.createJob({ in: RAW, c: CONVERT })
    await jobs.make(await jobs.actions().first())
    await jobs.ended(id)
    const day = 24 * 60 * 60 * 1000
    jobs.clock.ms += day - 1000
    await jobs.kill()
    assert.equal((await jobs.request(`/v2/jobs/${id}`)).status, 200)
    jobs.clock.ms += 2000
    await jobs.kill()
    await jobs.request('/v2/jobs')
    while ((await jobs.request(`/v2/jobs/${id}`)).status !== 404) await setImmediatePromise()
  })

  it('can be deleted while it works, and ends its activation', async () => {
    const { id } = await jobs.createJob({ in: RAW, c: CONVERT })
    const { activationId } = await jobs.actions().first()
    assert.equal((await jobs.request(`/v2/jobs/${id}`, { method: 'DELETE' })).status, 204)
    assert.equal((await jobs.request(`/v2/jobs/${id}`)).status, 404)
    assert.deepEqual(jobs.actions().cancelled, [activationId])
  })

  it('leaves no object behind, nor any of what was made for it alone', async () => {
    const { id } = await jobs.createJob({
      in: BOOK,
      c: CONVERT,
      e: EXPORT,
    })
    await jobs.make(await jobs.actions().first(), { content: '{"PageCount": 2}' })
    const [, draw] = await jobs.actions().started(2)
    assert.ok(draw)
    await jobs.make(draw)
    await jobs.ended(id)
    assert.ok((await keysOf(await jobs.objects(), 'jobs/')).length > 2)
    await jobs.request(`/v2/jobs/${id}`, { method: 'DELETE' })
    assert.deepEqual(await keysOf(await jobs.objects(), 'jobs/'), [])
  })

  it('keeps a file that another task has, when the one is deleted that made it', async () => {
    const { tasks } = await jobs.createJob({ in: RAW, e: { operation: 'export/url', input: 'in' } })
    const [made, shared] = tasks
    await jobs.request(`/.sync.api.cloudconvert.com/v2/tasks/${shared?.id}`)
    await jobs.request(`/v2/tasks/${made?.id}`, { method: 'DELETE' })
    assert.equal((await keysOf(await jobs.objects(), 'jobs/')).length, 1)
    await jobs.request(`/v2/tasks/${shared?.id}`, { method: 'DELETE' })
    assert.deepEqual(await keysOf(await jobs.objects(), 'jobs/'), [])
  })

  it('ends with no files where there are none to convert', async () => {
    const { id } = await jobs.createJob({
      in: { operation: 'import/url', url: 'https://localhost:1/nothing', ignore_error: true },
      c: CONVERT,
      e: EXPORT,
    })
    const { status, tasks } = await jobs.ended(id)
    assert.equal(status, 'finished')
    assert.deepEqual(tasks[2]?.result?.files, [])
  })

  it('is as if it were not there for anybody else', async () => {
    const { id, tasks } = await jobs.createJob({ in: RAW })
    const { secret } = await jobs.accounts.create({
      name: 'other',
      username: 'bob',
      scopes: ['task.read', 'task.write'],
    })
    const headers = { authorization: `Bearer ${secret}` }
    for (const path of [`/v2/jobs/${id}`, `/v2/tasks/${tasks[0]?.id}`]) {
      assert.equal((await jobs.request(path, { headers })).status, 404)
      assert.equal((await jobs.request(path, { headers, method: 'DELETE' })).status, 404)
    }
    const { body } = await jobs.request('/v2/tasks', { headers })
    assert.deepEqual(body instanceof Object && 'data' in body && body.data, [])
    const convert = { input: tasks[0]?.id, output_format: 'png' }
    assert.equal((await jobs.post('/v2/convert', convert, headers)).status, 422)
  })
})

describe('a task', () => {
  let jobs: Awaited<ReturnType<typeof openTestJobs>>
  beforeEach(async () => {
    jobs = await openTestJobs()
  })
  afterEach(() => jobs.close())

  it('that is cancelled ends at once, can be retried and is then another', async () => {
    const { tasks } = await jobs.createJob({
      in: RAW,
      c: { operation: 'convert', input: 'in', output_format: 'png' },
    })
    const id = tasks[1]?.id ?? ''
    const { activationId } = await jobs.actions().first()
    assert.equal((await jobs.post(`/v2/tasks/${id}/cancel`)).status, 200)
    const cancelled = await jobs.getTask(id)
    assert.deepEqual([cancelled.status, cancelled.code], ['error', 'CANCELLED'])
    assert.deepEqual(jobs.actions().cancelled, [activationId])
    assert.equal((await jobs.post(`/v2/tasks/${id}/cancel`)).status, 422)

    const { status, body } = await jobs.post(`/v2/tasks/${id}/retry`)
    assert.equal(status, 201)
    const [, again] = await jobs.actions().started(2)
    assert.ok(again)
    await jobs.make(again)
    const retried = await jobs.getTask(idOf(body))
    assert.equal(retried.retry_of_task_id, id)
    assert.deepEqual(retried.depends_on_task_ids, [tasks[0]?.id])
  })

  it('that takes longer than its timeout fails', async () => {
    const { id } = await jobs.createJob({
      in: RAW,
      c: { operation: 'convert', input: 'in', output_format: 'png', timeout: '10' },
    })
    await jobs.actions().first()
    jobs.clock.ms += 11_000
    const { tasks } = await jobs.ended(id)
    assert.equal(tasks[1]?.code, 'TIMEOUT')
    // Its end is on the disk before its activation is ended.
    while (jobs.actions().cancelled.length === 0) await setImmediatePromise()
  })

  it('shows what it was asked for when that is wanted, and no secrets', async () => {
    const { body } = await jobs.post('/v2/import/raw', { ...RAW, name: 'mine' })
    const shown = await jobs.request(`/v2/tasks/${idOf(body)}?include=payload`)
    assert.deepEqual(
      shown.body instanceof Object && 'data' in shown.body && Object(shown.body.data).payload,
      { file: 'hello', filename: 'hello.png' },
    )
    const { tasks } = await jobs.createJob({
      in: RAW,
      c: { operation: 'convert', input: 'in', output_format: 'png', password: 'very secret' },
    })
    const other = await jobs.request(`/v2/tasks/${tasks[1]?.id}?include=payload`)
    assert.doesNotMatch(JSON.stringify(other.body), /very secret/)
  })
})

function idOf(body: unknown): string {
  const data = body instanceof Object && 'data' in body ? body.data : undefined
  return data instanceof Object && 'id' in data ? String(data.id) : ''
}

function setImmediatePromise(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
