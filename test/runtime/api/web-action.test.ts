import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { ServiceError } from '../../../src/base/errors.ts'
import { isRecord } from '../../../src/base/json.ts'
import type { Authenticate } from '../../../src/http/client.ts'
import { mountApi, objectOf, useApi } from '../api-fixture.ts'
import { useGates } from '../host-fixture.ts'

const WEB = '/api/v1/web/space/test'
type Answered = [status: number, type: string | null, body: string]

const PNG = Buffer.from('89504e470d0a1a0a00ff', 'hex')

describe('a web action', () => {
  const seen: (string | null)[] = []
  const authenticate: Authenticate = async (headers) => {
    seen.push(headers.get('authorization'))
    if (headers.get('authorization') !== 'Bearer good')
      throw new ServiceError('forbidden', 'Not you.')
    return { clientId: 'client', orgId: 'org', tokenId: 'token' }
  }
  const { api } = useApi('web.yml', authenticate)

  const call = (path: string, init?: RequestInit) => api().app.request(`${WEB}/${path}`, init)
  const post = (path: string, type: string | undefined, body: string | Uint8Array<ArrayBuffer>) =>
    call(path, {
      method: 'POST',
      headers: type === undefined ? {} : { 'content-type': type },
      body,
    })
  const answer = (given: unknown, path = 'echo') =>
    post(path, 'application/json', JSON.stringify({ answer: given }))

  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
    it(`is told of the method ${method} in lower case`, async () => {
      const response = await call('echo', { method })
      assert.equal((await objectOf(response))['__ow_method'], method.toLowerCase())
    })
  }

  it('answers HEAD without a body', async () => {
    const response = await call('echo', { method: 'HEAD' })
    assert.equal(response.status, 200)
    assert.equal(await response.text(), '')
  })

  it('is told of the headers, their names in lower case', async () => {
    const headers = { 'X-Request-Id': 'Seven', Authorization: 'Bearer x' }
    const { __ow_headers: told } = await objectOf(await call('echo', { headers }))
    assert.deepEqual(told, { 'x-request-id': 'Seven', authorization: 'Bearer x' })
  })

  const paths: [path: string, told: string][] = [
    ['echo', ''],
    ['echo/', '/'],
    ['echo/a/b', '/a/b'],
    ['echo/a%20b', '/a%20b'],
    ['echo/web/space/test/echo', '/web/space/test/echo'],
    ['echo.http/a', '/a'],
    ['ech%6F/a', '/a'],
    ['with%20space/a', '/a'],
  ]
  for (const [path, told] of paths) {
    it(`is told "${told}" of the path ${path}`, async () => {
      assert.equal((await objectOf(await call(path)))['__ow_path'], told)
    })
  }

  type Sent = [type: string | undefined, body: string | Uint8Array<ArrayBuffer>]
  const bodies: [what: string, query: string, sent: Sent, parsed: object, raw: object][] = [
    [
      'a query alone',
      '?a=1&b=x+y&a=2',
      [undefined, ''],
      { a: '2', b: 'x y' },
      { __ow_query: 'a=1&b=x+y&a=2', __ow_body: '' },
    ],
    [
      'a JSON object, over the query',
      '?a=1&b=2',
      ['application/json', '{"a":{"deep":[true]}}'],
      { a: { deep: [true] }, b: '2' },
      { __ow_query: 'a=1&b=2', __ow_body: base64('{"a":{"deep":[true]}}') },
    ],
    [
      'a JSON array',
      '',
      ['application/json; charset=utf-8', '[1,2]'],
      { __ow_body: [1, 2] },
      { __ow_query: '', __ow_body: base64('[1,2]') },
    ],
    [
      'another kind of JSON',
      '',
      ['application/cloudevents+json', '{"a":"ü"}'],
      { a: 'ü' },
      { __ow_query: '', __ow_body: '{"a":"ü"}' },
    ],
    [
      'a form, over the query',
      '?a=1&b=2',
      ['application/x-www-form-urlencoded', 'a=x+y%21&c=%C3%BC'],
      { a: 'x y!', b: '2', c: 'ü' },
      { __ow_query: 'a=1&b=2', __ow_body: 'a=x+y%21&c=%C3%BC' },
    ],
    [
      'a text',
      '?a=1',
      ['text/plain', 'grün'],
      { a: '1', __ow_body: 'grün' },
      { __ow_query: 'a=1', __ow_body: 'grün' },
    ],
    [
      'XML',
      '',
      ['image/svg+xml', '<svg/>'],
      { __ow_body: '<svg/>' },
      { __ow_query: '', __ow_body: '<svg/>' },
    ],
    [
      'an image',
      '',
      ['image/png', new Uint8Array(PNG)],
      { __ow_body: PNG.toString('base64') },
      { __ow_query: '', __ow_body: PNG.toString('base64') },
    ],
    [
      'bytes of no type',
      '',
      [undefined, new Uint8Array(PNG)],
      { __ow_body: PNG.toString('base64') },
      { __ow_query: '', __ow_body: PNG.toString('base64') },
    ],
    ['no body of type JSON', '', ['application/json', ''], {}, { __ow_query: '', __ow_body: '' }],
  ]
  for (const [what, query, sent, parsed, raw] of bodies) {
    it(`gets ${what} as parameters`, async () => {
      assert.deepEqual(await paramsOf(await post(`echo${query}`, ...sent)), {
        colour: 'red',
        ...parsed,
      })
    })
    it(`gets ${what} unparsed when it is a raw one`, async () => {
      assert.deepEqual(await paramsOf(await post(`raw${query}`, ...sent)), raw)
    })
  }

  for (const name of ['__ow_method', '__ow_headers', '__ow_path', '__ow_body', '__ow_query']) {
    it(`is not called with the reserved parameter ${name}: 400`, async () => {
      const sent: Promise<Response>[] = [
        Promise.resolve(call(`echo?${name}=x`)),
        Promise.resolve(post('echo', 'application/json', JSON.stringify({ [name]: 'x' }))),
        Promise.resolve(post('echo', 'application/x-www-form-urlencoded', `${name}=x`)),
      ]
      for (const response of await Promise.all(sent)) {
        assert.equal(response.status, 400)
        assert.deepEqual(await response.json(), {
          error: `The parameter ${name} is reserved: names beginning with __ow_ are the platform's.`,
        })
      }
    })
  }

  it('is not called with parameters that are nested too deep: 400', async () => {
    const body = `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
    const response = await post('echo', 'application/json', body)
    assert.equal(response.status, 400)
    assert.deepEqual(await response.json(), {
      error: 'The parameters are nested more than 1000 levels deep, the most they may be.',
    })
  })

  it('is not called with a body that is JSON only by name: 400', async () => {
    const response = await post('echo', 'application/json', '{"a":')
    assert.equal(response.status, 400)
    assert.deepEqual(await response.json(), {
      error: 'The request content was malformed: its content type says JSON, and it is not.',
    })
  })

  it('is not called with a body over 1 MB: 413', async () => {
    const megabyte = 1024 * 1024
    assert.equal((await post('raw', 'text/plain', 'x'.repeat(megabyte))).status, 502)
    const response = await post('raw', 'text/plain', 'x'.repeat(megabyte + 1))
    assert.equal(response.status, 413)
    assert.deepEqual(await response.json(), {
      error: 'The request is larger than 1048576 bytes, the most an action takes.',
    })
  })

  const answers: [what: string, given: unknown, answered: Answered][] = [
    ['an object', { body: { a: 1 } }, [200, 'application/json', '{"a":1}']],
    ['an array', { body: [1] }, [200, 'application/json', '[1]']],
    ['a number', { body: 0 }, [200, 'application/json', '0']],
    ['a text', { body: '<b>ü</b>' }, [200, 'text/html; charset=UTF-8', '<b>ü</b>']],
    [
      'a text with a type',
      { headers: { 'Content-Type': 'application/json' }, body: '{}' },
      [200, 'application/json', '{}'],
    ],
    [
      'an object with a type',
      { headers: { 'content-type': 'application/problem+json' }, body: { a: 1 } },
      [200, 'application/problem+json', '{"a":1}'],
    ],
    [
      'a base64 image',
      { headers: { 'Content-Type': 'image/png' }, body: PNG.toString('base64') },
      [200, 'image/png', PNG.toString('latin1')],
    ],
    ['a status', { statusCode: 201, body: 'made' }, [201, 'text/html; charset=UTF-8', 'made']],
    ['a status as text', { statusCode: '404', body: {} }, [404, 'application/json', '{}']],
    ['a status alone', { statusCode: 302 }, [302, null, '']],
    ['nothing', {}, [204, null, '']],
    ['no body', { body: null }, [204, null, '']],
    ['an empty body', { body: '' }, [204, null, '']],
    ['an empty body and a status', { statusCode: 200, body: '' }, [200, null, '']],
    ['a body where there is none', { statusCode: 205, body: 'x' }, [205, null, '']],
    [
      'a length that is wrong',
      { headers: { 'Content-Length': '1', 'Transfer-Encoding': 'chunked' }, body: { a: 1 } },
      [200, 'application/json', '{"a":1}'],
    ],
    [
      'an error with a status',
      { error: { statusCode: 409, headers: { 'x-why': 'so' }, body: { why: 'so' } } },
      [409, 'application/json', '{"why":"so"}'],
    ],
    ['an error in words', { error: 'It broke.' }, notHttp('It broke.')],
    [
      'an error of another kind',
      { error: { a: 1 } },
      notHttp('Response is not valid "message/http".'),
    ],
    ['a status that is none', { statusCode: 42 }, notHttp('Response is not valid "message/http".')],
    [
      'a header that is none',
      { headers: { 'no header': 'x' }, body: 'x' },
      notHttp('Response is not valid "message/http".'),
    ],
    [
      'a header of two lines',
      { headers: { 'x-lines': 'a\r\nb: c' }, body: 'x' },
      notHttp('Response is not valid "message/http".'),
    ],
    ['what is no object', [1], notHttp('The action did not return a dictionary.')],
  ]
  for (const [what, given, [status, type, body]] of answers) {
    it(`that gives ${what} is answered ${status}`, async () => {
      const response = await answer(given)
      assert.equal(response.status, status)
      assert.equal(response.headers.get('content-type'), type)
      const id = response.headers.get('x-openwhisk-activation-id') ?? ''
      assert.ok(api().host.activation(id))
      if (status === 502) assert.deepEqual(await response.json(), { error: body, code: id })
      else
        assert.equal(
          Buffer.from(await response.arrayBuffer()).toString(
            type === 'image/png' ? 'latin1' : 'utf8',
          ),
          body,
        )
      assert.equal(response.headers.get('content-length'), null)
    })
  }

  it('sends a header with several values several times', async () => {
    const headers = { 'Set-Cookie': ['a=1', 'b=2'], 'X-Number': 5 }
    const response = await answer({ headers, body: {} })
    assert.deepEqual(response.headers.getSetCookie(), ['a=1', 'b=2'])
    assert.equal(response.headers.get('x-number'), '5')
  })

  it('that throws a response is answered with it', async () => {
    const failure = { statusCode: 404, body: { message: 'gone' } }
    const response = await post('echo', 'application/json', JSON.stringify({ failure }))
    assert.equal(response.status, 404)
    assert.deepEqual(await response.json(), { message: 'gone' })
  })

  it('gives its result as it is when it is called with .json', async () => {
    const given = { statusCode: 201, body: { a: 1 } }
    const response = await answer(given, 'echo.json')
    assert.equal(response.status, 200)
    assert.deepEqual(await response.json(), given)
    assert.equal((await answer({ error: { statusCode: 409 } }, 'echo.json')).status, 409)
  })

  for (const path of ['hidden', 'other', 'hidden.json', '../other/echo']) {
    it(`is not found at ${path}: 404`, async () => {
      const response = await call(path)
      assert.equal(response.status, 404)
      assert.equal(typeof (await objectOf(response))['error'], 'string')
    })
  }

  it('is not found in another namespace: 404', async () => {
    const response = await api().app.request('/api/v1/web/other/test/echo')
    assert.equal(response.status, 404)
    assert.deepEqual(await response.json(), {
      error: 'The namespace "other" has no web action "test/echo".',
    })
  })

  it('may be called from any web page', async () => {
    const methods = 'OPTIONS, GET, DELETE, POST, PUT, HEAD, PATCH'
    const names = 'Authorization, Origin, X-Requested-With, Content-Type, Accept, User-Agent'
    const asked = { 'access-control-request-headers': 'x-gw-ims-org-id' }
    for (const path of ['echo', 'guarded', 'other']) {
      assert.deepEqual(allowed(await call(path)), ['*', methods, names])
      const preflight = await call(path, { method: 'OPTIONS', headers: asked })
      assert.equal(preflight.status, 200)
      assert.equal(await preflight.text(), '')
      assert.deepEqual(allowed(preflight), ['*', methods, 'x-gw-ims-org-id'])
    }
    const own = await answer({ headers: { 'Access-Control-Allow-Origin': 'https://a.test' } })
    assert.deepEqual(allowed(own), ['https://a.test', methods, names])
  })

  const SANDBOX = 'sandbox allow-scripts allow-forms allow-popups allow-modals allow-downloads'
  const pages: [what: string, request: () => Response | Promise<Response>, status: number][] = [
    ['a page', () => answer({ body: '<script>alert()</script>' }), 200],
    ['a redirection', () => answer({ statusCode: 302, headers: { location: '/' } }), 302],
    ['nothing', () => answer({}), 204],
    ['an error of its own', () => answer({ error: { statusCode: 409, body: '<p>' } }), 409],
    ['no HTTP', () => answer({ error: 'It broke.' }), 502],
    ['a refusal', () => call('guarded'), 403],
    ['another action', () => call('other'), 404],
    ['what only the platform says', () => call('echo', { method: 'OPTIONS' }), 200],
  ]
  for (const [what, request, status] of pages) {
    it(`is of no origin to a browser where it gives ${what}`, async () => {
      const response = await request()
      assert.equal(response.status, status)
      assert.equal(response.headers.get('content-security-policy'), SANDBOX)
    })
  }

  it('has its own Content-Security-Policy beside that of the platform', async () => {
    const headers = { 'Content-Security-Policy': "default-src 'none'; sandbox allow-same-origin" }
    const response = await answer({ headers, body: '<p>' })
    assert.equal(
      response.headers.get('content-security-policy'),
      `default-src 'none'; sandbox allow-same-origin, ${SANDBOX}`,
    )
  })

  it('with require-adobe-auth is called only when the credentials are good', async () => {
    seen.length = 0
    const before = api().host.activations().length
    const refused = await call('guarded', { headers: { authorization: 'Bearer bad' } })
    assert.equal(refused.status, 403)
    assert.deepEqual(await refused.json(), { error: 'Not you.' })
    assert.equal(api().host.activations().length, before)
    const headers = { authorization: 'Bearer good' }
    assert.equal((await call('guarded', { headers })).status, 200)
    assert.equal((await call('echo')).status, 200)
    assert.deepEqual(seen, ['Bearer bad', 'Bearer good'])
  })

  it('that says nothing of what it needs wants credentials in the service of a team', async () => {
    const app = mountApi(api().host, authenticate, undefined, true)
    const statusOf = async (name: string, authorization: string) =>
      (await app.request(`${WEB}/${encodeURIComponent(name)}`, { headers: { authorization } }))
        .status
    for (const [name, without, withThem] of [
      ['echo', 403, 200],
      ['raw', 403, 200],
      ['guarded', 403, 200],
      ['open', 200, 200],
      ['opened as aio deploys it', 200, 200],
      ['hidden', 404, 404],
    ] as const) {
      assert.equal(await statusOf(name, 'Bearer bad'), without, name)
      assert.equal(await statusOf(name, 'Bearer good'), withThem, name)
    }
  })
})

describe('a web action that takes over a minute', () => {
  const { api } = useApi('slow-web.yml')
  const { gates } = useGates()

  it('is answered 202 with the id of its activation, and goes on', async () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    const gate = encodeURIComponent(gates().url('web'))
    const response = Promise.resolve(api().app.request(`${WEB}/slow?gate=${gate}`))
    await gates().arrival('web')
    mock.timers.tick(60_000)
    mock.timers.reset()
    assert.equal((await response).status, 202)
    const { activationId } = await objectOf(await response)
    assert.ok(api().host.isUnderWay(String(activationId)))
    gates().open('web')
  })
})

/** The parameters the action was called with, without those that every call has. */
async function paramsOf(response: Response): Promise<Record<string, unknown>> {
  assert.equal(response.status, 200)
  const {
    __ow_headers: headers,
    __ow_method: method,
    __ow_path: path,
    ...rest
  } = await objectOf(response)
  assert.ok(isRecord(headers) && typeof method === 'string' && typeof path === 'string')
  return rest
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

function notHttp(error: string): Answered {
  return [502, 'application/json', error]
}

/** What web pages are told they may do: origins, methods and headers. */
function allowed(response: Response): (string | null)[] {
  return ['origin', 'methods', 'headers'].map((what) =>
    response.headers.get(`access-control-allow-${what}`),
  )
}
