import assert from 'node:assert/strict'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { Hono } from 'hono'
import { requireSession } from '../../../../src/doors/page/sign-in/entrance.ts'
import { openKeyEntrance } from '../../../../src/doors/page/sign-in/key-entrance.ts'
import { createSessionCookie } from '../../../../src/doors/page/sign-in/session-cookie.ts'
import { createSessions } from '../../../../src/doors/page/sign-in/sessions.ts'
import { rootApp } from '../../../support/root-app.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'

const ORIGIN = 'https://localhost:9443'
const HTML = { accept: 'text/html,*/*' }

const origin = (): string => ORIGIN

/** The cookie of an answer, as a browser sends it. */
async function cookieOf(answer: Response): Promise<string> {
  assert.equal(answer.status, 200, await answer.text())
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}

describe('the entrance of a laptop', () => {
  const folder = useTemporaryFolder()
  const logged: string[] = []
  const log = (message: string): void => void logged.push(message)

  async function open() {
    const cookie = createSessionCookie(createSessions(), origin)
    const entrance = openKeyEntrance({ home: folder.pathTo('.'), origin, cookie })
    const page = new Hono().use(requireSession(cookie, entrance)).all('*', (c) => c.text('inside'))
    const app = rootApp({ error: log, debug: log }).route('/', entrance.routes).route('/', page)
    const { url, file = '' } = await entrance.announce()
    const ask = (path: string, headers: Record<string, string> = {}) =>
      Promise.resolve(app.request(path, { headers }))
    return { entrance, url, file, ask, key: new URL(url).searchParams.get('key') ?? '' }
  }

  it('lets in who has its address, with a cookie that is for this host, no script and no other site', async () => {
    const { url, ask, key } = await open()
    const answer = await ask(url, { ...HTML, 'sec-fetch-site': 'cross-site' })
    const [pair = '', ...attributes] = (answer.headers.get('set-cookie') ?? '').split('; ')
    assert.match(pair, /^__Host-darkroom-9443=[\w-]{43}$/)
    assert.ok(!pair.includes(key), 'the key is not what the cookie has')
    assert.deepEqual(attributes.toSorted(), ['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure'])
    assert.equal(await (await ask('/devtool/api/requests', { cookie: pair })).text(), 'inside')
  })

  it('leads on to an address without the key, which goes nowhere', async () => {
    const { url, ask, key } = await open()
    const answer = await ask(url, HTML)
    assert.equal(answer.headers.get('referrer-policy'), 'no-referrer')
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    const text = await answer.text()
    assert.match(text, /http-equiv="refresh" content="0; url=\/"/)
    for (const told of [text, ...logged]) assert.ok(!told.includes(key), told)
  })

  it('has its address in a file that its owner alone can read, until it closes', async () => {
    const { entrance, url, file } = await open()
    assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.ok(readFileSync(file, 'utf8').includes(`href="${url}"`))
    await entrance.close()
    assert.ok(!existsSync(file))
  })

  it('has another key and other cookies at each start', async () => {
    const [before, now] = [await open(), await open()]
    assert.notEqual(before.key, now.key)
    const cookie = await cookieOf(await before.ask(before.url))
    assert.equal((await now.ask('/devtool/api/requests', { cookie })).status, 401)
    assert.equal((await now.ask(before.url)).status, 401)
  })

  const REFUSED: [what: string, headers: Record<string, string>, path?: string][] = [
    ['nothing', {}],
    ['no cookie of it', { cookie: 'another=1' }],
    ['a cookie that is made up', { cookie: `__Host-darkroom-9443=${'x'.repeat(43)}` }],
    ['an empty cookie', { cookie: '__Host-darkroom-9443=' }],
    ['the cookie of a service at another port', { cookie: '__Host-darkroom-9444=TOKEN' }],
    ['a cookie that another host may set', { cookie: 'darkroom-9443=TOKEN' }],
    ['the key as a cookie', { cookie: '__Host-darkroom-9443=KEY' }],
    ['the key elsewhere', {}, '/devtool/api/requests?key=KEY'],
    ['a key that is none', {}, '/devtool/?key=KEYx'],
    ['an empty key', {}, '/devtool/?key='],
    ['the start of the key', {}, '/devtool/?key=HALF'],
  ]
  for (const [what, headers, path = '/devtool/api/requests'] of REFUSED) {
    it(`refuses who has ${what}, and says where the address is`, async () => {
      const { url, ask, key } = await open()
      const token = (await cookieOf(await ask(url))).split('=')[1] ?? ''
      const fill = (text: string) =>
        text.replace('TOKEN', token).replace('KEY', key).replace('HALF', key.slice(0, 20))
      const filled = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, fill(value)]),
      )
      for (const accept of [{}, HTML]) {
        const answer = await ask(fill(path), { ...filled, ...accept })
        const text = await answer.text()
        assert.equal(answer.status, 401, text)
        assert.equal(answer.headers.get('set-cookie'), null)
        assert.match(text, /the address that npm start prints at each start.*developer-page\.html/)
        assert.ok(!text.includes('inside') && !text.includes(key))
      }
    })
  }
})
