import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { useRegisteredService } from './registered-service.ts'
import { type Bucket, useS3Server } from './s3-server.ts'
import { assertDelivered, assertFailed, createStoreClient } from './store-client.ts'

const SOURCE = 'Straße am Meer/Möwen + 100% Wellen.jpg'
const PHOTO = readFileSync('samples/portrait.jpg')
const PART_BYTES = 1_000_000
const EXPIRED = { signedAt: Date.now() - 120_000, expiresInSeconds: 60 }
const FOREIGN = { secretAccessKey: 'another' }

/** What AEM knows of a source, and tells. */
const KNOWN = { name: 'portrait.jpg', mimetype: 'image/jpeg', size: PHOTO.length }

const FAILED: [
  what: string,
  request: (bucket: Bucket) => Promise<{ source?: unknown; target?: unknown }>,
  errorMessage: RegExp,
][] = [
  [
    'an expired source',
    async (bucket) => ({ source: { ...KNOWN, url: await bucket.presign('GET', SOURCE, EXPIRED) } }),
    /^The source could not be fetched from \S+: the server answered 403: AccessDenied: Request has expired\.$/,
  ],
  [
    'a source signed with another key',
    async (bucket) => ({ source: { ...KNOWN, url: await bucket.presign('GET', SOURCE, FOREIGN) } }),
    /^The source could not be fetched from \S+: the server answered 403: SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided\./,
  ],
  [
    'a source that is not there',
    async (bucket) => ({ source: { ...KNOWN, url: await bucket.presign('GET', 'nothing.jpg') } }),
    /^The source could not be fetched from \S+: the server answered 404: NoSuchKey: The specified key does not exist\.$/,
  ],
  [
    'an expired target',
    async (bucket) => ({ target: await bucket.presign('PUT', 'out.png', EXPIRED) }),
    /^PUT 'https:\S+\/out\.png\?…' failed with status 403: AccessDenied: Request has expired$/,
  ],
  [
    'a target signed with another key',
    async (bucket) => ({ target: await bucket.presign('PUT', 'out.png', FOREIGN) }),
    /^PUT 'https:\S+\/out\.png\?…' failed with status 403: SignatureDoesNotMatch: /,
  ],
  [
    'a target that may only be read',
    async (bucket) => ({ target: await bucket.presign('GET', 'out.png') }),
    /^PUT 'https:\S+\/out\.png\?…' failed with status 403: SignatureDoesNotMatch: /,
  ],
]

describe('sources and targets in Amazon S3', function () {
  this.timeout(300_000)
  const service = useRegisteredService()
  const bucket = useS3Server(service.home)
  const { eventOf, assertNothingTold } = createStoreClient(service, 'X-Amz-Signature')

  before(() => bucket().upload(SOURCE, PHOTO))

  it('uploads a rendition with one PUT', async () => {
    const event = await eventOf(
      { ...KNOWN, url: await bucket().presign('GET', SOURCE) },
      {
        name: 'small.png',
        width: 200,
        height: 200,
        target: await bucket().presign('PUT', 'small.png'),
      },
    )
    const rendition = await bucket().download('small.png')
    assertDelivered(event, rendition)
    assert.partialDeepStrictEqual(await sharp(rendition).metadata(), { width: 150, height: 200 })
  })

  it('takes a source of unknown size and type, though its URL is for GET alone', async () => {
    const event = await eventOf(await bucket().presign('GET', SOURCE), {
      name: 'plain.png',
      width: 100,
      target: await bucket().presign('PUT', 'plain.png'),
    })
    assertDelivered(event, await bucket().download('plain.png'))
  })

  it('uploads a large rendition as the parts of an upload that the client completes', async () => {
    const { urls, complete } = await bucket().beginUpload('large.png', 10)
    const event = await eventOf(
      { ...KNOWN, url: await bucket().presign('GET', SOURCE) },
      { name: 'large.png', target: { urls, minPartSize: 1, maxPartSize: PART_BYTES } },
    )
    const size = Number(Object(event['metadata'])['repo:size'])
    assert.ok(size > 2 * PART_BYTES, 'it takes several parts')
    await complete(Math.ceil(size / PART_BYTES))
    assertDelivered(event, await bucket().download('large.png'))
  })

  for (const [what, request, errorMessage] of FAILED) {
    it(`fails ${what}`, async () => {
      const { source, target } = {
        source: { ...KNOWN, url: await bucket().presign('GET', SOURCE) },
        target: await bucket().presign('PUT', 'out.png'),
        ...(await request(bucket())),
      }
      const event = await eventOf(source, { name: 'out.png', width: 100, target })
      assertFailed(event, errorMessage)
    })
  }

  it('has told no signature in an event, a log or the record of an activation', async () => {
    await assertNothingTold()
  })
})
