import assert from 'node:assert/strict'
import { isLoopback, readListenAddress } from '../../src/http/listen-address.ts'

const ADDRESSES: [text: string, address: string, port: number | undefined, isOwn: boolean][] = [
  ['127.0.0.1', '127.0.0.1', undefined, true],
  ['127.8.0.1:80', '127.8.0.1', 80, true],
  ['localhost', '127.0.0.1', undefined, true],
  ['localhost:9443', '127.0.0.1', 9443, true],
  ['::1', '::1', undefined, true],
  ['[::1]:0', '::1', 0, true],
  ['0.0.0.0', '0.0.0.0', undefined, false],
  ['0.0.0.0:443', '0.0.0.0', 443, false],
  ['[::]:9443', '::', 9443, false],
  ['[::]', '::', undefined, false],
  ['::ffff:10.0.0.1', '::ffff:10.0.0.1', undefined, false],
  ['192.168.1.5:65535', '192.168.1.5', 65_535, false],
]

const NONE = [
  '',
  ':9443',
  'darkroom.example.com',
  '10.0.0.1:',
  '10.0.0.1:99999',
  '[10.0.0.1]:80',
  '10.0.0',
  '10.0.0.1:80:90',
]

describe('an address to listen at', () => {
  for (const [text, address, port, isOwn] of ADDRESSES) {
    it(`is read of ${text}, where ${isOwn ? 'only this machine' : 'others too'} can connect`, () => {
      assert.deepEqual(readListenAddress(text), { address, port })
      assert.equal(isLoopback(address), isOwn)
    })
  }
  for (const text of NONE) {
    it(`is none in "${text}"`, () => {
      assert.equal(readListenAddress(text), undefined)
    })
  }
})
