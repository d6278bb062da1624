import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { truncateSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import { uploadFile } from '../../../src/client/jobs/upload-file.ts'
import { uploadInParts } from '../../../src/client/jobs/upload-in-parts.ts'
import { serveUploads } from '../../doors/jobs/tus-fixture.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const OPTIONS = { filename: 'é.bin', requestBytes: 100_000, pauseMs: 0 }

describe('sending a file in parts', () => {
  const folder = useTemporaryFolder()
  let service: Awaited<ReturnType<typeof serveUploads>>
  before(async () => {
    service = await serveUploads(folder)
  })
  after(() => service.close())

  const content = randomBytes(350_000)

  /** Sends the file, over connections that break for some requests, counted from 1. */
  async function send(breaks: (count: number) => boolean) {
    const task = await service.addTask()
    const methods: string[] = []
    const listener = ({ method = '', socket }: IncomingMessage): void => {
      methods.push(method)
      if (breaks(methods.length)) socket.destroy()
    }
    service.server.prependListener('request', listener)
    try {
      await uploadInParts(service.urls.of(task), new Blob([content]), OPTIONS)
    } finally {
      service.server.off('request', listener)
    }
    return { files: await service.filesOf(task), methods }
  }

  it('ends the task, one request after the other', async () => {
    const { files, methods } = await send(() => false)
    assert.deepEqual(
      files.map((file) => [file.filename, file.content.equals(content)]),
      [['é.bin', true]],
    )
    assert.deepEqual(methods, ['POST', 'PATCH', 'PATCH', 'PATCH', 'PATCH'])
  })

  it('goes on where the service says that it is, when a request has broken off', async () => {
    const { files, methods } = await send((count) => count === 3 || count === 5)
    assert.ok(files[0]?.content.equals(content))
    assert.deepEqual(methods.slice(0, 6), ['POST', 'PATCH', 'PATCH', 'HEAD', 'PATCH', 'HEAD'])
  })

  it('tells what the service refuses, at once', async () => {
    const task = await service.addTask()
    await service.current().tasks.end(task, { status: 'error', code: 'CANCELLED' })
    await assert.rejects(
      uploadInParts(service.urls.of(task), new Blob([content]), OPTIONS),
      /answered 410: The task .* does not wait for a file any more/,
    )
  })

  it('gives up when nothing comes through', async () => {
    await assert.rejects(
      send((count) => count > 1),
      TypeError,
    )
  })
})

describe('sending a file to a task', () => {
  const folder = useTemporaryFolder()
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    request.resume().once('end', () => response.writeHead(403).end('{"message": "No."}'))
  })
  before(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)))
  after(() => {
    server.closeAllConnections()
    server.close()
  })

  for (const [bytes, way] of [
    [1000, '/form'],
    [2 * 1024 ** 3 + 1, '/tus'],
  ] as const) {
    it(`takes the way ${way} for ${bytes} bytes`, async () => {
      const address = server.address()
      assert.ok(typeof address === 'object' && address !== null)
      const origin = `http://127.0.0.1:${address.port}`
      const file = folder.pathTo('file.bin')
      await writeFile(file, '')
      // Nothing of it takes room on the disk.
      truncateSync(file, bytes)
      const result = {
        form: { url: `${origin}/form`, parameters: {} },
        tus: { url: `${origin}/tus` },
      }
      const task = { id: 't', operation: 'import/upload', status: 'waiting', result } as const
      await assert.rejects(uploadFile(task, file), /answered 403: No\./)
      assert.deepEqual(asked.splice(0), [way])
    })
  }
})
