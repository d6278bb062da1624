import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import nock from 'nock'
import { ServiceError } from '../../src/base/errors.ts'
import { runAbout } from '../../src/base/log.ts'
import { createActionsClient } from '../../src/orders/actions-client.ts'
import { useNock } from '../support/nock.ts'

const ORIGIN = 'https://worker.test'
const PATH = '/api/v1/web/ns/pkg/worker'

/** The ServiceError that a promise rejects with. */
async function refusalOf(promise: Promise<unknown>): Promise<ServiceError> {
  const error: unknown = await promise.then(
    () => assert.fail('it must reject'),
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof ServiceError, String(error))
  return error
}

/** A client of an API that gives one answer and notes how it was asked. */
function openClient(answer: () => Response) {
  const asked: { path: string; init: RequestInit }[] = []
  const client = createActionsClient({
    async fetch(path, init) {
      asked.push({ path, init })
      return answer()
    },
    apiKey: 'user:password',
    stopping: new AbortController().signal,
  })
  return { client, asked }
}

const open = (stopping = new AbortController(), options: { longestCallMs?: number } = {}) =>
  createActionsClient({
    ...options,
    fetch: async () => assert.fail('nothing is asked of OpenWhisk'),
    apiKey: 'user:password',
    stopping: stopping.signal,
  })

