import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import type { Hono } from 'hono'
import { ServiceError } from '../../src/base/errors.ts'
import { createAuthorize } from '../../src/doors/jobs/api/authorize.ts'
import { JOBS } from '../../src/doors/jobs/api/jobs-dialect.ts'
import type { Directory } from '../../src/doors/scene7/ips/users/directory.ts'
import { createDirectory } from '../../src/doors/scene7/ips/users/directory.ts'
import { checkBasicCredentials } from '../../src/doors/scene7/upload/basic-credentials.ts'
import { createGuesses, guesserOf, type Guesses, slowGuesses } from '../../src/http/guesses.ts'
import { readTrustedProxies } from '../../src/http/proxies.ts'
import { type HttpEnv, speak } from '../../src/http/root-app.ts'
import { openAccounts } from '../../src/identity/accounts-file.ts'
import { type Credentials, openCredentials } from '../../src/identity/credentials.ts'
import { createImsRoutes } from '../../src/identity/ims-routes.ts'
import { createIms } from '../../src/identity/ims.ts'
import { createKeyCheck, notAuthorized } from '../../src/runtime/api/namespace-key.ts'
import { openKeptUsers } from '../doors/scene7/open-databases.ts'
import { rootApp } from '../support/root-app.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const ADMIN = { user: 'ann', password: 'p<ss', company: 'acme' }

