import assert from 'node:assert/strict'
import { isWithin, openConnections, type Reach, storageOf } from '../../src/fetching/reach.ts'

const REACHES = ['internet', 'machine', 'network'] as const

const ADDRESSES: [address: string, within: readonly Reach[]][] = [
  ['93.184.216.34', REACHES],
  ['2606:2800:220:1::1', REACHES],
  ['127.0.0.1', ['machine', 'network']],
  ['::1', ['machine', 'network']],
  ['10.0.0.1', ['network']],
  ['172.31.255.255', ['network']],
  ['192.168.1.1', ['network']],
  ['100.64.0.1', ['network']],
  ['fd00::1', ['network']],
  ['169.254.169.254', []],
  ['fe80::1', []],
  ['0.0.0.0', []],
  ['::', []],
  ['::ffff:127.0.0.1', ['machine', 'network']],
  ['::ffff:10.0.0.1', ['network']],
  ['::ffff:169.254.169.254', []],
  ['64:ff9b::a00:1', []],
  ['2002:a00:1::', []],
]

describe('the reach of URLs that somebody else names', () => {
  for (const [address, within] of ADDRESSES) {
    it(`has ${address} within ${within.join(' and ') || 'none'}`, () => {
      assert.deepEqual(
        REACHES.filter((reach) => isWithin(address, reach, true)),
        within,
      )
    })
  }

  const ORIGIN = 'https://10.0.0.1:9443'
  for (const [url, isIts] of [
    [`${ORIGIN}/storage/objects/a.png?signature=b`, true],
    [`${ORIGIN}/storage/objects/../../devtool/api/requests`, false],
    [`${ORIGIN}/storage/objects/%2e%2e/%2E%2E/devtool/api/requests`, false],
    [`${ORIGIN}/devtool/api/requests`, false],
    [`${ORIGIN}/storage/presign`, false],
    ['https://10.0.0.1/storage/objects/a.png', false],
    ['https://10.0.0.2:9443/storage/objects/a.png', false],
    ['https://10.0.0.1:9443@10.0.0.2/storage/objects/a.png', false],
    ['http://10.0.0.1:9443/storage/objects/a.png', false],
  ] as const) {
    it(`${isIts ? 'has' : 'does not have'} ${url} in a team whose storage is at ${ORIGIN}`, () => {
      const connections = openConnections('internet', [storageOf(ORIGIN)])
      try {
        const find = () => connections.agentFor(new URL(url))
        if (isIts) find()
        else assert.throws(find, { name: 'FetchError' })
      } finally {
        connections.close()
      }
    })
  }
})
