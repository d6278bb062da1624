import { createHash, createHmac } from 'node:crypto'
import { encodeSegment } from '../../peers/http/object-url.ts'
import type { S3Settings } from './s3-settings.ts'

/** The longest life of such a URL, in seconds: 7 days. */
const LONGEST_SECONDS = 7 * 24 * 60 * 60

/** What a presigned URL permits. */
interface Presigning {
  readonly method: string
  /** With what its query shall have besides. */
  readonly url: URL
  /** In seconds. */
  readonly expiresIn: number
  /** In milliseconds of the epoch. */
  readonly now: number
}

/**
 * Makes a presigned URL, with signature version 4. The library that signs requests does this as well, but with promises: a task is told
 * of with its files in one go.
 */
export function presignS3(
  settings: Pick<S3Settings, 'region' | 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>,
  { method, url, expiresIn, now }: Presigning,
): string {
  const { region, accessKeyId, secretAccessKey, sessionToken } = settings
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const day = time.slice(0, 8)
  const scope = `${day}/${region}/s3/aws4_request`
  const query: [string, string][] = [
    ...url.searchParams,
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${accessKeyId}/${scope}`],
    ['X-Amz-Date', time],
    ['X-Amz-Expires', String(Math.min(Math.max(expiresIn, 1), LONGEST_SECONDS))],
    ['X-Amz-SignedHeaders', 'host'],
  ]
  if (sessionToken !== undefined) query.push(['X-Amz-Security-Token', sessionToken])
  const written = query
    .map(([name, value]) => `${encodeSegment(name)}=${encodeSegment(value)}`)
    .toSorted()
    .join('&')
  const asked = [method, url.pathname, written, `host:${url.host}`, '', 'host', 'UNSIGNED-PAYLOAD']
  const digest = createHash('sha256').update(asked.join('\n')).digest('hex')
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (secret, step) => createHmac('sha256', secret).update(step).digest(),
    `AWS4${secretAccessKey}`,
  )
  const signature = createHmac('sha256', key)
    .update(['AWS4-HMAC-SHA256', time, scope, digest].join('\n'))
    .digest('hex')
  return `${url.origin}${url.pathname}?${written}&X-Amz-Signature=${signature}`
}
