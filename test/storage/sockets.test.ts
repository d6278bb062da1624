import assert from 'node:assert/strict'
import { once } from 'node:events'
import { watch } from 'node:fs'
import { type IncomingMessage, type RequestOptions, request } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type ServerType, serve } from '@hono/node-server'
import { openStorage, type Storage } from './storage-fixture.ts'

const MIB = 1024 * 1024

describe('the object store over sockets', () => {
  let storage: Storage
  let server: ServerType
  let handled: PromiseWithResolvers<Response>
  beforeEach(async () => {
    storage = await openStorage()
    handled = Promise.withResolvers()
    server = serve({
      port: 0,
      hostname: '127.0.0.1',
      async fetch(incoming, env) {
        const response = await storage.app.fetch(incoming, env)
        handled.resolve(response)
        return response
      },
    })
    await once(server, 'listening')
  })
  afterEach(async () => {
    server.close()
    await once(server, 'close')
    await storage.close()
  })

  async function partsChange() {
    const watcher = watch(join(storage.home, 'parts'), { persistent: false })
    await once(watcher, 'change')
    watcher.close()
  }

  function send(url: string, options: RequestOptions) {
    const address = server.address()
    assert.ok(typeof address === 'object' && address !== null)
    const { pathname, search } = new URL(url)
    const { port } = address
    return request({ host: '127.0.0.1', port, path: pathname + search, agent: false, ...options })
  }

  async function answerTo(url: string, options: RequestOptions = {}, body: Iterable<Buffer> = []) {
    const sent = send(url, options)
    const [[response]] = await Promise.all([
      once(sent, 'response'),
      pipeline(Readable.from(body), sent),
    ])
    const incoming: IncomingMessage = response
    return incoming
  }

  it('keeps no file of an upload that the client aborts', async () => {
    const url = await storage.presignUrl('a')
    const sent = send(url, { method: 'PUT', headers: { 'content-length': 10 * MIB } })
    sent.on('error', () => {})
    const fileAppeared = partsChange()
    sent.write(Buffer.alloc(MIB))
    await fileAppeared
    assert.equal((await storage.partFiles()).length, 1)
    sent.destroy()
    assert.equal((await handled.promise).status, 400)
    assert.deepEqual(await storage.partFiles(), [])
    assert.equal((await storage.app.request(url)).status, 404)
  })

  it('answers 413 to an announced length over the largest, before the body is sent', async () => {
    const { urls } = await storage.presign('a', { parts: 2 })
    const headers = { 'content-length': 101 * MIB }
    const sent = send(urls[0] ?? '', { method: 'PUT', headers })
    sent.flushHeaders()
    const [response] = await once(sent, 'response')
    const incoming: IncomingMessage = response
    assert.equal(incoming.statusCode, 413)
    sent.on('error', () => {}).destroy()
    assert.deepEqual(await storage.partFiles(), [])
  })

  it('sends exact lengths and never chunks', async () => {
    const url = await storage.presignUrl('a b/ü.png')
    const put = await answerTo(url, { method: 'PUT' }, [Buffer.from('0123456789')])
    assert.deepEqual(framing(put.resume()), [201, '0', undefined])
    const whole = await answerTo(url)
    assert.deepEqual(framing(whole.resume()), [200, '10', undefined])
    const range = await answerTo(url, { headers: { range: 'bytes=3-5' } })
    assert.deepEqual(framing(range), [206, '3', undefined])
    assert.equal(Buffer.concat(await range.toArray()).toString(), '345')
    const head = await answerTo(url, { method: 'HEAD' })
    assert.deepEqual(framing(head.resume()), [200, '10', undefined])
  })

  it('lets go of an object when the client stops reading it', async () => {
    const url = await storage.presignUrl('a')
    await storage.put(url, Buffer.alloc(50 * MIB))
    const response = await answerTo(url)
    await once(response, 'readable')
    await storage.put(url, 'after')
    assert.equal((await storage.partFiles()).length, 2)
    const deleted = partsChange()
    response.destroy()
    await deleted
    assert.equal((await storage.partFiles()).length, 1)
  })
})

function framing({ statusCode, headers }: IncomingMessage) {
  return [statusCode, headers['content-length'], headers['transfer-encoding']]
}
