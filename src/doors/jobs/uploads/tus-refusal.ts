import { ERRORS } from '@tus/server'
import { type ErrorCode, ServiceError } from '../../../base/errors.ts'
import { MOST_UPLOAD_BYTES } from './upload-form.ts'

const METADATA =
  'Upload-Metadata must be names and texts in base64, such as "filename cGhvdG8uanBn", with commas between them.'

/** What the library refuses, by what it throws. */
const THROWN: ReadonlyMap<unknown, readonly [ErrorCode, string]> = new Map<
  unknown,
  readonly [ErrorCode, string]
>([
  [ERRORS.MISSING_OFFSET, ['invalid', 'Upload-Offset is missing; HEAD answers what it must be.']],
  [
    ERRORS.INVALID_OFFSET,
    ['conflict', 'Upload-Offset is not how far the upload is; HEAD answers what it must be.'],
  ],
  [
    ERRORS.INVALID_CONTENT_TYPE,
    ['invalid', 'Content-Type must be application/offset+octet-stream.'],
  ],
  [
    ERRORS.INVALID_LENGTH,
    [
      'invalid',
      'Exactly one of Upload-Length and Upload-Defer-Length must be sent, and a length once and not below what has come.',
    ],
  ],
  [ERRORS.INVALID_METADATA, ['invalid', METADATA]],
  [
    ERRORS.INVALID_TERMINATION,
    ['conflict', 'The upload is the file of its task; delete the task instead.'],
  ],
  [
    ERRORS.ABORTED,
    ['conflict', 'The body broke off, or another request has come; HEAD answers what is kept.'],
  ],
  [
    ERRORS.ERR_MAX_SIZE_EXCEEDED,
    ['too_large', `The file is longer than the ${MOST_UPLOAD_BYTES} bytes that a task takes.`],
  ],
  [
    ERRORS.UNSUPPORTED_CONCATENATION_EXTENSION,
    ['invalid', 'Upload-Concat is not known here; send a file in parts one after the other.'],
  ],
])

/** What is right in a header that the library has found to be wrong; it names no other. */
const HEADERS: Readonly<Record<string, string>> = {
  'upload-offset': 'Upload-Offset must be a whole number of bytes.',
  'upload-length': 'Upload-Length must be a whole number of bytes.',
  'upload-defer-length': 'Upload-Defer-Length must be 1.',
  'upload-metadata': METADATA,
  'content-type': 'Content-Type must be application/offset+octet-stream.',
}

/**
 * What the library has refused, in the words of the house.
 *
 * @param thrown - what the library was thrown, which it may have done itself; undefined when it only answered
 * @param answer - that of the library
 */
export async function toTusRefusal(thrown: unknown, answer: Response): Promise<unknown> {
  const known = THROWN.get(thrown)
  if (known !== undefined) return new ServiceError(...known)
  if (thrown instanceof ServiceError) return thrown
  if (answer.status === 413) {
    return new ServiceError('too_large', 'The body goes beyond the length of the upload.')
  }
  if (thrown !== undefined) return thrown
  // "Invalid" and the names of headers.
  const names = (await answer.text()).trim().split(' ').slice(1)
  const sentences = names.map((name) => HEADERS[name] ?? `${name} is not as it must be.`)
  return new ServiceError('invalid', sentences.join(' '))
}
