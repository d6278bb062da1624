import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { json } from 'node:stream/consumers'
import { ServiceError } from '../../src/base/errors.ts'
import { createPlatform, LARGEST_PARAMS_BYTES, type Platform } from '../../src/orders/platform.ts'

const KEY = 'user:secret'
const MINUTE = 60_000

/** How the platform answers a request, by its method and path. */
type Answers = Record<string, [status: number, body: unknown, headers?: Record<string, string>]>

interface Asked {
  readonly what: string
  readonly authorization: string | undefined
  readonly body: unknown
}

/** A deployed action in the words of OpenWhisk. */
const entity = (
  timeout: number,
  annotations: Readonly<Record<string, unknown>> = {},
  components?: readonly string[],
) => ({
  exec: components === undefined ? { kind: 'nodejs:24' } : { kind: 'sequence', components },
  limits: { timeout },
  annotations: Object.entries(annotations).map(([key, value]) => ({ key, value })),
})

const PATH = '/api/v1/namespaces/_'
const WEB = { 'web-export': true }
const VALIDATED = entity(60_000, WEB, [
  '/adobeio/shared-validators-v1/headless-v2',
  '/ns/pkg/__secured_worker',
])
const DEPLOYED: Answers = {
  [`GET ${PATH}/actions/pkg/worker`]: [200, VALIDATED],
  [`GET ${PATH}/actions/pkg/__secured_worker`]: [200, entity(180_000)],
  [`POST ${PATH}/actions/pkg/__secured_worker`]: [202, { activationId: 'a1' }],
}

/** The ServiceError that a promise rejects with. */
const refusal = (promise: Promise<unknown>): Promise<ServiceError> =>
  promise.then(
    () => assert.fail('it must reject'),
    (error: unknown) => (error instanceof ServiceError ? error : assert.fail(String(error))),
  )

/** How often the platform was asked something that it answers without doing anything. */
const countQuestions = (asked: readonly Asked[]): number =>
  asked.filter(({ what }) => what.startsWith('GET')).length

