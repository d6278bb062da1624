import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { mock } from 'node:test'
import nock from 'nock'
import { createActionsClient } from '../../../src/orders/actions-client.ts'
import { useNock } from '../../support/nock.ts'
import { requestBody, type Start, useGateway } from './gateway-fixture.ts'

const ORIGIN = 'https://worker.test'
const PATH = '/api/v1/web/ns/pkg/worker'
const WORKER = `${ORIGIN}${PATH}`

const target = 'https://storage.test/a?signature=hidden'

const never = () => new Promise<string>(() => {})

describe('An activation that ends without events', () => {
  const gateway = useGateway()
  const SILENT = 'The worker ended without a word about this rendition.'
  const MUTE = 'The worker failed without saying why.'
  const timeout =
    'The action exceeded its time limits of 180000 milliseconds. Logs might be missing.'
  const shapes: [title: string, result: unknown, reason: string, message: string][] = [
    ['a timeout', { error: timeout }, 'GenericError', timeout],
    [
      'too much memory',
      { error: 'The action exceeded its memory limits of 2048 MB.' },
      'GenericError',
      'The action exceeded its memory limits of 2048 MB.',
    ],
    [
      'a crash',
      { error: 'The action did not return a result: its process ended with code 1.' },
      'GenericError',
      'The action did not return a result: its process ended with code 1.',
    ],
    [
      'an error with a reason',
      { error: { name: 'SourceCorruptError', reason: 'SourceCorrupt', message: 'It is empty.' } },
      'SourceCorrupt',
      'It is empty.',
    ],
    [
      'an error with an unknown reason',
      { error: { reason: 'rendition_instructions_error', message: 'size must be a number.' } },
      'GenericError',
      'size must be a number.',
    ],
    ['an error without a reason', { error: { message: 'Ouch.' } }, 'GenericError', 'Ouch.'],
    ['an error without a message', { error: { reason: 'SourceCorrupt' } }, 'SourceCorrupt', MUTE],
    ['an error with an empty message', { error: { message: '' } }, 'GenericError', MUTE],
    ['an error that is null', { error: null }, 'GenericError', SILENT],
    ['success', {}, 'GenericError', SILENT],
    ['success with a result', { statusCode: 200, ok: true }, 'GenericError', SILENT],
    ['no result', undefined, 'GenericError', SILENT],
    ['a result that is no object', 'done', 'GenericError', SILENT],
  ]
  for (const [title, result, reason, message] of shapes) {
    it(`fails its renditions when it ended with ${title}`, async () => {
      const { register, process, actions, read, gateway: opened, clock } = gateway()
      const journal = await register()
      const rendition = { name: 'a.png', fmt: 'png', width: '200', userData: { own: 1 } }
      const requestId = await process({
        source: { url: 'https://storage.test/s.jpg', name: 's.jpg' },
        userData: { run: 1 },
        renditions: [{ ...rendition, target }],
      })
      const { activationId } = await actions.first()
      actions.end(activationId, result)
      await opened().activationEnded(activationId)
      assert.deepEqual((await read(journal)).events, [
        {
          type: 'rendition_failed',
          date: new Date(clock.ms).toISOString(),
          requestId,
          source: 'https://storage.test/s.jpg',
          userData: { run: 1 },
          rendition,
          errorReason: reason,
          errorMessage: message,
          activationIds: [activationId],
        },
      ])
    })
  }

  it('fails only the renditions that were not reported, in the order of the request', async () => {
    const { register, process, actions, report, read, gateway: opened } = gateway()
    const journal = await register()
    await process(requestBody('a', 'b', 'c', 'd'))
    const start = await actions.first()
    await report(start, 2)
    await report(start, 1, { type: 'rendition_failed', errorReason: 'SourceCorrupt' })
    actions.end(start.activationId, { error: 'It was killed.' })
    await opened().activationEnded(start.activationId)
    assert.deepEqual(
      (await read(journal)).events.map((event) => [
        event.rendition.name,
        event.type,
        event.errorReason,
      ]),
      [
        ['c', 'rendition_created', undefined],
        ['b', 'rendition_failed', 'SourceCorrupt'],
        ['a', 'rendition_failed', 'GenericError'],
        ['d', 'rendition_failed', 'GenericError'],
      ],
    )
  })

  it('fails renditions once, however often its end is told', async () => {
    const { register, process, actions, read, gateway: opened } = gateway()
    const journal = await register()
    await process(requestBody('a', 'b'))
    const { activationId } = await actions.first()
    actions.end(activationId, {})
    const { activationEnded } = opened()
    await Promise.all([activationEnded(activationId), activationEnded(activationId)])
    await activationEnded(activationId)
    assert.equal((await read(journal)).events.length, 2)
  })

  it('is of no interest when it is not one that the gateway began', async () => {
    const { register, read, gateway: opened } = gateway()
    const journal = await register()
    await opened().activationEnded('unknown')
    assert.deepEqual((await read(journal)).events, [])
  })

  it('is of no interest when its client has unregistered', async () => {
    const { register, process, request, actions, read, gateway: opened } = gateway()
    await register()
    await process(requestBody())
    const { activationId } = await actions.first()
    await request('/unregister', { method: 'POST' })
    actions.end(activationId, {})
    await opened().activationEnded(activationId)
    assert.deepEqual((await read(await register())).events, [])
  })

  it('is reconciled when the service stops', async () => {
    const { register, process, actions, read, stop } = gateway()
    const journal = await register()
    await process(requestBody())
    const { activationId } = await actions.first()
    actions.end(activationId, { error: 'The service was stopped before the action ended.' })
    await stop()
    assert.deepEqual(
      (await read(journal)).events.map(({ errorMessage }) => errorMessage),
      ['The service was stopped before the action ended.'],
    )
  })

  it('fails the renditions of an action that cannot be started', async () => {
    const { register, process, actions, events } = gateway()
    const journal = await register()
    actions.answers.to = () => {
      throw new Error('There is no such action.')
    }
    await process(requestBody('a', 'b'))
    assert.deepEqual(
      (await events(journal, 2)).map((event) => [event.errorReason, event.errorMessage]),
      Array.from({ length: 2 }, () => ['GenericError', 'There is no such action.']),
    )
    assert.equal(actions.starts.length, 1)
  })
})

