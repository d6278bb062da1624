import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import path from 'node:path'
import { Readable } from 'node:stream'
import S3rver from '@20minutes/s3rver'
import ssh2 from 'ssh2'
import * as z from 'zod/mini'
import { amountOf } from '../support/amounts.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { zeroBytes } from '../support/zero-bytes.ts'
import type { Options } from './peer-contract.ts'
import { MIB } from './peer-fixture.ts'
import { openSftpServer, type SftpServer } from './sftp-server.ts'

/** Where files are put, and where they are fetched from. */
const PEERS = {
  s3: { put: 's3', find: 's3' },
  sftp: { put: 'sftp', find: 'sftp' },
  url: { put: 'upload', find: 'url' },
} as const

type Peer = keyof typeof PEERS

/** Of the larger file, in mebibytes. */
const LARGE = amountOf({ thoroughly: 600, usually: 120 })

const resultSchema = z.object({ received: z.number(), mostBytes: z.number() })

describe('a process that sends and fetches large files', function () {
  this.timeout(600_000)
  const folder = useTemporaryFolder()
  let child: ChildProcess
  let s3: S3rver
  let sftp: SftpServer
  let web: Server
  let options: Readonly<Record<Peer, Options>>

  before(async () => {
    const configureBuckets = [{ name: 'assets' }]
    s3 = new S3rver({ port: 0, directory: folder.pathTo('s3'), configureBuckets, silent: true })
    const { public: publicKey } = ssh2.utils.generateKeyPairSync('ed25519')
    const user = { username: 'u', password: 'password' }
    sftp = await openSftpServer(folder.pathTo('.'), { ...user, publicKey })
    const { port } = await s3.run()
    const credentials = {
      access_key_id: 'S3RVER',
      secret_access_key: 'S3RVER',
      region: 'us-east-1',
    }
    web = openWeb()
    web.listen(0, '127.0.0.1')
    await once(web, 'listening')
    const endpoint = `http://localhost:${port}`
    options = {
      s3: { ...credentials, endpoint, bucket: 'assets', key: 'large' },
      sftp: { ...user, host: '127.0.0.1', port: sftp.port, file: 'large' },
      url: { url: `http://127.0.0.1:${Object(web.address()).port}/large` },
    }
  })
  beforeEach(() => {
    child = fork(path.join(import.meta.dirname, 'memory-process.ts'))
  })
  afterEach(async () => {
    if (child.exitCode !== null) return
    child.kill()
    await once(child, 'exit')
  })
  after(async () => {
    await s3.close()
    await sftp.close()
    web.closeAllConnections()
    web.close()
  })

  async function roundTrip(peer: Peer, bytes: number): Promise<number> {
    child.send({ ...PEERS[peer], options: options[peer], bytes })
    const [message] = await once(child, 'message')
    const { received, mostBytes } = resultSchema.parse(message)
    assert.equal(received, bytes)
    return mostBytes
  }

  for (const peer of ['s3', 'sftp', 'url'] as const) {
    it(`has no more memory for ${LARGE} MiB over ${peer} than for a sixth of it`, async () => {
      const least = await roundTrip(peer, (LARGE / 6) * MIB)
      const most = await roundTrip(peer, LARGE * MIB)
      assert.ok(
        most - least < (LARGE / 2) * MIB,
        `it grew by ${Math.round((most - least) / MIB)} MiB`,
      )
    })
  }
})

/** A server that has as many bytes at a URL as were put there. */
function openWeb(): Server {
  let size = 0
  return createServer((request, response) => {
    if (request.method === 'PUT') {
      size = 0
      request.on('data', (chunk: Buffer) => {
        size += chunk.length
      })
      request.on('end', () => response.end())
      return
    }
    response.writeHead(200, { 'content-length': size })
    Readable.from(zeroBytes(size)).pipe(response)
  })
}
