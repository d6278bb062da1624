import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import { Hono } from 'hono'
import { decodeJwt, SignJWT } from 'jose'
import type { HttpEnv } from '../../../src/http/root-app.ts'
import { rootApp } from '../../support/root-app.ts'
import {
  answerOf,
  ORIGIN,
  refusalOf,
  requestBody,
  type TestGateway,
  useGateway,
} from './gateway-fixture.ts'

const post = { method: 'POST' }

describe('POST /register', () => {
  const gateway = useGateway()

  it('answers 200 with the URL of a journal that is there', async () => {
    const { request, read } = gateway()
    const { ok, journal, ...rest } = await answerOf(await request('/register', post), 200)
    assert.deepEqual({ ok, rest }, { ok: true, rest: {} })
    assert.match(
      String(journal),
      /^https:\/\/darkroom\.test\/events\/organizations\/\d+\/integrations\/\d+\/[\w-]{36}$/,
    )
    assert.equal((await read(String(journal).slice(ORIGIN.length))).status, 204)
  })

  it('answers the same journal however often it is called', async () => {
    const { register } = gateway()
    const first = await register()
    const journals = await Promise.all([register(), register(), register()])
    assert.deepEqual(new Set(journals), new Set([first]))
  })

  it('makes one journal for calls that come at the same time', async () => {
    const { register } = gateway()
    const journals = await Promise.all([register(), register(), register()])
    assert.equal(new Set(journals).size, 1)
  })

  it('finds its registrations again after a restart', async () => {
    const { register, kill } = gateway()
    const journal = await register()
    await kill()
    assert.equal(await register(), journal)
  })

  it('makes another journal after an unregister', async () => {
    const { register, request } = gateway()
    const journal = await register()
    await request('/unregister', post)
    assert.notEqual(await register(), journal)
  })
})

describe('POST /unregister', () => {
  const gateway = useGateway()

  it('answers 200 and removes registration, journal and requests', async () => {
    const { register, request, process, actions, report, read } = gateway()
    const journal = await register()
    await process(requestBody())
    await report(await actions.first(), 0)
    const response = await request('/unregister', post)
    assert.deepEqual(await answerOf(response, 200), { ok: true })
    assert.equal((await read(journal)).status, 404)
    const refused = await request('/process', {
      method: 'POST',
      body: JSON.stringify(requestBody()),
    })
    assert.equal(
      await refusalOf(refused, 404),
      'This client is not registered; POST /register comes first.',
    )
  })

  it('answers 404 with "ok": true when there is no registration', async () => {
    const { register, request } = gateway()
    assert.deepEqual(await answerOf(await request('/unregister', post), 404), { ok: true })
    await register()
    await request('/unregister', post)
    assert.deepEqual(await answerOf(await request('/unregister', post), 404), { ok: true })
  })

  it('answers 200 to one of two calls that come at the same time', async () => {
    const { register, request } = gateway()
    await register()
    const responses = await Promise.all([
      request('/unregister', post),
      request('/unregister', post),
    ])
    assert.deepEqual(
      responses.map(({ status }) => status).toSorted((one, other) => one - other),
      [200, 404],
    )
  })
})

describe('The credentials of a call', () => {
  const gateway = useGateway()
  type Made = Record<string, string | undefined>

  const unauthorized: [
    title: string,
    change: (gateway: TestGateway) => Made | Promise<Made>,
    message: RegExp,
  ][] = [
    [
      'no token',
      () => ({ authorization: undefined }),
      /^The Authorization header is missing; it must be "Bearer" and an access token\.$/,
    ],
    [
      'a token that is not a Bearer one',
      () => ({ authorization: 'Basic not-a-bearer' }),
      /header is missing/,
    ],
    [
      'an opaque token',
      () => ({ authorization: 'Bearer opaque-token' }),
      /^The access token is not one of this service; a new one comes from \/ims\/token\/v4\.$/,
    ],
    [
      'a token with one claim changed',
      async ({ headers }) => {
        const [head, claims = '', signature] = (headers['authorization'] ?? '').split('.')
        const changed = Buffer.from(claims, 'base64url').toString().replace('ims-na1', 'ims-na2')
        const forged = Buffer.from(changed).toString('base64url')
        return { authorization: [head, forged, signature].join('.') }
      },
      /not one of this service/,
    ],
    [
      'an unsigned token (alg none)',
      async ({ ims, secrets }) => {
        const [, claims] = (await ims.issue(secrets)).accessToken.split('.')
        const head = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
        return { authorization: `Bearer ${head}.${claims}.` }
      },
      /not one of this service/,
    ],
    [
      'a token that uses the public key as an HS256 secret',
      async ({ ims, secrets }) => {
        const publicKey = createPublicKey(secrets.tokenKey)
        const pem = publicKey.export({ type: 'spki', format: 'pem' })
        const claims = decodeJwt((await ims.issue(secrets)).accessToken)
        const token = await new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256' })
          .sign(Buffer.from(pem))
        return { authorization: `Bearer ${token}` }
      },
      /not one of this service/,
    ],
    [
      'a token that has expired',
      ({ clock }) => {
        clock.ms += 24 * 60 * 60 * 1000
        return {}
      },
      /^The access token has expired; a new one comes from \/ims\/token\/v4\.$/,
    ],
    [
      'no organisation',
      () => ({ 'x-gw-ims-org-id': undefined }),
      /^The x-gw-ims-org-id header is missing; it must be the IMS organisation\.$/,
    ],
    [
      'no API key',
      () => ({ 'x-api-key': undefined }),
      /^The x-api-key header is missing; it must be the client id of the project\.$/,
    ],
    [
      'the API key of another client',
      () => ({ 'x-api-key': 'other' }),
      /^The x-api-key header is not the client that the access token is for; it must be/,
    ],
  ]
  const forbidden: typeof unauthorized = [
    [
      'a token without the scopes of Asset Compute',
      async ({ ims, secrets }) => {
        const { accessToken } = await ims.issue(secrets, ['openid', 'AdobeID'])
        return { authorization: `Bearer ${accessToken}` }
      },
      /^The access token lacks the scope asset_compute, read_organizations, .*; the project must be subscribed/,
    ],
    [
      'another organisation',
      () => ({ 'x-gw-ims-org-id': 'OTHER@AdobeOrg' }),
      /^The access token is not for the organisation "OTHER@AdobeOrg"\.$/,
    ],
  ]

  for (const [status, cases] of [
    [401, unauthorized],
    [403, forbidden],
  ] as const) {
    for (const [title, change, message] of cases) {
      it(`answers ${status} to ${title}`, async () => {
        const opened = gateway()
        const journal = await opened.register()
        const changed = { ...opened.headers, ...(await change(opened)) }
        const headers = new Headers()
        for (const [name, value] of Object.entries(changed)) {
          if (value !== undefined) headers.set(name, value)
        }
        const { app } = opened.gateway()
        const calls: [method: string, path: string][] = [
          ['POST', '/register'],
          ['POST', '/unregister'],
          ['POST', '/process'],
          ['GET', journal],
          ['GET', journal.replace('/events/', '/count/')],
          ['GET', journal.replace('/events/', '/events-validate/')],
        ]
        for (const [method, path] of calls) {
          const response = await app.request(path, { method, headers })
          assert.match(await refusalOf(response, status), message, path)
        }
        const token = headers.get('authorization')?.split(' ')[1] ?? ''
        if (token !== '') assert.ok(!opened.log.lines.join('\n').includes(token))
      })
    }
  }

  it('may name the organisation in x-ims-org-id, as the journal is asked', async () => {
    const { register, headers, gateway: opened } = gateway()
    const journal = await register()
    const { 'x-gw-ims-org-id': organisation = '', ...others } = headers
    const response = await opened().app.request(journal, {
      headers: { ...others, 'x-ims-org-id': organisation },
    })
    assert.equal(response.status, 204)
  })
})

