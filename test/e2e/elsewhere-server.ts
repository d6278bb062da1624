import { mkdirSync } from 'node:fs'
import path from 'node:path'
import S3rver from '@20minutes/s3rver'
import { caFile, openCertificates } from '../../src/http/certificate-files.ts'

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
