import assert from 'node:assert/strict'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { mock } from 'node:test'
import { getRequestListener } from '@hono/node-server'
import CloudConvert from 'cloudconvert'
import * as z from 'zod/mini'
import { type PostgresCluster, startPostgres } from '../../support/postgres.ts'
import { skipWithout } from '../../support/tools.ts'
import { openFrontEnds } from './front-ends-fixture.ts'
import { type JobJson, RAW } from './jobs-fixture.ts'
import { openReceiver } from './receiver.ts'

const CONVERT = { operation: 'convert', input: 'in', output_format: 'png' }
const EXPORT = { operation: 'export/url', input: 'c' }

const TUS = { 'Tus-Resumable': '1.0.0' }
const uploadSchema = z.looseObject({ tus: z.object({ url: z.string() }) })

const taskOf = ({ tasks }: JobJson, name: string) =>
  tasks.find((task) => task.name === name) ?? assert.fail(`there is a task ${name}`)

describe('The jobs door of several front ends', () => {
  let cluster: PostgresCluster
  let both: Awaited<ReturnType<typeof openFrontEnds>>
  let first: typeof both.first
  let second: typeof both.second

  before(async function () {
    skipWithout(this, 'PostgreSQL')
    cluster = await startPostgres()
  })
  beforeEach(async () => {
    both = await openFrontEnds(await cluster.createDatabase())
    first = both.first
    second = both.second
  })
  afterEach(() => both.close())
  after(() => cluster?.stop())

  it('answers at one who waits for what the other has accepted, and goes on wherever its events come', async () => {
    const job = await first.createJob({ in: RAW, c: CONVERT, out: EXPORT })
    const waited = second.ended(job.id)
    const start = await first.actions().first()
    await second.make(start)
    const ended = await waited
    assert.deepEqual(
      ended.tasks.map(({ name, status }) => [name, status]),
      [
        ['in', 'finished'],
        ['c', 'finished'],
        ['out', 'finished'],
      ],
    )
    assert.equal((await first.ended(job.id)).status, 'finished')
  })

  it('tells server-sent events at one of what the other does, each end once', async () => {
    const job = await first.createJob({ in: RAW, c: CONVERT, out: EXPORT })
    const start = await first.actions().first()
    const { app } = await second.current()
    const response = await app.request(`https://darkroom.test/v2/jobs/${job.id}/events`, {
      headers: { authorization: `Bearer ${second.secret}` },
    })
    const text = response.text()
    await first.make(start)
    const events = (await text).match(/(?<=^event: ).*/gm) ?? []
    assert.deepEqual(
      events.filter((event) => !event.endsWith('updated')),
      ['task.finished', 'task.finished', 'job.finished'],
    )
  })

  it('makes one job of requests with one Idempotency-Key, wherever they come at one moment', async () => {
    const body = { tasks: { in: RAW }, tag: 'once' }
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        (index % 2 === 0 ? first : second).post('/v2/jobs', body, { 'idempotency-key': 'key' }),
      ),
    )
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]))
    const { body: list } = await first.request('/v2/jobs?filter[tag]=once')
    assert.equal(z.object({ data: z.array(z.unknown()) }).parse(list).data.length, 1)
  })

  it('serves CloudConvert’s own client, whose requests come to both by turns', async () => {
    const apps = [(await first.current()).app, (await second.current()).app]
    let turn = 0
    const fetched = mock.method(
      globalThis,
      'fetch',
      async (at: URL | string, init: RequestInit) => {
        turn += 1
        const { hostname, pathname, search } = new URL(at)
        const path = hostname.startsWith('sync.') ? `/.${hostname}${pathname}` : pathname
        const url = `https://darkroom.test${path}${search}`
        return apps[turn % 2]?.fetch(new Request(url, init))
      },
    )
    try {
      const client = new CloudConvert(first.secret)
      const created = await client.jobs.create({
        tasks: {
          in: { operation: 'import/upload' },
          c: { operation: 'convert', input: ['in'], output_format: 'png' },
          out: { operation: 'export/url', input: ['c'] },
        },
      })
      const task = created.tasks.find(({ name }) => name === 'in') ?? assert.fail()
      const waited = client.jobs.wait(created.id)
      await client.tasks.upload(task, new Blob(['content']), 'a.jpg')
      const start = await Promise.race([first, second].map((one) => one.actions().first()))
      await second.make(start)
      const ended = await waited
      assert.equal(ended.status, 'finished')
      assert.deepEqual(
        client.jobs.getExportUrls(ended).map(({ filename }) => filename),
        ['a.png'],
      )
      assert.equal((await client.jobs.all({ per_page: 1 }))[0]?.id, created.id)
      await client.jobs.delete(created.id)
      await assert.rejects(client.jobs.get(created.id))
    } finally {
      fetched.mock.restore()
    }
  })

  it('shows at one how far what is made for the other is', async () => {
    const job = await first.createJob({ in: RAW, c: CONVERT })
    const start = await first.actions().first()
    // The first of both knows of the second by then.
    await second.createJob({ in: RAW })
    const percent = () =>
      second
        .request(`/v2/tasks/${taskOf(job, 'c').id}`)
        .then(({ body }) => z.object({ data: z.object({ percent: z.int() }) }).parse(body))
    assert.equal(await first.report(start, 0.5), 200)
    while ((await percent()).data.percent !== 50);
  })

  describe('with a host that files come from', () => {
    let host: Server
    let origin: string
    let asked: { response: ServerResponse; closed: Promise<void> }[]
    let onAsked: () => void

    beforeEach(async () => {
      asked = []
      onAsked = () => undefined
      host = createServer((_, response) => {
        const closed = new Promise<void>((resolve) => void response.once('close', resolve))
        asked.push({ response, closed })
        onAsked()
      })
      origin = await listen(host)
    })
    afterEach(() => {
      host.closeAllConnections()
      host.close()
    })

    /** The request of this number, from 0. */
    async function request(index: number) {
      while (asked[index] === undefined) {
        await new Promise<void>((resolve) => {
          onAsked = resolve
        })
      }
      return asked[index]
    }

    it('has a front end take over what another one that is gone was fetching, once', async () => {
      const url = { operation: 'import/url', url: `${origin}/a.png` }
      const job = await first.createJob({ in: url, out: { operation: 'export/url', input: 'in' } })
      await request(0)
      await both.drop(first)
      const waited = second.ended(job.id)
      const { response } = await request(1)
      response.end('content')
      const ended = await waited
      assert.equal(ended.status, 'finished')
      assert.equal(taskOf(ended, 'out').result?.files?.[0]?.filename, 'a.png')
      assert.equal(asked.length, 2)
    })

    it('leaves alone what a front end that is alive is fetching, when another one is gone', async () => {
      const job = await first.createJob({ in: { operation: 'import/url', url: `${origin}/a.png` } })
      const { response } = await request(0)
      await both.drop(second)
      response.end('content')
      assert.equal((await first.ended(job.id)).status, 'finished')
      assert.equal(asked.length, 1)
    })

    it('ends what one is fetching when it is cancelled at the other', async () => {
      const job = await first.createJob({ in: { operation: 'import/url', url: `${origin}/a.png` } })
      const { closed } = await request(0)
      const { status } = await second.post(`/v2/tasks/${taskOf(job, 'in').id}/cancel`)
      assert.equal(status, 200)
      await closed
      assert.equal(taskOf(await first.ended(job.id), 'in').code, 'CANCELLED')
    })

    it('takes up what was deleted at the other meanwhile no more', async () => {
      const job = await first.createJob({ in: { operation: 'import/url', url: `${origin}/a.png` } })
      const { closed } = await request(0)
      assert.equal((await second.request(`/v2/jobs/${job.id}`, { method: 'DELETE' })).status, 204)
      await closed
      assert.equal((await first.request(`/v2/jobs/${job.id}`)).status, 404)
    })
  })

  describe('with a receiver of webhooks', () => {
    let receiver: Awaited<ReturnType<typeof openReceiver>>

    beforeEach(async () => {
      receiver = await openReceiver()
    })
    afterEach(() => receiver.close())

    it('sends each delivery once, whoever has noted it', async () => {
      for (const one of [first, second, first, second]) {
        await one.createJob({ in: RAW }, { webhook_url: receiver.url() })
      }
      await receiver.count(4)
      const jobs = z.array(z.object({ event: z.string(), job: z.object({ id: z.string() }) }))
      const told = jobs.parse(receiver.bodies())
      assert.deepEqual(new Set(told.map(({ event }) => event)), new Set(['job.finished']))
      assert.equal(new Set(told.map(({ job }) => job.id)).size, 4)
    })

    it('sends what another front end that is gone has not seen answered', async () => {
      const sent = Promise.withResolvers<void>()
      receiver.answer('/', () => sent.resolve())
      const job = await second.createJob({ in: RAW }, { webhook_url: receiver.url() })
      await sent.promise
      receiver.answer('/', 200)
      await both.drop(first)
      await receiver.count(2)
      const told = z.array(z.object({ job: z.object({ id: z.string() }) }))
      assert.deepEqual(
        told.parse(receiver.bodies()).map((body) => body.job.id),
        [job.id, job.id],
      )
    })
  })

  describe('with a file that comes in parts', () => {
    let servers: Server[]
    /** Where the upload is, at each of the two. */
    let urls: [string, string]
    let job: JobJson

    beforeEach(async () => {
      servers = []
      job = await first.createJob({ in: { operation: 'import/upload' } })
      const at: string[] = []
      for (const one of [first, second]) {
        const { app } = await one.current()
        const answer = getRequestListener((request) => app.fetch(request))
        const server = createServer((request, response) => void answer(request, response))
        servers.push(server)
        at.push(await listen(server))
      }
      const { tus } = uploadSchema.parse(taskOf(job, 'in').result)
      const begun = await fetch(moved(tus.url, at[0]), {
        method: 'POST',
        headers: { ...TUS, 'Upload-Length': '10', 'Upload-Metadata': `filename ${btoa('a.txt')}` },
      })
      assert.equal(begun.status, 201, await begun.text())
      const location = begun.headers.get('location') ?? ''
      urls = [moved(location, at[0]), moved(location, at[1])]
    })
    afterEach(() => {
      for (const server of servers) {
        server.closeAllConnections()
        server.close()
      }
    })

    it('goes on at one where the other has stopped, and is the file of the task at both', async () => {
      assert.equal((await patch(urls[0], 0, 'abcde')).status, 204)
      assert.deepEqual(await offsetAt(urls[1]), [200, '5'])
      assert.equal((await patch(urls[0], 0, 'abcde')).status, 409)
      assert.equal((await patch(urls[1], 5, 'fghij')).status, 204)
      assert.equal((await first.ended(job.id)).status, 'finished')
      assert.equal((await second.ended(job.id)).status, 'finished')
    })

    it('takes parts of one request at a time: the one before stops, and what it has brought is kept', async () => {
      const broken = patch(urls[0], 0, unending('abc'))
      await inHand(second)
      const [status, offset] = await offsetAt(urls[1])
      assert.equal(status, 200)
      const { status: stopped, headers } = await broken
      assert.deepEqual([stopped, headers.get('upload-offset')], [204, offset])
      const rest = 'abcdefghij'.slice(Number(offset))
      assert.equal((await patch(urls[1], Number(offset), rest)).status, 204)
      assert.equal((await second.ended(job.id)).status, 'finished')
    })

    it('goes on at one when the other is gone with a part in hand', async () => {
      const broken = patch(urls[0], 0, unending('abc')).catch(() => undefined)
      await inHand(second)
      await both.drop(first)
      const [status, offset] = await offsetAt(urls[1])
      assert.equal(status, 200)
      servers[0]?.closeAllConnections()
      await broken
      const rest = 'abcdefghij'.slice(Number(offset))
      assert.equal((await patch(urls[1], Number(offset), rest)).status, 204)
      assert.equal((await second.ended(job.id)).status, 'finished')
    })
  })
})

