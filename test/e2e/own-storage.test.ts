import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { drawPhoto } from './photo.ts'
import { useRegisteredService } from './registered-service.ts'

describe('the worker, and the storage of the service that it is of', function () {
  this.timeout(300_000)
  const { origin, eventsOf, presign, store } = useRegisteredService()
  let photo: Uint8Array<ArrayBuffer>
  let source: string

  before(async () => {
    photo = await drawPhoto(1600, 1000)
    source = await store('photo.jpg', photo)
  })

  /** How many requests have come by connections so far, to the storage and of events. */
  async function connections(): Promise<{ read: number; stored: number; events: number }> {
    const lines = (await (await fetch(`${origin()}/metrics`)).text()).split('\n')
    const count = (...labels: readonly string[]): number =>
      lines
        .filter((line) => line.startsWith('darkroom_http_requests_total{'))
        .filter((line) => labels.every((label) => line.includes(label)))
        .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
    return {
      read: count('door="storage"', 'method="GET"'),
      stored: count('door="storage"', 'method="PUT"'),
      events: count('door="events"'),
    }
  }

  it('need no connection for a source, a rendition and its event', async () => {
    const [target, parts] = [await presign('made.png', 'rw'), await presign('parts.png', 'rw')]
    const before = await connections()
    const events = await eventsOf({
      source,
      renditions: [
        { name: 'one.png', fmt: 'png', width: 200, target },
        { name: 'two.png', fmt: 'png', width: 100, target: { urls: [parts], maxPartSize: 1e6 } },
        { name: 'three.png', fmt: 'png', width: 'wide', target: parts },
      ],
    })
    assert.deepEqual(
      events.map((event) => Object(event).type),
      ['rendition_created', 'rendition_created', 'rendition_failed'],
    )
    assert.deepEqual(await connections(), before)
    const answer = await fetch(target)
    const bytes = Buffer.from(await answer.arrayBuffer())
    assert.equal(answer.headers.get('content-type'), 'image/png')
    assert.equal((await sharp(bytes).metadata()).width, 200)
    const sha1 = createHash('sha1').update(bytes).digest('hex')
    assert.partialDeepStrictEqual(events[0], {
      metadata: { 'repo:size': bytes.length, 'repo:sha1': sha1, 'dc:format': 'image/png' },
    })
    assert.equal((await sharp(await (await fetch(parts)).arrayBuffer()).metadata()).width, 100)
  })

  const refusals: [what: string, change: (url: string) => string | Promise<string>, why: RegExp][] =
    [
      [
        'is of another object',
        (url) => url.replace('/refused', '/other'),
        /The URL is not as it was signed/,
      ],
      [
        'has expired',
        (url) => url.replace(/expires=\d+/, 'expires=1'),
        /The URL is not as it was signed/,
      ],
      ['is not signed', (url) => url.replace(/\?.*/, ''), /The URL has no signature/],
      [
        'is for reading alone',
        () => presign('refused', 'r'),
        /The URL permits GET and HEAD, not PUT/,
      ],
    ]
  for (const [what, change, why] of refusals) {
    it(`tell why by a connection when a target ${what}`, async () => {
      const target = await change(await presign('refused', 'w'))
      const [event] = await eventsOf({
        source,
        renditions: [{ name: 'refused', fmt: 'png', width: 50, target }],
      })
      const { type, errorReason, errorMessage } = Object(event)
      assert.deepEqual([type, errorReason], ['rendition_failed', 'GenericError'])
      assert.match(
        errorMessage,
        /^PUT 'https:\/\/localhost:\d+\/storage\/objects\/\w+(?:\?…)?' failed/,
      )
      assert.match(errorMessage, why)
    })
  }

  const sources: [
    what: string,
    change: (url: string) => string | Promise<string>,
    status: number,
  ][] = [
    ['is altered', (url) => url.replace('photo', 'other'), 403],
    ['is for writing alone', () => presign('photo.jpg', 'w'), 403],
    ['leads to nothing', () => presign('nothing', 'r'), 404],
  ]
  for (const [what, change, status] of sources) {
    it(`tell why by a connection when a source ${what}`, async () => {
      const [event] = await eventsOf({
        source: await change(source),
        renditions: [{ name: what, fmt: 'png', width: 50, target: await presign('unmade', 'w') }],
      })
      const why = `The source could not be fetched from ${new URL(origin()).host}: the server answered ${status}.`
      assert.partialDeepStrictEqual(event, { type: 'rendition_failed', errorMessage: why })
    })
  }
})
