import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { request as openHttp } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { createAdaptorServer } from '@hono/node-server'
import sharp from 'sharp'
import * as z from 'zod/mini'
import { readArchivedFiles } from '../../../../src/cases/archive-comparison.ts'
import type { Instructions } from '../../../../src/contract/instructions/instruction.ts'
import {
  archiveEntrySchema,
  type DevtoolRequest,
  historySchema,
  keptSourceSchema,
  type Rendition,
  sampleSchema,
} from '../../../../src/doors/page/api.ts'
import { isOver, useDevtool } from '../devtool-service.ts'

const SAFE = {
  'content-security-policy': "sandbox; default-src 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
}

const messageSchema = z.object({ message: z.string() })

function renditionAt({ renditions }: DevtoolRequest, position: number): Rendition {
  return renditions[position] ?? assert.fail(`there is no rendition ${position}`)
}

function post(body: unknown): RequestInit {
  return { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }
}

function brokenOff(): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: (controller) => controller.error(new Error('aborted')) })
}

function put(renditions: unknown): RequestInit {
  return { method: 'PUT', body: JSON.stringify({ renditions }) }
}

function firstOf(requests: readonly DevtoolRequest[]): DevtoolRequest {
  return requests[0] ?? assert.fail('there is no request')
}

async function bytesOf(response: Response): Promise<Buffer> {
  assert.ok(response.ok, `${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}

describe("the developer page's requests", () => {
  const devtool = useDevtool()
  const { ask } = devtool

  async function runToEnd(sample: string, ...renditions: Instructions[]): Promise<DevtoolRequest> {
    const source = await devtool.addSample(sample)
    const { id } = firstOf(await devtool.run([source], renditions))
    return devtool.until(id)
  }

  async function refusal(path: string, init?: RequestInit): Promise<string> {
    const response = await ask(path, init)
    return `${response.status} ${messageSchema.parse(await response.json()).message}`
  }

  describe('for the renditions of a source', () => {
    let request: DevtoolRequest
    before(async () => {
      request = await runToEnd(
        'logo.png',
        { name: 'größe.webp', fmt: 'webp', width: 100, userData: { mine: 1 } },
        { fmt: 'bogus' },
        { fmt: 'jpg', width: 20, embedBinaryLimit: 20_000 },
        { fmt: 'tiff', width: 50 },
      )
    })
    const path = (rest: string) => `/requests/${request.id}/renditions${rest}`

    it('say what was made', () => {
      const { instructions, state, worker, file, event } = renditionAt(request, 0)
      assert.deepEqual(
        { instructions, state, worker, file },
        {
          instructions: { name: 'größe.webp', fmt: 'webp', width: 100, userData: { mine: 1 } },
          state: 'created',
          worker: 'worker',
          file: {
            size: file?.size,
            type: 'image/webp',
            width: 100,
            height: 100,
            shownAs: 'picture',
          },
        },
      )
      assert.ok(file && file.size > 100)
      const { rendition, ...said } = z.looseObject({ rendition: z.unknown() }).parse(event)
      assert.deepEqual(rendition, instructions)
      assert.equal(said['type'], 'rendition_created')
    })

    it('say what failed, why, and which line of the log tells', () => {
      const { state, failure, file } = renditionAt(request, 1)
      assert.equal(state, 'failed')
      assert.equal(file, undefined)
      assert.equal(failure?.reason, 'RenditionFormatUnsupported')
      const { logs } =
        request.activations.find(({ id }) => id === failure?.line?.activationId) ?? {}
      assert.match(logs?.[failure?.line?.line ?? -1] ?? '', /fmt must be one of .*"bogus"/)
    })

    it('say what took how long', () => {
      const steps = request.renditions.map(({ spans }) => spans.map(({ step }) => step).join(' '))
      assert.deepEqual(steps, [
        'download render upload event',
        'download render event',
        'download render event',
        'download render upload event',
      ])
      for (const { start, end } of request.renditions.flatMap(({ spans }) => spans)) {
        assert.ok(request.sentAt <= start && start <= end && end <= Date.now())
      }
    })

    it('have what was sent, without what opens it', () => {
      const { targets, source } = z
        .pipe(
          z.object({
            source: z.object({ url: z.string(), name: z.string() }),
            renditions: z.array(z.object({ target: z.string() })),
          }),
          z.transform(({ source: { url, name }, renditions }) => ({
            source: [url, name],
            targets: renditions.map(({ target }) => target),
          })),
        )
        .parse(request.body)
      assert.equal(source[1], 'logo.png')
      for (const url of [...source, ...targets]) assert.doesNotMatch(url, /\?/)
      assert.doesNotMatch(JSON.stringify(request), /signature=[\w-]/)
      assert.doesNotMatch(JSON.stringify(request.body), /darkroomDevtool/)
    })

    it('hand out a file that nobody trusts', async () => {
      const response = await ask(path('/0/file?download'))
      const { headers } = response
      for (const [name, value] of Object.entries(SAFE)) assert.equal(headers.get(name), value)
      assert.equal(headers.get('content-type'), 'image/webp')
      assert.equal(
        headers.get('content-disposition'),
        "attachment; filename*=UTF-8''gr%C3%B6%C3%9Fe.webp",
      )
      const bytes = await bytesOf(response)
      assert.equal(bytes.length, renditionAt(request, 0).file?.size)
      assert.equal((await sharp(bytes).metadata()).width, 100)
    })

    it('hand out a file whose reader goes away without taking that for a mistake', async () => {
      const reader = new AbortController()
      const response = await ask(path('/0/file'), { signal: reader.signal })
      reader.abort('gone')
      assert.equal((await bytesOf(response)).length, renditionAt(request, 0).file?.size)
    })

    it('hand out a part of a file', async () => {
      const response = await ask(path('/0/file'), { headers: { range: 'bytes=8-11' } })
      assert.equal(response.status, 206)
      assert.equal(
        response.headers.get('content-range'),
        `bytes 8-11/${renditionAt(request, 0).file?.size}`,
      )
      assert.equal((await bytesOf(response)).toString(), 'WEBP')
    })

    it('say how large a file is', async () => {
      const response = await ask(path('/0/file'), { method: 'HEAD' })
      assert.equal(
        response.headers.get('content-length'),
        String(renditionAt(request, 0).file?.size),
      )
      assert.equal((await bytesOf(response)).length, 0)
    })

    it('hand out what came within its event', async () => {
      const bytes = await bytesOf(await ask(path('/2/file')))
      assert.equal((await sharp(bytes).metadata()).width, 20)
    })

    it('show what a browser shows as it is', async () => {
      const [file, picture] = await Promise.all([
        ask(path('/0/file')).then(bytesOf),
        ask(path('/0/picture')).then(bytesOf),
      ])
      assert.ok(file.equals(picture))
    })

    it('show what no browser shows as a PNG, which is made once', async () => {
      const answers = await Promise.all([ask(path('/3/picture')), ask(path('/3/picture'))])
      assert.deepEqual(
        answers.map(({ headers }) => headers.get('content-type')),
        ['image/png', 'image/png'],
      )
      const [etag, other] = answers.map(({ headers }) => headers.get('etag'))
      assert.equal(etag, other)
      const later = await ask(path('/3/picture'))
      assert.equal(later.headers.get('etag'), etag)
      const { format, width } = await sharp(await bytesOf(later)).metadata()
      assert.deepEqual({ format, width }, { format: 'png', width: 50 })
    })

    it('hand out all that were created in one archive', async () => {
      const archive = await ask(path('.zip'))
      assert.equal(archive.headers.get('content-type'), 'application/zip')
      assert.equal(archive.headers.get('content-disposition'), "inline; filename*=UTF-8''logo.zip")
      assert.deepEqual(
        (await readArchivedFiles(await bytesOf(archive))).map((file) => file.path),
        ['größe.webp', 'logo-rendition-2.jpg', 'logo-rendition-3.tiff'],
      )
    })

    it('say before how large the archive is', async () => {
      const archive = await ask(path('.zip?download'))
      const bytes = await bytesOf(archive)
      assert.equal(archive.headers.get('content-length'), String(bytes.length))
      assert.match(archive.headers.get('content-disposition') ?? '', /^attachment; /)
    })

    it('answer 404 where there is no file', async () => {
      assert.deepEqual(
        await Promise.all(
          ['/1/file', '/4/file', '/x/file', '/0/entries'].map((rest) => refusal(path(rest))),
        ),
        [
          '404 The rendition is failed; there is no file of it.',
          '404 There is no such rendition; the request has 4, counted from 0.',
          '404 There is no such rendition; the request has 4, counted from 0.',
          '404 This is no ZIP archive that can be read: End of central directory record signature not found. Either not a zip file, or file is truncated.',
        ],
      )
    })

    it('can be copied to become a test case', async () => {
      const { files } = devtool.requests()
      assert.deepEqual(files.request(request.id), request)
      const [source, rendition] = ['source', 'rendition'].map((name) => `${devtool.home}/${name}`)
      await files.copySource(request.source?.id ?? '', source ?? '')
      await files.copyRendition(request.id, 0, rendition ?? '')
      assert.ok((await readFile(source ?? '')).equals(await readFile('samples/logo.png')))
      assert.equal((await readFile(rendition ?? '')).length, renditionAt(request, 0).file?.size)
      await assert.rejects(files.copyRendition(request.id, 1, rendition ?? ''), { status: 404 })
      await assert.rejects(files.copySource('nothing', source ?? ''), { status: 404 })
    })
  })

  it('are one archive for a whole run, with a folder for each source', async () => {
    const sources = [
      await devtool.addSample('logo.png'),
      await devtool.addSample('portrait.jpg'),
      await devtool.addSource('logo.jpg', 'none'),
    ]
    const requests = await devtool.run(sources, [{ name: 'a.png', fmt: 'png', width: 9 }])
    await Promise.all(requests.map(({ id }) => devtool.until(id)))
    const { run } = firstOf(requests)
    assert.deepEqual(
      requests.map((each) => each.run),
      [0, 1, 2].map((position) => ({ id: run.id, position, renditions: 3 })),
    )
    const archive = await ask(`/runs/${run.id}/renditions.zip`)
    assert.equal(
      archive.headers.get('content-disposition'),
      "inline; filename*=UTF-8''renditions.zip",
    )
    assert.deepEqual(
      (await readArchivedFiles(await bytesOf(archive))).map((file) => file.path),
      ['logo/a.png', 'portrait/a.png'],
    )
    assert.match(await refusal('/runs/nothing/renditions.zip'), /^404 There is no run "nothing"/)
  })

  it('are told in few bytes, since much of them is alike', async () => {
    const headers = { 'accept-encoding': 'gzip' }
    const answer = await ask('/requests?limit=50&within=8', { headers })
    assert.equal(answer.headers.get('content-encoding'), 'gzip')
    const told = gunzipSync(await answer.arrayBuffer())
    assert.ok(historySchema.parse(JSON.parse(told.toString())).requests.length > 0)
  })

  it('use another source as a file', async () => {
    const sources = [await devtool.addSample('portrait.jpg'), await devtool.addSample('logo.png')]
    const requests = await devtool.run(sources, [
      { fmt: 'png', width: 50, watermark: { image: './logo.png' } },
    ])
    assert.equal(requests.length, 1)
    const { id, files, source } = firstOf(requests)
    assert.deepEqual([source?.name, files.map(({ name }) => name)], ['portrait.jpg', ['logo.png']])
    assert.equal(renditionAt(await devtool.until(id), 0).state, 'created')
  })

  it('list what an archive of all sources holds', async () => {
    const sources = [
      await devtool.addSample('portrait.jpg'),
      await devtool.addSample('portrait.jpg'),
    ]
    const { id } = firstOf(await devtool.run(sources, [{ fmt: 'zip' }]))
    await devtool.until(id)
    const entries = z
      .array(archiveEntrySchema)
      .parse(await (await ask(`/requests/${id}/renditions/0/entries`)).json())
    const { size } = sources[0] ?? { size: 0 }
    assert.deepEqual(
      entries.map((entry) => [entry.path, entry.size]),
      [
        ['portrait.jpg', size],
        ['portrait-2.jpg', size],
      ],
    )
  })

  it('run once their activation has begun, and tell how long they have waited', async () => {
    const source = await devtool.addSample('logo.png')
    const request = firstOf(await devtool.run([source], [{ fmt: 'png' }, { fmt: 'png' }]))
    const { id, sentAt } = request
    assert.deepEqual(
      request.renditions.map(({ state }) => state),
      ['queued', 'queued'],
    )
    const renditions = [{ target: 'https://a/', userData: { darkroomDevtool: { position: 1 } } }]
    const start = sentAt + 5
    // A web call that invokes the one which works.
    devtool.begin({ start }, { __ow_headers: { 'x-request-id': id }, renditions })
    devtool.begin({ start }, { requestId: id, renditions })
    const begun = devtool.requests().files.request(id)
    assert.deepEqual(
      begun?.renditions.map(({ state, spans }) => [state, spans]),
      [
        ['queued', []],
        ['running', [{ step: 'queue', start: sentAt, end: start }]],
      ],
    )
    const steps = renditionAt(await devtool.until(id), 1).spans.map(({ step }) => step)
    assert.equal(steps[0], 'queue')
  })

  it('are there when the page is opened again, and go on', async () => {
    const source = await devtool.addSample('logo.png')
    const { id } = firstOf(await devtool.run([source], [{ fmt: 'png', width: 10 }]))
    await devtool.reopen()
    const { state } = renditionAt(
      await devtool.until(id, ({ renditions }) =>
        renditions.every((each) => each.state === 'created'),
      ),
      0,
    )
    assert.equal(state, 'created')
    const history = historySchema.parse(await (await ask('/requests?limit=1')).json())
    assert.deepEqual([history.requests[0]?.id, history.more], [id, true])
    const older = historySchema.parse(await (await ask(`/requests?before=${id}`)).json())
    assert.ok(older.requests.length > 0)
    assert.ok(older.requests.every((each) => each.id !== id))
    assert.ok(older.requests.every(isOver))
  })

  it('have a file of this machine drawn that nothing else here can draw', async () => {
    const drawn = await devtool
      .requests()
      .derived.drawLocal('test/asset-compute/document/page-two/file.pdf')
    assert.equal((await sharp(drawn).metadata()).format, 'png')
    await assert.rejects(devtool.requests().derived.drawLocal('package.json'), { status: 404 })
  })

  it('show the picture of a source, and say why there is none', async () => {
    const tiff = await sharp('samples/logo.png').tiff().toBuffer()
    const source = await devtool.addSource('a.tif', new Uint8Array(tiff))
    const picture = await bytesOf(await ask(`/sources/${source.id}/picture`))
    assert.equal((await sharp(picture).metadata()).format, 'png')
    const text = await devtool.addSource('a.bin', 'some text')
    assert.match(await refusal(`/sources/${text.id}/picture`), /^404 .*format/)
  })

  it('show a light source in a list as it is, and a heavy one small', async () => {
    const light = readFileSync('samples/logo.png')
    const { id } = await devtool.addSource('light.png', new Uint8Array(light))
    assert.ok(light.equals(await bytesOf(await ask(`/sources/${id}/thumbnail`))))
    const heavy = await sharp('samples/harbour.jpg').png({ compressionLevel: 0 }).toBuffer()
    const source = await devtool.addSource('heavy.png', new Uint8Array(heavy))
    const small = await bytesOf(await ask(`/sources/${source.id}/thumbnail`))
    assert.partialDeepStrictEqual(await sharp(small).metadata(), { format: 'png', width: 400 })
  })

  describe('for sources', () => {
    it('keep the file, its name and type', async () => {
      const source = await devtool.addSource(
        'folder/größe.txt',
        'Grüße',
        'text/plain;charset=utf-8',
      )
      assert.deepEqual(source, { id: source.id, name: 'größe.txt', type: 'text/plain', size: 7 })
      const response = await ask(`/sources/${source.id}/file`)
      for (const [name, value] of Object.entries(SAFE)) {
        assert.equal(response.headers.get(name), value)
      }
      assert.equal(response.headers.get('content-type'), 'text/plain; charset=utf-8')
      assert.equal((await bytesOf(response)).toString(), 'Grüße')
    })

    it('take a file without bytes', async () => {
      const { id, size } = await devtool.addSource('empty.png', '')
      assert.equal(size, 0)
      assert.equal((await bytesOf(await ask(`/sources/${id}/file`))).length, 0)
    })

    it('know the pictures of the project', async () => {
      const samples = z.array(sampleSchema).parse(await (await ask('/samples')).json())
      assert.deepEqual(
        samples.map(({ name }) => name),
        ['harbour.jpg', 'logo.png', 'portrait.jpg'],
      )
    })

    it('show a picture of the project small', async () => {
      const picture = await bytesOf(await ask('/samples/harbour.jpg/picture'))
      const { format, width, height } = await sharp(picture).metadata()
      assert.deepEqual({ format, width, height }, { format: 'png', width: 128, height: 96 })
      assert.ok(picture.length < 20_000, `${picture.length} bytes`)
      assert.match(await refusal('/samples/nothing.jpg/picture'), /^404 There is no sample/)
    })

    it('do not keep a large file in memory', async () => {
      const chunk = new Uint8Array(1024 * 1024)
      const before = process.memoryUsage().arrayBuffers
      let [left, most] = [256, 0]
      const body = new ReadableStream({
        pull(controller) {
          most = Math.max(most, process.memoryUsage().arrayBuffers - before)
          if (left === 0) controller.close()
          else controller.enqueue(chunk.slice())
          left -= 1
        },
      })
      const init = { method: 'POST', body, duplex: 'half' } as const
      const { size } = keptSourceSchema.parse(await (await ask('/sources?name=large', init)).json())
      assert.equal(size, 256 * chunk.length)
      assert.ok(most < size / 2, `${most} bytes`)
    })

    it('keep nothing of an upload that breaks off', async () => {
      const handled: Promise<Response>[] = []
      const server = createAdaptorServer({
        fetch(request) {
          const { pathname, search } = new URL(request.url)
          const { body, headers, signal } = request
          const init = { method: 'POST', body, headers, signal, duplex: 'half' } as const
          const answer = ask(pathname + search, init)
          handled.push(answer)
          return answer
        },
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const { port } = z.object({ port: z.int() }).parse(server.address())
      const received = Promise.withResolvers<void>()
      server.on('request', (request) => request.once('data', () => received.resolve()))
      const upload = openHttp({
        port,
        path: '/sources?name=broken.png',
        method: 'POST',
        headers: { 'content-length': '1000000' },
      })
      upload.on('error', () => undefined)
      upload.write(Buffer.alloc(100_000))
      await received.promise
      upload.destroy()
      assert.equal((await handled[0])?.status, 400)
      server.close()
    })
  })

  describe('for profiles', () => {
    it('have that of AEM, and those that are saved', async () => {
      const saved = await ask('/profiles/my%20own', put([{ fmt: 'png' }]))
      assert.deepEqual(await saved.json(), {
        name: 'my own',
        renditions: [{ fmt: 'png' }],
        builtIn: false,
      })
      await ask('/profiles/my%20own', put([{ fmt: 'gif' }]))
      await devtool.reopen()
      const [aem, own] = z
        .array(
          z.object({ name: z.string(), builtIn: z.boolean(), renditions: z.array(z.unknown()) }),
        )
        .parse(await (await ask('/profiles')).json())
      assert.deepEqual([aem?.name, aem?.builtIn, aem?.renditions.length], ['AEM standard', true, 6])
      assert.deepEqual(own, { name: 'my own', builtIn: false, renditions: [{ fmt: 'gif' }] })
    })

    it('forget one', async () => {
      await ask('/profiles/other', put([{ fmt: 'png' }]))
      assert.equal((await ask('/profiles/other', { method: 'DELETE' })).status, 204)
      assert.equal(
        await refusal('/profiles/other', { method: 'DELETE' }),
        '404 There is no profile "other".',
      )
    })
  })

  it('go on after the page was unregistered', async () => {
    const source = await devtool.addSample('logo.png')
    const { id: lost } = firstOf(await devtool.run([source], [{ fmt: 'png' }]))
    await devtool.unregister()
    const { id } = firstOf(await devtool.run([source], [{ fmt: 'png', width: 10 }]))
    assert.equal(renditionAt(await devtool.until(id), 0).state, 'created')
    const { state, failure } = renditionAt(await devtool.until(lost), 0)
    assert.ok(state === 'created' || failure?.message.includes('journal'))
  })

  const REFUSALS: [what: string, path: string, init: RequestInit | undefined, message: RegExp][] = [
    [
      'no JSON',
      '/requests',
      post('{'),
      /^400 The body must be an object with sources and renditions, but it is not JSON\.$/,
    ],
    [
      'no renditions',
      '/requests',
      post({ sources: [], renditions: [] }),
      /^400 renditions must be an array of 1 to 1000/,
    ],
    [
      'an unknown source',
      '/requests',
      post({ sources: ['a'], renditions: [{}] }),
      /^404 There is no source "a" any more\.$/,
    ],
    [
      'what the service refuses',
      '/requests',
      post({ sources: [], renditions: [{ width: 1 }] }),
      /^400 renditions\[0\]\.fmt is missing; it must be a format such as "png", unless the rendition names a worker\.$/,
    ],
    [
      'userData that is none',
      '/requests',
      post({ sources: [], renditions: [{ fmt: 'png', userData: 1 }] }),
      /^400 renditions\[0\]\.userData must be an object/,
    ],
    [
      'a file that is none',
      '/requests',
      post({ sources: [], renditions: [{ fmt: 'zip', files: ['./a'] }] }),
      /^400 The instructions name "\.\/a"/,
    ],
    [
      'a large body',
      '/requests',
      post('x'.repeat(1024 * 1024 + 1)),
      /^413 The body is larger than/,
    ],
    [
      'a body that breaks off',
      '/requests',
      { method: 'POST', body: brokenOff(), duplex: 'half' },
      /^400 The body broke off before its end\.$/,
    ],
    [
      'a deep body',
      '/requests',
      post(`{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`),
      /^400 The body must be nested at most 1000 levels deep\.$/,
    ],
    ['an unknown request', '/requests/a', undefined, /^404 There is no request "a" any more\.$/],
    [
      'a page before nothing',
      '/requests?before=a',
      undefined,
      /^404 There is no request "a" any more\.$/,
    ],
    [
      'a page of nothing',
      '/requests?limit=0',
      undefined,
      /^400 limit must be a whole number, 1 to 100, but it is "0"\.$/,
    ],
    [
      'an unknown sample',
      '/samples/large',
      post(''),
      /^404 There is no sample "large"; they are harbour\.jpg/,
    ],
    ['a source without a name', '/sources', post(''), /^400 name is missing/],
    [
      'a source that is a folder',
      '/sources?name=..%2F',
      post(''),
      /^400 name must be that of a file/,
    ],
    [
      'an unknown source to show',
      '/sources/a/picture',
      undefined,
      /^404 There is no source "a" any more\.$/,
    ],
    [
      'a profile that comes with the service',
      '/profiles/AEM%20standard',
      { method: 'PUT', body: '{"renditions":[{}]}' },
      /^400 The profile "AEM standard" comes with the service/,
    ],
    [
      'a profile without renditions',
      '/profiles/a',
      { method: 'PUT', body: '{"renditions":[]}' },
      /^400 renditions must be/,
    ],
    [
      'a profile with a bad name',
      '/profiles/%07',
      { method: 'PUT', body: '{"renditions":[{}]}' },
      /^400 The name of a profile must have/,
    ],
  ]
  for (const [what, path, init, message] of REFUSALS) {
    it(`refuse ${what}`, async () => assert.match(await refusal(path, init), message))
  }
})