/** Answers every request with `handle` until the test ends. */
async function serve(handle: RequestListener): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer(handle)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${portOf(server.address())}/worker`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const portOf = (address: string | AddressInfo | null) =>
  typeof address === 'object' && address !== null ? address.port : assert.fail('no port')

describe('The client of OpenWhisk', () => {
  it('invokes an action with the key of the namespace and does not wait for its end', async () => {
    const { client, asked } = openClient(() =>
      Response.json({ activationId: 'a1' }, { status: 202 }),
    )
    assert.equal(await client.invoke('package/worker', { a: 1 }), 'a1')
    assert.deepEqual(asked, [
      {
        path: '/api/v1/namespaces/_/actions/package/worker',
        init: {
          method: 'POST',
          headers: {
            authorization: `Basic ${Buffer.from('user:password').toString('base64')}`,
            'content-type': 'application/json',
          },
          body: '{"a":1}',
        },
      },
    ])
  })

  it('says for which request it invokes an action', async () => {
    const { client, asked } = openClient(() => Response.json({ activationId: 'a1' }))
    await runAbout({ requestId: 'r' }, () => client.invoke('package/worker', {}))
    assert.equal(new Headers(asked[0]?.init.headers).get('x-request-id'), 'r')
  })

  it('throws the status and Retry-After of a refused invocation', async () => {
    const { client } = openClient(() =>
      Response.json({ error: 'Too many.' }, { status: 429, headers: { 'retry-after': '7' } }),
    )
    const { status, headers, message } = await refusalOf(client.invoke('package/worker', {}))
    assert.deepEqual([status, headers], [429, { 'Retry-After': '7' }])
    assert.equal(
      message,
      'Asked to start, the action package/worker answered with status 429: Too many.',
    )
  })

  const activations: [title: string, answer: Response, expected: unknown][] = [
    [
      'its result when it has ended',
      Response.json({ success: true, result: { a: 1 } }),
      { activationId: 'a1', result: { a: 1 } },
    ],
    [
      'that it has ended without a result',
      Response.json({ success: false }),
      { activationId: 'a1', result: undefined },
    ],
    [
      'undefined while it is under way',
      Response.json({ error: 'none' }, { status: 404 }),
      undefined,
    ],
    ['undefined for what is no activation', Response.json([]), undefined],
  ]
  for (const [title, answer, expected] of activations) {
    it(`tells of an activation ${title}`, async () => {
      const { client, asked } = openClient(() => answer)
      assert.deepEqual(await client.ended('a1'), expected)
      assert.equal(asked[0]?.path, '/api/v1/namespaces/_/activations/a1/result')
    })
  }

  for (const status of [200, 404, 405]) {
    it(`ends an activation, and minds no answer ${status}`, async () => {
      const { client, asked } = openClient(() => Response.json({}, { status }))
      await client.cancel('a1')
      assert.equal(asked[0]?.path, '/api/v1/namespaces/_/activations/a1')
      assert.equal(asked[0]?.init.method, 'DELETE')
    })
  }

  it('says so when an activation could not be ended', async () => {
    const { client } = openClient(() => Response.json({}, { status: 500 }))
    await assert.rejects(client.cancel('a1'), { message: 'The runtime answered with status 500.' })
  })
})

describe('A call of a custom worker', () => {
  useNock()
  it('is a POST of JSON with the identity of the client', async () => {
    const identity = {
      authorization: 'Bearer token',
      'x-gw-ims-org-id': 'org',
      'x-gw-ims-org-name': 'Darkroom',
      'x-app-name': 'darkroom',
      'x-request-id': 'mine',
    }
    const call = nock(ORIGIN, {
      reqheaders: { ...identity, 'content-type': 'application/json' },
      badheaders: ['x-api-key'],
    })
      .post(`${PATH}?code=1`, { source: { url: 'https://a.test' }, renditions: [] })
      .reply(200, { activationId: 'web1' })
    const params = { source: { url: 'https://a.test' }, renditions: [] }
    assert.equal(await open().callWorker(`${ORIGIN}${PATH}?code=1`, params, identity), 'web1')
    assert.ok(call.isDone())
  })

  it('follows no redirect', async () => {
    nock(ORIGIN)
      .post(PATH)
      .reply(307, '', { location: `${ORIGIN}/elsewhere` })
    const elsewhere = nock(ORIGIN).post('/elsewhere').reply(200, { activationId: 'web1' })
    const { status } = await refusalOf(open().callWorker(`${ORIGIN}${PATH}`, {}, {}))
    assert.equal(status, 307)
    assert.ok(!elsewhere.isDone())
  })

  it('quotes no more than the beginning of a long refusal', async () => {
    nock(ORIGIN)
      .post(PATH)
      .times(2)
      .reply(500, { error: 'x'.repeat(100_000) })
    const { message } = await refusalOf(open().callWorker(`${ORIGIN}${PATH}`, {}, {}))
    assert.ok(message.length < 400, `${message.length} characters`)
  })
})

describe('A call of a custom worker over a socket', () => {
  it('tells that nobody answers', async () => {
    const server = await serve(() => {})
    await server[Symbol.asyncDispose]()
    const { status, message } = await refusalOf(open().callWorker(server.url, {}, {}))
    assert.equal(status, 502)
    assert.match(
      message,
      /^Asked to start, the worker http:\/\/127\.0\.0\.1:\d+\/worker did not answer: connect ECONNREFUSED .*\.$/,
    )
  })

  it('tells that an answer breaks off', async () => {
    await using server = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"activationId"', () => response.destroy())
    })
    const { status, message } = await refusalOf(open().callWorker(server.url, {}, {}))
    assert.equal(status, 502)
    assert.match(message, /did not answer: /)
  })

  it('reads no more of an endless answer than an answer can be long', async () => {
    const closed = Promise.withResolvers<void>()
    await using server = await serve((_request, response) => {
      const chunk = Buffer.alloc(64 * 1024, 'x')
      response.on('close', closed.resolve)
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      }
      response.on('drain', more)
      more()
    })
    const { message } = await refusalOf(open().callWorker(server.url, {}, {}))
    assert.match(message, /answered without an activationId\.$/)
    await closed.promise
  })

  it('waits for an answer no longer than it may take, all of it', async () => {
    await using server = await serve((_request, response) => {
      response.writeHead(200)
      const drips = setInterval(() => response.write(' '), 10)
      response.on('close', () => clearInterval(drips))
    })
    const client = open(undefined, { longestCallMs: 100 })
    const { status, message } = await refusalOf(client.callWorker(server.url, {}, {}))
    assert.equal(status, 502)
    assert.match(message, /^Asked to start, the worker \S+ did not answer within 0\.1 seconds\.$/)
  })

  it('ends when the service stops', async () => {
    const stopping = new AbortController()
    await using server = await serve(() => stopping.abort(new Error('the service stops')))
    const { message } = await refusalOf(open(stopping).callWorker(server.url, {}, {}))
    assert.match(message, /did not answer: the service stops\.$/)
  })

  it('does not tell the password in a URL', async () => {
    const { message } = await refusalOf(
      open().callWorker('https://me:hidden@worker.test/a?sig=hidden2', {}, {}),
    )
    assert.match(message, /^Asked to start, the worker https:\/\/worker\.test\/a did not answer/)
  })
})
