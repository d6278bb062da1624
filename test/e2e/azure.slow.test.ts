import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { type BlobContainer, useAzurite } from './azurite.ts'
import { useRegisteredService } from './registered-service.ts'
import { assertDelivered, assertFailed, createStoreClient } from './store-client.ts'

const SOURCE = 'Straße am Meer/Möwen + 100% Wellen.jpg'
const PHOTO = readFileSync('samples/portrait.jpg')
const PART_BYTES = 1_000_000
const EXPIRED = -1000

/** What AEM knows of a source, and tells. */
const KNOWN = { name: 'portrait.jpg', mimetype: 'image/jpeg', size: PHOTO.length }

const FAILED: [
  what: string,
  request: (container: BlobContainer) => Promise<{ source?: unknown; target?: unknown }>,
  errorMessage: RegExp,
][] = [
  [
    'a target that takes a whole blob, since the SDK does not say x-ms-blob-type',
    async (container) => ({ target: await container.sign('out.png', 'cw') }),
    /^PUT 'https:\S+\/out\.png\?…' failed with status 400/,
  ],
  [
    'an expired target',
    async (container) => ({ target: await container.signBlock('out.png', 0, EXPIRED) }),
    /^PUT 'https:\S+\/out\.png\?…' failed with status 403: AuthorizationFailure: Server failed to authenticate the request\./,
  ],
  [
    'an expired part of a target',
    async (container) => {
      const valid = await container.signBlock('out.png', 0)
      const expired = await container.signBlock('out.png', 1, EXPIRED)
      return { target: { urls: [valid, expired], minPartSize: 1, maxPartSize: 20_000 } }
    },
    /^PUT 'https:\S+\/out\.png\?…' failed with status 403: AuthorizationFailure: /,
  ],
  [
    'a target that may only be read',
    async (container) => ({
      target: `${await container.sign('out.png', 'r')}&comp=block&blockid=AAAA`,
    }),
    /^PUT 'https:\S+\/out\.png\?…' failed with status 403: AuthorizationPermissionMismatch: This request is not authorized/,
  ],
  [
    'an expired source',
    async (container) => ({ source: await container.sign(SOURCE, 'r', EXPIRED) }),
    /^The source could not be fetched from \S+: the server answered 403: AuthorizationFailure: Server failed to authenticate the request\./,
  ],
  [
    'an expired source of known size and type',
    async (container) => ({
      source: { ...KNOWN, url: await container.sign(SOURCE, 'r', EXPIRED) },
    }),
    /^The source could not be fetched from \S+: the server answered 403: AuthorizationFailure: Server failed to authenticate the request\./,
  ],
  [
    'a source with a wrong signature',
    async (container) => ({
      source: (await container.sign(SOURCE, 'r')).replace(/sig=.{8}/, 'sig=AAAAAAAA'),
    }),
    /^The source could not be fetched from \S+: the server answered 403: AuthorizationFailure: Server failed to authenticate the request\./,
  ],
  [
    'a source that is not there',
    async (container) => ({ source: await container.sign('nothing.jpg', 'r') }),
    /^The source could not be fetched from \S+: the server answered 404: BlobNotFound: The specified blob does not exist\.$/,
  ],
  [
    'a source of known size and type that is not there',
    async (container) => ({ source: { ...KNOWN, url: await container.sign('nothing.jpg', 'r') } }),
    /^The source could not be fetched from \S+: the server answered 404: BlobNotFound: The specified blob does not exist\.$/,
  ],
]

describe('sources and targets in Azure Blob Storage', function () {
  this.timeout(300_000)
  const service = useRegisteredService()
  const container = useAzurite(service.home)
  const { eventOf, assertNothingTold } = createStoreClient(service, 'sig')

  before(() => container().upload(SOURCE, PHOTO))

  it('uploads a rendition as a block that the client commits', async () => {
    const event = await eventOf(await container().sign(SOURCE, 'r'), {
      name: 'small.png',
      width: 200,
      height: 200,
      target: await container().signBlock('small.png', 0),
    })
    await container().commit('small.png')
    const rendition = await container().download('small.png')
    assertDelivered(event, rendition)
    assert.partialDeepStrictEqual(await sharp(rendition).metadata(), { width: 150, height: 200 })
  })

  it('uploads a large rendition as blocks of the size that the target allows', async () => {
    const indices = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    const urls = indices.map((index) => container().signBlock('large.png', index))
    const event = await eventOf(await container().sign(SOURCE, 'r'), {
      name: 'large.png',
      target: { urls: await Promise.all(urls), minPartSize: 1, maxPartSize: PART_BYTES },
    })
    const blocks = await container().commit('large.png')
    assert.ok(blocks.length > 2, 'it takes several blocks')
    assert.ok(blocks.slice(0, -1).every((size) => size === PART_BYTES))
    assertDelivered(event, await container().download('large.png'))
  })

  for (const [what, request, errorMessage] of FAILED) {
    it(`fails ${what}`, async () => {
      const { source, target } = {
        source: await container().sign(SOURCE, 'r'),
        target: await container().signBlock('out.png', 0),
        ...(await request(container())),
      }
      const event = await eventOf(source, { name: 'out.png', width: 100, target })
      assertFailed(event, errorMessage)
    })
  }

  it('has told no signature in an event, a log or the record of an activation', async () => {
    await assertNothingTold()
  })
})
