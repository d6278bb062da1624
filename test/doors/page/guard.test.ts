import assert from 'node:assert/strict'
import { Hono } from 'hono'
import { ServiceError } from '../../../src/base/errors.ts'
import { guardOrigin } from '../../../src/doors/page/guard.ts'

const OWN = 'https://localhost:9443'
const SELF = { host: 'localhost:9443', origin: OWN }

const app = new Hono()
  .onError(
    (error) =>
      new Response(error.message, { status: error instanceof ServiceError ? error.status : 500 }),
  )
  .use(guardOrigin(() => OWN))
  .all('*', (c) => c.text('done'))

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

describe('the guard of the developer page', () => {
  for (const { what, method = 'GET', headers, refused } of ROWS) {
    it(`${refused === undefined ? 'lets through' : 'refuses'} ${what}`, async () => {
      const answer = await app.request('/devtool/api/samples', { method, headers })
      const text = await answer.text()
      assert.equal(answer.status, refused === undefined ? 200 : 403, text)
      assert.match(text, refused ?? /^done$/)
    })
  }
})
