import assert from 'node:assert/strict'
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import type { Hono } from 'hono'
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose'
import * as z from 'zod/mini'
import { ServiceError } from '../../src/base/errors.ts'
import type { HttpEnv } from '../../src/http/root-app.ts'
import { type Credentials, openCredentials, SCOPES } from '../../src/identity/credentials.ts'
import { createImsRoutes } from '../../src/identity/ims-routes.ts'
import { createIms } from '../../src/identity/ims.ts'
import { rootApp } from '../support/root-app.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const DAY_SECONDS = 24 * 60 * 60

const tokenSchema = z.strictObject({
  access_token: z.string(),
  token_type: z.literal('bearer'),
  expires_in: z.int(),
})
const errorSchema = z.strictObject({ error: z.string(), error_description: z.string() })

type Fields = Record<string, string | undefined>

/** The ways in which programs send a form. */
const encodings: [name: string, encode: (fields: Fields) => URLSearchParams | FormData][] = [
  ['url-encoded', (fields) => fill(new URLSearchParams(), fields)],
  ['multipart', (fields) => fill(new FormData(), fields)],
]

function fill<T extends URLSearchParams | FormData>(form: T, fields: Fields): T {
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) form.append(name, value)
  }
  return form
}

async function tokenOf(response: Response) {
  const text = await response.text()
  assert.equal(response.status, 200, text)
  return tokenSchema.parse(JSON.parse(text))
}

async function refusalOf(response: Response) {
  const text = await response.text()
  assert.equal(response.status, 400, text)
  const { error, error_description: description } = errorSchema.parse(JSON.parse(text))
  return [error, description]
}

const scopesOf = (token: string) => decodeJwt<{ scope: string }>(token).scope.split(',')

const statusOf = (status: number) => (error: unknown) =>
  error instanceof ServiceError && error.status === status

const METASCOPES = ['asset_compute_meta', 'event_receiver_api', 'ent_adobeio_sdk']
const claimOf = (metascope: string) => `https://ims-na1.adobelogin.com/s/${metascope}`

