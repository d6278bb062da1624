import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import {
  BlobSASPermissions,
  BlobServiceClient,
  type ContainerClient,
  StorageSharedKeyCredential,
} from '@azure/storage-blob'
import { openCertificates } from '../../src/http/certificate-files.ts'
import { skipWithout } from '../support/tools.ts'

const ACCOUNT = 'devstoreaccount1'
const HOUR_MS = 60 * 60 * 1000

/** A container of Azure Blob Storage that runs on this machine. */
export interface BlobContainer {
  /** Puts a blob there. */
  upload: (name: string, bytes: Uint8Array) => Promise<void>
  /** The bytes of a blob, read with the account's key. */
  download: (name: string) => Promise<Buffer>
  /** The URL of a blob with a shared access signature; it expires in an hour unless told otherwise. */
  sign: (name: string, permissions: 'r' | 'cw', expiresInMs?: number) => Promise<string>
  /** The URL of the n-th block of a blob, from 0, as a direct binary upload to AEM hands it out. */
  signBlock: (name: string, index: number, expiresInMs?: number) => Promise<string>
  /** Makes a blob of the blocks that are there, in the order of their ids; resolves with their sizes in bytes. */
  commit: (name: string) => Promise<number[]>
}

/**
 * Runs Azurite for the tests of the enclosing `describe`, in a process of its own and with the certificate of the service
 * whose state is in `home`, so that whoever trusts the service trusts it too.
 */
export function useAzurite(home: string): () => BlobContainer {
  let child: ChildProcess | undefined
  let container: BlobContainer | undefined

  before(async function () {
    skipWithout(this, 'Azurite')
    const { cert, key } = await openCertificates(home, Date.now())
    const certFile = path.join(home, 'azurite-cert.pem')
    const keyFile = path.join(home, 'azurite-key.pem')
    writeFileSync(certFile, cert)
    writeFileSync(keyFile, key, { mode: 0o600 })
    const accountKey = randomBytes(64).toString('base64')
    const options = { blobHost: 'localhost', blobPort: '0', cert: certFile, key: keyFile }
    child = spawn(
      process.execPath,
      [
        'scripts/azurite/node_modules/azurite/dist/src/blob/main.js',
        ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
        '--inMemoryPersistence',
        '--disableTelemetry',
        '--silent',
        // Azure's own client asks for a newer version of the API than Azurite knows.
        '--skipApiVersionCheck',
      ],
      {
        env: { ...process.env, AZURITE_ACCOUNTS: `${ACCOUNT}:${accountKey}` },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    const port = await readPort(child)
    const service = new BlobServiceClient(
      `https://localhost:${port}/${ACCOUNT}`,
      new StorageSharedKeyCredential(ACCOUNT, accountKey),
    )
    const client = service.getContainerClient('assets')
    await client.create()
    container = createContainer(client)
  })
  after(async () => {
    if (child?.kill() === true) await once(child, 'exit')
  })

  return () => container ?? assert.fail('Azurite is there once the tests run')
}

async function readPort({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('The standard output of Azurite is not piped.')
  for await (const line of createInterface({ input: stdout })) {
    const port = /successfully listens on https:.*:(\d+)$/.exec(line)?.[1]
    if (port !== undefined) return port
  }
  throw new Error('Azurite ended before it listened.')
}

function createContainer(client: ContainerClient): BlobContainer {
  const sign: BlobContainer['sign'] = (name, permissions, expiresInMs = HOUR_MS) =>
    client.getBlobClient(name).generateSasUrl({
      permissions: BlobSASPermissions.parse(permissions),
      expiresOn: new Date(Date.now() + expiresInMs),
    })
  return {
    sign,
    async upload(name, bytes) {
      await client.getBlockBlobClient(name).uploadData(bytes)
    },
    download: (name) => client.getBlobClient(name).downloadToBuffer(),
    async signBlock(name, index, expiresInMs) {
      const id = Buffer.from(String(index).padStart(6, '0')).toString('base64')
      const url = await sign(name, 'cw', expiresInMs)
      return `${url}&comp=block&blockid=${encodeURIComponent(id)}`
    },
    async commit(name) {
      const blob = client.getBlockBlobClient(name)
      const { uncommittedBlocks = [] } = await blob.getBlockList('uncommitted')
      const blocks = uncommittedBlocks.toSorted((a, b) => a.name.localeCompare(b.name))
      await blob.commitBlockList(blocks.map((block) => block.name))
      return blocks.map(({ size }) => size)
    },
  }
}