const random = (): string => randomBytes(8).toString('hex')

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`

/** Somebody who guesses secrets, at every door that has one. */
describe('whoever guesses', () => {
  const folder = useTemporaryFolder()
  const clock = { ms: 0 }
  let guesses: Guesses
  let credentials: Credentials
  let key: string
  let app: Hono<HttpEnv>

  before(async () => {
    credentials = await openCredentials(folder.pathTo(''))
    const accounts = await openAccounts(folder.pathTo(''), Date.now)
    const made = await accounts.create({ name: 'it', username: 'ann', scopes: ['task.read'] })
    key = made.secret
    guesses = createGuesses(() => clock.ms)
    const authorize = createAuthorize(accounts)
    const holdsKey = createKeyCheck(credentials.runtimeKey)
    app = rootApp()
      .use(slowGuesses(guesses))
      .route('/ims', createImsRoutes(createIms(credentials, Date.now)))
      .use('/jobs', speak(JOBS))
      .get('/jobs', async (c) => c.json(await authorize(c, 'task.read')))
      .get('/runtime', (c) => {
        if (!holdsKey(c.req.raw.headers)) throw notAuthorized(c.req.raw.headers)
        return c.text('')
      })
      .get('/assets', (c) => {
        checkBasicCredentials(c, ADMIN, guesses)
        return c.text('')
      })
  })
  beforeEach('an hour later', () => {
    clock.ms += 3_600_000
  })

  const exchange = (path: string, secrets: Record<string, string>): Promise<Response> =>
    Promise.resolve(
      app.request(path, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: credentials.clientId,
          client_secret: credentials.clientSecret,
          ...secrets,
        }),
      }),
    )
  const get = (path: string, authorization: string): Promise<Response> =>
    Promise.resolve(app.request(path, { headers: { authorization } }))

  const DOORS: {
    readonly secret: string
    readonly guess: () => Promise<Response>
    readonly refused: number
    /** For keys that nobody can guess, which are right all the time. */
    readonly right?: () => Promise<Response>
  }[] = [
    {
      secret: 'a client secret',
      guess: () => exchange('/ims/token/v4', { client_secret: random() }),
      refused: 400,
      right: () => exchange('/ims/token/v4', {}),
    },
    {
      secret: 'a JWT',
      guess: () => exchange('/ims/exchange/v1/jwt', { jwt_token: random() }),
      refused: 400,
      right: () => exchange('/ims/token/v4', {}),
    },
    {
      secret: 'a key of the jobs API',
      guess: () => get('/jobs', `Bearer ${random()}`),
      refused: 401,
      right: () => get('/jobs', `Bearer ${key}`),
    },
    {
      secret: 'the key of the namespace',
      guess: () => get('/runtime', `Basic ${random()}`),
      refused: 401,
      right: () => get('/runtime', basic(credentials.runtimeKey)),
    },
    {
      secret: 'a password',
      guess: () => get('/assets', basic(`ann:${random()}`)),
      refused: 401,
    },
  ]
  for (const { secret, guess, refused, right } of DOORS) {
    it(`${secret} is told to wait after ten times`, async () => {
      const statuses: number[] = []
      for (let times = 0; times < 12; times += 1) statuses.push((await guess()).status)
      assert.deepEqual(statuses, [...Array(10).fill(refused), 429, 429])
      const answer = await guess()
      assert.equal(answer.headers.get('retry-after'), '6')

      if (right !== undefined) assert.equal((await right()).status, 200)
      else assert.equal((await get('/assets', basic('ann:p<ss'))).status, 429)
      clock.ms += 6000
      assert.equal((await guess()).status, refused)
    })
  }

  it('is told apart behind a proxy that is believed, and cannot be somebody else by a header', async () => {
    const mine = rootApp({}, readTrustedProxies('10.0.0.0/8'))
      .use(slowGuesses(createGuesses(() => clock.ms)))
      .get('/assets', (c) => {
        throw new ServiceError('unauthenticated', guesserOf(c), { isGuess: true })
      })
    const incoming = { socket: { remoteAddress: '10.0.0.1' } }
    const from = async (forwardedFor: string): Promise<number> => {
      const headers = { 'x-forwarded-for': forwardedFor }
      return (await mine.request('/assets', { headers }, { incoming })).status
    }
    for (let times = 0; times < 10; times += 1) {
      assert.equal(await from(`203.0.113.${times}, 192.0.2.1`), 401)
    }
    assert.equal(await from('203.0.113.77, 192.0.2.1'), 429)
    assert.equal(await from('192.0.2.2'), 401)
  })

  it('is no one who sends no secret', async () => {
    for (let times = 0; times < 12; times += 1) {
      assert.equal((await app.request('/jobs')).status, 401)
    }
  })

  describe('passwords of users', () => {
    let users: Awaited<ReturnType<typeof openKeptUsers>>
    let directory: Directory

    before(async () => {
      users = await openKeptUsers(folder.pathTo('users'))
      for (const email of ['bob@acme.example', 'eve@acme.example']) {
        const name = { firstName: '', lastName: '', company: 'acme', role: 'IpsUser' } as const
        await users.add({ ...name, email, password: 'secret' })
      }
      directory = createDirectory({
        users,
        credentials: ADMIN,
        companies: async () => ['acme'],
        guesses: createGuesses(() => clock.ms),
      })
    })
    after(() => users.close())

    const tooMany = { code: 'too_many_requests' }

    for (const email of ['bob@acme.example', 'ann', 'nobody@acme.example']) {
      it(`waits after ten times for ${email}, and nobody else does`, async () => {
        for (let times = 0; times < 10; times += 1) {
          assert.equal(await directory.identify(email, random(), 'there'), undefined)
        }
        await assert.rejects(directory.identify(email, 'secret', 'there'), tooMany)
        assert.equal(await directory.identify(email, random(), 'elsewhere'), undefined)
        assert.ok(await directory.identify('eve@acme.example', 'secret', 'there'))
      })
    }

    it('has no more of them checked at once than leave the disk its threads', async () => {
      const checked = Array.from({ length: 30 }, (_, index) =>
        directory.identify(`${index}@acme.example`, random(), 'there').catch((error) => error.code),
      )
      const refused = (await Promise.all(checked)).filter((code) => code !== undefined)
      assert.deepEqual(refused, Array(10).fill('too_many_requests'))
      assert.ok(await directory.identify('ann', 'p<ss', 'there'))
    })
  })
})
