import assert from 'node:assert/strict'
import { mayWatch } from '../../src/monitoring/may-watch.ts'
import { rootApp } from '../support/root-app.ts'

describe('the metrics are', () => {
  const HOST = 'localhost:9443'

  async function statusOf(options: {
    token?: string
    from?: string
    headers?: Record<string, string>
  }): Promise<number> {
    const { token, from, headers } = options
    const app = rootApp().get('/metrics', mayWatch(token), (c) => c.text(''))
    const env = from === undefined ? {} : { incoming: { socket: { remoteAddress: from } } }
    const response = await app.request('/metrics', { headers: { host: HOST, ...headers } }, env)
    return response.status
  }

  const here = { from: '127.0.0.1' }
  const withoutToken: [who: string, options: Parameters<typeof statusOf>[0], status: number][] = [
    ['a program of this machine', here, 200],
    ['one that has another address of it', { from: '127.8.9.1' }, 200],
    ['one that has the address of IPv6', { from: '::1', headers: { host: '[::1]:9443' } }, 200],
    ['one that has both', { from: '::ffff:127.0.0.1', headers: { host: '127.0.0.1:9443' } }, 200],
    ['another machine', { from: '192.0.2.1' }, 403],
    [
      'another machine that calls itself this one',
      { from: '192.0.2.1', headers: { host: 'localhost' } },
      403,
    ],
    ['another machine by IPv6', { from: '2001:db8::1' }, 403],
    ['nobody knows who', {}, 403],
    [
      'a page that was made to lead here',
      { ...here, headers: { host: 'rebound.example:9443' } },
      403,
    ],
    ['a name that only begins so', { ...here, headers: { host: 'localhost.example' } }, 403],
    ['a proxy of this machine', { ...here, headers: { 'x-forwarded-for': '192.0.2.1' } }, 403],
    ['a proxy that says less', { ...here, headers: { via: '1.1 proxy' } }, 403],
    [
      'a token that nobody has set',
      { from: '192.0.2.1', headers: { authorization: 'Bearer ' } },
      403,
    ],
  ]
  for (const [who, options, status] of withoutToken) {
    it(`${status === 200 ? 'told' : 'not told'} ${who}`, async () => {
      assert.equal(await statusOf(options), status)
    })
  }

  const withToken: [who: string, headers: Record<string, string>, status: number][] = [
    ['whoever has the token', { authorization: 'Bearer open-sesame' }, 200],
    ['who writes it otherwise', { authorization: 'bearer  open-sesame' }, 200],
    ['who has none', {}, 401],
    ['who has another', { authorization: 'Bearer open-sesam' }, 401],
    ['who has more', { authorization: 'Bearer open-sesame2' }, 401],
    ['who calls it a password', { authorization: 'Basic open-sesame' }, 401],
  ]
  for (const [who, headers, status] of withToken) {
    for (const from of ['127.0.0.1', '192.0.2.1']) {
      it(`${status === 200 ? 'told' : 'not told'} ${who}, at ${from}`, async () => {
        assert.equal(await statusOf({ token: 'open-sesame', from, headers }), status)
      })
    }
  }
})
