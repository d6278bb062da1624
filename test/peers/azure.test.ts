import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import {
  BlobServiceClient,
  type ContainerClient,
  ContainerSASPermissions,
  StorageSharedKeyCredential,
} from '@azure/storage-blob'
import * as z from 'zod/mini'
import { azureExport } from '../../src/peers/azure/azure-export.ts'
import { azureImport } from '../../src/peers/azure/azure-import.ts'
import { skipWithout } from '../support/tools.ts'
import { type BreakingProxy, openBreakingProxy } from './breaking-proxy.ts'
import { itIsAPeer, type Options, type TestedPeer } from './peer-contract.ts'
import { contextOf, outgoing, peerError, readFile } from './peer-fixture.ts'

const ACCOUNT = 'devstoreaccount1'
const KEY = Buffer.alloc(64, 'a key of tests ').toString('base64')

describe('a container of Azure Blob Storage', () => {
  let child: ChildProcess | undefined
  let proxy: BreakingProxy
  let container: ContainerClient

  before(async function () {
    skipWithout(this, 'Azurite')
    const options = ['--blobHost', '127.0.0.1', '--blobPort', '0', '--inMemoryPersistence']
    child = spawn(
      process.execPath,
      [
        'scripts/azurite/node_modules/azurite/dist/src/blob/main.js',
        ...options,
        '--disableTelemetry',
        '--silent',
        '--skipApiVersionCheck',
      ],
      {
        env: { ...process.env, AZURITE_ACCOUNTS: `${ACCOUNT}:${KEY}` },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    const port = await readPort(child)
    proxy = await openBreakingProxy(port)
    const credential = new StorageSharedKeyCredential(ACCOUNT, KEY)
    const service = new BlobServiceClient(`http://127.0.0.1:${port}/${ACCOUNT}`, credential)
    container = service.getContainerClient('assets')
    await container.create()
  })
  after(async () => {
    if (child === undefined) return
    await proxy.close()
    if (child.kill()) await once(child, 'exit')
  })

  function account(): Options {
    return {
      storage_account: ACCOUNT,
      storage_access_key: KEY,
      endpoint: `http://127.0.0.1:${proxy.port}/${ACCOUNT}`,
      container: 'assets',
    }
  }

  itIsAPeer((): TestedPeer => ({
    imports: azureImport,
    exports: azureExport,
    proxy,
    one: (blob) => ({ ...account(), blob }),
    below: (prefix) => ({ ...account(), blob_prefix: prefix }),
    wrong: (options) => ({ ...options, storage_access_key: btoa('wrong-secret') }),
    async upload(name, data) {
      await container.getBlockBlobClient(name).uploadData(data)
    },
    download: (name) => container.getBlobClient(name).downloadToBuffer(),
    secrets: [KEY, btoa('wrong-secret')],
    missing: {
      failure: 'missing',
      reason: 'BlobNotFound',
      message:
        /“none\/there\.txt” could not be fetched from the container “assets” at 127\.0\.0\.1:\d+: the server answered 404 BlobNotFound \(The specified blob does not exist\)\.$/,
    },
    denied: { failure: 'denied', reason: 'AuthorizationFailure' },
  }))

  async function signed(permissions: string): Promise<Options> {
    const url = await container.generateSasUrl({
      permissions: ContainerSASPermissions.parse(permissions),
      expiresOn: new Date(Date.now() + 60_000),
    })
    const { storage_access_key: _, ...options } = account()
    return { ...options, sas_token: new URL(url).search }
  }

  describe('with a shared access signature', () => {
    it('gives and takes files, and lists them', async () => {
      const options = await signed('rwl')
      const file = outgoing('a b.txt', Buffer.from('abc'))
      await azureExport.put({ ...options, blob_prefix: 'sas/' }, file, contextOf())
      const [found] = await azureImport.find({ ...options, blob_prefix: 'sas/' }, contextOf())
      assert.deepEqual([found?.name, String(await readFile(found))], ['a b.txt', 'abc'])
    })

    it('tells what it does not allow, without the signature', async () => {
      const options = await signed('r')
      const signature = new URLSearchParams(String(options['sas_token'])).get('sig') ?? ''
      await assert.rejects(
        azureExport.put({ ...options, blob: 'a' }, outgoing('a', Buffer.from('a')), contextOf()),
        peerError({ failure: 'denied', reason: 'AuthorizationPermissionMismatch' }, [
          signature,
          encodeURIComponent(signature),
        ]),
      )
    })
  })

  it('keeps the media type of a file, in blocks as well', async () => {
    for (const size of [3, 17 * 1024 * 1024]) {
      const file = outgoing('typed', Buffer.alloc(size))
      await azureExport.put({ ...account(), blob: 'typed' }, file, contextOf())
      const [found] = await azureImport.find({ ...account(), blob: 'typed' }, contextOf())
      assert.deepEqual([found?.contentType, found?.size], ['text/plain', size])
    }
  })

  const wrong: [title: string, options: Options][] = [
    ['neither blob nor blob_prefix', {}],
    ['two credentials', { blob: 'a', sas_token: 'sig=a' }],
    ['an account that is part of another host', { blob: 'a', storage_account: 'evil.example/' }],
    ['a container that is a path', { blob: 'a', container: 'a/b' }],
  ]
  for (const [title, options] of wrong) {
    it(`refuses options with ${title}`, () => {
      assert.ok(!z.safeParse(azureImport.options, { ...account(), ...options }).success)
    })
  }
})

async function readPort({ stdout }: ChildProcess): Promise<number> {
  assert.ok(stdout)
  for await (const line of createInterface({ input: stdout })) {
    const port = /successfully listens on http:.*:(\d+)$/.exec(line)?.[1]
    if (port !== undefined) return Number(port)
  }
  throw new Error('Azurite ended before it listened.')
}
