import assert from 'node:assert/strict'
import { readStorageUrl } from '../../src/storage/storage-url.ts'

const AWS = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'hush/hush' }
const AZURE = { AZURE_STORAGE_KEY: 'aGlkZGVu' }

describe('STORAGE_URL', () => {
  const buckets: [url: string, environment: Record<string, string>, found: object][] = [
    [
      's3://photos?region=eu-central-1',
      AWS,
      {
        base: 'https://photos.s3.eu-central-1.amazonaws.com',
        bucket: 'photos',
        region: 'eu-central-1',
        accessKeyId: 'AKIA',
        secretAccessKey: 'hush/hush',
        sessionToken: undefined,
      },
    ],
    [
      's3://photos',
      { ...AWS, AWS_REGION: 'eu-west-1', AWS_SESSION_TOKEN: 'for-an-hour' },
      {
        base: 'https://photos.s3.eu-west-1.amazonaws.com',
        region: 'eu-west-1',
        sessionToken: 'for-an-hour',
      },
    ],
    [
      's3://photos',
      { ...AWS, AWS_ENDPOINT_URL: 'https://store.example.com:9000/' },
      { base: 'https://store.example.com:9000/photos', region: 'us-east-1' },
    ],
    [
      's3://my.photos?region=us-west-2',
      AWS,
      { base: 'https://s3.us-west-2.amazonaws.com/my.photos' },
    ],
    [
      's3://store.example.com:9000/photos',
      AWS,
      { base: 'https://store.example.com:9000/photos', region: 'us-east-1' },
    ],
    // As URLs of objects are written, which are compared with it.
    ['s3://Store.example.com:443/photos', AWS, { base: 'https://store.example.com/photos' }],
    [
      's3://KEY:se%2Fcret@store.example.com/photos?region=x&pathStyle=false',
      { ...AWS, AWS_SESSION_TOKEN: 'of another' },
      {
        base: 'https://photos.store.example.com',
        region: 'x',
        accessKeyId: 'KEY',
        secretAccessKey: 'se/cret',
        sessionToken: undefined,
      },
    ],
    [
      's3://s3.eu-north-1.amazonaws.com/photos',
      AWS,
      { base: 'https://photos.s3.eu-north-1.amazonaws.com', region: 'eu-north-1' },
    ],
    [
      'azure://account/photos',
      AZURE,
      {
        kind: 'azure',
        base: 'https://account.blob.core.windows.net/photos',
        account: 'account',
        container: 'photos',
        key: 'aGlkZGVu',
      },
    ],
    [
      'azure://devstoreaccount1/photos?endpoint=https://localhost:10000/devstoreaccount1',
      AZURE,
      { base: 'https://localhost:10000/devstoreaccount1/photos' },
    ],
  ]
  for (const [url, environment, found] of buckets) {
    it(`reads ${url} with ${Object.keys(environment).join(', ')}`, () => {
      assert.partialDeepStrictEqual(readStorageUrl(url, environment), found)
    })
  }

  const refused: [url: string, environment: Record<string, string>, message: RegExp][] = [
    ['photos', AWS, /^STORAGE_URL must be s3:\/\/BUCKET/],
    ['https://hush:hush@store/photos', AWS, /^STORAGE_URL must be s3:\/\/BUCKET/],
    ['s3://store/photos/below', AWS, /must have a bucket and nothing behind it/],
    ['s3://store/p', AWS, /must have the name of a bucket/],
    ['s3://photos', {}, /takes an access key/],
    ['s3://photos?acl=hush', AWS, /takes region and pathStyle behind its \?/],
    ['s3://photos?pathStyle=hush', AWS, /pathStyle in STORAGE_URL must be true or false/],
    [
      's3://photos',
      { ...AWS, AWS_ENDPOINT_URL: 'http://store' },
      /^AWS_ENDPOINT_URL must be an https: URL/,
    ],
    ['azure://account', AZURE, /must have a container and nothing behind it/],
    ['azure://a/photos', AZURE, /must have the name of a storage account/],
    ['azure://account/photos', {}, /the key of the storage account, in AZURE_STORAGE_KEY/],
    [
      'azure://account/photos',
      { AZURE_STORAGE_KEY: 'sv=2024&sig=hush' },
      /a shared access signature does not do/,
    ],
    ['azure://account/photos?endpoint=http://hush', AZURE, /must be an https: URL/],
  ]
  for (const [url, environment, message] of refused) {
    it(`refuses ${url} with ${Object.keys(environment).join(', ') || 'nothing'}, without its secrets`, () => {
      assert.throws(
        () => readStorageUrl(url, environment),
        (error) =>
          error instanceof Error && message.test(error.message) && !error.message.includes('hush'),
      )
    })
  }
})
