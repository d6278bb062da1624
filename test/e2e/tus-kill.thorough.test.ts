import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import { trust } from './api-client.ts'
import { readJobsEnv } from './jobs-env.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

const BLOCK_BYTES = 1024 * 1024
const BLOCKS = 160
const LENGTH = BLOCKS * BLOCK_BYTES

/** After how many blocks of a request the service is killed: before a part of the storage is full, and after one or two. */
const KILLS = [10, 40, 70]

const jobSchema = z.object({
  data: z.object({
    id: z.string(),
    status: z.string(),
    tasks: z.array(
      z.object({
        name: z.string(),
        result: z.nullable(
          z.object({
            tus: z.optional(z.object({ url: z.string() })),
            files: z.optional(z.array(z.object({ url: z.optional(z.string()) }))),
          }),
        ),
      }),
    ),
  }),
})

/** Each differs from all others. */
function blockOf(index: number): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES, index)
  block.writeUInt32BE(index)
  return block
}

/** The file from an offset on; told of each block before it goes. */
async function* contentFrom(offset: number, onBlock: (count: number) => void = () => undefined) {
  for (let index = Math.floor(offset / BLOCK_BYTES), count = 1; index < BLOCKS; index += 1) {
    const start = Math.max(offset - index * BLOCK_BYTES, 0)
    onBlock(count)
    count += 1
    yield blockOf(index).subarray(start)
  }
}

describe('an upload in parts to a service that is killed again and again', function () {
  this.timeout(300_000)
  const home = useHome()

  it('loses nothing that was acknowledged, and is what was sent', async () => {
    let service: ServiceProcess = await startServiceProcess({ home })
    const port = Number(new URL(service.origin).port)
    trust(home)
    const env = readJobsEnv(home)
    const call = async (path: string, init: RequestInit = {}) => {
      const headers = { authorization: `Bearer ${env.CLOUDCONVERT_API_KEY}` }
      const response = await fetch(`${env.CLOUDCONVERT_API_URL}${path}`, { ...init, headers })
      return jobSchema.parse(await response.json()).data
    }
    const tasks = {
      in: { operation: 'import/upload' },
      out: { operation: 'export/url', input: 'in' },
    }
    const job = await call('/jobs', { method: 'POST', body: JSON.stringify({ tasks }) })
    const endpoint = job.tasks.find(({ name }) => name === 'in')?.result?.tus?.url ?? ''
    const version = { 'Tus-Resumable': '1.0.0' }
    const begun = await fetch(endpoint, {
      method: 'POST',
      headers: {
        ...version,
        'Upload-Length': String(LENGTH),
        'Upload-Metadata': `filename ${btoa('large.bin')}`,
      },
    })
    const url = begun.headers.get('location') ?? ''
    const offsetOf = async (): Promise<number> =>
      Number((await fetch(url, { method: 'HEAD', headers: version })).headers.get('upload-offset'))
    const patch = (offset: number, body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>) =>
      fetch(url, {
        method: 'PATCH',
        duplex: 'half',
        headers: {
          ...version,
          'Upload-Offset': String(offset),
          'Content-Type': 'application/offset+octet-stream',
        },
        body,
      })

    let acknowledged = 0
    for (const kill of KILLS) {
      const { service: killed, from } = { service, from: acknowledged }
      await assert.rejects(
        patch(
          from,
          ReadableStream.from(
            contentFrom(from, (count) => {
              if (count === kill) killed.child.kill('SIGKILL')
            }),
          ),
        ),
      )
      await service.exited
      service = await startServiceProcess({ home, port })
      const offset = await offsetOf()
      assert.ok(offset >= acknowledged, `${offset} of ${acknowledged} that were acknowledged`)
      const start = Math.floor(offset / BLOCK_BYTES)
      const rest = blockOf(start).subarray(offset - start * BLOCK_BYTES)
      const answer = await patch(offset, new Uint8Array(rest))
      acknowledged = Number(answer.headers.get('upload-offset'))
      assert.equal(acknowledged, offset + rest.byteLength)
    }
    assert.ok(acknowledged > 64 * BLOCK_BYTES, `${acknowledged} bytes of requests that broke off`)
    const last = await patch(acknowledged, ReadableStream.from(contentFrom(acknowledged)))
    assert.equal(last.status, 204)

    const ended = await call(`/jobs/${job.id}/wait`)
    assert.equal(ended.status, 'finished')
    const [file] = ended.tasks.find(({ name }) => name === 'out')?.result?.files ?? []
    const [got, sent] = [createHash('sha256'), createHash('sha256')]
    for await (const chunk of (await fetch(file?.url ?? '')).body ?? []) got.update(chunk)
    for await (const block of contentFrom(0)) sent.update(block)
    assert.equal(got.digest('hex'), sent.digest('hex'))
  })
})
