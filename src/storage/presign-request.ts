import * as z from 'zod/mini'
import { ServiceError } from '../base/errors.ts'
import { checkKey } from './object-key.ts'
import { PERMISSIONS } from './presigned-url.ts'

/** The longest life of a presigned URL: 7 days, as with S3 and with Azure's user delegation keys. */
export const MAX_EXPIRES_IN_SECONDS = 7 * 24 * 60 * 60

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
