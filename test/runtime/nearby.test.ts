import assert from 'node:assert/strict'
import type { NearbyObject, NearbyRequest } from '../../src/base/nearby-service.ts'
import type { HttpExchange } from '../../src/runtime/run/protocol.ts'
import type { Runtime } from '../../src/runtime/run/runtime.ts'
import { script, usePlatform } from './deploying-fixture.ts'
import { openHost, resultOf, runAction, useHost } from './host-fixture.ts'

const HERE = 'https://service.test/storage/objects/a?signature=secret'
const MEGABYTE = 1024 * 1024

const OBJECT: NearbyObject = {
  size: 3,
  modified: 0,
  etag: '"1"',
  contentType: 'text/plain',
  disposition: undefined,
  files: [{ path: '/state/parts/1', start: 0, end: 3 }],
}

/** As a letter of a process says it; the runner is passed over by it. */
const SEND = { type: 'send', activationId: 'ID', id: 1, method: 'PUT', url: HERE, headers: {} }

describe('what an action asks of its service without a connection', function () {
  this.slow(10_000)
  const sent: { request: NearbyRequest; bytes: number }[] = []
  let held = 0
  let host: Runtime
  let answer: () => Promise<number | undefined>
  let told: readonly HttpExchange[] = []
  const waiting: (() => void)[] = []

  before(() => {
    host = openHost('nearby.yml', {
      nearby: {
        open(url) {
          if (url !== HERE) return undefined
          held += 1
          const release = async (): Promise<void> => void (held -= 1)
          return { object: OBJECT, release }
        },
        send(request, body) {
          sent.push({ request, bytes: body.length })
          return answer()
        },
      },
    })
    host.onActivationEnd((_activation, _params, exchanges) => {
      told = exchanges
    })
  })
  beforeEach(() => {
    sent.length = 0
    answer = async () => 201
  })
  after(() => host.stop(0))

  const seen = () => told.map(({ method, url, status }) => ({ method, url, status }))

  it('is an object, whose files are held until the activation has ended', async () => {
    const { ended } = host.invoke('test/nearby', { open: [HERE, HERE] })
    assert.deepEqual(resultOf(await ended)['opened'], [wireOf(OBJECT), wireOf(OBJECT)])
    assert.equal(held, 0)
    const get = { method: 'GET', url: 'https://service.test/storage/objects/a', status: 200 }
    assert.deepEqual(seen(), [get, get])
  })

  it('is nothing where the service has none, and no exchange then', async () => {
    const activation = await runAction(host, 'nearby', { open: ['https://elsewhere.test/a'] })
    assert.deepEqual(resultOf(activation)['opened'], [null])
    assert.deepEqual(seen(), [])
  })

  it('is let go when the process dies', async () => {
    const letters = [{ said: { type: 'open', activationId: 'ID', id: 1, url: HERE } }, { said: 1 }]
    const activation = await runAction(host, 'nearby', { letters })
    assert.match(String(resultOf(activation)['error']), /sent what the runtime does not know/)
    assert.equal(held, 0)
  })

  const put = { url: HERE, bytes: 100 }
  const sends: [what: string, params: object, answer: () => Promise<number | undefined>, object][] =
    [
      ['taken', { put }, async () => 201, { sent: [true], asked: 1, told: [201] }],
      ['refused', { put }, async () => 403, { sent: [false], asked: 1, told: [] }],
      ['redirected', { put }, async () => 307, { sent: [false], asked: 1, told: [] }],
      ['for others', { put }, async () => undefined, { sent: [false], asked: 1, told: [] }],
      [
        'not brought to an end',
        { put },
        () => Promise.reject(new Error('the disk is full')),
        { sent: [false], asked: 1, told: [] },
      ],
      [
        'of 4 MB',
        { put: { url: HERE, bytes: 4 * MEGABYTE } },
        async () => 200,
        { sent: [true], asked: 1, told: [200] },
      ],
      [
        'larger than that',
        { put: { url: HERE, bytes: 4 * MEGABYTE + 1 } },
        async () => 200,
        { sent: [false], asked: 0, told: [] },
      ],
    ]
  for (const [what, params, answers, { ...expected }] of sends) {
    it(`is to take a request, which is ${what}`, async () => {
      answer = answers
      const activation = await runAction(host, 'nearby', { ...params })
      const found = {
        sent: resultOf(activation)['sent'],
        asked: sent.length,
        told: seen().map(({ status }) => status),
      }
      assert.deepEqual(found, expected)
    })
  }

  it('is eight things at a time, and others go by connections', async () => {
    answer = () =>
      new Promise((resolve) => {
        waiting.push(() => resolve(200))
        if (waiting.length === 8) for (const go of waiting) go()
      })
    const activation = await runAction(host, 'nearby', { put, times: 10 })
    const taken = [...Array(8).fill(true), false, false]
    assert.deepEqual(resultOf(activation)['sent'], taken)
  })

  it('ends the process that asks for more, or says more than is asked', async () => {
    answer = () => new Promise(() => undefined)
    const tooMany = Array.from({ length: 9 }, (_, id) => ({ said: { ...SEND, id } }))
    const tooLarge = [{ said: SEND, bytes: 5 * MEGABYTE }]
    const beside = [{ said: { type: 'open', activationId: 'ID', id: 1, url: HERE }, bytes: 1 }]
    const withBytes = [{ said: { type: 'began', activationId: 'ID' }, bytes: 1 }]
    for (const letters of [tooMany, tooLarge, beside, withBytes]) {
      const activation = await runAction(host, 'nearby', { letters })
      assert.match(String(resultOf(activation)['error']), /The action disturbed the runtime/)
    }
    answer = async () => 201
    assert.deepEqual(resultOf(await runAction(host, 'nearby', { put }))['sent'], [true])
  })

  it('says nothing of activations that run elsewhere', async () => {
    const letters = [{ said: { ...SEND, activationId: 'another' } }, { said: 1 }]
    await runAction(host, 'nearby', { letters })
    assert.deepEqual(sent, [])
  })
})

describe('without a service, an action', () => {
  const { host } = useHost('nearby.yml')

  it('is told that it needs connections', async () => {
    const params = { open: [HERE], put: { url: HERE, bytes: 1 } }
    const activation = await runAction(host(), 'nearby', params)
    assert.deepEqual(resultOf(activation), { opened: [null], sent: [false] })
  })
})

describe('deployed code', function () {
  this.slow(10_000)
  const opened: string[] = []
  const { deploy, invoke } = usePlatform(() => ({
    nearby: {
      open(url) {
        opened.push(url)
        return undefined
      },
      send: async () => 200,
    },
  }))

  it('is ended when it asks, since it has connections alone', async () => {
    const code = `async function main() {
      const said = { type: 'open', activationId: process.env.__OW_ACTIVATION_ID, id: 1, url: '${HERE}' }
      const json = Buffer.from(JSON.stringify(said))
      const head = Buffer.alloc(8)
      head.writeUInt32BE(json.length, 0)
      require('fs').writeSync(3, Buffer.concat([head, json]))
      await new Promise(() => setInterval(() => {}, 1000))
    }`
    await deploy('asks', script(code))
    const { error } = await invoke('pkg/asks')
    assert.match(String(error), /sent what the runtime does not know/)
    assert.deepEqual(opened, [])
  })
})

/** As it comes to a process: JSON has nothing that is undefined. */
function wireOf(object: NearbyObject): unknown {
  return JSON.parse(JSON.stringify(object))
}