describe('A custom worker', () => {
  const gateway = useGateway()
  const stopping = new AbortController()
  const { callWorker } = createActionsClient({
    fetch: async () => assert.fail('nothing is asked of OpenWhisk'),
    apiKey: 'user:password',
    stopping: stopping.signal,
  })

  useNock()
  beforeEach(() => {
    gateway().actions.answers.to = ({ worker, params, headers }: Start) =>
      callWorker(worker, params, headers)
  })

  const body = (worker = WORKER) => ({
    source: 'https://storage.test/s.jpg',
    renditions: ['a.png', 'b.png'].map((name) => ({ name, target, worker })),
  })

  const refusals: [title: string, answer: (scope: nock.Interceptor) => void, message: string][] = [
    [
      'answers 401',
      (call) => call.reply(401, { error: 'Missing Oauth token' }),
      `Asked to start, the worker ${WORKER} answered with status 401: Missing Oauth token`,
    ],
    [
      'answers 404',
      (call) => call.reply(404, { error: 'The requested resource does not exist.' }),
      `Asked to start, the worker ${WORKER} answered with status 404: The requested resource does not exist.`,
    ],
    [
      'answers 500 with a page',
      (call) => call.reply(500, '<h1>Broken</h1>'),
      `Asked to start, the worker ${WORKER} answered with status 500: <h1>Broken</h1>`,
    ],
    [
      'answers 503 with nothing',
      (call) => call.reply(503),
      `Asked to start, the worker ${WORKER} answered with status 503: nothing more.`,
    ],
    [
      'redirects',
      (call) => call.reply(308, '', { location: 'https://elsewhere.test/' }),
      `Asked to start, the worker ${WORKER} answered with status 308: nothing more.`,
    ],
    [
      'answers 200 and no JSON',
      (call) => call.reply(200, 'ok'),
      `Asked to start, the worker ${WORKER} answered without an activationId.`,
    ],
    [
      'answers 200 and no activationId',
      (call) => call.reply(200, { ok: true }),
      `Asked to start, the worker ${WORKER} answered without an activationId.`,
    ],
    [
      'answers an activationId that would be a path',
      (call) => call.reply(200, { activationId: '../actions/x' }),
      `Asked to start, the worker ${WORKER} answered without an activationId.`,
    ],
    [
      'cannot be reached',
      (call) => call.replyWithError(new Error('connect ECONNREFUSED 127.0.0.1:1')),
      `Asked to start, the worker ${WORKER} did not answer: connect ECONNREFUSED 127.0.0.1:1.`,
    ],
    [
      'quotes what it was sent',
      (call) =>
        call.reply(400, { message: `Bad target ${target} and Bearer abcdefghijklmnopqrst` }),
      `Asked to start, the worker ${WORKER} answered with status 400: Bad target https://storage.test/a?… and Bearer …`,
    ],
  ]
  for (const [title, answer, message] of refusals) {
    it(`that ${title} fails its renditions at once`, async () => {
      answer(nock(ORIGIN).post(PATH))
      const { register, process, actions, events, log } = gateway()
      const journal = await register()
      await process(body())
      assert.deepEqual(
        (await events(journal, 2)).map((event) => [
          event.type,
          event.rendition.name,
          event.errorReason,
          event.errorMessage,
        ]),
        ['a.png', 'b.png'].map((name) => ['rendition_failed', name, 'GenericError', message]),
      )
      assert.equal(actions.starts.length, 1)
      assert.doesNotMatch(log.lines.join('\n'), /hidden|abcdefghijkl/)
    })
  }

  it('does not have the secrets of its URL told', async () => {
    nock(ORIGIN).post(`${PATH}?code=hidden`).reply(500)
    const { register, process, events } = gateway()
    const journal = await register()
    await process(body(`${WORKER}?code=hidden`))
    const [event] = await events(journal, 2)
    assert.match(event?.errorMessage ?? '', /the worker https:\/\/worker\.test\/\S+ answered/)
    assert.doesNotMatch(event?.errorMessage ?? '', /hidden/)
  })

  it('that is too busy is tried again, and may be well then', async () => {
    nock(ORIGIN).post(PATH).reply(429, '', { 'retry-after': '0' })
    nock(ORIGIN).post(PATH).reply(200, { activationId: 'web1' })
    const { register, process, actions, report, events } = gateway()
    const journal = await register()
    await process(body())
    const [, start] = await actions.started(2)
    assert.ok(start)
    await report(start, 0)
    await report(start, 1)
    assert.deepEqual(
      (await events(journal, 2)).map(({ type }) => type),
      ['rendition_created', 'rendition_created'],
    )
  })

  it('that is too busy for a quarter of an hour fails its renditions', async () => {
    nock(ORIGIN).post(PATH).times(2).reply(429, '', { 'retry-after': '0' })
    const { register, process, actions, events, clock } = gateway()
    const journal = await register()
    const call = actions.answers.to
    actions.answers.to = (start) => {
      if (actions.starts.length === 2) clock.ms += 15 * 60 * 1000
      return call(start)
    }
    await process(body())
    const [event] = await events(journal, 2)
    assert.match(event?.errorMessage ?? '', /answered with status 429: nothing more\.$/)
    assert.equal(actions.starts.length, 2)
  })

  it('whose activation had ended before its id was known is reconciled', async () => {
    nock(ORIGIN).post(PATH).reply(200, { activationId: 'web1' })
    const { register, process, actions, events, gateway: opened } = gateway()
    actions.end('web1', { error: { reason: 'SourceCorrupt', message: 'It is empty.' } })
    await opened().activationEnded('web1')
    const journal = await register()
    await process(body())
    assert.deepEqual(
      (await events(journal, 2)).map((event) => [event.errorReason, event.errorMessage]),
      Array.from({ length: 2 }, () => ['SourceCorrupt', 'It is empty.']),
    )
  })

  it('that answers the same activationId twice has both reconciled', async () => {
    nock(ORIGIN).post(PATH).times(2).reply(200, { activationId: 'same' })
    const { register, process, actions, events, gateway: opened, log } = gateway()
    const journal = await register()
    await process(body())
    await process(body())
    await actions.started(2)
    while (log.lines.filter((line) => line.includes('activation same')).length < 2) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    actions.end('same', {})
    await opened().activationEnded('same')
    assert.equal((await events(journal, 4)).length, 4)
  })
})

