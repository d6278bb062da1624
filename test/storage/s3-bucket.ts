import path from 'node:path'
import S3rver from '@20minutes/s3rver'
import type { S3Settings } from '../../src/storage/s3/s3-settings.ts'

/** A bucket of s3rver, without TLS, in a folder of its own. */
export async function openBucket(
  folder: string,
): Promise<{ settings: S3Settings; close: () => Promise<void> }> {
  const directory = path.join(folder, 's3')
  const server = new S3rver({
    port: 0,
    directory,
    configureBuckets: [{ name: 'objects' }],
    silent: true,
  })
  const { port } = await server.run()
  return {
    settings: {
      kind: 's3',
      base: `http://localhost:${port}/objects`,
      bucket: 'objects',
      region: 'us-east-1',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
      sessionToken: undefined,
    },
    async close() {
      await server.close()
    },
  }
}