describe('IMS', () => {
  const folder = useTemporaryFolder()
  const clock = { ms: Date.UTC(2026, 0, 1) }
  const now = () => clock.ms
  let credentials: Credentials
  let ims: ReturnType<typeof createIms>
  let app: Hono<HttpEnv>

  before(async () => {
    credentials = await openCredentials(folder.pathTo(''))
  })
  beforeEach(() => {
    clock.ms = Date.UTC(2026, 0, 1)
    ims = createIms(credentials, now)
    app = rootApp().route('/ims', createImsRoutes(ims))
  })

  const post = (
    path: string,
    body: NonNullable<RequestInit['body']>,
    headers: Record<string, string> = {},
  ) => app.request(path, { method: 'POST', body, headers })

  const authenticate = (token: string) =>
    ims.authenticate(
      new Headers({
        authorization: `Bearer ${token}`,
        'x-gw-ims-org-id': credentials.orgId,
        'x-api-key': credentials.clientId,
      }),
    )

  const secretFields = (): Fields => ({
    client_secret: credentials.clientSecret,
    grant_type: 'client_credentials',
    scope: SCOPES.join(','),
  })

  const audience = () => `https://ims-na1.adobelogin.com/c/${credentials.clientId}`

  const jwtFields = (token: string): Fields => ({
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
    jwt_token: token,
  })

  /** A JWT as Adobe's client makes it; a claim that is undefined is left out. */
  function jwt(change: Record<string, unknown> = {}, key = credentials.technicalAccountKey) {
    const claims = {
      exp: clock.ms / 1000 + 60,
      iss: credentials.orgId,
      sub: credentials.technicalAccountId,
      aud: audience(),
      ...Object.fromEntries(METASCOPES.map((metascope) => [claimOf(metascope), true])),
      ...change,
    }
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(createPrivateKey(key))
  }

  const callWeb = (token: string, more: Record<string, string> = {}) => {
    const headers = { authorization: `Bearer ${token}`, 'x-gw-ims-org-id': credentials.orgId }
    return ims.authenticateWebCall(new Headers({ ...headers, ...more }))
  }

  describe('POST /ims/token/v4', () => {
    const exchange = (fields: Fields) =>
      post(
        '/ims/token/v4',
        fill(new URLSearchParams(), { client_id: credentials.clientId, ...fields }),
      )

    for (const [name, encode] of encodings) {
      it(`takes a ${name} form with the client_id in it`, async () => {
        const form = encode({ client_id: credentials.clientId, ...secretFields() })
        const { access_token: token, expires_in: seconds } = await tokenOf(
          await post('/ims/token/v4', form),
        )
        assert.equal(seconds, DAY_SECONDS)
        assert.equal((await authenticate(token)).clientId, credentials.clientId)
      })

      it(`takes a ${name} form with the client_id in the query`, async () => {
        const path = `/ims/token/v4?client_id=${credentials.clientId}`
        const { access_token: token } = await tokenOf(await post(path, encode(secretFields())))
        assert.equal((await authenticate(token)).orgId, credentials.orgId)
      })
    }

    const scopes: [title: string, scope: string | undefined, granted: readonly string[]][] = [
      ['separated by commas', 'openid,AdobeID', ['openid', 'AdobeID']],
      ['separated by spaces', 'openid AdobeID', ['openid', 'AdobeID']],
      ['separated by both', 'openid, AdobeID', ['openid', 'AdobeID']],
      ['all when none is asked for', undefined, SCOPES],
      ['all when an empty list is asked for', '', SCOPES],
    ]
    for (const [title, scope, granted] of scopes) {
      it(`grants the scopes asked for, ${title}`, async () => {
        const { access_token: token } = await tokenOf(await exchange({ ...secretFields(), scope }))
        assert.deepEqual(scopesOf(token), granted)
      })
    }

    it('writes the claims that Adobe writes into a token', async () => {
      const { access_token: token } = await tokenOf(await exchange(secretFields()))
      const { id, ...claims } = decodeJwt(token)
      assert.match(String(id), /^[0-9a-f-]{36}$/)
      assert.deepEqual(claims, {
        type: 'access_token',
        client_id: credentials.clientId,
        user_id: credentials.technicalAccountId,
        as: 'ims-na1',
        created_at: String(clock.ms),
        expires_in: String(DAY_SECONDS * 1000),
        scope: SCOPES.join(','),
        org: credentials.orgId,
        iat: clock.ms / 1000,
        exp: clock.ms / 1000 + DAY_SECONDS,
      })
      assert.deepEqual(decodeProtectedHeader(token), { alg: 'RS256', typ: 'JWT', kid: 'darkroom' })
    })

    it('gives every program a token of its own', async () => {
      const tokens = await Promise.all(
        Array.from({ length: 3 }, async () => tokenOf(await exchange(secretFields()))),
      )
      const ids = tokens.map(({ access_token: token }) => decodeJwt(token)['id'])
      assert.equal(new Set(ids).size, 3)
    })

    const refusals: [title: string, fields: Fields, error: string, description: string][] = [
      [
        'another grant type',
        { grant_type: 'password' },
        'unsupported_grant_type',
        'grant_type must be client_credentials',
      ],
      [
        'no grant type',
        { grant_type: undefined },
        'unsupported_grant_type',
        'grant_type must be client_credentials',
      ],
      ['another client', { client_id: 'x' }, 'invalid_client', 'invalid client_id parameter'],
      ['no client', { client_id: '' }, 'invalid_client', 'invalid client_id parameter'],
      // With these very words, Adobe's client tries its next secret.
      [
        'another secret',
        { client_secret: 'x' },
        'invalid_client',
        'invalid client_secret parameter',
      ],
      [
        'no secret',
        { client_secret: undefined },
        'invalid_client',
        'invalid client_secret parameter',
      ],
      ['an unknown scope', { scope: 'openid,magic' }, 'invalid_scope', 'unknown scope: magic'],
    ]
    for (const [title, fields, error, description] of refusals) {
      it(`answers 400 to ${title}`, async () => {
        const response = await exchange({ ...secretFields(), ...fields })
        assert.deepEqual(await refusalOf(response), [error, description])
      })
    }

    const bodies: [title: string, body: string, type: string, error: string][] = [
      ['no form', '', 'text/plain', 'unsupported_grant_type'],
      ['JSON', '{"grant_type":"client_credentials"}', 'application/json', 'unsupported_grant_type'],
      ['a broken form', 'x', 'multipart/form-data; boundary=b', 'invalid_request'],
      ['a form without a boundary', 'x', 'multipart/form-data', 'invalid_request'],
    ]
    for (const [title, body, type, error] of bodies) {
      it(`answers 400 to ${title}`, async () => {
        const response = await post('/ims/token/v4', body, { 'content-type': type })
        assert.equal((await refusalOf(response))[0], error)
      })
    }

    it('answers 413 to a form larger than 64 KB', async () => {
      const response = await exchange({ ...secretFields(), scope: 'x'.repeat(65 * 1024) })
      assert.equal(response.status, 413)
      assert.deepEqual(errorSchema.parse(await response.json()), {
        error: 'invalid_request',
        error_description: 'the form is larger than 64 KB',
      })
    })
  })

  describe('POST /ims/exchange/v1/jwt', () => {
    const exchange = async (token: string | Promise<string>, fields: Fields = {}) =>
      post(
        '/ims/exchange/v1/jwt',
        fill(new URLSearchParams(), { ...jwtFields(await token), ...fields }),
      )

    for (const [name, encode] of encodings) {
      it(`takes a ${name} form and answers a token good for everything`, async () => {
        const response = await post('/ims/exchange/v1/jwt', encode(jwtFields(await jwt())))
        const { access_token: token, expires_in: ms } = await tokenOf(response)
        assert.equal(ms, DAY_SECONDS * 1000)
        assert.deepEqual(new Set(scopesOf(token)), new Set(SCOPES))
        assert.equal((await authenticate(token)).clientId, credentials.clientId)
      })
    }

    const scopes: [metascopes: string[], granted: string[]][] = [
      [[], []],
      [['asset_compute_meta'], ['asset_compute', 'read_organizations']],
      [['event_receiver_api'], ['event_receiver', 'event_receiver_api']],
      [
        ['ent_adobeio_sdk'],
        ['adobeio_api', 'additional_info.roles', 'additional_info.projectedProductContext'],
      ],
    ]
    for (const [metascopes, granted] of scopes) {
      it(`grants the scopes of ${metascopes.join() || 'no metascope'} only, which do not suffice`, async () => {
        const claims = METASCOPES.map((name) => [
          claimOf(name),
          metascopes.includes(name) || undefined,
        ])
        const response = await exchange(jwt(Object.fromEntries(claims)))
        const { access_token: token } = await tokenOf(response)
        assert.deepEqual(scopesOf(token), ['openid', 'AdobeID', ...granted])
        await assert.rejects(
          authenticate(token),
          (error) => error instanceof ServiceError && error.status === 403,
        )
      })
    }

    const otherKey = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    }).privateKey

    const refusals: [
      title: string,
      token: () => string | Promise<string>,
      error: string,
      description: RegExp,
    ][] = [
      ['no JWT', () => '', 'invalid_token', /^the jwt_token cannot be accepted: /],
      ['what is no JWT', () => 'abc', 'invalid_token', /Invalid Compact JWS$/],
      ['a JWT by another key', () => jwt({}, otherKey), 'invalid_token', /signature verif/],
      [
        'an access token',
        () => ims.issue(credentials).then((it) => it.accessToken),
        'invalid_token',
        /signature/,
      ],
      ['another issuer', () => jwt({ iss: 'x@AdobeOrg' }), 'invalid_token', /"iss" claim/],
      ['another subject', () => jwt({ sub: 'x' }), 'invalid_token', /"sub" claim/],
      [
        'the audience of another client',
        () => jwt({ aud: 'https://ims-na1.adobelogin.com/c/other' }),
        'invalid_token',
        /^the audience of the jwt_token must end with \/c\/ and the client_id$/,
      ],
      ['no audience', () => jwt({ aud: undefined }), 'invalid_token', /"aud" claim/],
      [
        'a JWT that has expired',
        () => jwt({ exp: clock.ms / 1000 - 1 }),
        'invalid_token',
        /"exp" claim/,
      ],
      ['a JWT that never expires', () => jwt({ exp: undefined }), 'invalid_token', /"exp" claim/],
      [
        'an unknown metascope',
        () => jwt({ [claimOf('ent_magic')]: true }),
        'invalid_scope',
        /^unknown metascope: ent_magic$/,
      ],
      [
        'a metascope that every object knows',
        () => jwt({ [claimOf('constructor')]: true }),
        'invalid_scope',
        /^unknown metascope: constructor$/,
      ],
    ]
    for (const [title, token, error, description] of refusals) {
      it(`answers 400 to ${title}`, async () => {
        const [code, text = ''] = await refusalOf(await exchange(token()))
        assert.equal(code, error)
        assert.match(text, description)
      })
    }

    const clients: [title: string, fields: Fields, description: string][] = [
      ['another client', { client_id: 'x' }, 'invalid client_id parameter'],
      ['another secret', { client_secret: 'x' }, 'invalid client_secret parameter'],
      ['no secret', { client_secret: undefined }, 'invalid client_secret parameter'],
    ]
    for (const [title, fields, description] of clients) {
      it(`answers 400 to ${title}`, async () => {
        const refusal = await refusalOf(await exchange(jwt(), fields))
        assert.deepEqual(refusal, ['invalid_client', description])
      })
    }
  })

  describe('A web call', () => {
    it('needs no API key, and no scope but read_organizations', async () => {
      const { accessToken } = await ims.issue(credentials, ['read_organizations'])
      const { clientId, orgId } = await callWeb(accessToken)
      assert.deepEqual([clientId, orgId], [credentials.clientId, credentials.orgId])
    })

    it('is forbidden without the scope read_organizations', async () => {
      const { accessToken } = await ims.issue(credentials, ['openid', 'asset_compute'])
      await assert.rejects(callWeb(accessToken), statusOf(403))
    })

    it('is refused with a token that has expired', async () => {
      const { accessToken, expiresInSeconds } = await ims.issue(credentials)
      clock.ms += expiresInSeconds * 1000 - 1
      await callWeb(accessToken)
      clock.ms += 1
      await assert.rejects(callWeb(accessToken), statusOf(401))
    })

    it('is refused with a token of another service', async () => {
      const other = createIms({ ...credentials, tokenKey: credentials.technicalAccountKey }, now)
      const { accessToken } = await other.issue(credentials)
      await assert.rejects(callWeb(accessToken), statusOf(401))
    })
  })

  describe('the token of a custom worker', () => {
    const workerUrl = 'https://workers.test:9443/api/v1/web/p/worker'
    const issued = () => ims.issueForWorker(credentials, workerUrl)

    it('opens web actions where the worker is, for ten minutes', async () => {
      const { accessToken, expiresInSeconds } = await issued()
      await callWeb(accessToken, { host: 'workers.test:9443' })
      await assert.rejects(callWeb(accessToken, { host: 'localhost:9443' }), statusOf(403))
      await assert.rejects(callWeb(accessToken), statusOf(403))
      assert.equal(expiresInSeconds, 600)
      clock.ms += 600_000
      await assert.rejects(callWeb(accessToken, { host: 'workers.test:9443' }), statusOf(401))
    })

    it('opens nothing else', async () => {
      const { accessToken } = await issued()
      await assert.rejects(ims.verifyToken(accessToken), statusOf(403))
      const headers = new Headers({
        authorization: `Bearer ${accessToken}`,
        'x-gw-ims-org-id': credentials.orgId,
        'x-api-key': credentials.clientId,
        host: 'workers.test:9443',
      })
      await assert.rejects(ims.authenticate(headers), statusOf(403))
    })
  })

  describe('a token alone', () => {
    it('is verified without an organisation and scopes, until it expires', async () => {
      const { accessToken, expiresInSeconds } = await ims.issue(credentials, [])
      await ims.verifyToken(accessToken)
      await assert.rejects(ims.verifyToken('a.b.c'), statusOf(401))
      clock.ms += expiresInSeconds * 1000
      await assert.rejects(ims.verifyToken(accessToken), statusOf(401))
    })
  })
})
