import assert from 'node:assert/strict'
import * as z from 'zod/mini'
import { EXPORT_PEERS, IMPORT_PEERS } from '../../src/peers/peers.ts'

const S3 = { bucket: 'assets', region: 'r', access_key_id: 'a', secret_access_key: 'b', key: 'c' }
const AZURE = { storage_account: 'abc', container: 'c', blob: 'b', storage_access_key: 'YWJj' }
const OPENSTACK = {
  auth_url: 'https://a/v3',
  username: 'u',
  password: 'p',
  region: 'r',
  container: 'c',
  file: 'f',
}
const SFTP = { host: 'a', username: 'u', password: 'p', file: 'f' }

describe('the peers', () => {
  const tables = { import: IMPORT_PEERS, export: EXPORT_PEERS }

  it('are those of CloudConvert', () => {
    const stores = ['s3', 'azure/blob', 'google-cloud-storage', 'openstack', 'sftp']
    assert.deepEqual(Object.keys(tables.import), ['url', ...stores])
    assert.deepEqual(Object.keys(tables.export), ['upload', ...stores])
  })

  const examples = { s3: S3, 'azure/blob': AZURE, openstack: OPENSTACK, sftp: SFTP } as const
  for (const name of ['s3', 'azure/blob', 'openstack', 'sftp'] as const) {
    it(`let unknown options of ${name} pass, and refuse those that lack one`, () => {
      for (const table of [IMPORT_PEERS, EXPORT_PEERS]) {
        const options = { ...examples[name], input: 'task', unknown: 1 }
        assert.deepEqual(z.parse(table[name].options, options), options)
        for (const missing of Object.keys(examples[name])) {
          if (missing === 'username' || !(missing in options)) continue
          const { [missing]: _, ...rest }: Record<string, unknown> = options
          assert.ok(!z.safeParse(table[name].options, rest).success, missing)
        }
      }
    })
  }
})
