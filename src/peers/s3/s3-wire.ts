import { AwsV4Signer } from 'aws4fetch'
import { endpointUrl } from '../endpoint.ts'
import { openWire, type Wire } from '../http/wire.ts'
import { readXml } from '../http/xml.ts'
import type { PeerContext } from '../peer.ts'
import type { S3Account } from './s3-options.ts'

/** Sends requests that an account signs, with signature version 4. What is in a body is not signed: TLS guards it. */
export function openS3Wire(account: S3Account, context: PeerContext): Wire {
  return openWire(
    {
      async sign({ method = 'GET', url, headers = {} }) {
        const { session_token: sessionToken } = account
        const signed = await new AwsV4Signer({
          method,
          url: url.href,
          headers,
          accessKeyId: account.access_key_id,
          secretAccessKey: account.secret_access_key,
          ...(sessionToken !== undefined && { sessionToken }),
          region: account.region,
          service: 's3',
        }).sign()
        return Object.fromEntries(signed.headers)
      },
      reasonOf({ text }) {
        const xml = readXml(text)
        return { code: xml.text('Code'), message: xml.text('Message') }
      },
    },
    context,
  )
}

/**
 * The URL of a bucket, without a slash at its end. Amazon wants its name in the host, where it can be one; other stores have it
 * in the path.
 */
export function bucketUrl({ bucket, region, endpoint }: S3Account): string {
  const url = endpoint === undefined ? undefined : endpointUrl(endpoint)
  if (url !== undefined) return `${url.origin}${url.pathname.replace(/\/$/, '')}/${bucket}`
  const host = `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`
  return /^[a-z0-9-]+$/.test(bucket) ? `https://${bucket}.${host}` : `https://${host}/${bucket}`
}