describe('A service that is interrupted', () => {
  const gateway = useGateway()

  it('begins anew what was under way, in the order of the requests', async () => {
    const { register, process, stop } = gateway()
    await register()
    for (const name of ['a', 'b', 'c']) await process(requestBody(name))
    await gateway().actions.started(3)
    await stop()
    gateway().gateway()
    const starts = await gateway().actions.started(3)
    assert.deepEqual(
      starts.map(({ params }) => params.renditions[0]?.['name']),
      ['a', 'b', 'c'],
    )
  })

  it('begins anew only what of a request is pending', async () => {
    const { register, process, report, stop } = gateway()
    await register()
    await process(requestBody('a', 'b', 'c'))
    await report(await gateway().actions.first(), 1)
    await stop()
    gateway().gateway()
    const { params } = await gateway().actions.first()
    assert.deepEqual(
      params.renditions.map(({ name }) => name),
      ['a', 'c'],
    )
  })

  it('takes the event of an activation that it had begun in its earlier life', async () => {
    const { register, process, report, kill, read } = gateway()
    const journal = await register()
    await process(requestBody())
    const start = await gateway().actions.first()
    await kill()
    await report(start, 0)
    assert.deepEqual(
      (await read(journal)).events.map(({ type }) => type),
      ['rendition_created'],
    )
  })

  it('fails a rendition that was under way each time it died', async () => {
    const { register, process, stop, kill, events } = gateway()
    const journal = await register()
    const requestId = await process(requestBody('a', 'b'))
    mock.timers.enable({ apis: ['setTimeout'] })
    for (let life = 1; life <= 4; life++) {
      gateway().gateway()
      await new Promise((resolve) => setImmediate(resolve))
      mock.timers.tick(10_000)
      const { activationId } = await gateway().actions.first()
      assert.equal(activationId, 'activation1')
      await new Promise((resolve) => setImmediate(resolve))
      await kill()
    }
    mock.timers.reset()
    const failed = await events(journal, 2)
    assert.deepEqual(
      failed.map((event) => [event.requestId, event.rendition.name, event.errorMessage]),
      ['a', 'b'].map((name) => [
        requestId,
        name,
        'The service was interrupted 4 times while this rendition was under way; please ask for it again.',
      ]),
    )
    assert.deepEqual(gateway().actions.starts, [])
    await stop()
    assert.equal((await gateway().read(journal)).events.length, 2)
  })

  it('counts no try whose worker never said that it began', async () => {
    const { register, process, stop } = gateway()
    await register()
    gateway().actions.answers.to = never
    await process(requestBody())
    for (let life = 1; life <= 4; life++) {
      await gateway().kill()
      gateway().actions.answers.to = never
      gateway().gateway()
      await gateway().actions.first()
    }
    await gateway().kill()
    gateway().gateway()
    assert.ok(await gateway().actions.first())
    await stop()
  })

  it('leaves nothing but its own files behind', async () => {
    const { register, process, kill, home } = gateway()
    await register()
    await process(requestBody())
    await kill()
    assert.deepEqual(readdirSync(home), ['gateway.sqlite'])
  })
})
