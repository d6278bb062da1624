import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import S3rver from '@20minutes/s3rver'
import ssh2 from 'ssh2'
import * as z from 'zod/mini'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import type { Options } from './peer-contract.ts'
import { MIB } from './peer-fixture.ts'
import { openSftpServer, type SftpServer } from './sftp-server.ts'

const resultSchema = z.object({ received: z.number(), mostBytes: z.number() })

describe('a process that sends and fetches large files', function () {
  this.timeout(600_000)
  const folder = useTemporaryFolder()
  let child: ChildProcess
  let s3: S3rver
  let sftp: SftpServer
  let options: Readonly<Record<'s3' | 'sftp', Options>>

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
    const endpoint = `http://localhost:${port}`
    options = {
      s3: { ...credentials, endpoint, bucket: 'assets', key: 'large' },
      sftp: { ...user, host: '127.0.0.1', port: sftp.port, file: 'large' },
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
  })

  async function roundTrip(peer: 's3' | 'sftp', bytes: number): Promise<number> {
    child.send({ peer, options: options[peer], bytes })
    const [message] = await once(child, 'message')
    const { received, mostBytes } = resultSchema.parse(message)
    assert.equal(received, bytes)
    return mostBytes
  }

  for (const peer of ['s3', 'sftp'] as const) {
    it(`has no more memory for 200 MiB over ${peer} than for a tenth of it`, async () => {
      const least = await roundTrip(peer, 20 * MIB)
      const most = await roundTrip(peer, 200 * MIB)
      assert.ok(most - least < 100 * MIB, `it grew by ${Math.round((most - least) / MIB)} MiB`)
    })
  }
})
