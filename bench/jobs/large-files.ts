import { createServer } from 'node:http'
import path from 'node:path'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import pidusage from 'pidusage'
import * as z from 'zod/mini'
import { trust } from '../../test/e2e/api-client.ts'
import { readJobsEnv } from '../../test/e2e/jobs-env.ts'
import { type ServiceProcess, startServiceProcess } from '../../test/e2e/service-process.ts'
import { zeroBytes } from '../../test/support/zero-bytes.ts'
import { type Finding, megabytes, time, times } from '../measure.ts'
import { stopService } from './stop-service.ts'

const MIB = 1024 * 1024
const SMALL = 20 * MIB
const LARGE = 2048 * MIB
/** Between two looks at the memory of the service, in milliseconds. */
const LOOK_MS = 50

/** What the service needs for a large file that is imported and exported, beside a small one: memory, and time. */
export async function measureLargeFiles(folder: string): Promise<Finding> {
  const small = await measureTransfer(path.join(folder, 'small'), SMALL)
  const large = await measureTransfer(path.join(folder, 'large'), LARGE)
  return {
    what: `${megabytes(LARGE)} imported from a URL and exported to another, as a job, at ${megabytes(large.bytesPerSecond)} a second`,
    measured: `at most ${megabytes(large.memory)} of memory`,
    baseline: `${megabytes(SMALL)}: ${megabytes(small.memory)}`,
    distance: times(large.memory / small.memory),
    goal: 'within 1.5 ×',
    reached: large.memory / small.memory <= 1.5,
  }
}

async function measureTransfer(
  home: string,
  bytes: number,
): Promise<{ memory: number; bytesPerSecond: number }> {
  const peer = await openPeer(bytes)
  const service = await startServiceProcess({ home })
  trust(home)
  const looking = lookAtMemory(service)
  const took = await time(() => transfer(home, peer.url))
  const memory = looking.end()
  await stopService(service)
  await peer.close()
  if (peer.received() !== bytes) throw new Error(`${peer.received()} bytes came of ${bytes}.`)
  return { memory, bytesPerSecond: (bytes / took) * 1000 }
}

async function transfer(home: string, url: string): Promise<void> {
  const env = readJobsEnv(home)
  const response = await fetch(`${env.CLOUDCONVERT_SYNC_URL}/jobs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${env.CLOUDCONVERT_API_KEY}` },
    body: JSON.stringify({
      tasks: {
        import: { operation: 'import/url', url },
        export: { operation: 'export/upload', input: 'import', url },
      },
    }),
  })
  const text = await response.text()
  const answer = z.object({ data: z.object({ status: z.string() }) }).parse(JSON.parse(text))
  if (answer.data.status !== 'finished') throw new Error(`The job ended as ${text}.`)
}

/** A server that has a file of so many bytes at its URL, and takes one there. */
async function openPeer(bytes: number) {
  let received = 0
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-length': bytes })
      Readable.from(zeroBytes(bytes)).pipe(response)
      return
    }
    request.on('data', (chunk: Buffer) => {
      received += chunk.length
    })
    void finished(request).then(() => response.end())
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${Object(server.address()).port}/large.bin`,
    received: () => received,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Looks again and again; `end` tells the most bytes that were seen. */
function lookAtMemory({ child }: ServiceProcess): { end: () => number } {
  let most = 0
  const timer = setInterval(() => {
    void pidusage(child.pid ?? 0).then(
      ({ memory }) => {
        most = Math.max(most, memory)
      },
      () => undefined,
    )
  }, LOOK_MS)
  return {
    end() {
      clearInterval(timer)
      return most
    },
  }
}
