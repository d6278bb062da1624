import assert from 'node:assert/strict'
import { Hono } from 'hono'
import { guardOrigin } from '../../../../src/doors/page/guard.ts'
import { requireSession } from '../../../../src/doors/page/sign-in/entrance.ts'
import { createSessionCookie } from '../../../../src/doors/page/sign-in/session-cookie.ts'
import { createSessions } from '../../../../src/doors/page/sign-in/sessions.ts'
import { openUserEntrance, SESSION_MS } from '../../../../src/doors/page/sign-in/user-entrance.ts'
import { createAdministrators } from '../../../../src/doors/scene7/ips/users/administrators.ts'
import { createDirectory } from '../../../../src/doors/scene7/ips/users/directory.ts'
import { createGuesses } from '../../../../src/http/guesses.ts'
import { rootApp } from '../../../support/root-app.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { openKeptUsers } from '../../scene7/open-databases.ts'

const ORIGIN = 'https://darkroom.example.com'
const HOST = { host: 'darkroom.example.com' }
const FORM = { ...HOST, origin: ORIGIN, 'sec-fetch-site': 'same-origin' }
const PERSON = { firstName: '', lastName: '', company: 'acme' }

const origin = (): string => ORIGIN

describe('the entrance of a team', () => {
  const folder = useTemporaryFolder()
  const time = { now: 0 }
  let users: Awaited<ReturnType<typeof openKeptUsers>>
  let app: ReturnType<typeof rootApp>

  before(async () => {
    users = await openKeptUsers(folder.pathTo('home'))
    await users.add({ ...PERSON, email: 'ann@example.com', role: 'IpsAdmin', password: 'apple' })
    await users.add({ ...PERSON, email: 'ben@example.com', role: 'IpsUser', password: 'banana' })
  })
  after(() => users.close())
  beforeEach(() => {
    const directory = createDirectory({
      users,
      credentials: { user: 'darkroom', password: 'of scene7.env', company: 'acme' },
      companies: async () => ['acme'],
      guesses: createGuesses(() => time.now),
    })
    const sessions = createSessions({ lifetimeMs: SESSION_MS, now: () => time.now })
    const cookie = createSessionCookie(sessions, origin)
    const guard = guardOrigin(origin)
    const entrance = openUserEntrance({
      origin,
      cookie,
      users: createAdministrators(directory, users),
      guard,
    })
    const page = new Hono()
      .use(guard, requireSession(cookie, entrance))
      .get('/devtool/who', async (c) => c.text((await cookie.userOf(c)) ?? 'nobody'))
      .all('*', (c) => c.text('inside'))
    app = rootApp().route('/', entrance.routes).route('/', page)
  })

  async function signIn(user: string, password: string, headers: Record<string, string> = FORM) {
    const body = new URLSearchParams({ user, password })
    return app.request('/devtool/sign-in', { method: 'POST', headers, body })
  }

  async function sessionOf(user: string, password: string): Promise<string> {
    const answer = await signIn(user, password)
    assert.equal(answer.status, 200, await answer.text())
    return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  }

  const look = async (cookie: string) =>
    (await app.request('/devtool/api/requests', { headers: { ...HOST, cookie } })).status

  for (const [user, password] of [
    ['darkroom', 'of scene7.env'],
    ['ann@example.com', 'apple'],
    ['ANN@example.com', 'apple'],
  ] as const) {
    it(`lets ${user} in`, async () => {
      const cookie = await sessionOf(user, password)
      assert.match(cookie, /^__Host-darkroom-443=[\w-]{43}$/)
      assert.equal(await look(cookie), 200)
      const who = await app.request('/devtool/who', { headers: { ...HOST, cookie } })
      assert.equal(await who.text(), user)
    })
  }

  for (const [what, user, password] of [
    ['a wrong password', 'ann@example.com', 'Apple'],
    ['nobody', 'eve@example.com', 'apple'],
    ['who is no administrator', 'ben@example.com', 'banana'],
    ['no password', 'darkroom', ''],
  ] as const) {
    it(`turns away ${what}, in the same words`, async () => {
      const answer = await signIn(user, password)
      const text = await answer.text()
      assert.equal(answer.status, 401, text)
      assert.match(text, /User or password is wrong, or is not that of an administrator\./)
      assert.match(text, /<form method="post" action="\/devtool\/sign-in">/)
      assert.equal(answer.headers.get('set-cookie'), null)
    })
  }

  it('shows the form to a browser, which may send it here alone, and tells programs whom it wants', async () => {
    const headers = { ...HOST, accept: 'text/html' }
    const shown = await app.request('/', { headers })
    assert.equal(shown.status, 401)
    assert.match(shown.headers.get('content-security-policy') ?? '', /form-action 'self'/)
    // With no-referrer, browsers would send the form with `Origin: null`.
    assert.equal(shown.headers.get('referrer-policy'), 'same-origin')
    assert.match(await shown.text(), /name="password" type="password"/)
    const told = await app.request('/devtool/api/requests', { headers: HOST })
    assert.equal(told.status, 401)
    assert.match(await told.text(), /npm run users has made with the role IpsAdmin/)
  })

  it('takes the form from no other site, and by no other name', async () => {
    for (const headers of [
      HOST,
      { ...FORM, origin: 'https://evil.example' },
      { ...FORM, origin: 'null' },
      { ...FORM, 'sec-fetch-site': 'cross-site' },
      { ...FORM, host: 'localhost', origin: 'https://localhost' },
    ]) {
      assert.equal((await signIn('darkroom', 'of scene7.env', headers)).status, 403)
    }
  })

  it('refuses what is no such form', async () => {
    for (const [body, status] of [
      ['user=darkroom', 400],
      [`user=${'x'.repeat(20_000)}&password=`, 413],
    ] as const) {
      const headers = { ...FORM, 'content-type': 'application/x-www-form-urlencoded' }
      const answer = await app.request('/devtool/sign-in', { method: 'POST', headers, body })
      assert.equal(answer.status, status)
    }
  })

  it('has who guesses wait, right or wrong, and nobody else', async () => {
    for (let guess = 0; guess < 10; guess += 1) {
      assert.equal((await signIn('darkroom', `guess ${guess}`)).status, 401)
    }
    const answer = await signIn('darkroom', 'of scene7.env')
    assert.equal(answer.status, 429)
    assert.equal(answer.headers.get('retry-after'), '6')
    assert.match(await answer.text(), /too many wrong secrets/)
    assert.equal((await signIn('ann@example.com', 'apple')).status, 200)
    time.now += 6000
    assert.equal((await signIn('darkroom', 'of scene7.env')).status, 200)
  })

  it('ends a session after twelve hours', async () => {
    const cookie = await sessionOf('darkroom', 'of scene7.env')
    time.now += SESSION_MS - 1
    assert.equal(await look(cookie), 200)
    time.now += 1
    assert.equal(await look(cookie), 401)
  })

  const ENDS: [what: string, end: () => unknown][] = [
    ['whose password is another', () => users.setPassword('cat@example.com', 'new')],
    [
      'who is no administrator any more',
      () => users.add({ ...PERSON, email: 'cat@example.com', role: 'IpsUser', password: '' }),
    ],
    ['who is removed', () => users.remove('cat@example.com')],
  ]
  for (const [what, end] of ENDS) {
    it(`ends the session of a user ${what}`, async () => {
      await users.remove('cat@example.com')
      const cat = { ...PERSON, email: 'cat@example.com', password: 'cherry' }
      await users.add({ ...cat, role: 'IpsAdmin' })
      const cookie = await sessionOf('cat@example.com', 'cherry')
      assert.equal(await look(cookie), 200)
      await end()
      assert.equal(await look(cookie), 401)
    })
  }
})
