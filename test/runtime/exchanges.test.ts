import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { availableParallelism } from 'node:os'
import type { Activation } from '../../src/runtime/run/activation.ts'
import type { HttpExchange } from '../../src/runtime/run/protocol.ts'
import { listen, useGates, useHost } from './host-fixture.ts'

type Call = { method?: string; path: string; classic?: boolean; unread?: boolean }

/** Stands for a URL at which no server is. */
const NOWHERE = 'nowhere'

/** How the tests' server answers. */
const ANSWERS: Record<string, (response: ServerResponse) => void> = {
  '/text': (response) => response.end('hello'),
  '/missing': (response) => response.writeHead(404).end('nothing here'),
  '/moved': (response) => response.writeHead(307, { location: '/text' }).end(),
  '/large': (response) => response.end('x'.repeat(1_000_000)),
  '/broken': (response) => response.destroy(),
  '/half': (response) => {
    response.write('hel', () => response.destroy())
  },
}

describe('the HTTP exchanges of an activation', () => {
  const { host } = useHost('calling.yml')
  const { gates } = useGates()
  const told = new Map<string, readonly HttpExchange[]>()
  let server: Server
  let origin = ''
  let nowhere = ''

  before(async () => {
    host().onActivationEnd(({ activationId }, _params, exchanges) => {
      told.set(activationId, exchanges)
    })
    server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '', 'http://a.test')
      request.resume().on('end', () => ANSWERS[pathname]?.(response))
    })
    // A connection that is closed just as it is used again fails its request.
    server.keepAliveTimeout = 0
    origin = await listen(server)
    const closed = createServer()
    nowhere = `${await listen(closed)}/`
    closed.close()
  })
  after(async () => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  })

  const invoke = (params: object) => host().invoke('test/calling', { ...params })
  const urlOf = (path: string) => (path === NOWHERE ? nowhere : origin + path)

  async function exchangesOf(params: object): Promise<[Activation, readonly HttpExchange[]]> {
    const activation = await invoke(params).ended
    return [activation, told.get(activation.activationId) ?? assert.fail('nothing was told')]
  }

  const calls: [
    what: string,
    call: Call,
    seen: [method: string, path: string, status?: number][],
  ][] = [
    ['a request', { path: '/text' }, [['GET', '/text', 200]]],
    ['a PUT', { method: 'PUT', path: '/text' }, [['PUT', '/text', 200]]],
    ['one whose answer has no body', { method: 'HEAD', path: '/text' }, [['HEAD', '/text', 200]]],
    ['one that is refused', { path: '/missing' }, [['GET', '/missing', 404]]],
    ['a presigned one', { path: '/text?a=1&sig=secret#b' }, [['GET', '/text', 200]]],
    ['one whose answer nobody reads', { path: '/large', unread: true }, [['GET', '/large', 200]]],
    ['one that is not answered', { path: '/broken' }, [['GET', '/broken']]],
    ['one whose answer breaks off', { path: '/half' }, [['GET', '/half', 200]]],
    ['one to where nobody listens', { path: NOWHERE }, [['GET', NOWHERE]]],
  ]
  for (const classic of [false, true]) {
    const client = classic ? 'node:http' : 'fetch'
    for (const [what, { path, ...call }, seen] of calls) {
      it(`tell of ${what} (${client})`, async () => {
        const [activation, exchanges] = await exchangesOf({
          calls: [{ ...call, url: urlOf(path), classic }],
        })
        assert.equal(activation.response.success, true)
        assert.deepEqual(
          exchanges.map(({ method, url, status }) => ({ method, url, status })),
          seen.map(([method, at, status]) => ({ method, url: urlOf(at), status })),
        )
        for (const { start, end } of exchanges) {
          assert.ok(activation.start <= start && start <= end && end <= activation.end)
        }
      })
    }
  }

  it('tell of every station of a request that is redirected', async () => {
    const [, exchanges] = await exchangesOf({ calls: [{ url: urlOf('/moved') }] })
    assert.deepEqual(
      exchanges.map(({ url, status }) => [url, status]),
      [
        [urlOf('/moved'), 307],
        [urlOf('/text'), 200],
      ],
    )
  })

  for (const classic of [false, true]) {
    it(`end with the body of the answer (${classic ? 'node:http' : 'fetch'})`, async () => {
      const arrived = Promise.withResolvers<ServerResponse>()
      ANSWERS['/slow'] = (response) => {
        response.write('hel')
        arrived.resolve(response)
      }
      const { activationId, ended } = invoke({ calls: [{ url: urlOf('/slow'), classic }] })
      const response = await arrived.promise
      const finishedAt = await laterMillisecond()
      response.end('lo')
      await ended
      const [exchange] = told.get(activationId) ?? []
      assert.ok(exchange && exchange.start < finishedAt && exchange.end >= finishedAt)
    })
  }

  it('begin with the body of the request', async () => {
    const url = urlOf('/text')
    const call = { method: 'PUT', url, classic: true, halfUntil: gates().url('half') }
    const { activationId, ended } = invoke({ calls: [call] })
    await gates().arrival('half')
    const halfSentAt = await laterMillisecond()
    gates().open('half')
    await ended
    const exchange = told.get(activationId)?.find((one) => one.url === url)
    assert.ok(exchange && exchange.start < halfSentAt && exchange.end >= halfSentAt)
  })

  it('are its own where several share a process', async () => {
    const invocations = Array.from({ length: availableParallelism() * 2 }, (_, index) =>
      invoke({ calls: [{ url: gates().url(`shared-${index}`) }, { url: urlOf(`/text`) }] }),
    )
    for (const index of invocations.keys()) await gates().arrival(`shared-${index}`)
    for (const index of invocations.keys()) gates().open(`shared-${index}`)
    for (const [index, { activationId, ended }] of invocations.entries()) {
      await ended
      const urls = told.get(activationId)?.map(({ url }) => url)
      assert.deepEqual(urls, [gates().url(`shared-${index}`), urlOf('/text')])
    }
  })

  it('are those that had ended when its process died', async () => {
    const [activation, exchanges] = await exchangesOf({
      calls: [{ url: urlOf('/text') }, { url: urlOf('/missing'), classic: true }],
      exits: true,
    })
    assert.equal(activation.response.success, false)
    assert.deepEqual(
      exchanges.map(({ status }) => status),
      [200, 404],
    )
  })

  it('end with the activation when it leaves them open', async () => {
    const url = gates().url('left')
    const [activation, exchanges] = await exchangesOf({ left: url })
    assert.equal(exchanges.length, 1)
    assert.partialDeepStrictEqual(exchanges[0], { method: 'GET', url })
    assert.equal(exchanges[0]?.status, undefined)
    assert.ok((exchanges[0]?.end ?? Infinity) <= activation.end)
    gates().open('left')
  })

  it('are at most 1000', async () => {
    const [activation, exchanges] = await exchangesOf({
      calls: [{ url: urlOf('/text') }],
      times: 1001,
    })
    assert.equal(activation.response.success, true)
    assert.equal(exchanges.length, 1000)
  })

  const nonsense: [what: string, published: unknown][] = [
    ['nothing', null],
    ['no request', { request: 5 }],
    ['a request without members', { request: {}, response: {} }],
    ['a request of another shape', { request: { method: 5, path: [], origin: {} }, response: 5 }],
  ]
  for (const [what, published] of nonsense) {
    it(`cost nothing when somebody publishes ${what} where requests are published`, async () => {
      const [activation] = await exchangesOf({ published, calls: [{ url: urlOf('/text') }] })
      assert.equal(activation.response.success, true, JSON.stringify(activation))
    })
  }
})

/** Waits until the clock shows another millisecond than now, and tells which. */
async function laterMillisecond(): Promise<number> {
  const now = Date.now()
  while (Date.now() === now) await new Promise(setImmediate)
  return Date.now()
}
