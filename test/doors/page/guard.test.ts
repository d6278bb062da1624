import assert from 'node:assert/strict'
import { Hono } from 'hono'
import { ServiceError } from '../../../src/base/errors.ts'
import { guardOrigin } from '../../../src/doors/page/guard.ts'

const OWN = 'https://localhost:9443'
const SELF = { host: 'localhost:9443', origin: OWN }

const guarded = (origin: string) =>
  new Hono()
    .onError(
      (error) =>
        new Response(error.message, { status: error instanceof ServiceError ? error.status : 500 }),
    )
    .use(guardOrigin(() => origin))
    .all('*', (c) => c.text('done'))

const app = guarded(OWN)

interface Row {
  what: string
  method?: string
  headers: Record<string, string>
  refused?: RegExp
}

const ROWS: Row[] = [
  {
    what: 'the page reading',
    headers: { host: 'localhost:9443', 'sec-fetch-site': 'same-origin' },
  },
  {
    what: 'the page changing something',
    method: 'POST',
    headers: { ...SELF, 'sec-fetch-site': 'same-origin' },
  },
  {
    what: 'an address that was typed in',
    headers: { host: 'localhost:9443', 'sec-fetch-site': 'none' },
  },
  { what: 'a program without a browser, reading', headers: { host: '127.0.0.1:9443' } },
  {
    what: 'the address of the machine',
    method: 'PUT',
    headers: { host: '127.0.0.1:9443', origin: 'https://127.0.0.1:9443' },
  },
  { what: 'IPv6', method: 'DELETE', headers: { host: '[::1]:9443', origin: 'https://[::1]:9443' } },
  {
    what: 'a name that was made to lead here',
    headers: { host: 'evil.example:9443' },
    refused: /Host header is "evil\.example:9443"/,
  },
  { what: 'another port', headers: { host: 'localhost:8080' }, refused: /Host header/ },
  {
    what: 'a name that only begins so',
    headers: { host: 'localhost:9443.evil.example' },
    refused: /Host header/,
  },
  {
    what: 'a form of another site',
    method: 'POST',
    headers: { host: 'localhost:9443', origin: 'https://evil.example' },
    refused: /Origin header must be https:\/\/localhost:9443, but it is "https:\/\/evil\.example"/,
  },
  {
    what: 'a sandboxed page',
    method: 'POST',
    headers: { host: 'localhost:9443', origin: 'null' },
    refused: /it is "null"/,
  },
  {
    what: 'a sandboxed page that reads',
    headers: { host: 'localhost:9443', origin: 'null' },
    refused: /it is "null"/,
  },
  {
    what: 'a change that does not say where it is from',
    method: 'POST',
    headers: { host: 'localhost:9443' },
    refused: /it is missing/,
  },
  {
    what: 'the same host without TLS',
    method: 'POST',
    headers: { host: 'localhost:9443', origin: 'http://localhost:9443' },
    refused: /Origin header/,
  },
  {
    what: 'another port of this machine',
    method: 'POST',
    headers: { host: 'localhost:9443', origin: 'https://localhost:3000' },
    refused: /Origin header/,
  },
  {
    what: 'a picture in a page of another site',
    headers: {
      host: 'localhost:9443',
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'no-cors',
    },
    refused: /not a page of another site/,
  },
  {
    what: 'a picture in a page of another port',
    headers: { host: 'localhost:9443', 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' },
    refused: /not a page of another site/,
  },
  {
    what: 'a link of another site to what is behind the page',
    headers: {
      host: 'localhost:9443',
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
    },
    refused: /not a page of another site/,
  },
]

const TEAM = 'https://darkroom.example.com'
const NAMES: [host: string, status: number][] = [
  ['darkroom.example.com', 200],
  ['darkroom.example.com:443', 403],
  ['darkroom.example.com:9443', 403],
  ['localhost', 403],
  ['127.0.0.1', 403],
  ['example.com', 403],
]

describe('the guard of the developer page', () => {
  for (const [host, status] of NAMES) {
    it(`answers ${status} to the name ${host} in a team, whose service has one`, async () => {
      const team = guarded(TEAM)
      for (const headers of [{ host }, { host, origin: `https://${host}` }]) {
        const method = 'origin' in headers ? 'POST' : 'GET'
        assert.equal(
          (await team.request('/devtool/api/samples', { method, headers })).status,
          status,
        )
      }
    })
  }

  for (const { what, method = 'GET', headers, refused } of ROWS) {
    it(`${refused === undefined ? 'lets through' : 'refuses'} ${what}`, async () => {
      const answer = await app.request('/devtool/api/samples', { method, headers })
      const text = await answer.text()
      assert.equal(answer.status, refused === undefined ? 200 : 403, text)
      assert.match(text, refused ?? /^done$/)
    })
  }
})
