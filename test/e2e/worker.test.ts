import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import openwhisk from 'openwhisk'
import sharp from 'sharp'
import * as z from 'zod/mini'
import { readConsole } from './api-client.ts'
import { drawPhoto } from './photo.ts'
import { useRegisteredService } from './registered-service.ts'

const partsSchema = z.object({
  urls: z.array(z.string()),
  minPartSize: z.number(),
  maxPartSize: z.number(),
})

describe('the worker, on the unmodified SDK', function () {
  this.timeout(300_000)
  const { home, origin, headers, eventsOf, presign, store } = useRegisteredService()
  let photo: Uint8Array<ArrayBuffer>
  let source: string

  before(async () => {
    photo = await drawPhoto(1600, 1000)
    source = await store('photo.jpg', photo)
  })

  it('reports what it made, as the API page documents it', async () => {
    const key = 'made.png'
    const target = await presign(key, 'rw')
    const [event] = await eventsOf({
      source: { url: source, name: 'photo.jpg', size: photo.length, mimetype: 'image/jpeg' },
      renditions: [{ name: key, fmt: 'png', width: 200, height: 200, target }],
    })
    const bytes = Buffer.from(await (await fetch(target)).arrayBuffer())
    const { width, height, format } = await sharp(bytes).metadata()
    assert.deepEqual([width, height, format], [200, 125, 'png'])
    assert.partialDeepStrictEqual(event, {
      type: 'rendition_created',
      source,
      rendition: { name: key, fmt: 'png', width: 200, height: 200 },
      metadata: {
        'repo:size': bytes.length,
        'repo:sha1': createHash('sha1').update(bytes).digest('hex'),
        'dc:format': 'image/png',
        'tiff:imageWidth': 200,
        'tiff:imageHeight': 125,
        'tiff:ImageWidth': 200,
        'tiff:ImageLength': 125,
      },
    })
    assert.ok(!JSON.stringify(Object(event).rendition).includes('target'))
  })

  it('echoes userData and unknown fields as they were sent, on both levels', async () => {
    const target = await presign('echo', 'w')
    const userData = { list: [1, { deep: null }], text: 'ü' }
    const [one, two] = await eventsOf({
      source,
      renditions: [
        { name: 'one.png', fmt: 'png', width: 10, target, userData: { path: '/a' }, 'x-own': [1] },
        { name: 'two.png', fmt: 'png', width: 10, target },
      ],
      userData,
    })
    assert.deepEqual(Object(one).userData, userData)
    assert.deepEqual(Object(one).rendition, {
      name: 'one.png',
      fmt: 'png',
      width: 10,
      userData: { path: '/a' },
      'x-own': [1],
    })
    assert.deepEqual(Object(two).rendition, { name: 'two.png', fmt: 'png', width: 10 })
  })

  it('uploads to a target of several parts', async () => {
    const response = await fetch(`${origin()}/storage/presign`, {
      method: 'POST',
      headers: { ...headers(), 'content-type': 'application/json' },
      body: JSON.stringify({
        path: 'parts.tiff',
        permissions: 'w',
        expiresInSeconds: 60,
        parts: 8,
      }),
    })
    const target = partsSchema.parse(await response.json())
    // The smaller the parts, the more of them; the service takes what its own limit allows.
    target.maxPartSize = 1_000_000
    const [event] = await eventsOf({
      source,
      renditions: [{ name: 'parts.tiff', fmt: 'tiff', target }],
    })
    const url = await presign('parts.tiff', 'r')
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer())
    assert.ok(bytes.length > 1_000_000, 'it takes more than one part')
    assert.equal(bytes.length, Object(event).metadata['repo:size'])
    assert.equal(
      createHash('sha1').update(bytes).digest('hex'),
      Object(event).metadata['repo:sha1'],
    )
  })

  it('fails with RenditionTooLarge when the parts of a target cannot hold the rendition', async () => {
    const url = await presign('small.tiff', 'w')
    const target = { urls: [url], minPartSize: 1, maxPartSize: 1000 }
    const [event] = await eventsOf({
      source,
      renditions: [{ name: 'small.tiff', fmt: 'tiff', target }],
    })
    assert.partialDeepStrictEqual(event, {
      type: 'rendition_failed',
      errorReason: 'RenditionTooLarge',
    })
    const { metadata } = Object(event)
    assert.deepEqual(Object.keys(metadata), ['repo:size'])
    assert.ok(metadata['repo:size'] > 1000)
  })

  it('is a custom worker too: called by its URL, it starts itself through OpenWhisk', async () => {
    const worker = `${origin()}/api/v1/web/darkroom/dx-asset-compute-worker-1/worker`
    const target = await presign('custom.webp', 'rw')
    const [custom, builtIn] = await eventsOf({
      source,
      renditions: [
        { name: 'custom.webp', worker, fmt: 'webp', width: '300', target, userData: { own: true } },
        {
          name: 'built-in.png',
          fmt: 'png',
          width: 20,
          target: await presign('b', 'w'),
        },
      ],
    })
    assert.partialDeepStrictEqual(custom, {
      type: 'rendition_created',
      rendition: { name: 'custom.webp', worker, width: '300', userData: { own: true } },
      metadata: { 'dc:format': 'image/webp', 'tiff:ImageWidth': 300 },
    })
    assert.match(Object(custom).activationIds[0], /^[0-9a-f]{32}$/)
    assert.partialDeepStrictEqual(builtIn, { type: 'rendition_created' })
  })

  it('answers a call of its URL without a token of this service with 401', async () => {
    const worker = `${origin()}/api/v1/web/darkroom/dx-asset-compute-worker-1/worker`
    const forged = 'Bearer eyJhbGciOiJub25lIn0.eyJjbGllbnRfaWQiOiJhIn0.'
    for (const authorization of [{}, { authorization: forged }]) {
      const response = await fetch(worker, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-gw-ims-org-id': 'a', ...authorization },
        body: '{}',
      })
      assert.equal(response.status, 401)
    }
  })

  const name = 'dx-asset-compute-worker-1/worker'

  /** The unmodified client of OpenWhisk. */
  function connectOpenWhisk() {
    const { namespace } = readConsole(home)
    return openwhisk({
      apihost: origin(),
      api_key: namespace.auth,
      namespace: namespace.name,
      // The CA is trusted by this process only after its start, which this client's HTTP library does not notice.
      ignore_certs: true,
    })
  }

  it('tells who invokes it by hand what it wants', async () => {
    const failed = { error: { response: { result: { error: { message: '' } } } } }
    const { error } = await connectOpenWhisk()
      .actions.invoke({ name, params: { source: 'https://localhost/a' }, blocking: true })
      .then(
        () => assert.fail('it fails'),
        (thrown: typeof failed) => thrown,
      )
    assert.equal(
      error.response.result.error.message,
      'renditions is missing; the parameters must be {source, renditions}.',
    )
  })

  it('is seen by the unmodified openwhisk client, with its activations and their logs', async () => {
    const client = connectOpenWhisk()
    const params = {
      renditions: [{ fmt: 'png', target: 'https://localhost/a.png' }],
      source: 'http://a',
    }
    const { activationId } = await client.actions
      .invoke({ name, params, blocking: true })
      .catch((error: { error: { activationId: string } }) => error.error)
    const activation = await client.activations.get({ name: activationId })
    assert.equal(activation.response?.status, 'application error')
    const { logs } = await client.activations.logs({ name: activationId })
    assert.ok(logs.some((line) => /^\S+Z stdout: /.test(String(line))))
  })
})
