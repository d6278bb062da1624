import assert from 'node:assert/strict'
import {
  BlobSASPermissions,
  generateBlobSASQueryParameters,
  SASProtocol,
  StorageSharedKeyCredential,
} from '@azure/storage-blob'
import { AwsV4Signer } from 'aws4fetch'
import { signBlobUrl } from '../../src/storage/azure/sign-blob-url.ts'
import { presignS3 } from '../../src/storage/s3/presign-s3.ts'

const NOW = Date.UTC(2026, 0, 1)
const DISPOSITION = `attachment; filename="a b.png"; filename*=UTF-8''%C3%BC.png`

/** What a query says, in whatever order. */
const named = (query: URLSearchParams): object => Object.fromEntries(query)

describe('the URLs of stores elsewhere', () => {
  for (const sessionToken of [undefined, 'token/with+signs=']) {
    for (const [method, query] of [
      ['GET', { 'response-content-disposition': DISPOSITION }],
      ['PUT', {}],
      ['HEAD', { 'a b': "*'()!~" }],
    ] as const) {
      it(`are signed for ${method} as by a library for S3, ${sessionToken === undefined ? 'without' : 'with'} a session`, async () => {
        const url = new URL('https://s3.test:9000/bucket/a%20b/%C3%BC%2B%2520.txt')
        for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
        const account = { region: 'eu-central-1', accessKeyId: 'KEY', secretAccessKey: 'SECRET' }
        const own = new URL(
          presignS3({ ...account, sessionToken }, { method, url, expiresIn: 600, now: NOW }),
        )
        const asked = new URL(url)
        asked.searchParams.set('X-Amz-Expires', '600')
        const signed = await new AwsV4Signer({
          ...account,
          ...(sessionToken !== undefined && { sessionToken }),
          method,
          url: asked.href,
          service: 's3',
          signQuery: true,
          datetime: '20260101T000000Z',
        }).sign()
        assert.deepEqual(named(own.searchParams), named(signed.url.searchParams))
        assert.equal(own.pathname, signed.url.pathname)
      })
    }
  }

  for (const [permissions, disposition] of [
    ['r', DISPOSITION],
    ['cw', undefined],
  ] as const) {
    it(`are signed for ${permissions} as by Azure’s own library`, () => {
      const key = Buffer.from('the key of an account').toString('base64')
      const name = "a b/ü+%20's.txt"
      const own = signBlobUrl(
        {
          kind: 'azure',
          base: 'https://account.test/box',
          account: 'account',
          container: 'box',
          key,
        },
        {
          name,
          url: new URL('https://account.test/box/any'),
          permissions,
          expires: NOW / 1000,
          disposition,
        },
      )
      const expected = generateBlobSASQueryParameters(
        {
          containerName: 'box',
          blobName: name,
          permissions: BlobSASPermissions.parse(permissions),
          expiresOn: new Date(NOW),
          protocol: SASProtocol.Https,
          version: '2021-12-02',
          ...(disposition !== undefined && { contentDisposition: disposition }),
        },
        new StorageSharedKeyCredential('account', key),
      )
      assert.deepEqual(
        named(new URL(own).searchParams),
        named(new URLSearchParams(expected.toString())),
      )
    })
  }
})
