import { createHmac, randomBytes } from 'node:crypto'
import * as z from 'zod/mini'
import { ServiceError } from '../base/errors.ts'
import { isSameSecret } from '../base/same-secret.ts'
import { checkKey, decodeKey, encodeKey } from './object-key.ts'

/** What a presigned URL permits: `r` GET and HEAD, `w` PUT. */
const PERMISSIONS = ['r', 'w', 'rw'] as const

/** One of {@link PERMISSIONS}. */
export type Permissions = (typeof PERMISSIONS)[number]

/** What the bearer of a presigned URL may do. */
export interface Permit {
  key: string
  permissions: Permissions
  /** When the URL ends to be valid, in seconds of the epoch. */
  expires: number
  /** Present if the URL is for one part of a multi-part upload. */
  of?: PartOfPermit | undefined
  /** The `Content-Disposition` of the answer to a GET, as with S3; none unless given. */
  disposition?: string | undefined
}

/** The part of a multi-part upload that a URL is for. */
export interface PartOfPermit {
  /** Names the upload; every URL of one upload carries the same. */
  upload: string
  /** Position of the part, from 0. */
  part: number
  /** How many URLs the upload has. An uploader may leave the last ones unused. */
  parts: number
  /** The longest part that is accepted, in bytes. */
  maxPartSize: number
}

/** Makes presigned URLs and checks them. */
export interface UrlSigner {
  /** A URL that carries `permit`. */
  sign(permit: Permit): string
  /**
   * Checks a URL by which a request came.
   *
   * @param key - the path of the URL after `/storage/objects/`, percent-encoded
   * @throws {@link ServiceError} 403 for a URL that is not signed, was altered or has expired, or does not permit `method`
   */
  verify(request: { method: string; key: string; query: URLSearchParams }): Permit
}

/** As S3 calls it. */
const DISPOSITION = 'response-content-disposition'

const wholeNumber = z.pipe(z.string(), z.coerce.number())

const permitSchema = z.object({ permissions: z.enum(PERMISSIONS), expires: wholeNumber })

const partSchema = z.object({
  upload: z.string(),
  part: wholeNumber,
  parts: wholeNumber,
  maxPartSize: wholeNumber,
})

/**
 * A new name for a multi-part upload, 16 letters long. Of two, that of the later one is the greater.
 *
 * @param now - in milliseconds of the epoch
 */
export function newUploadId(now: number): string {
  return `${now.toString(36).padStart(8, '0')}${randomBytes(6).toString('base64url')}`
}

/**
 * Makes a signer. The signature is HMAC-SHA256 over the key and the whole query, so nothing can be changed, added, left out
 * or repeated.
 *
 * @param secret - whoever knows it can sign
 * @param origin - scheme, host and port that the URLs begin with
 * @param now - the clock, in milliseconds of the epoch
 */
export function createUrlSigner({
  secret,
  origin,
  now,
}: {
  secret: string
  origin: () => string
  now: () => number
}): UrlSigner {
  function signatureOf(key: string, query: URLSearchParams): string {
    return createHmac('sha256', secret).update(`${key}\0${query.toString()}`).digest('base64url')
  }

  return {
    sign({ key, permissions, expires, of, disposition }) {
      const query = new URLSearchParams({ permissions, expires: String(expires) })
      for (const [name, value] of Object.entries(of ?? {})) query.set(name, String(value))
      if (disposition !== undefined) query.set(DISPOSITION, disposition)
      query.set('signature', signatureOf(key, query))
      return `${origin()}/storage/objects/${encodeKey(key)}?${query.toString()}`
    },
    verify({ method, key: encodedKey, query }) {
      const signed = new URLSearchParams(query)
      signed.delete('signature')
      const signatures = query.getAll('signature')
      if (signatures.length === 0) {
        throw new ServiceError(
          'forbidden',
          'The URL has no signature; ask for a URL with POST /storage/presign.',
        )
      }
      const key = decodeKey(encodedKey)
      // Compared as text: base64url has more than one spelling of the same bytes.
      if (key === undefined || !isSameSecret(signatures.join(), signatureOf(key, signed))) {
        throw new ServiceError('forbidden', 'The URL is not as it was signed; use it unaltered.')
      }
      const fields = Object.fromEntries(signed)
      const { permissions, expires } = permitSchema.parse(fields)
      if (now() >= expires * 1000) {
        const when = new Date(expires * 1000).toISOString()
        throw new ServiceError('forbidden', `The URL expired at ${when}; ask for a new one.`)
      }
      if (!permits(permissions, method)) {
        throw new ServiceError(
          'forbidden',
          `The URL permits ${describe(permissions)}, not ${method}.`,
        )
      }
      return {
        key,
        permissions,
        expires,
        of: signed.has('upload') ? partSchema.parse(fields) : undefined,
        disposition: fields[DISPOSITION],
      }
    },
  }
}

function permits(permissions: Permissions, method: string): boolean {
  if (method === 'GET' || method === 'HEAD') return permissions.includes('r')
  return method === 'PUT' && permissions.includes('w')
}

function describe(permissions: Permissions): string {
  return { r: 'GET and HEAD', w: 'PUT', rw: 'GET, HEAD and PUT' }[permissions]
}

/** The longest life of a presigned URL: 7 days, as with S3 and with Azure's user delegation keys. */
const MAX_EXPIRES_IN_SECONDS = 7 * 24 * 60 * 60

/** The most parts of an upload, as with S3. */
export const MAX_PARTS = 10_000

const within = (least: number, most: number, error: string) =>
  z.int({ error }).check(z.minimum(least, { error }), z.maximum(most, { error }))

/** Schema of the body of `POST /storage/presign`. */
export const presignRequestSchema = z.strictObject(
  {
    path: z.string({ error: 'a path such as "renditions/a.png"' }),
    permissions: z.enum(PERMISSIONS, { error: '"r", "w" or "rw"' }),
    expiresInSeconds: within(
      1,
      MAX_EXPIRES_IN_SECONDS,
      `a whole number of seconds from 1 to ${MAX_EXPIRES_IN_SECONDS}`,
    ),
    parts: z.optional(within(1, MAX_PARTS, `a whole number from 1 to ${MAX_PARTS}`)),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? 'an object of path, permissions, expiresInSeconds and parts only'
        : 'a JSON object with path, permissions and expiresInSeconds',
  },
)

/** The body of `POST /storage/presign`. */
export type PresignRequest = z.infer<typeof presignRequestSchema>

/**
 * Checks what the schema cannot say.
 *
 * @throws {@link ServiceError} `invalid` that names the field, what it was and what would be right
 */
export function checkPresignRequest(request: PresignRequest): PresignRequest {
  const { path, permissions, parts } = request
  checkKey(path)
  if (parts !== undefined && permissions === 'r') {
    throw new ServiceError(
      'invalid',
      `parts is for uploads, so permissions must be "w" or "rw" with it, but it is "r".`,
    )
  }
  return request
}