/** Where a server listens on this machine. */
async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  return `http://127.0.0.1:${address.port}`
}

/** A URL at another origin. */
function moved(url: string, origin: string | undefined): string {
  const { pathname, search } = new URL(url)
  return new URL(`${pathname}${search}`, origin).href
}

/** Sends what comes after so many bytes of an upload. */
function patch(url: string, offset: number, body: string | ReadableStream): Promise<Response> {
  return fetch(url, {
    method: 'PATCH',
    headers: {
      ...TUS,
      'Upload-Offset': String(offset),
      'Content-Type': 'application/offset+octet-stream',
    },
    body,
    duplex: 'half',
  })
}

/** How an upload is answered for, and how far it is. */
async function offsetAt(url: string): Promise<[status: number, offset: string | null]> {
  const { status, headers } = await fetch(url, { method: 'HEAD', headers: TUS })
  return [status, headers.get('upload-offset')]
}

/** A body of which no more comes than this. */
function unending(start: string): ReadableStream {
  return new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from(start)) })
}

/** Resolves once a front end has the upload in hand. */
async function inHand({
  current,
}: Awaited<ReturnType<typeof openFrontEnds>>['first']): Promise<void> {
  const { database } = await current()
  const holder = database.committed.selectFrom('part_uploads').select('holder')
  while ((await holder.executeTakeFirst())?.holder === '');
}
