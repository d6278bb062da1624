import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import S3rver from '@20minutes/s3rver'
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob'
import { caFile, openCertificates } from '../../src/http/certificate-files.ts'
import { trust } from './api-client.ts'

/** An object store as a company may have one: with TLS, by an authority of its own. */
export interface ElsewhereServer {
  /** Such as `localhost:12345`. */
  readonly host: string
  /** What a service that has its objects there has in its environment. */
  readonly environment: Readonly<Record<string, string>>
  readonly close: () => Promise<void>
}

/** Runs s3rver, whose bucket is in a folder; at any free port unless one is given. */
export async function runElsewhere(folder: string, at = 0): Promise<ElsewhereServer> {
  mkdirSync(folder, { recursive: true })
  const { cert, key } = await openCertificates(folder, Date.now())
  const server = new S3rver({
    port: at,
    cert,
    key,
    directory: path.join(folder, 's3'),
    configureBuckets: [{ name: 'objects' }],
    silent: true,
  })
  const { port } = await server.run()
  const host = `localhost:${port}`
  return {
    host,
    environment: {
      STORAGE_URL: `s3://${host}/objects?region=us-east-1`,
      AWS_ACCESS_KEY_ID: 'S3RVER',
      AWS_SECRET_ACCESS_KEY: 'S3RVER',
      NODE_EXTRA_CA_CERTS: caFile(folder),
    },
    async close() {
      await server.close()
    },
  }
}

const ACCOUNT = 'devstoreaccount1'

/** Runs Azurite in a process of its own, with a container; what it needs is in a folder. */
export async function runContainerElsewhere(folder: string): Promise<ElsewhereServer> {
  mkdirSync(folder, { recursive: true })
  const { cert, key } = await openCertificates(folder, Date.now())
  const certFile = path.join(folder, 'cert.pem')
  const keyFile = path.join(folder, 'key.pem')
  writeFileSync(certFile, cert)
  writeFileSync(keyFile, key, { mode: 0o600 })
  const accountKey = randomBytes(64).toString('base64')
  const options = { blobHost: 'localhost', blobPort: '0', cert: certFile, key: keyFile }
  const child = spawn(
    process.execPath,
    [
      'scripts/azurite/node_modules/azurite/dist/src/blob/main.js',
      ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
      '--inMemoryPersistence',
      '--disableTelemetry',
      '--silent',
      '--skipApiVersionCheck',
    ],
    {
      env: { ...process.env, AZURITE_ACCOUNTS: `${ACCOUNT}:${accountKey}` },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const host = `localhost:${await readPort(child)}`
  const endpoint = `https://${host}/${ACCOUNT}`
  trust(folder)
  const service = new BlobServiceClient(
    endpoint,
    new StorageSharedKeyCredential(ACCOUNT, accountKey),
  )
  await service.getContainerClient('objects').create()
  return {
    host,
    environment: {
      STORAGE_URL: `azure://${ACCOUNT}/objects?endpoint=${endpoint}`,
      AZURE_STORAGE_KEY: accountKey,
      NODE_EXTRA_CA_CERTS: caFile(folder),
    },
    async close() {
      if (child.kill()) await once(child, 'exit')
    },
  }
}

async function readPort({ stdout }: ChildProcess): Promise<string> {
  assert.ok(stdout)
  for await (const line of createInterface({ input: stdout })) {
    const port = /successfully listens on https:.*:(\d+)$/.exec(line)?.[1]
    if (port !== undefined) return port
  }
  throw new Error('Azurite ended before it listened.')
}
