import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mock } from 'node:test'
import { type ServerType, serve } from '@hono/node-server'
import openwhisk from 'openwhisk'
import { isRecord } from '../../../src/base/json.ts'
import { AUTHORIZED, mountApi, objectOf, useApi } from '../api-fixture.ts'
import { API_KEY, useGates } from '../host-fixture.ts'

const ACTION = '/api/v1/namespaces/_/actions/test/alone'

/** Called by one test alone, so that it knows all of its activations. */
const PAIR = '/api/v1/namespaces/_/actions/test/pair'
const ACTIVATIONS = '/api/v1/namespaces/_/activations'

describe("OpenWhisk's REST API", () => {
  const { api } = useApi('host.yml')
  const { gates } = useGates()

  const get = (path: string) => api().app.request(path, { headers: AUTHORIZED })
  const remove = (path: string) =>
    api().app.request(path, { method: 'DELETE', headers: AUTHORIZED })
  const post = (path: string, body?: unknown) =>
    api().app.request(path, {
      method: 'POST',
      headers: AUTHORIZED,
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })

  async function list(query: string): Promise<Record<string, unknown>[]> {
    const response = await get(`${ACTIVATIONS}?${query}`)
    const listed: unknown = await response.json()
    assert.ok(Array.isArray(listed))
    return listed.filter(isRecord)
  }

  async function invokeToEnd(params: object, action = ACTION): Promise<string> {
    const { activationId } = await objectOf(await post(`${action}?blocking=true`, params))
    assert.ok(typeof activationId === 'string')
    return activationId
  }

  /** Resolves when an activation under way has ended. */
  const endOf = (id: string) =>
    new Promise<void>((resolve) => {
      api().host.onActivationEnd(({ activationId }) => {
        if (activationId === id) resolve()
      })
    })

  it('answers 202 with the id of a non-blocking activation', async () => {
    const response = await post(ACTION, { gate: gates().url('non-blocking') })
    assert.equal(response.status, 202)
    const { activationId, ...rest } = await objectOf(response)
    assert.deepEqual(rest, {})
    assert.ok(typeof activationId === 'string')
    assert.match(activationId, /^[0-9a-f]{32}$/)
    assert.equal((await get(`${ACTIVATIONS}/${activationId}`)).status, 404)
    gates().open('non-blocking')
  })

  it('answers 200 with the record of a blocking activation', async () => {
    const response = await post(`${ACTION}?blocking=true`, { act: 'returnNothing' })
    assert.equal(response.status, 200)
    const record = await objectOf(response)
    assert.deepEqual(record, { ...api().host.activation(String(record['activationId'])) })
  })

  it('answers with nothing but the result when asked for it', async () => {
    const response = await post(`${ACTION}?blocking=true&result=true`, { act: 'returnNothing' })
    assert.equal(response.status, 200)
    assert.deepEqual(await response.json(), {})
  })

  it('takes no body for no parameters, and the name of the namespace for _', async () => {
    const response = await post(`${ACTION.replace('_', 'space')}?blocking=true&result=true`)
    assert.equal(response.status, 200)
    assert.deepEqual((await objectOf(response))['params'], {
      greeting: 'hello',
      name: 'nobody',
      prints: [],
    })
  })

  it('answers 502 with the record of a blocking activation that fails', async () => {
    const response = await post(`${ACTION}?blocking=true`, { act: 'fail' })
    assert.equal(response.status, 502)
    assert.deepEqual((await objectOf(response))['response'], {
      status: 'application error',
      statusCode: 1,
      success: false,
      result: { error: { name: 'Error', message: 'as asked' } },
    })
  })

  it('answers 202 with the id of a blocking activation that takes over a minute', async () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    const response = post(`${ACTION}?blocking=true`, { gate: gates().url('long') })
    await gates().arrival('long')
    mock.timers.tick(60_000)
    mock.timers.reset()
    assert.equal((await response).status, 202)
    assert.deepEqual(Object.keys(await objectOf(await response)), ['activationId'])
    gates().open('long')
  })

  it('tells the record, result and log of an activation that has ended', async () => {
    const id = await invokeToEnd({
      act: 'returnNothing',
      prints: [{ stream: 'stdout', text: 'hello' }],
    })
    const record = await objectOf(await get(`${ACTIVATIONS}/${id}`))
    assert.deepEqual(record, { ...api().host.activation(id) })
    assert.deepEqual(await objectOf(await get(`${ACTIVATIONS}/${id}/result`)), record['response'])
    const { logs } = await objectOf(await get(`${ACTIVATIONS}/${id}/logs`))
    assert.deepEqual(logs, record['logs'])
    assert.ok(Array.isArray(logs))
    assert.match(String(logs[0]), /Z stdout: hello$/)
  })

  it('answers 404 for an activation that never was', async () => {
    for (const what of ['', '/result', '/logs']) {
      const response = await get(`${ACTIVATIONS}/0123456789${what}`)
      assert.equal(response.status, 404)
      assert.deepEqual(await response.json(), {
        error: 'There is no activation "0123456789" that has ended and is still kept.',
      })
    }
  })

  it('tells the result of an activation without its log, and nothing while it is under way', async () => {
    const started = await post(ACTION, {
      gate: gates().url('result'),
      act: 'returnNothing',
      prints: [{ stream: 'stdout', text: 'hello' }],
    })
    const { activationId } = await objectOf(started)
    const path = `${ACTIVATIONS}/${String(activationId)}/result`
    await gates().arrival('result')
    const early = await get(path)
    assert.equal(early.status, 404)
    assert.deepEqual(await early.json(), {
      error: `There is no activation "${String(activationId)}" that has ended and is still kept.`,
    })
    const ended = endOf(String(activationId))
    gates().open('result')
    await ended
    assert.deepEqual(await (await get(path)).json(), {
      status: 'success',
      statusCode: 0,
      success: true,
      result: {},
    })
  })

  it('cancels an activation that is under way', async () => {
    const { activationId } = await objectOf(await post(ACTION, { gate: gates().url('cancel') }))
    await gates().arrival('cancel')
    const path = `${ACTIVATIONS}/${String(activationId)}`
    const response = await remove(path)
    assert.equal(response.status, 200)
    assert.deepEqual(await response.json(), { activationId })
    assert.deepEqual((await objectOf(await get(path)))['response'], {
      status: 'action developer error',
      statusCode: 2,
      success: false,
      result: { error: 'The activation was cancelled.' },
    })
  })

  it("cancels by the view of the project's own actions, too", async () => {
    const { host } = api()
    const own = mountApi({ ...host, ...host.own })
    const { activationId } = host.invoke('test/alone', { gate: gates().url('own') })
    await gates().arrival('own')
    const path = `${ACTIVATIONS}/${activationId}`
    const response = await own.request(path, { method: 'DELETE', headers: AUTHORIZED })
    assert.equal(response.status, 200)
    assert.ok(!host.isUnderWay(activationId))
  })

  it('answers 404 to cancelling an activation that has ended or never was, 401 without the key', async () => {
    for (const id of [await invokeToEnd({}), '0123456789']) {
      const response = await remove(`${ACTIVATIONS}/${id}`)
      assert.equal(response.status, 404)
      assert.deepEqual(await response.json(), {
        error: `There is no activation "${id}" under way.`,
      })
    }
    const { app } = api()
    assert.equal((await app.request(`${ACTIVATIONS}/0`, { method: 'DELETE' })).status, 401)
  })

  it('lists activations, newest first, by name, time and number', async () => {
    const ids: string[] = []
    for (let count = 0; count < 3; count += 1) ids.unshift(await invokeToEnd({}, PAIR))
    await post('/api/v1/namespaces/_/actions/test/shared?blocking=true', {})
    const idsOf = async (query: string) =>
      (await list(query)).map(({ activationId }) => activationId)
    assert.deepEqual(await idsOf('name=pair&limit=3'), ids)
    assert.deepEqual(await idsOf('name=test/pair&limit=2'), ids.slice(0, 2))
    assert.deepEqual(await idsOf('name=pair&skip=1&limit=1'), ids.slice(1, 2))
    assert.deepEqual(await idsOf(`since=${Date.now() + 60_000}`), [])
    assert.deepEqual(await idsOf('upto=1'), [])
    const [shared] = await list('name=shared&limit=1')
    assert.equal(shared?.['name'], 'shared')
    assert.ok(shared !== undefined && !('logs' in shared) && !('response' in shared))
  })

  it('lists its one namespace', async () => {
    assert.deepEqual(await (await get('/api/v1/namespaces')).json(), ['space'])
  })

  const keys: [what: string, headers: Record<string, string>][] = [
    ['no key', {}],
    ['another key', { authorization: `Basic ${Buffer.from('user:other').toString('base64')}` }],
    ['a key that is not encoded', { authorization: `Basic ${API_KEY}` }],
    ['a token', { authorization: 'Bearer x' }],
  ]
  for (const [what, headers] of keys) {
    it(`answers 401 to ${what}`, async () => {
      for (const path of [ACTION, ACTIVATIONS, '/api/v1/namespaces']) {
        const response = await api().app.request(path, { headers })
        assert.equal(response.status, 401)
        assert.deepEqual(await response.json(), {
          error: 'The supplied authentication is invalid: it must be the API key of the namespace.',
        })
      }
    })
  }

  const large = `{"text":"${'x'.repeat(1024 * 1024)}"}`
  const refusals: [what: string, status: number, path: string, body: unknown, error: string][] = [
    [
      'another namespace',
      403,
      '/api/v1/namespaces/other/actions/test/alone',
      {},
      'The supplied authentication is not for the namespace "other".',
    ],
    [
      'an action that is not there',
      404,
      '/api/v1/namespaces/_/actions/test/other',
      {},
      'The namespace "space" has no action "test/other".',
    ],
    [
      'an action without a package',
      404,
      '/api/v1/namespaces/_/actions/alone',
      {},
      'The namespace "space" has no action "alone".',
    ],
    [
      'what the API does not have',
      404,
      '/api/v1/namespaces/_/triggers/one',
      {},
      'The requested resource does not exist.',
    ],
    [
      'parameters over 1 MB',
      413,
      ACTION,
      large,
      'The request is larger than 1048576 bytes, the most an action takes.',
    ],
    ...['{', '[]', 'null', '"text"', '5'].map((body): [string, number, string, unknown, string] => [
      `the parameters ${body}`,
      400,
      ACTION,
      body,
      'The request content was malformed: it must be a JSON object of parameters.',
    ]),
  ]
  for (const [what, status, path, body, error] of refusals) {
    it(`answers ${status} to ${what}`, async () => {
      const response = await post(path, body)
      assert.equal(response.status, status)
      assert.deepEqual(await response.json(), { error })
    })
  }

  it('answers 429 with Retry-After when too much is under way', async () => {
    const path = '/api/v1/namespaces/_/actions/test/shared'
    const gate = gates().url('crowd')
    const answers = await Promise.all(Array.from({ length: 110 }, async () => post(path, { gate })))
    const refused = answers.filter(({ status }) => status === 429)
    assert.ok(refused.length >= 10 && refused.length <= 12, String(refused.length))
    assert.equal(refused[0]?.headers.get('retry-after'), '1')
    gates().open('crowd')
  })
})

