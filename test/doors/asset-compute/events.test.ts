import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import * as z from 'zod/mini'
import { EVENTS_PATH } from '../../../src/renditions/event-routes.ts'
import type { Mark } from '../../../src/renditions/mark.ts'
import {
  type Event,
  MARKS,
  refusalOf,
  requestBody,
  type Start,
  sdkEvent,
  sign,
  useGateway,
} from './gateway-fixture.ts'

const target = 'https://storage.test/a?signature=hidden'

const keySchema = z.object({ darkroomRendition: z.object({ key: z.string() }) })

/** What a worker is given to echo, of a rendition. */
const marked = (mark: Mark) => MARKS.put({ target }, mark).userData

/** The mark of one rendition with the key of another, or a part of that. */
const withKeyOf = (given: Mark, mark: Mark, length?: number) => {
  const { darkroomRendition } = keySchema.parse(marked(given))
  return { darkroomRendition: { ...mark, key: darkroomRendition.key.slice(0, length) } }
}

describe('The event webhook', () => {
  const gateway = useGateway()

  /** Registers, posts a request and waits for its worker. */
  async function startOne(
    body: object = requestBody(),
  ): Promise<{ journal: string; start: Start }> {
    const { register, process, actions } = gateway()
    const journal = await register()
    await process(body)
    return { journal, start: await actions.first() }
  }

  const webhook = (body: string, signature?: string) =>
    gateway()
      .gateway()
      .app.request(EVENTS_PATH, {
        method: 'POST',
        headers: signature === undefined ? {} : { 'x-ac-hmac-signature': signature },
        body,
      })

  /** What the journal holds, without waiting. */
  const held = async (journal: string): Promise<Event[]> => (await gateway().read(journal)).events

  const results: [event: object, result: string, reason: string][] = [
    [{ type: 'rendition_created', metadata: {} }, 'created', 'none'],
    [{ type: 'rendition_failed', errorReason: 'SourceCorrupt' }, 'failed', 'SourceCorrupt'],
    [{ type: 'rendition_failed', errorReason: 'MadeUp' }, 'failed', 'GenericError'],
    [{ type: 'rendition_failed' }, 'failed', 'GenericError'],
  ]
  for (const [event, result, reason] of results) {
    it(`counts ${JSON.stringify(event)} as ${result}, once`, async () => {
      const { start } = await startOne()
      const { report, renditions } = gateway()
      await report(start, 0, { errorMessage: 'It says why.', ...event })
      await report(start, 0, { errorMessage: 'It says why.', ...event })
      assert.deepEqual(renditions, [{ result, reason }])
    })
  }

  describe('asks for a signature', () => {
    const { privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    const cases: [title: string, signature: (body: string, key: string) => string | undefined][] = [
      ['none', () => undefined],
      ['an empty one', () => ''],
      ['one that is no base64', () => '%%%'],
      ['one of random bytes', () => Buffer.alloc(70, 7).toString('base64')],
      ['one by another key', (body) => sign(body, privateKey)],
      ['one of another body', (body, key) => sign(`${body} `, key)],
    ]
    for (const [title, signature] of cases) {
      it(`and answers 401 to ${title}`, async () => {
        const { journal, start } = await startOne()
        const event = sdkEvent(start.params, 0)
        const body = JSON.stringify({ event_code: 'asset_compute', event })
        const given = signature(body, gateway().secrets.eventKey)
        assert.equal(
          await refusalOf(await webhook(body, given), 401),
          'The event is not signed with the key of this service.',
        )
        assert.deepEqual(await held(journal), [])
      })
    }
  })

  const malformed: [title: string, body: string, message: RegExp][] = [
    ['that is not JSON', 'text', /^The body must be JSON, and it is not\.$/],
    ['without an event', '{"event_code":"asset_compute"}', /^event is missing/],
    ['of another service', '{"event_code":"other","event":{}}', /^event_code /],
    [
      'of another type',
      '{"event_code":"asset_compute","event":{"type":"rendition_started","rendition":{}}}',
      /^event\.type /,
    ],
  ]
  for (const [title, body, message] of malformed) {
    it(`answers 400 to a signed body ${title}`, async () => {
      const response = await webhook(body, sign(body, gateway().secrets.eventKey))
      assert.match(await refusalOf(response, 400), message)
    })
  }

  it('keeps no progress in the journal, which Adobe has none in', async () => {
    const { journal, start } = await startOne()
    const { rendition } = sdkEvent(start.params, 0)
    const event = { type: 'rendition_progress', rendition, done: 0.5 }
    const body = JSON.stringify({ event_code: 'asset_compute', event })
    const response = await webhook(body, sign(body, gateway().secrets.eventKey))
    assert.equal(response.status, 200)
    assert.deepEqual(await held(journal), [])
    assert.equal(await gateway().report(start, 0), 200)
    assert.equal((await held(journal)).length, 1)
  })

  const userDatas: [title: string, userData: object | undefined][] = [
    ['none', undefined],
    ['an empty one', {}],
    ['one of its own', { assetComputeClient: { index: 0, length: 1 }, deep: [null, { a: 1.5 }] }],
    ['one with the field that the service marks with', { darkroomRendition: { position: 'mine' } }],
  ]
  for (const [title, userData] of userDatas) {
    it(`gives userData back exactly to a client that sent ${title}`, async () => {
      const { journal, start } = await startOne({
        ...requestBody(),
        userData,
        renditions: [{ fmt: 'png', target, userData }],
      })
      assert.equal(await gateway().report(start, 0), 200)
      const [event] = await held(journal)
      assert.ok(event)
      assert.deepEqual(event.userData, userData)
      assert.deepEqual(event.rendition.userData, userData)
      assert.equal('userData' in event, userData !== undefined)
      assert.equal('userData' in event.rendition, userData !== undefined)
    })
  }

  it('keeps what the worker reported, unknown fields too', async () => {
    const fields = { name: 'a.png', fmt: 'png', width: '200', custom: { deep: [1, null] } }
    const { journal, start } = await startOne({
      source: 'https://storage.test/s.jpg',
      renditions: [{ ...fields, target }],
    })
    const more = { data: 'data:image/png;base64,AA==', activationIds: ['1'], other: { a: 1 } }
    await gateway().report(start, 0, more)
    const [event] = await held(journal)
    assert.deepEqual(event, {
      type: 'rendition_created',
      date: '2026-01-01T00:00:00.000Z',
      requestId: start.params.requestId,
      source: 'https://storage.test/s.jpg',
      rendition: fields,
      metadata: { 'repo:size': 10 },
      ...more,
    })
  })

  it('gives the event the id and userData of the request, whatever the worker says', async () => {
    const { journal, start } = await startOne({ ...requestBody(), userData: { a: 1 } })
    await gateway().report(start, 0, { requestId: 'other', userData: { b: 2 } })
    const [event] = await held(journal)
    assert.deepEqual(
      [event?.requestId, event?.userData],
      [
        gateway()
          .log.lines.join('\n')
          .match(/(\S+): activation activation1/)?.[1],
        { a: 1 },
      ],
    )
  })

  const metadatas: [title: string, metadata: object | undefined, expected: object | undefined][] = [
    [
      'adds the documented names of the image size',
      { 'tiff:imageWidth': 48, 'tiff:imageHeight': 32, 'dc:format': 'image/png' },
      {
        'tiff:imageWidth': 48,
        'tiff:imageHeight': 32,
        'dc:format': 'image/png',
        'tiff:ImageWidth': 48,
        'tiff:ImageLength': 32,
      },
    ],
    [
      'keeps the documented names where the worker uses them',
      { 'tiff:ImageWidth': 48, 'tiff:ImageLength': 32 },
      { 'tiff:ImageWidth': 48, 'tiff:ImageLength': 32 },
    ],
    ['adds no image size to what has none', { 'repo:size': 3 }, { 'repo:size': 3 }],
    ['takes an event without metadata', undefined, undefined],
  ]
  for (const [title, metadata, expected] of metadatas) {
    it(title, async () => {
      const { journal, start } = await startOne()
      await gateway().report(start, 0, { metadata })
      const [event] = await held(journal)
      assert.deepEqual(event?.metadata, expected)
    })
  }

  const sizes: [title: string, event: object, expected: object | undefined][] = [
    [
      'tells the size of a rendition that was too large',
      {
        errorReason: 'RenditionTooLarge',
        errorMessage: 'rendition size of 1234 for a.png is too large',
      },
      { 'repo:size': 1234 },
    ],
    [
      'tells no size that is not there',
      { errorReason: 'RenditionTooLarge', errorMessage: 'too large' },
      undefined,
    ],
    [
      'tells no size of another failure',
      { errorReason: 'GenericError', errorMessage: 'rendition size of 1234 for a.png is too odd' },
      undefined,
    ],
  ]
  for (const [title, event, expected] of sizes) {
    it(title, async () => {
      const { journal, start } = await startOne()
      const failed = { type: 'rendition_failed', metadata: undefined, ...event }
      await gateway().report(start, 0, failed)
      assert.deepEqual((await held(journal))[0]?.metadata, expected)
    })
  }

  it('does not lose an event whose metadata is not what it should be', async () => {
    const { journal, start } = await startOne()
    await gateway().report(start, 0, { metadata: 'text', errorReason: 7 })
    const [event] = await held(journal)
    assert.deepEqual([event?.type, event?.metadata], ['rendition_created', undefined])
  })

  const types = ['rendition_created', 'rendition_failed'] as const
  for (const first of types) {
    for (const second of types) {
      it(`ignores ${second} after ${first}`, async () => {
        const { journal, start } = await startOne()
        assert.equal(await gateway().report(start, 0, { type: first }), 200)
        assert.equal(await gateway().report(start, 0, { type: second }), 200)
        assert.deepEqual(
          (await held(journal)).map(({ type }) => type),
          [first],
        )
      })
    }
  }

  it('takes one of many events about a rendition that come at the same time', async () => {
    const { journal, start } = await startOne()
    const { report } = gateway()
    const statuses = await Promise.all(
      Array.from({ length: 20 }, (_, index) => report(start, 0, { type: types[index % 2] })),
    )
    assert.deepEqual(new Set(statuses), new Set([200]))
    assert.equal((await held(journal)).length, 1)
  })

  it('takes one event when a worker reports while its activation is reconciled', async () => {
    const { journal, start } = await startOne()
    const { report, actions, gateway: opened } = gateway()
    actions.end(start.activationId, { error: 'It broke.' })
    await Promise.all([opened().activationEnded(start.activationId), report(start, 0)])
    assert.equal((await held(journal)).length, 1)
  })

  it('ignores an event again after a restart', async () => {
    const { journal, start } = await startOne()
    await gateway().report(start, 0)
    await gateway().kill()
    await gateway().report(start, 0, { type: 'rendition_failed' })
    assert.equal((await held(journal)).length, 1)
  })

  const marks: [title: string, userData: unknown][] = [
    ['no userData', undefined],
    ['no mark', { own: 1 }],
    ['the mark of no request', marked({ order: 99, item: 0 })],
    ['the mark of no rendition', marked({ order: 1, item: 99 })],
    ['a mark of negative numbers', marked({ order: -1, item: -1 })],
    ['a mark of huge numbers', { darkroomRendition: { order: 2 ** 53, item: 0, key: '' } }],
    ['a mark that was counted', { darkroomRendition: { order: 1, item: 0 } }],
    ['a mark with the key of another', withKeyOf({ order: 1, item: 1 }, { order: 1, item: 0 })],
    ['a mark with half of its key', withKeyOf({ order: 1, item: 0 }, { order: 1, item: 0 }, 20)],
    ['a mark of texts', { darkroomRendition: { order: '1', item: '0' } }],
    ['a mark that is no object', { darkroomRendition: 'x' }],
  ]
  for (const [title, userData] of marks) {
    it(`drops an event with ${title} without harm to the others`, async () => {
      const { journal, start } = await startOne()
      const rendition = { ...start.params.renditions[0], userData }
      assert.equal(await gateway().report(start, 0, { rendition }), 200)
      assert.deepEqual(await held(journal), [])
      assert.equal(await gateway().report(start, 0), 200)
      assert.equal((await held(journal)).length, 1)
    })
  }

  it('drops an event about a client that has unregistered', async () => {
    const { start } = await startOne()
    const { request, register, report } = gateway()
    await request('/unregister', { method: 'POST' })
    assert.equal(await report(start, 0), 200)
    assert.deepEqual(await held(await register()), [])
  })

  it('drops an event that comes while its client unregisters', async () => {
    const { start } = await startOne()
    const { request, register, report } = gateway()
    const [status] = await Promise.all([
      report(start, 0),
      request('/unregister', { method: 'POST' }),
    ])
    assert.equal(status, 200)
    assert.deepEqual(await held(await register()), [])
  })

  it('lets nothing secret into events and log', async () => {
    const secret = 'https://storage.test/a?signature=hidden'
    const { journal, start } = await startOne({
      source: 'https://storage.test/s.jpg',
      renditions: [
        { name: 'a.png', fmt: 'png', target: { urls: [secret, `${secret}2`] } },
        { name: 'b.png', fmt: 'png', target: secret, password: 'hidden' },
        { name: 'c.zip', fmt: 'zip', target: secret, files: [secret] },
      ],
    })
    const { report, actions, gateway: opened, log, read, secrets } = gateway()
    const { renditions } = start.params
    await report(start, 0, {
      type: 'rendition_failed',
      // With its target, which the SDK takes out but another worker may not.
      rendition: renditions[0],
      errorReason: 'GenericError',
      errorMessage: `PUT '${secret}' failed with 403, sent Bearer ${gateway().headers['authorization']?.slice(7)}`,
    })
    actions.end(start.activationId, {
      error: {
        reason: 'GenericError',
        message: `GET HTTPS://me:hidden@storage.test/a#hidden failed`,
      },
    })
    await opened().activationEnded(start.activationId)
    const { events, text } = await read(journal)
    assert.deepEqual(
      events.map(({ errorMessage }) => errorMessage),
      [
        "PUT 'https://storage.test/a?…' failed with 403, sent Bearer …",
        'GET HTTPS://…@storage.test/a?… failed',
        'GET HTTPS://…@storage.test/a?… failed',
      ],
    )
    const told = text + log.lines.join('\n')
    assert.doesNotMatch(told, /hidden|eyJ|target|BEGIN/)
    assert.ok(!told.includes(secrets.clientSecret))
    assert.ok(!told.includes(Buffer.from(secrets.eventKey).toString('base64').slice(0, 100)))
  })
})
