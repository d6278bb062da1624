import assert from 'node:assert/strict'
import { ServiceError } from '../../../src/base/errors.ts'
import { serviceStandingSchema } from '../../../src/doors/page/api.ts'
import { openPageDoor, type PageDoor } from '../../../src/doors/page/page-door.ts'
import { useHome } from '../../e2e/service-process.ts'
import { rootApp } from '../../support/root-app.ts'
import { idlePage } from './idle-page.ts'

const ORIGIN = 'https://localhost:9443'

const ANSWERS: [what: string, error: Error, status: number, message: string][] = [
  [
    'a refusal',
    new ServiceError('conflict', 'There is one already.'),
    409,
    'There is one already.',
  ],
  [
    'a full disk',
    Object.assign(new Error('no space left'), { code: 'ENOSPC' }),
    507,
    'The disk of the developer page is full; nothing was stored.',
  ],
  [
    'a mistake of its own',
    new Error('secret'),
    500,
    'The service could not do its part; its log tells why.',
  ],
]

async function describeRequest(request: Request): Promise<object> {
  const { method, url, headers } = request
  return { method, url, authorization: headers.get('authorization'), body: await request.text() }
}

describe('the developer page', () => {
  const home = useHome()
  let thrown: Error
  let door: PageDoor | undefined
  let cookie = ''

  const ask = async (url: string, init: RequestInit = {}) =>
    rootApp()
      .route('/', door?.app ?? assert.fail('the door is open'))
      .request(url, init)

  before(async () => {
    const idle = idlePage(home, () => ORIGIN)
    door = openPageDoor({
      ...idle,
      status: () => Promise.reject(thrown),
      reasons: async () => [{ code: 'standstill', message: 'Accepted work waits.' }],
      jobs: {
        ...idle.jobs,
        fetch: async (request) => Response.json(await describeRequest(request)),
      },
    })
    const { url } = await door.announce()
    cookie = (await ask(url)).headers.get('set-cookie')?.split(';')[0] ?? ''
  })
  after(async () => {
    await door?.pause?.()
    await door?.finish?.(0)
    await door?.close?.()
  })

  for (const [what, error, status, message] of ANSWERS) {
    it(`answers with one sentence for ${what}`, async () => {
      thrown = error
      const headers = { host: 'localhost:9443', cookie }
      const answer = await ask('/devtool/api/actions', { headers })
      assert.equal(answer.status, status)
      assert.deepEqual(await answer.json(), { message })
    })
  }

  it('tells which service it is, and why it cannot do its work', async () => {
    const headers = { host: 'localhost:9443', cookie }
    const answer = await ask('/devtool/api/service', { headers })
    const { version, ...standing } = serviceStandingSchema.parse(await answer.json())
    assert.match(version, /^\d+\.\d+\.\d+/)
    const reasons = [{ code: 'standstill', message: 'Accepted work waits.' }]
    assert.deepEqual(standing, { user: null, hasDocs: true, reasons })
    const documents = await ask('/devtool/docs', { headers })
    assert.equal(documents.status, 302)
  })

  it('tells what the storage has, and may have', async () => {
    const headers = { host: 'localhost:9443', cookie }
    const answer = await ask('/devtool/api/storage', { headers })
    assert.deepEqual(await answer.json(), { bytes: 1, mostBytes: 2, longestMs: null })
  })

  const CLOSED: [
    what: string,
    url: string,
    method?: 'GET' | 'POST',
    more?: Record<string, string>,
  ][] = [
    ['the page itself', '/', 'GET', { accept: 'text/html' }],
    ['its scripts', '/devtool/page/main.js'],
    ['what it remembers', '/devtool/api/requests'],
    ['files of renditions', '/devtool/api/requests/a/renditions/0/file'],
    ['its updates', '/devtool/api/updates'],
    ['the jobs API as the user at this machine', '/devtool/api/v2/jobs'],
    ['changes', '/devtool/api/samples/logo.png', 'POST', { origin: ORIGIN }],
    ['what is not there', '/devtool/api/none'],
  ]
  for (const [what, url, method = 'GET', more = {}] of CLOSED) {
    it(`keeps ${what} from whoever is not signed in`, async () => {
      const answer = await ask(url, { method, headers: { host: 'localhost:9443', ...more } })
      assert.equal(answer.status, 401)
      assert.match(await answer.text(), /address that npm start prints/)
    })
  }

  it('leaves to others what is at / for programs', async () => {
    assert.equal((await ask('/')).status, 404)
  })

  it('asks what comes from another site where it is from, though the browser is signed in', async () => {
    const headers = { host: 'localhost:9443', cookie, 'sec-fetch-site': 'cross-site' }
    assert.equal((await ask('/devtool/api/actions', { headers })).status, 403)
  })

  it('ends the session of whoever signs out, and no other', async () => {
    const { url = '' } = (await door?.announce()) ?? {}
    const own = (await ask(url)).headers.get('set-cookie')?.split(';')[0] ?? ''
    const signOut = (sent: Record<string, string>) =>
      ask('/devtool/sign-out', {
        method: 'POST',
        headers: { host: 'localhost:9443', origin: ORIGIN, ...sent },
      })
    const look = async (shown: string) => {
      const headers = { host: 'localhost:9443', cookie: shown }
      return (await ask('/devtool/api/storage', { headers })).status
    }
    const foreign = await signOut({ cookie: own, origin: 'https://evil.example' })
    assert.deepEqual([foreign.status, await look(own)], [403, 200])
    const answer = await signOut({ cookie: own })
    assert.equal(answer.status, 204)
    assert.match(
      answer.headers.get('set-cookie') ?? '',
      /^__Host-darkroom-9443=; Max-Age=0; Path=\/; Secure$/,
    )
    assert.deepEqual([await look(own), await look(cookie)], [401, 200])
    // Who has no session any more is told the same.
    assert.equal((await signOut({})).status, 204)
  })

  it('asks the jobs API as the user at this machine, whatever the browser says of itself', async () => {
    const answer = await ask('https://localhost:9443/devtool/api/v2/jobs?filter[tag]=a', {
      method: 'POST',
      headers: { host: 'localhost:9443', origin: ORIGIN, cookie, authorization: 'Bearer another' },
      body: '{"tasks":{}}',
    })
    assert.deepEqual(await answer.json(), {
      method: 'POST',
      url: `${ORIGIN}/v2/jobs?filter[tag]=a`,
      authorization: 'Bearer dk_page',
      body: '{"tasks":{}}',
    })
  })
})
