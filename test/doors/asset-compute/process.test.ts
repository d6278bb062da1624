import assert from 'node:assert/strict'
import {
  answerOf,
  BUILT_IN_ACTION,
  refusalOf,
  requestBody,
  TEXT_ACTION,
  tooMany,
  useGateway,
} from './gateway-fixture.ts'

const WORKER = 'https://worker.test/api/v1/web/ns/pkg/worker'

const target = 'https://storage.test/a?signature=hidden'

const entry = (name: string, worker?: string) => ({ name, fmt: 'png', target, worker })

/** A body whose renditions have a worker each. */
const groups = (count: number) => ({
  renditions: Array.from({ length: count }, (_, index) => entry('a', `${WORKER}${index}`)),
})

describe('POST /process', () => {
  const gateway = useGateway()

  const post = (body: unknown, headers: Record<string, string> = {}) =>
    gateway().request('/process', {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })

  it('answers 200 with nothing but the request id, before a worker has started', async () => {
    const { register, actions } = gateway()
    actions.answers.to = () => new Promise<string>(() => {})
    await register()
    const response = await post(requestBody(), { 'x-request-id': 'mine' })
    assert.deepEqual(await answerOf(response, 200), { ok: true })
    assert.equal(response.headers.get('x-request-id'), 'mine')
    assert.match(response.headers.get('content-type') ?? '', /^application\/json/)
  })

  it('answers 404 to a client that is not registered', async () => {
    assert.equal(
      await refusalOf(await post(requestBody()), 404),
      'This client is not registered; POST /register comes first.',
    )
  })

  it('does not break when its client unregisters meanwhile', async () => {
    const { register, request, read } = gateway()
    for (let round = 0; round < 20; round++) {
      const journal = await register()
      const [unregistered, processed] = await Promise.all([
        request('/unregister', { method: 'POST' }),
        post(requestBody()),
      ])
      assert.equal(unregistered.status, 200)
      assert.ok([200, 404].includes(processed.status), `${processed.status}`)
      assert.equal((await read(journal)).status, 404)
    }
  })

  it('tells the log what is likely a mistake in a request, and takes it as Adobe’s service does', async () => {
    const { register, log } = gateway()
    await register()
    const [first] = requestBody().renditions
    const source = { url: 'https://storage.test/s', nmae: 'a.jpg' }
    const body = { source, sorce: 1, renditions: [entry('a'), entry('a'), first] }
    await answerOf(await post(body, { 'x-request-id': 'odd' }), 200)
    for (const line of [
      'odd: sorce is unknown and makes no difference; did you mean source?',
      'odd: source.nmae is unknown and makes no difference; did you mean source.name?',
    ]) {
      assert.ok(log.lines.includes(line), log.lines.join('\n'))
    }
    assert.ok(
      log.lines.some((line) => line.startsWith('odd: Renditions 1 and 2 are both called "a"')),
    )
  })

  const good = { source: 'https://storage.test/s', renditions: [{ fmt: 'png', target }] }
  const rendition = (fields: object) => ({
    ...good,
    renditions: [{ fmt: 'png', target, ...fields }],
  })
  const malformed: [title: string, body: unknown, message: string | RegExp][] = [
    ['a body that is not JSON', '{"source"', 'The body must be JSON, and it is not.'],
    ['no body', '', 'The body must be JSON, and it is not.'],
    ...(
      [
        ['an array', [good], 'an array'],
        ['a string', '"text"', '"text"'],
        ['a number', '1', '1'],
        ['null', 'null', 'null'],
      ] as const
    ).map(([title, body, shown]): [string, unknown, string] => [
      `JSON that is ${title}`,
      body,
      `The body must be a JSON object with source and renditions, but it is ${shown}.`,
    ]),
    [
      'renditions that are missing',
      { source: good.source },
      'renditions is missing; it must be an array of renditions.',
    ],
    [
      'renditions that are empty',
      { ...good, renditions: [] },
      'renditions must be an array of at least one rendition, but it is an empty array.',
    ],
    [
      'renditions that are no array',
      { ...good, renditions: { fmt: 'png' } },
      'renditions must be an array of renditions, but it is an object.',
    ],
    ...[['png', '"png"'] as const, [null, 'null'] as const, [[], 'an empty array'] as const].map(
      ([value, shown]): [string, unknown, RegExp] => [
        `a rendition that is ${shown}`,
        { ...good, renditions: [...good.renditions, value] },
        new RegExp(`^renditions\\[1\\] must be an object with a target .*, but it is ${shown}\\.$`),
      ],
    ),
    [
      'a target that is missing',
      rendition({ target: undefined }),
      /^renditions\[0\]\.target is missing; it must be an absolute URL or an object with urls/,
    ],
    [
      'a target that is no URL',
      rendition({ target: 'a.png?signature=hidden' }),
      /^renditions\[0\]\.target must be an absolute URL.*, but it is "a\.png\?…"\.$/,
    ],
    [
      'a multi-part target with a part that is no URL',
      rendition({ target: { urls: [target, 'part2'] } }),
      'renditions[0].target.urls[1] must be an absolute URL, but it is "part2".',
    ],
    [
      'a multi-part target without parts',
      rendition({ target: { urls: [] } }),
      /^renditions\[0\]\.target\.urls must be an array of at least one URL, .* empty array\.$/,
    ],
    [
      'a multi-part target with a part size that is no number',
      rendition({ target: { urls: [target], maxPartSize: '10MB' } }),
      /^renditions\[0\]\.target\.maxPartSize must be .* bytes.*, but it is "10MB"\.$/,
    ],
    [
      'a rendition with neither fmt nor worker',
      rendition({ fmt: undefined }),
      /^renditions\[0\]\.fmt is missing; it must be a format such as "png"/,
    ],
    [
      'a worker that is no https URL',
      rendition({ worker: 'http://worker.test/' }),
      'renditions[0].worker must be an https:// URL, but it is "http://worker.test/".',
    ],
    [
      'userData that is no object',
      rendition({ userData: 'text' }),
      'renditions[0].userData must be an object, but it is "text".',
    ],
    [
      'a source that is no URL',
      { ...good, source: 'source.jpg' },
      /^source must be an absolute URL.*, but it is "source\.jpg"\.$/,
    ],
    [
      'a source object without a url',
      { ...good, source: { name: 'a.jpg' } },
      'source.url is missing; it must be an absolute URL.',
    ],
  ]
  for (const [title, body, message] of malformed) {
    it(`answers 400 to ${title}`, async () => {
      const { register, actions, log } = gateway()
      await register()
      const text = await refusalOf(await post(body), 400)
      if (typeof message === 'string') assert.equal(text, message)
      else assert.match(text, message)
      assert.deepEqual(actions.starts, [])
      assert.doesNotMatch(text + log.lines.join(), /hidden/)
    })
  }

  it('answers 413 to 2 MB', async () => {
    await gateway().register()
    const body = { ...good, userData: { long: 'x'.repeat(2 * 1024 * 1024) } }
    assert.equal(
      await refusalOf(await post(body), 413),
      'The body is larger than 1048576 bytes, the most that is taken.',
    )
  })

  it('answers 413 to 2 MB, whoever sends them', async () => {
    await gateway().register()
    const body = { ...good, userData: { long: 'x'.repeat(2 * 1024 * 1024) } }
    await refusalOf(await post(body, { authorization: 'Bearer nobody' }), 413)
  })

  it('answers 413 to 2 MB that come without a Content-Length', async () => {
    const { register, request } = gateway()
    await register()
    const chunk = new Uint8Array(64 * 1024).fill(32)
    let chunks = 32
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (chunks-- > 0) controller.enqueue(chunk)
        else controller.close()
      },
    })
    await refusalOf(await request('/process', { method: 'POST', body, duplex: 'half' }), 413)
  })

  it('answers 429 with an empty body and Retry-After while too many requests of a client wait', async () => {
    const { register, actions, ims, secrets, headersOf, request } = gateway()
    await register()
    actions.answers.to = () => new Promise<string>(() => {})
    // 32 are under way elsewhere, and what waits is counted in groups of renditions of one worker.
    for (const count of [32, 5000, 4999]) assert.equal((await post(groups(count))).status, 200)
    assert.equal((await post(groups(1))).status, 200)
    const response = await post(groups(1), { 'x-request-id': 'mine' })
    assert.equal(response.status, 429)
    assert.equal(await response.text(), '')
    assert.equal(response.headers.get('retry-after'), '1')
    assert.equal(response.headers.get('x-request-id'), 'mine')
    const { orgId } = secrets
    const { accessToken } = await ims.issue({ clientId: 'another', orgId })
    const another = { ...(await headersOf(accessToken)), 'x-api-key': 'another' }
    await request('/register', { method: 'POST', headers: another })
    assert.equal((await post(groups(1), another)).status, 200)
  })

  it('takes a request with the id of an earlier one as another request', async () => {
    const { register, process, actions, report, events } = gateway()
    const journal = await register()
    const headers = { 'x-request-id': 'twice' }
    await process(requestBody('a.png'), { headers })
    await process(requestBody('b.png'), { headers })
    const [one, other] = await actions.started(2)
    assert.ok(one && other)
    await report(other, 0)
    await report(one, 0)
    assert.deepEqual(
      (await events(journal, 2)).map(({ requestId, rendition: { name } }) => [requestId, name]),
      [
        ['twice', 'b.png'],
        ['twice', 'a.png'],
      ],
    )
  })
})

