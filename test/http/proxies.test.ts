import assert from 'node:assert/strict'
import { behindProxies, readTrustedProxies } from '../../src/http/proxies.ts'

describe('proxies that are believed', () => {
  for (const text of ['192.0.2.7', '10.0.0.0/8, 192.0.2.7', '::1', 'fd00::/8,10.0.0.0/32']) {
    it(`are read from ${text}`, () => assert.ok(readTrustedProxies(text)))
  }

  for (const text of [
    '',
    '*',
    '10.0.0.0/33',
    'fd00::/129',
    '10.0.0.0/',
    'proxy',
    '10.0.0.1;10.0.0.2',
    '1.2.3/8',
  ]) {
    it(`are not read from ${JSON.stringify(text)}`, () =>
      assert.equal(readTrustedProxies(text), undefined))
  }

  const trusted = readTrustedProxies('10.0.0.0/8,2001:db8::/32') ?? assert.fail()
  const CASES: readonly [told: string, peer: string, header: string | undefined, client: string][] =
    [
      ['nobody', '10.0.0.1', undefined, '10.0.0.1'],
      ['one who is not believed', '198.51.100.1', '192.0.2.1', '198.51.100.1'],
      ['one that is', '10.0.0.1', '192.0.2.1', '192.0.2.1'],
      [
        'one that is, after what a client has made up',
        '10.0.0.1',
        '1.1.1.1, 192.0.2.1',
        '192.0.2.1',
      ],
      ['two of them', '10.0.0.1', '192.0.2.1,10.9.9.9', '192.0.2.1'],
      ['two, though a client is in their network', '10.0.0.1', '10.3.3.3, 10.9.9.9', '10.3.3.3'],
      ['one that knows no address', '10.0.0.1', '192.0.2.1, unknown', '10.0.0.1'],
      ['one that tells the port', '10.0.0.1', '192.0.2.1:4711', '192.0.2.1'],
      ['one of IPv6', '2001:db8::7', '[2001:db9::1]:4711', '2001:db9::1'],
      ['one of IPv4 at a socket of both', '::ffff:10.0.0.1', '192.0.2.1', '192.0.2.1'],
    ]
  for (const [told, peer, header, client] of CASES) {
    it(`have the word when it is told by ${told}`, () =>
      assert.equal(behindProxies(peer, header, trusted), client))
  }
})
