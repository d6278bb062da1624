import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdir, readFile as readPath, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import ssh2 from 'ssh2'
import * as z from 'zod/mini'
import { sftpExport } from '../../src/peers/sftp/sftp-export.ts'
import { sftpImport } from '../../src/peers/sftp/sftp-import.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { type BreakingProxy, openBreakingProxy } from './breaking-proxy.ts'
import { itIsAPeer, type Options, type TestedPeer } from './peer-contract.ts'
import { contextOf, outgoing, peerError, readFile } from './peer-fixture.ts'
import { openSftpServer, type SftpServer } from './sftp-server.ts'

const PASSWORD = 'typed-or-sent'

describe('an SFTP server', () => {
  const folder = useTemporaryFolder()
  const { private: privateKey, public: publicKey } = ssh2.utils.generateKeyPairSync('ed25519')
  let server: SftpServer
  let proxy: BreakingProxy

  before(async () => {
    const folders = ['one', 'many', 'too-many', 'out', 'odd', 'broken', 'ended', 'links']
    await Promise.all(folders.map((name) => mkdir(folder.pathTo(name))))
    const user = { username: 'tester', password: PASSWORD, publicKey }
    server = await openSftpServer(folder.pathTo('.'), user)
    proxy = await openBreakingProxy(server.port)
  })
  after(async () => {
    await proxy.close()
    await server.close()
  })

  function account(): Options {
    return { host: '127.0.0.1', port: proxy.port, username: 'tester', password: PASSWORD }
  }

  function withKey(): Options {
    return { host: '127.0.0.1', port: proxy.port, username: 'tester', private_key: privateKey }
  }

  async function upload(name: string, data: Buffer): Promise<void> {
    await writeFile(folder.pathTo(name), data)
  }

  itIsAPeer((): TestedPeer => ({
    imports: sftpImport,
    exports: sftpExport,
    proxy,
    one: (file) => ({ ...account(), file }),
    below: (folderPath) => ({ ...account(), path: folderPath }),
    wrong: (options) => ({ ...options, password: 'wrong-secret' }),
    upload,
    download: (name) => readPath(folder.pathTo(name)),
    secrets: [PASSWORD, 'wrong-secret'],
    missing: {
      failure: 'missing',
      reason: 'NO_SUCH_FILE',
      message:
        /^“none\/there\.txt” could not be fetched from 127\.0\.0\.1: the server answered NO_SUCH_FILE \(No such file\)\.$/,
    },
    denied: { failure: 'denied', reason: 'AUTHENTICATION_FAILED' },
  }))

  it('lets a user in by a key', async () => {
    await upload('one/key.txt', Buffer.from('abc'))
    const [file] = await sftpImport.find({ ...withKey(), file: 'one/key.txt' }, contextOf())
    assert.equal(String(await readFile(file)), 'abc')
  })

  it('tells that a key cannot be read, and nothing of it', async () => {
    const options = { ...withKey(), private_key: '-----BEGIN KEY-----\nsecret\n', file: 'a' }
    await assert.rejects(
      sftpImport.find(options, contextOf()),
      peerError({ failure: 'denied', message: /private_key cannot be read/ }, ['secret']),
    )
  })

  it('talks to a host with the right fingerprint only', async () => {
    await upload('one/known.txt', Buffer.from('abc'))
    const digest = createHash('sha256').update(server.hostKey).digest('base64').replace('=', '')
    const options = { ...account(), file: 'one/known.txt' }
    const [file] = await sftpImport.find(
      { ...options, host_fingerprint: `SHA256:${digest}` },
      contextOf(),
    )
    assert.equal(file?.size, 3)
    await assert.rejects(
      sftpImport.find({ ...options, host_fingerprint: `SHA256:${'a'.repeat(43)}` }, contextOf()),
      peerError({ failure: 'denied', message: /host_fingerprint/ }, [PASSWORD]),
    )
  })

  it('leaves out of a folder what is no file', async () => {
    await mkdir(path.join(folder.pathTo('links'), 'folder'))
    await upload('links/a.txt', Buffer.from('a'))
    await symlink('folder', folder.pathTo('links/link'))
    const files = await sftpImport.find({ ...account(), path: 'links' }, contextOf())
    assert.deepEqual(
      files.map(({ name }) => name),
      ['a.txt'],
    )
  })

  it('tells that a file may not be written', async () => {
    await assert.rejects(
      sftpExport.put(
        { ...account(), file: 'forbidden.txt' },
        outgoing('forbidden.txt', Buffer.from('abc')),
        contextOf(),
      ),
      peerError({ failure: 'denied', reason: 'PERMISSION_DENIED' }),
    )
  })

  it('tells that there is no SSH behind a port', async () => {
    const closed = await openBreakingProxy(server.port)
    await closed.close()
    await assert.rejects(
      sftpImport.find({ ...account(), port: closed.port, file: 'a' }, contextOf()),
      peerError({ failure: 'unreachable', message: /ECONNREFUSED/ }),
    )
  })

  const wrong: [title: string, options: Options][] = [
    ['neither file nor path', {}],
    ['two credentials', { file: 'a', private_key: 'a' }],
    ['a host that is a URL', { file: 'a', host: 'https://example.com/' }],
    ['a port that is none', { file: 'a', port: 70_000 }],
  ]
  for (const [title, options] of wrong) {
    it(`refuses options with ${title}`, () => {
      assert.ok(!z.safeParse(sftpImport.options, { ...account(), ...options }).success)
    })
  }
})