describe('A worker that a request starts', () => {
  const gateway = useGateway()

  const sources: [title: string, source: unknown, expected: unknown][] = [
    ['a string', 'https://storage.test/s.jpg?sig=1', { url: 'https://storage.test/s.jpg?sig=1' }],
    [
      'an object',
      { url: 'https://storage.test/s', name: 's.jpg', size: 7, mimetype: 'image/jpeg', more: [1] },
      { url: 'https://storage.test/s', name: 's.jpg', size: 7, mimetype: 'image/jpeg', more: [1] },
    ],
    ['a data URI', 'data:text/plain,hello', { url: 'data:text/plain,hello' }],
    ['null', null, undefined],
    ['left out', undefined, undefined],
  ]
  for (const [title, source, expected] of sources) {
    it(`gets the source that is ${title}`, async () => {
      const { register, process, actions } = gateway()
      await register()
      await process({ source, renditions: [{ fmt: 'zip', target }] })
      const { worker, params } = await actions.first()
      assert.equal(worker, BUILT_IN_ACTION)
      assert.deepEqual(params.source, expected)
    })
  }

  const targets: [title: string, value: unknown][] = [
    ['a string', target],
    ['a multi-part object', { urls: [target, `${target}2`], minPartSize: 1, maxPartSize: 1000 }],
  ]
  for (const [title, value] of targets) {
    it(`gets the target that is ${title}`, async () => {
      const { register, process, actions } = gateway()
      await register()
      await process({ renditions: [{ fmt: 'png', target: value, embedBinaryLimit: 100 }] })
      const { params } = await actions.first()
      assert.deepEqual(params.renditions[0]?.['target'], value)
    })
  }

  it('gets every field of a rendition untouched, and userData at both levels', async () => {
    const { register, process, actions, secrets } = gateway()
    await register()
    const fields = {
      name: 'a.png',
      width: '200',
      custom: { deep: [1, null, { a: 'b' }] },
      'dam:odd': false,
    }
    const requestId = await process({
      source: 'https://storage.test/s.jpg',
      userData: { run: [1, 2] },
      renditions: [{ fmt: 'png', target, ...fields, userData: { own: { index: 3 } } }],
    })
    const { params, headers } = await actions.first()
    const { userData, ...instructions } = params.renditions[0] ?? assert.fail()
    assert.deepEqual(instructions, { fmt: 'png', target, ...fields })
    assert.deepEqual(userData['own'], { index: 3 })
    assert.deepEqual(params.userData, { run: [1, 2] })
    assert.equal(params.requestId, requestId)
    assert.deepEqual(params['auth'], { orgId: secrets.orgId, clientId: secrets.clientId })
    // It begins when its request is answered, and that takes a second here.
    assert.deepEqual(params['times'], {
      gateway: '2026-01-01T00:00:00.000Z',
      process: '2026-01-01T00:00:01.000Z',
    })
    assert.deepEqual(headers, {})
  })

  it('gets all renditions that name the same worker at once, in the order of the request', async () => {
    const { register, process, actions, secrets } = gateway()
    await register()
    const requestId = await process({
      source: 'https://storage.test/s.jpg',
      renditions: [
        entry('a'),
        entry('b', WORKER),
        entry('c', `${WORKER}2`),
        entry('d'),
        entry('e', WORKER),
        { ...entry('f'), fmt: 'text' },
        { ...entry('g', WORKER), fmt: 'text' },
      ],
    })
    const starts = await actions.started(4)
    assert.deepEqual(
      Object.fromEntries(
        starts.map(({ worker, params }) => [worker, params.renditions.map((each) => each['name'])]),
      ),
      {
        [BUILT_IN_ACTION]: ['a', 'd'],
        [TEXT_ACTION]: ['f'],
        [WORKER]: ['b', 'e', 'g'],
        [`${WORKER}2`]: ['c'],
      },
    )
    const custom = starts.find(({ worker }) => worker === WORKER)
    assert.deepEqual(custom?.headers, {
      authorization: 'Bearer of-the-client',
      'x-gw-ims-org-id': secrets.orgId,
      'x-request-id': requestId,
    })
    // A custom worker makes its auth and requestId of those headers itself.
    assert.deepEqual([custom.params['auth'], custom.params.requestId], [undefined, undefined])
  })

  it('starts in the order of the requests, and 16 are under way at most', async () => {
    const { register, process, actions, report, events, gateway: opened } = gateway()
    const journal = await register()
    const names = Array.from({ length: 40 }, (_, index) => `${index}.png`)
    for (const name of names) await process(requestBody(name))
    for (let ended = 0; ended < names.length; ended++) {
      const starts = await actions.started(Math.min(ended + 16, names.length))
      assert.equal(starts.length, Math.min(ended + 16, names.length))
      const start = starts[ended] ?? assert.fail()
      await report(start, 0)
      actions.end(start.activationId, {})
      await opened().activationEnded(start.activationId)
    }
    assert.deepEqual(
      actions.starts.map(({ params }) => params.renditions[0]?.['name']),
      names,
    )
    assert.equal((await events(journal, 40)).length, 40)
  })

  it('starts as soon as OpenWhisk, too busy at first, takes it, in the order of the requests', async () => {
    const { register, process, actions } = gateway()
    await register()
    const refused = Promise.withResolvers<never>()
    actions.answers.to = () => refused.promise
    // More than are under way at a time: those who still wait must not overtake the others.
    const names = Array.from({ length: 18 }, (_, index) => `${index}.png`)
    for (const name of names) await process(requestBody(name))
    await actions.started(16)
    actions.answers.to = ({ activationId }) => activationId
    refused.reject(tooMany('0'))
    const starts = await actions.started(32)
    assert.deepEqual(
      starts.slice(16, 32).map(({ params }) => params.renditions[0]?.['name']),
      names.slice(0, 16),
    )
  })

  it('does not wait for a busy worker that is not its own', async () => {
    const { register, process, actions } = gateway()
    await register()
    actions.answers.to = ({ worker, activationId }) => {
      if (worker === WORKER) throw tooMany('86400')
      return activationId
    }
    await process({ renditions: [{ target, worker: WORKER }] })
    await actions.started(1)
    await process(requestBody('a.png'))
    const [, start] = await actions.started(2)
    assert.equal(start?.worker, BUILT_IN_ACTION)
  })

  for (const [title, retryAfter] of [
    ['a date', 'Thu, 01 Jan 2026 00:00:00 GMT'],
    ['0', '0'],
  ]) {
    it(`is tried again when the Retry-After of a busy worker is ${title}`, async () => {
      const { register, process, actions, report, events } = gateway()
      const journal = await register()
      actions.answers.to = ({ activationId }) => {
        if (actions.starts.length === 1) throw tooMany(retryAfter)
        return activationId
      }
      await process({ renditions: [entry('a', WORKER)] })
      const [, start] = await actions.started(2)
      await report(start ?? assert.fail(), 0)
      assert.deepEqual(
        (await events(journal, 1)).map(({ type }) => type),
        ['rendition_created'],
      )
    })
  }
})
