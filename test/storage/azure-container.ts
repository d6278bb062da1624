import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob'
import type { AzureSettings } from '../../src/storage/azure/azure-settings.ts'

const ACCOUNT = 'devstoreaccount1'

/** A container of Azurite, without TLS, in a process of its own. */
export async function openContainer(): Promise<{
  settings: AzureSettings
  close: () => Promise<void>
}> {
  const key = randomBytes(64).toString('base64')
  const child = spawn(
    process.execPath,
    [
      'scripts/azurite/node_modules/azurite/dist/src/blob/main.js',
      '--blobHost',
      'localhost',
      '--blobPort',
      '0',
      '--inMemoryPersistence',
      '--disableTelemetry',
      '--silent',
      '--skipApiVersionCheck',
    ],
    {
      env: { ...process.env, AZURITE_ACCOUNTS: `${ACCOUNT}:${key}` },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const origin = `http://localhost:${await readPort(child)}/${ACCOUNT}`
  const service = new BlobServiceClient(origin, new StorageSharedKeyCredential(ACCOUNT, key))
  await service.getContainerClient('objects').create()
  return {
    settings: {
      kind: 'azure',
      base: `${origin}/objects`,
      account: ACCOUNT,
      container: 'objects',
      key,
    },
    async close() {
      if (child.kill()) await once(child, 'exit')
    },
  }
}

async function readPort({ stdout }: ChildProcess): Promise<string> {
  assert.ok(stdout)
  for await (const line of createInterface({ input: stdout })) {
    const port = /successfully listens on http:.*:(\d+)$/.exec(line)?.[1]
    if (port !== undefined) return port
  }
  throw new Error('Azurite ended before it listened.')
}