describe('X-Request-Id', () => {
  const gateway = useGateway()

  const kept = ['1234567890', 'a', 'x'.repeat(200), 'a/b:c?d="e"']
  for (const requestId of kept) {
    it(`is echoed when it is ${JSON.stringify(requestId.slice(0, 20))}`, async () => {
      const response = await gateway().request('/register', {
        ...post,
        headers: { 'x-request-id': requestId },
      })
      assert.equal(response.headers.get('x-request-id'), requestId)
      await answerOf(response, 200)
    })
  }

  const replaced = ['', 'x'.repeat(201), 'two words', 'na\u00efve', 'tab\tbed']
  for (const requestId of replaced) {
    it(`is made anew when it is ${JSON.stringify(requestId.slice(0, 20))}`, async () => {
      const response = await gateway().request('/register', {
        ...post,
        headers: { 'x-request-id': requestId },
      })
      assert.match(response.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/)
      await answerOf(response, 200)
    })
  }

  it('is made anew for every request that brings none', async () => {
    const { request } = gateway()
    const [one, other] = await Promise.all([request('/register', post), request('/register', post)])
    assert.notEqual(one.headers.get('x-request-id'), other.headers.get('x-request-id'))
  })

  it('is in refusals too', async () => {
    const headers = { 'x-request-id': 'mine' }
    const response = await gateway()
      .gateway()
      .app.request('/process', { ...post, headers })
    assert.equal(response.headers.get('x-request-id'), 'mine')
    await refusalOf(response, 401)
  })
})

describe('The Asset Compute API', () => {
  const gateway = useGateway()

  for (const path of ['/register', '/unregister', '/process']) {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
      it(`answers 405 to ${method} ${path}`, async () => {
        const response = await gateway().request(path, { method })
        assert.equal(response.headers.get('allow'), 'POST')
        assert.equal(
          await refusalOf(response, 405),
          `${method} ${path} is not possible; it must be POST.`,
        )
      })
    }
  }

  it('answers 404 to a path that is none of it', async () => {
    const response = await gateway().request('/nowhere')
    assert.equal(
      await refusalOf(response, 404),
      'There is nothing at /nowhere; the Asset Compute API is /register, /unregister and /process.',
    )
  })

  it('answers as well where it is mounted beside other rooms', async () => {
    const { gateway: opened, register } = gateway()
    const other = new Hono<HttpEnv>().get('/other', (c) => c.text('other'))
    const app = rootApp().route('/api', other).route('/', opened().door).route('/later', other)
    assert.equal(
      await refusalOf(await app.request('/nowhere'), 404),
      'There is nothing at /nowhere; the Asset Compute API is /register, /unregister and /process.',
    )
    await refusalOf(await app.request('/process'), 405)
    await refusalOf(await app.request(await register()), 401)
    assert.equal(await (await app.request('/later/other')).text(), 'other')
  })

  it('answers 500 without telling a stranger what broke, and tells the log', async () => {
    const { request, gateway: opened, log } = gateway()
    await request('/register', post)
    await opened().close()
    const message = await refusalOf(await request('/register', post), 500)
    assert.equal(
      message,
      'The service could not do its part; its log tells why under this requestId.',
    )
    assert.match(log.lines.join('\n'), /POST \/register failed: .*database is not open/)
  })
})
