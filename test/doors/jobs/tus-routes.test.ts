import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type ClientRequest, request } from 'node:http'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { Task } from '../../../src/doors/jobs/tasks/records.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { idOf, PART_BYTES, serveUploads, uploadByTus } from './tus-fixture.ts'

const HOUR_MS = 60 * 60 * 1000
const NAMED = { metadata: { filename: 'a.txt' } }

describe('an upload in parts', () => {
  const folder = useTemporaryFolder()
  let service: Awaited<ReturnType<typeof serveUploads>>
  before(async () => {
    service = await serveUploads(folder)
  })
  after(() => service.close())
  afterEach(() => assert.deepEqual(service.faults, []))

  /** Begins to send a body of some length, and goes no further; resolves when it has reached the service. */
  async function hang(url: string, length: number, bytes: Buffer): Promise<ClientRequest> {
    const sending = request(url, {
      method: 'PATCH',
      headers: {
        'Tus-Resumable': '1.0.0',
        'Upload-Offset': '0',
        'Content-Type': 'application/offset+octet-stream',
        'Content-Length': String(length),
      },
    })
    sending.on('error', () => undefined)
    const arrived = once(service.server, 'request')
    sending.write(bytes)
    await arrived
    return sending
  }

  describe('by the official client', () => {
    const content = randomBytes(3 * PART_BYTES + 17)
    const ways: [how: string, options: Record<string, unknown>][] = [
      ['in one request', {}],
      ['in requests that are smaller than a part of the storage', { chunkSize: 50_000 }],
      ['in requests that are larger', { chunkSize: 100_000 }],
      ['with all of it in the request that creates it', { uploadDataDuringCreation: true }],
    ]
    for (const [how, options] of ways) {
      it(`ends its task, when it comes ${how}`, async () => {
        const task = await service.addTask()
        const { url } = await uploadByTus(content, {
          endpoint: service.urls.of(task),
          ...NAMED,
          ...options,
        })
        const [file] = await service.filesOf(task)
        assert.ok(file)
        assert.ok(file.content.equals(content))
        assert.equal(await service.statusOf(task), 'finished')
        assert.ok(Number(service.current().objects.here.look(file.object)?.parts.length) > 1)
        assert.equal(await service.offsetOf(url ?? ''), content.byteLength)
      })
    }

    it('may have a length that is known at its end only', async () => {
      const task = await service.addTask()
      await uploadByTus(Readable.from([content.subarray(0, 70_000), content.subarray(70_000)]), {
        endpoint: service.urls.of(task),
        uploadLengthDeferred: true,
        chunkSize: 65_000,
        ...NAMED,
      })
      const [file] = await service.filesOf(task)
      assert.ok(file?.content.equals(content))
    })

    it('may have no bytes', async () => {
      const task = await service.addTask()
      await uploadByTus(Buffer.alloc(0), { endpoint: service.urls.of(task), ...NAMED })
      assert.deepEqual(
        (await service.filesOf(task)).map(({ filename, size }) => [filename, size]),
        [['a.txt', 0]],
      )
      assert.equal(await service.statusOf(task), 'finished')
    })

    it('goes on where it was, after its connection broke and the service was killed', async () => {
      const task = await service.addTask()
      const endpoint = service.urls.of(task)
      const url = await service.begin(task, { 'Upload-Length': String(content.byteLength) })
      const broken = await hang(url, content.byteLength, content.subarray(0, 3 * PART_BYTES))
      while (service.sizeOf(task, url) === 0) await setImmediate()
      broken.destroy()
      const offset = await service.offsetOf(url)
      assert.ok(offset >= PART_BYTES && offset <= 3 * PART_BYTES, String(offset))
      await service.restart()
      assert.equal(await service.offsetOf(url), offset)
      await uploadByTus(content, { endpoint, uploadUrl: url, chunkSize: PART_BYTES })
      const [file] = await service.filesOf(task)
      assert.ok(file?.content.equals(content))
    })

    it('is deleted when the client wants so', async () => {
      const [task, before] = [await service.addTask(), await service.stored()]
      const url = await service.begin(task, { 'Upload-Length': '10' })
      await service.patch(url, 0, 'abc')
      assert.equal((await service.send('DELETE', url)).status, 204)
      assert.deepEqual(await service.stored(), before)
      assert.equal(await service.statusOf(task), 'waiting')
      assert.equal((await service.send('HEAD', url)).status, 404)
    })
  })

  const names: [metadata: string, filename: string, contentType: string][] = [
    [`filename ${encoded('é (1), 日本.pdf')}`, 'é (1), 日本.pdf', 'application/pdf'],
    [`filename ${encoded('../../etc/passwd')}`, 'passwd', 'application/octet-stream'],
    [`filename ${encoded('C:\\files\\a\0\r\n.png')}`, 'a.png', 'image/png'],
    [`is_draft,name ${encoded('a.jpg')}`, 'a.jpg', 'image/jpeg'],
    [`filename ${encoded('a.md')},filetype ${encoded('text/x-own')}`, 'a.md', 'text/x-own'],
    [`filename ${encoded('a.jpg')},filetype ${encoded('a\r\nb: c')}`, 'a.jpg', 'image/jpeg'],
  ]
  for (const [metadata, filename, contentType] of names) {
    it(`is called ${filename} and of the type ${contentType} by ${metadata}`, async () => {
      const task = await service.addTask()
      const url = await service.begin(task, { 'Upload-Length': '7', 'Upload-Metadata': metadata })
      assert.equal((await service.send('HEAD', url)).headers.get('upload-metadata'), metadata)
      assert.equal((await service.patch(url, 0, 'content')).status, 204)
      const [file] = await service.filesOf(task)
      assert.deepEqual(
        [file?.filename, file?.contentType, file?.content.toString()],
        [filename, contentType, 'content'],
      )
    })
  }

  describe('is refused', () => {
    let task: Task
    let begun: string
    before(async () => {
      task = await service.addTask()
      begun = await service.begin(task, { 'Upload-Length': '10' })
      await service.patch(begun, 0, 'abc')
    })

    const creations: [what: string, headers: Record<string, string>, status: number, RegExp][] = [
      ['a length that is no number', { 'Upload-Length': '1e3' }, 422, /Upload-Length must be/],
      ['a length below 0', { 'Upload-Length': '-1' }, 422, /Upload-Length must be/],
      ['a length of half bytes', { 'Upload-Length': '1.5' }, 422, /Upload-Length must be/],
      ['a length beyond all', { 'Upload-Length': '9'.repeat(400) }, 422, /Upload-Length must be/],
      ['a length over the limit', { 'Upload-Length': '10000000001' }, 413, /10000000000 bytes/],
      ['no length', {}, 422, /Exactly one of/],
      ['two of them', { 'Upload-Length': '1', 'Upload-Defer-Length': '1' }, 422, /Exactly one of/],
      ['a length deferred how', { 'Upload-Defer-Length': '2' }, 422, /Defer-Length must be 1/],
      ['no name', { 'Upload-Length': '1', 'Upload-Metadata': 'a YQ==' }, 422, /but it has \\"\\"/],
      [
        'a name that is none',
        { 'Upload-Length': '1', 'Upload-Metadata': `filename ${encoded('a/..')}` },
        422,
        /must have a filename/,
      ],
      ...['filename !', 'filename', 'filename YQ,', ' ', 'filename YQ==,filename YQ=='].map(
        (metadata): [string, Record<string, string>, number, RegExp] => [
          `Upload-Metadata ${JSON.stringify(metadata)}`,
          { 'Upload-Length': '1', 'Upload-Metadata': metadata },
          422,
          /Upload-Metadata must be|must have a filename/,
        ],
      ),
      ['a file of files', { 'Upload-Length': '1', 'Upload-Concat': 'partial' }, 422, /Concat/],
      ['another version', { 'Tus-Resumable': '0.2.2' }, 412, /must be 1\.0\.0, but it is .*0\.2/],
    ]
    for (const [what, headers, status, message] of creations) {
      it(`with ${what}`, async () => {
        const before = await service.stored()
        const answer = await service.send('POST', service.urls.of(task), {
          headers: { 'Upload-Metadata': `filename ${encoded('a.txt')}`, ...headers },
        })
        assert.equal(answer.status, status, answer.text)
        assert.match(answer.text, message)
        assert.equal(answer.headers.get('access-control-allow-origin'), '*')
        assert.equal(answer.headers.get('tus-resumable'), '1.0.0')
        assert.deepEqual(await service.stored(), before)
        assert.equal(await service.statusOf(task), 'waiting')
      })
    }

    const patches: [what: string, headers: Record<string, string>, status: number, RegExp][] = [
      ['an offset that is no number', { 'Upload-Offset': 'x' }, 422, /Upload-Offset must be/],
      ['an offset below 0', { 'Upload-Offset': '-3' }, 422, /Upload-Offset must be/],
      ['an offset before the end', { 'Upload-Offset': '2' }, 409, /HEAD answers/],
      ['an offset beyond the end', { 'Upload-Offset': '4' }, 409, /HEAD answers/],
      ['another type', { 'Content-Type': 'text/plain' }, 422, /offset\+octet-stream/],
      ['a second length', { 'Upload-Length': '20' }, 422, /Exactly one of/],
    ]
    for (const [what, headers, status, message] of patches) {
      it(`a part with ${what}`, async () => {
        const answer = await service.patch(begun, 3, 'def', headers)
        assert.equal(answer.status, status, answer.text)
        assert.match(answer.text, message)
        assert.equal(await service.offsetOf(begun), 3)
      })
    }

    for (const [what, body] of [
      ['that is announced', (text: string) => text],
      ['that is not announced', (text: string) => new Blob([text]).stream()],
    ] as const) {
      it(`a part beyond the length, ${what}, which never makes it whole`, async () => {
        const answer = await service.patch(begun, 3, body('x'.repeat(8)))
        assert.equal(answer.status, 413, answer.text)
        assert.match(answer.text, /beyond the length/)
        assert.equal(await service.offsetOf(begun), 3)
        assert.equal(await service.statusOf(task), 'waiting')
      })
    }

    const urls: [what: string, change: (url: URL) => unknown, status: number, RegExp][] = [
      ['is not signed', (url) => url.searchParams.delete('signature'), 403, /unaltered/],
      ['is signed otherwise', (url) => url.searchParams.set('signature', 'é'), 403, /unaltered/],
      ['lasts longer', (url) => url.searchParams.set('expires', '9999999999'), 403, /unaltered/],
      [
        'is about another task',
        (url) => (url.pathname = `/v2/uploads/${randomUUID()}/tus`),
        403,
        /unaltered/,
      ],
    ]
    for (const [what, change, status, message] of urls) {
      it(`when its URL ${what}`, async () => {
        const url = new URL(service.urls.of(task))
        change(url)
        const answer = await service.send('POST', url.href, { headers: { 'Upload-Length': '1' } })
        assert.equal(answer.status, status, answer.text)
        assert.match(answer.text, message)
      })
    }

    it('when six hours are over', async () => {
      const { headers } = await service.send('HEAD', begun)
      assert.equal(headers.get('upload-expires'), 'Thu, 01 Jan 2026 06:00:00 GMT')
      service.clock.ms += 6 * HOUR_MS
      const answer = await service.patch(begun, 3, 'd')
      service.clock.ms -= 6 * HOUR_MS
      assert.equal(answer.status, 403)
      assert.match(answer.text, /expired at 2026-01-01T06:00:00/)
    })

    it('when the upload belongs to another task', async () => {
      const other = await service.addTask()
      const answer = await service.patch(service.urls.ofUpload(other, idOf(begun)), 3, 'd')
      assert.equal(answer.status, 404)
      assert.match(answer.text, /there is no upload/)
    })

    it('by a task that is no upload, and one that there is not', async () => {
      const convert = await service.addTask('convert')
      const gone = { ...convert, id: randomUUID() }
      for (const [other, status] of [
        [convert, 410],
        [gone, 404],
      ] as const) {
        const answer = await service.send('POST', service.urls.of(other), {
          headers: { 'Upload-Length': '1', 'Upload-Metadata': `filename ${encoded('a')}` },
        })
        assert.equal(answer.status, status, answer.text)
      }
    })

    it('when too many were begun for one task', async () => {
      for (let count = 1; count < 10; count += 1)
        await service.begin(task, { 'Upload-Length': '1' })
      const answer = await service.send('POST', service.urls.of(task), {
        headers: { 'Upload-Length': '1', 'Upload-Metadata': `filename ${encoded('a')}` },
      })
      assert.equal(answer.status, 409)
      assert.match(answer.text, /10 uploads were begun/)
    })

    it('by methods that tus has not', async () => {
      const wrong: [string, string][] = [
        ['GET', begun],
        ['PUT', begun],
        ['POST', begun],
        ['PATCH', service.urls.of(task)],
        ['GET', service.urls.of(task)],
      ]
      for (const [method, at] of wrong) {
        const { status, text } = await service.send(method, at)
        assert.equal(status, 405, `${method} ${at}`)
        assert.match(text, /METHOD_NOT_ALLOWED/)
      }
    })
  })

  describe('of which several come', () => {
    it('ends a task once: the others are gone, and what came of them', async () => {
      const [task, before] = [await service.addTask(), (await service.stored()).length]
      const urls = await Promise.all(
        ['a', 'b', 'c'].map(() => service.begin(task, { 'Upload-Length': '4' })),
      )
      await Promise.all(urls.map((url) => service.patch(url, 0, 'abc')))
      const answers = await Promise.all(urls.map((url) => service.patch(url, 3, 'd')))
      const statuses = answers.map(({ status }) => status)
      assert.deepEqual(
        statuses.toSorted((a, b) => a - b),
        [204, 410, 410],
      )
      const winner = urls[statuses.indexOf(204)] ?? ''
      const loser = urls[statuses.indexOf(410)] ?? ''
      assert.match(answers[statuses.indexOf(410)]?.text ?? '', /does not wait for a file any more/)
      await service.current().uploads.sweep(task)
      assert.equal((await service.filesOf(task)).length, 1)
      assert.equal((await service.stored()).length, before + 2)
      assert.equal(await service.offsetOf(winner), 4)
      assert.equal((await service.send('HEAD', loser)).status, 410)
      const deleted = await service.send('DELETE', winner)
      assert.deepEqual([deleted.status, /delete the task/.test(deleted.text)], [409, true])
      const begun = await service.send('POST', service.urls.of(task), {
        headers: { 'Upload-Length': '1', 'Upload-Metadata': `filename ${encoded('a')}` },
      })
      assert.equal(begun.status, 410)
    })

    it('at one place takes one part, and mixes none', async () => {
      const task = await service.addTask()
      const url = await service.begin(task, { 'Upload-Length': String(2 * PART_BYTES) })
      const bodies = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(PART_BYTES))
      const answers = await Promise.all(bodies.map((body) => service.patch(url, 0, body)))
      const statuses = answers.map(({ status }) => status)
      assert.deepEqual(
        statuses.toSorted((a, b) => a - b),
        [204, 409, 409, 409],
      )
      const first = bodies[statuses.indexOf(204)] ?? ''
      assert.equal((await service.patch(url, PART_BYTES, 'e'.repeat(PART_BYTES))).status, 204)
      const [file] = await service.filesOf(task)
      assert.equal(file?.content.toString(), first + 'e'.repeat(PART_BYTES))
    })

    it('does not wait for ever for one that has stopped sending, and keeps what it sent', async () => {
      const task = await service.addTask()
      const url = await service.begin(task, { 'Upload-Length': '1000000' })
      const slow = await hang(url, 1_000_000, Buffer.alloc(1000, 'a'))
      const answered = once(slow, 'response')
      const offset = await service.offsetOf(url)
      assert.equal(offset, 1000)
      const [response] = await answered
      assert.equal(response.statusCode, 204)
      assert.equal(response.headers['upload-offset'], '1000')
      slow.destroy()
      assert.equal((await service.patch(url, offset, 'b'.repeat(999_000))).status, 204)
      assert.equal(await service.statusOf(task), 'finished')
    })
  })

  describe('when the service is killed', () => {
    it('is as far as was acknowledged', async () => {
      const task = await service.addTask()
      const url = await service.begin(task, { 'Upload-Defer-Length': '1' })
      for (const [offset, text] of [
        [0, 'abc'],
        [3, 'defg'],
      ] as const) {
        const { status, headers } = await service.patch(url, offset, text)
        assert.deepEqual(
          [status, headers.get('upload-offset')],
          [204, String(offset + text.length)],
        )
        await service.restart()
        const { headers: told } = await service.send('HEAD', url)
        assert.equal(told.get('upload-offset'), String(offset + text.length))
        assert.equal(told.get('upload-defer-length'), '1')
      }
      assert.equal((await service.patch(url, 7, '', { 'Upload-Length': '7' })).status, 204)
      assert.equal((await service.filesOf(task))[0]?.content.toString(), 'abcdefg')
    })

    it('ends its task afterwards, when it was whole', async () => {
      const made: [string, (url: string) => Promise<unknown>][] = [
        ['at the start', () => service.current().uploads.takeUp()],
        ['when its client asks', (url) => service.offsetOf(url)],
      ]
      for (const [when, act] of made) {
        const task = await service.addTask()
        const url = await service.begin(task, { 'Upload-Length': '3' })
        const id = idOf(url)
        // As a kill leaves it that comes after the last part and before the end of the task.
        await service.current().objects.put({
          key: `jobs/${task.id}/${id}`,
          body: new Blob(['abc']).stream(),
          size: {},
          contentType: 'text/plain',
          of: { upload: id, part: 0 },
        })
        await service.restart()
        assert.equal(await service.statusOf(task), 'waiting')
        await act(url)
        assert.equal(await service.statusOf(task), 'finished', when)
        assert.equal((await service.filesOf(task))[0]?.content.toString(), 'abc')
      }
    })

    it('is swept at the next start when its task has ended', async () => {
      const [task, before] = [await service.addTask(), await service.stored()]
      const url = await service.begin(task, { 'Upload-Length': '3' })
      await service.patch(url, 0, 'ab')
      await service.current().tasks.end(task, { status: 'error', code: 'CANCELLED' })
      await service.restart()
      await service.current().uploads.takeUp()
      assert.deepEqual(await service.stored(), before)
      assert.equal((await service.send('HEAD', url)).status, 410)
    })
  })

  it('keeps nothing of a part that comes while its task ends', async () => {
    const [task, before] = [await service.addTask(), await service.stored()]
    const url = await service.begin(task, { 'Upload-Length': '1000000' })
    const slow = await hang(url, 1_000_000, Buffer.alloc(2 * PART_BYTES))
    const answered = once(slow, 'response')
    await service.current().tasks.end(task, { status: 'error', code: 'CANCELLED' })
    await service.current().uploads.sweep(task)
    slow.end(Buffer.alloc(1_000_000 - 2 * PART_BYTES))
    const [response] = await answered
    assert.equal(response.statusCode, 410)
    assert.deepEqual(await service.stored(), before)
  })

  it('may be sent by pages of any origin', async () => {
    const asked = await fetch(service.urls.of(await service.addTask()), {
      method: 'OPTIONS',
      headers: { 'access-control-request-headers': 'upload-length, x-request-id' },
    })
    assert.equal(asked.status, 204)
    const told = Object.fromEntries(asked.headers)
    assert.equal(told['tus-version'], '1.0.0')
    assert.match(told['tus-extension'] ?? '', /^creation,.*expiration,termination$/)
    assert.equal(told['tus-max-size'], '10000000000')
    assert.equal(told['access-control-allow-origin'], '*')
    assert.equal(told['access-control-allow-methods'], 'POST, HEAD, PATCH, DELETE, OPTIONS')
    assert.equal(told['access-control-allow-headers'], 'upload-length, x-request-id')
  })
})

function encoded(text: string): string {
  return Buffer.from(text).toString('base64')
}