describe('the openwhisk client, unmodified', () => {
  const { api } = useApi('host.yml')
  let server: ServerType
  let client: ReturnType<typeof openwhisk>
  const clientWith = (key: string, namespace = '_') => {
    const address = server.address()
    assert.ok(typeof address === 'object' && address !== null)
    const apihost = `http://127.0.0.1:${address.port}`
    return openwhisk({ apihost, api_key: key, namespace })
  }
  before(async () => {
    server = serve({ fetch: api().app.fetch, port: 0, hostname: '127.0.0.1' })
    await once(server, 'listening')
    client = clientWith(API_KEY)
  })
  after(async () => {
    server.close()
    await once(server, 'close')
  })

  it('invokes and waits, and gets the record', async () => {
    const record: unknown = await client.actions.invoke({
      name: 'test/alone',
      blocking: true,
      params: { act: 'returnNothing' },
    })
    assert.ok(isRecord(record) && isRecord(record['response']))
    assert.deepEqual(record['response']['result'], {})
  })

  it('invokes and waits, and gets the result', async () => {
    const result: unknown = await client.actions.invoke({
      name: 'test/alone',
      blocking: true,
      result: true,
      params: { name: 'Ada' },
    })
    assert.ok(isRecord(result) && isRecord(result['params']))
    assert.equal(result['params']['name'], 'Ada')
  })

  it('invokes without waiting, and finds the activation later', async () => {
    const { activationId } = await client.actions.invoke({
      name: '/_/test/alone',
      params: { prints: [{ stream: 'stdout', text: 'hello\n' }], act: 'returnNothing' },
    })
    const [invoked] = [...api().host.activations()].filter(
      (one) => one.activationId === activationId,
    )
    if (invoked === undefined) {
      const ended = Promise.withResolvers<void>()
      api().host.onActivationEnd((one) => {
        if (one.activationId === activationId) ended.resolve()
      })
      await ended.promise
    }
    assert.equal((await client.activations.get({ name: activationId })).activationId, activationId)
    const { logs } = await client.activations.logs({ name: activationId })
    assert.match(String(logs), /stdout: hello$/)
    const { result }: { result: unknown } = await client.activations.result({ name: activationId })
    assert.deepEqual(result, {})
    const listed = await client.activations.list({ limit: 5 })
    assert.equal(listed[0]?.activationId, activationId)
  })

  const refusals: [what: string, call: () => Promise<unknown>, message: RegExp, status: number][] =
    [
      [
        'another key',
        () => clientWith('user:other').actions.invoke({ name: 'test/alone' }),
        /401 \(Unauthorized\) --> "The supplied authentication is invalid/,
        401,
      ],
      [
        'another namespace',
        () => client.actions.invoke({ name: '/other/test/alone' }),
        /403 \(Forbidden\) --> "The supplied authentication is not for the namespace "other"/,
        403,
      ],
      [
        'an action that is not there',
        () => client.actions.invoke({ name: 'test/other' }),
        /404 \(Not Found\) --> "The namespace "space" has no action "test\/other"/,
        404,
      ],
      [
        'parameters over 1 MB',
        () =>
          client.actions.invoke({ name: 'test/alone', params: { text: 'x'.repeat(1024 * 1024) } }),
        /413 \(Payload Too Large\) --> "The request is larger than 1048576 bytes/,
        413,
      ],
      [
        'an action that fails',
        () =>
          client.actions.invoke({ name: 'test/alone', blocking: true, params: { act: 'exit' } }),
        /502 \(Bad Gateway\) --> "The action did not produce a valid response/,
        502,
      ],
      [
        'what the API does not have',
        () => client.triggers.list(),
        /404 \(Not Found\) --> "The requested resource does not exist/,
        404,
      ],
    ]
  for (const [what, call, message, statusCode] of refusals) {
    it(`is told why ${what} is refused`, async () => {
      await assert.rejects(call, { name: 'OpenWhiskError', statusCode, message })
    })
  }
})
