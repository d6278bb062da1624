import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import * as z from 'zod/mini'

const MIB = 1024 * 1024

const placeSchema = z.object({ url: z.string() })
const memorySchema = z.object({ mostBytes: z.number() })

describe('the object store in a process of its own', function () {
  this.timeout(600_000)
  let child: ChildProcess
  let url: string
  before(async () => {
    child = fork(path.join(import.meta.dirname, 'storage-process.ts'))
    const [message] = await once(child, 'message')
    url = placeSchema.parse(message).url
  })
  after(async () => {
    if (!child.connected) return
    child.disconnect()
    await once(child, 'exit')
  })

  async function mostMemory(): Promise<number> {
    child.send('?')
    const [message] = await once(child, 'message')
    return memorySchema.parse(message).mostBytes
  }

  async function answerTo(method: string, body: Iterable<Buffer> = []): Promise<IncomingMessage> {
    const sent = request(url, { method, agent: false })
    const [[response]] = await Promise.all([
      once(sent, 'response'),
      pipeline(Readable.from(body), sent),
    ])
    const incoming: IncomingMessage = response
    return incoming
  }

  it('streams 600 MiB in and out in a fraction of that memory', async () => {
    const chunk = Buffer.alloc(64 * 1024, 'darkroom')
    const roundTrip = async (bytes: number) => {
      const expected = createHash('sha256')
      const body = function* () {
        for (let sent = 0; sent < bytes; sent += chunk.length) {
          expected.update(chunk)
          yield chunk
        }
      }
      const put = await answerTo('PUT', body())
      assert.ok(put.statusCode === 201 || put.statusCode === 200)
      put.resume()
      const received = createHash('sha256')
      for await (const piece of await answerTo('GET')) received.update(piece)
      assert.equal(received.digest('hex'), expected.digest('hex'))
    }
    // The first transfer loads code and fills pools, which is no growth.
    await roundTrip(100 * MIB)
    const before = await mostMemory()
    await roundTrip(600 * MIB)
    const growth = Math.round(((await mostMemory()) - before) / MIB)
    assert.ok(growth < 200, `memory grew by ${growth} MiB`)
  })
})
