import { validateHeaderValue } from 'node:http'
import * as z from 'zod/mini'
import { endpointUrl } from '../endpoint.ts'
import { oneOf, text } from '../one-of.ts'

const account = {
  /** It is part of a host name. */
  bucket: z
    .string('the name of a bucket')
    .check(z.regex(/^[\w][\w.-]{1,61}[\w]$/, 'the name of a bucket')),
  region: z
    .string('a region such as eu-central-1')
    .check(z.regex(/^[\w-]{1,40}$/, 'a region such as eu-central-1')),
  /** Of a store that is not Amazon's; `https:` when it names no scheme. */
  endpoint: z.optional(
    text('the URL of a store').check(
      z.refine((endpoint) => endpointUrl(endpoint) !== undefined, 'the URL of a store'),
    ),
  ),
  key: z.optional(text('the key of an object')),
  key_prefix: z.optional(z.string('what keys begin with')),
  access_key_id: text('an access key id'),
  secret_access_key: text('a secret access key'),
  session_token: z.optional(text('a session token')),
}

const header = z
  .string('a text that a header can have')
  .check(z.refine(isHeaderValue, 'a text that a header can have'))

/** What `import/s3` takes. */
export const s3ImportOptions = z
  .looseObject({ ...account, filename: z.optional(text('a file name')) })
  .check(oneOf('key', 'key_prefix'))

/** What `export/s3` takes. */
export const s3ExportOptions = z
  .looseObject({
    ...account,
    /** A canned one, such as `public-read`. */
    acl: z.optional(header),
    cache_control: z.optional(header),
    content_disposition: z.optional(header),
    content_type: z.optional(header),
    metadata: z.optional(
      z.record(
        z.string().check(z.regex(/^[\w-]+$/, 'a name of letters, digits and -')),
        header,
        'an object of texts',
      ),
    ),
    server_side_encryption: z.optional(header),
    tagging: z.optional(z.record(z.string(), z.string('a text'), 'an object of texts')),
  })
  .check(oneOf('key', 'key_prefix'))

/** Which of them nobody else may see. */
export const S3_SECRETS: readonly string[] = ['secret_access_key', 'session_token']

/** Who is asked for what. */
export type S3Account = Pick<
  z.infer<typeof s3ImportOptions>,
  'bucket' | 'region' | 'endpoint' | 'access_key_id' | 'secret_access_key' | 'session_token'
>

/** Checked options of an export. */
export type S3ExportOptions = z.infer<typeof s3ExportOptions>

function isHeaderValue(value: string): boolean {
  try {
    validateHeaderValue('x-amz-meta', value)
    return true
  } catch {
    return false
  }
}