describe('a platform that actions run on', () => {
  const server = createServer()
  let asked: Asked[] = []
  let answers: Answers = {}
  let apiHost = ''
  let ms = 0

  async function answer(request: IncomingMessage): Promise<Answers[string]> {
    const what = `${request.method} ${request.url?.replace('?code=false', '')}`
    const body = request.method === 'POST' ? await json(request) : undefined
    asked.push({ what, authorization: request.headers.authorization, body })
    return answers[what] ?? [404, { error: 'The requested resource does not exist.' }]
  }

  before(async () => {
    server.on('request', (request, response) => {
      void answer(request).then(([status, body, headers = {}]) =>
        response.writeHead(status, headers).end(JSON.stringify(body)),
      )
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    apiHost = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  })
  after(() => server.close())
  beforeEach(() => {
    asked = []
    answers = { ...DEPLOYED }
    ms = 0
  })

  const open = (host = apiHost): Platform =>
    createPlatform({
      access: { apiHost: host, namespace: 'ns', apiKey: KEY, keyName: 'AIO_RUNTIME_AUTH' },
      runsAction: (action) => action.startsWith('pkg/'),
      timeoutOf: (action) => (action === 'pkg/unknown' ? 30_000 : undefined),
      bind: (params) => ({ ...params, bound: true }),
      stopping: new AbortController().signal,
      elapsed: () => ms,
    })

  it('invokes the action behind its validator, with what is bound to the parameters and the key of the namespace', async () => {
    assert.equal(await open().invoke('pkg/worker', { a: 1 }), 'a1')
    assert.deepEqual(asked.at(-1), {
      what: `POST ${PATH}/actions/pkg/__secured_worker`,
      authorization: `Basic ${btoa(KEY)}`,
      body: { a: 1, bound: true },
    })
  })

  it('invokes an action that has no validator, and a sequence of somebody’s own, as they are', async () => {
    for (const deployed of [entity(1000), entity(1000, {}, ['/ns/pkg/a', '/ns/pkg/b'])]) {
      answers = {
        [`GET ${PATH}/actions/pkg/plain`]: [200, deployed],
        [`POST ${PATH}/actions/pkg/plain`]: [202, { activationId: 'a2' }],
      }
      assert.equal(await open().invoke('pkg/plain', {}), 'a2')
    }
  })

  it('is asked what an action is once in five minutes', async () => {
    const platform = open()
    await platform.invoke('pkg/worker', {})
    await platform.invoke('pkg/worker', {})
    assert.equal(countQuestions(asked), 2)
    ms = 5 * MINUTE
    await platform.invoke('pkg/worker', {})
    assert.equal(countQuestions(asked), 4)
  })

  it('gives an activation its time limit and five minutes', async () => {
    const platform = open()
    assert.equal(platform.longestMs('pkg/worker'), 15 * MINUTE)
    assert.equal(platform.longestMs('pkg/unknown'), 30_000 + 5 * MINUTE)
    await platform.invoke('pkg/worker', {})
    assert.equal(platform.longestMs('pkg/worker'), 180_000 + 5 * MINUTE)
  })

  it('tells the result of an activation, and that there is none yet', async () => {
    answers[`GET ${PATH}/activations/a1/result`] = [200, { result: { a: 1 } }]
    assert.deepEqual(await open().ended('a1'), { activationId: 'a1', result: { a: 1 } })
    assert.equal(await open().ended('a2'), undefined)
  })

  const invocation = `POST ${PATH}/actions/pkg/__secured_worker`
  const refusals: [title: string, changed: Answers, status: number, sentence: RegExp][] = [
    [
      'an action that is not deployed',
      { [`GET ${PATH}/actions/pkg/worker`]: [404, {}] },
      404,
      /^The action pkg\/worker is not deployed in the namespace ns at http\S+; aio app deploy puts it there\.$/,
    ],
    [
      'another key',
      { [`GET ${PATH}/actions/pkg/worker`]: [401, { error: 'Invalid.' }] },
      401,
      /^AIO_RUNTIME_AUTH is not the key of the namespace ns at http\S+$/,
    ],
    ['another namespace', { [invocation]: [403, {}] }, 403, /^AIO_RUNTIME_AUTH is not the key of /],
    [
      'long parameters',
      { [invocation]: [413, {}] },
      413,
      /^What the request says is longer than the 1048576 bytes that the namespace ns at \S+ takes; a source should be a URL rather than data:\.$/,
    ],
    [
      'what is too much for now',
      { [invocation]: [429, { error: 'Too many in the last minute.' }, { 'retry-after': '7' }] },
      429,
      /^The namespace ns at \S+ takes no more activations for now: .*Too many in the last minute\.$/,
    ],
    ['what it fails at', { [invocation]: [500, { error: 'Sorry.' }] }, 500, /status 500: Sorry\.$/],
    [
      'what is elsewhere now',
      { [invocation]: [307, {}, { location: 'https://other.test/' }] },
      307,
      /status 307/,
    ],
  ]
  for (const [title, changed, status, sentence] of refusals) {
    it(`says why it refuses ${title}`, async () => {
      answers = { ...DEPLOYED, ...changed }
      const error = await refusal(open().invoke('pkg/worker', {}))
      assert.equal(error.status, status)
      assert.match(error.message, sentence)
      assert.doesNotMatch(error.message, /secret/)
      assert.equal(error.headers['Retry-After'], status === 429 ? '7' : undefined)
    })
  }

  it('is not sent more parameters than it takes', async () => {
    const error = await refusal(
      open().invoke('pkg/worker', { a: 'a'.repeat(LARGEST_PARAMS_BYTES) }),
    )
    assert.equal(error.code, 'too_large')
    assert.deepEqual(
      asked.filter(({ what }) => what.startsWith('POST')),
      [],
    )
  })

  it('says that it does not answer', async () => {
    const error = await refusal(open('http://127.0.0.1:1').invoke('pkg/worker', {}))
    assert.deepEqual([error.code, error.status], ['bad_gateway', 502])
    assert.match(error.message, /^The namespace ns at http:\/\/127\.0\.0\.1:1 does not answer: /)
  })

  it('takes an answer 502 with the id of an activation for one that has begun', async () => {
    answers[invocation] = [502, { activationId: 'a3', response: { success: false } }]
    assert.equal(await open().invoke('pkg/worker', {}), 'a3')
  })

  const urls: [title: string, url: (host: string) => string, runs: boolean][] = [
    ['with the namespace in its path', (host) => `${host}/api/v1/web/ns/pkg/worker`, true],
    [
      'with the namespace in its host',
      (host) => `${host.replace('//', '//ns.')}/api/v1/web/pkg/worker`,
      true,
    ],
    ['of another namespace', (host) => `${host}/api/v1/web/other/pkg/worker`, false],
    ['of another host', () => 'https://adobeioruntime.net/api/v1/web/ns/pkg/worker', false],
    [
      'with a query, which may have a secret in it',
      (host) => `${host}/api/v1/web/ns/pkg/worker?a=1`,
      false,
    ],
    ['of something else', (host) => `${host}/api/v1/namespaces/ns/pkg/worker`, false],
  ]
  for (const [title, url, runs] of urls) {
    it(`${runs ? 'runs' : 'does not run'} a worker by a URL ${title}`, () => {
      assert.equal(open('https://whisk.test').runs(url('https://whisk.test')), runs)
    })
  }

  it('runs a worker by the URL that App Builder gives it', () => {
    const platform = open('https://adobeioruntime.net')
    assert.equal(platform.runs('https://ns.adobeio-static.net/api/v1/web/pkg/worker'), true)
    assert.equal(platform.runs('https://ns.adobeioruntime.net/api/v1/web/pkg/worker'), true)
  })

  it('has a worker that is called by its URL told who asks, as its own web call would have', async () => {
    const token = `e30.${Buffer.from('{"client_id":"client"}').toString('base64url')}.s`
    const id = await open().callWorker(
      `${apiHost}/api/v1/web/ns/pkg/worker`,
      { renditions: [] },
      {
        authorization: `Bearer ${token}`,
        'x-request-id': 'r',
        'x-gw-ims-org-id': 'org',
        'x-gw-ims-org-name': 'Darkroom',
        'x-app-name': 'darkroom',
      },
    )
    assert.equal(id, 'a1')
    assert.deepEqual(asked.at(-1)?.body, {
      renditions: [],
      requestId: 'r',
      auth: {
        accessToken: token,
        clientId: 'client',
        appName: 'darkroom',
        orgId: 'org',
        orgName: 'Darkroom',
      },
      customWorker: true,
      bound: true,
    })
  })

  const closed: [title: string, annotations: Record<string, unknown>][] = [
    ['no web action', {}],
    ['a web action with a secret', { ...WEB, 'require-whisk-auth': 'open-sesame' }],
    ['a web action for who has the key', { ...WEB, 'require-whisk-auth': true }],
  ]
  for (const [title, annotations] of closed) {
    it(`lets nobody call ${title} by its URL`, async () => {
      answers[`GET ${PATH}/actions/pkg/worker`] = [200, entity(1000, annotations)]
      const url = `${apiHost}/api/v1/web/ns/pkg/worker`
      const error = await refusal(open().callWorker(url, {}, {}))
      assert.equal(error.code, 'forbidden')
      assert.deepEqual(
        asked.filter(({ what }) => what.startsWith('POST')),
        [],
      )
    })
  }
})
