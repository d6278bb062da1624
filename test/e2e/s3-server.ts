import assert from 'node:assert/strict'
import path from 'node:path'
import S3rver from '@20minutes/s3rver'
import { AwsV4Signer } from 'aws4fetch'
import { openCertificates } from '../../src/http/certificate-files.ts'

const BUCKET = 'assets'
const KEY = 'S3RVER'

/** What a presigned URL is good for. */
interface Presigning {
  /** Seconds, from {@link Presigning.signedAt} on; an hour unless given. */
  expiresInSeconds?: number
  /** Milliseconds since 1970; now unless given. */
  signedAt?: number
  /** What signs it; the right one unless given. */
  secretAccessKey?: string
  query?: Record<string, string>
}

/** A bucket of an object store that speaks the Amazon S3 API and runs on this machine. */
export interface Bucket {
  presign: (method: string, key: string, options?: Presigning) => Promise<string>
  /** Puts an object there. */
  upload: (key: string, bytes: Uint8Array<ArrayBuffer>) => Promise<void>
  download: (key: string) => Promise<Buffer>
  /** Begins a multi-part upload; resolves with the URLs of its parts and what makes an object of the first of them. */
  beginUpload: (
    key: string,
    parts: number,
  ) => Promise<{ urls: string[]; complete: (uploaded: number) => Promise<void> }>
}

/**
 * Runs s3rver for the tests of the enclosing `describe`, with the certificate of the service whose state is in `home`, so
 * that whoever trusts the service trusts it too.
 */
export function useS3Server(home: string): () => Bucket {
  let server: S3rver | undefined
  let bucket: Bucket | undefined

  before(async () => {
    const { cert, key } = await openCertificates(home, Date.now())
    const directory = path.join(home, 's3')
    const configureBuckets = [{ name: BUCKET }]
    server = new S3rver({ port: 0, cert, key, directory, configureBuckets, silent: true })
    const { port } = await server.run()
    bucket = openBucket(`https://localhost:${port}/${BUCKET}`)
  })
  after(() => server?.close())

  return () => bucket ?? assert.fail('the server is there once the tests run')
}

function openBucket(bucketUrl: string): Bucket {
  const presign: Bucket['presign'] = async (method, key, options = {}) => {
    const {
      expiresInSeconds = 3600,
      signedAt = Date.now(),
      secretAccessKey = KEY,
      query = {},
    } = options
    const target = new URL(`${bucketUrl}/${key.split('/').map(encodeURIComponent).join('/')}`)
    const parameters = { ...query, 'X-Amz-Expires': String(expiresInSeconds) }
    for (const [name, value] of Object.entries(parameters)) target.searchParams.set(name, value)
    const { url } = await new AwsV4Signer({
      url: target.href,
      method,
      signQuery: true,
      datetime: new Date(signedAt).toISOString().replaceAll(/[-:]|\.\d+/g, ''),
      accessKeyId: KEY,
      secretAccessKey,
      service: 's3',
      region: 'us-east-1',
    }).sign()
    return url.href
  }
  async function call(
    method: string,
    key: string,
    {
      query = {},
      body = null,
    }: { query?: Record<string, string>; body?: RequestInit['body'] } = {},
  ): Promise<Buffer> {
    const response = await fetch(await presign(method, key, { query }), { method, body })
    const answer = Buffer.from(await response.arrayBuffer())
    assert.equal(response.status, 200, String(answer))
    return answer
  }
  return {
    presign,
    async upload(key, body) {
      await call('PUT', key, { body })
    },
    download: (key) => call('GET', key),
    async beginUpload(key, parts) {
      const answer = await call('POST', key, { query: { uploads: '' } })
      const uploadId = /<UploadId>(\w+)</.exec(String(answer))?.[1]
      assert.ok(uploadId !== undefined)
      const numbers = Array.from({ length: parts }, (_, index) => String(index + 1))
      const urls = numbers.map((partNumber) =>
        presign('PUT', key, { query: { partNumber, uploadId } }),
      )
      return {
        urls: await Promise.all(urls),
        async complete(uploaded) {
          // A client asks Amazon for the ETags with ListParts, which s3rver does not have; nor does it look at them.
          const list = numbers
            .slice(0, uploaded)
            .map((number) => `<Part><PartNumber>${number}</PartNumber><ETag>any</ETag></Part>`)
          const body = `<CompleteMultipartUpload>${list.join('')}</CompleteMultipartUpload>`
          await call('POST', key, { query: { uploadId }, body })
        },
      }
    },
  }
}
