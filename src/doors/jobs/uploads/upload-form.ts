import { createHmac } from 'node:crypto'
import { ServiceError } from '../../../base/errors.ts'
import { isSameSecret } from '../../../base/same-secret.ts'
import type { Task } from '../tasks/records.ts'

/** Under which the forms of all tasks are sent, each to its id. */
export const UPLOADS_PATH = '/v2/uploads'

/** The largest file that is taken, in bytes. */
export const MOST_UPLOAD_BYTES = 10_000_000_000

/** How long after its task a form may be sent, in seconds, as CloudConvert has it. */
export const FORM_SECONDS = 6 * 60 * 60

/** What is signed besides the id of the task, in the order in which it is signed and sent. */
const SIGNED = ['expires', 'max_file_count', 'max_file_size'] as const

/** The form by which the file of a task is sent: whoever has it needs no other credentials. */
export interface UploadForm {
  /**
   * Where a form is sent, and its fields, which go before the file and in their order. For a task it is always the same.
   */
  of: (task: Task) => { url: string; parameters: Record<string, string> }
  /**
   * Checks the fields with which a file is sent.
   *
   * @throws {ServiceError} `invalid` that names a field that is missing; `forbidden` for fields that are not as they were
   * given out, and for a form that has expired
   */
  verify: (taskId: string, fields: Readonly<Record<string, string>>) => void
}

/**
 * Makes the forms, signed with HMAC-SHA256.
 *
 * @param options.secret - whoever knows it can sign
 * @param options.origin - scheme, host and port that the URLs begin with
 * @param options.now - the clock, in milliseconds since 1970
 */
export function createUploadForm(options: {
  secret: string
  origin: () => string
  now: () => number
}): UploadForm {
  const { secret, origin, now } = options

  function sign(taskId: string, fields: Readonly<Record<string, string>>): string {
    const values = SIGNED.map((name) => `${name}=${fields[name] ?? ''}`)
    return createHmac('sha256', secret)
      .update(['upload form', taskId, ...values].join('\0'))
      .digest('hex')
  }

  return {
    of({ id, createdAt }) {
      const signed = {
        expires: String(Math.floor(createdAt / 1000) + FORM_SECONDS),
        max_file_count: '1',
        max_file_size: String(MOST_UPLOAD_BYTES),
      }
      const parameters = { ...signed, signature: sign(id, signed) }
      return { url: `${origin()}${UPLOADS_PATH}/${id}`, parameters }
    },
    verify(taskId, fields) {
      const missing = [...SIGNED, 'signature'].find((name) => !Object.hasOwn(fields, name))
      if (missing !== undefined) {
        throw new ServiceError(
          'invalid',
          `The form has no field ${missing} before its file; send all of result.form.parameters, then the file.`,
        )
      }
      if (!isSameSecret(fields['signature'] ?? '', sign(taskId, fields))) {
        throw new ServiceError(
          'forbidden',
          'The fields of the form are not those of result.form.parameters of this task; send them unaltered.',
        )
      }
      const expires = Number(fields['expires']) * 1000
      if (now() >= expires) {
        const when = new Date(expires).toISOString()
        throw new ServiceError('forbidden', `The form expired at ${when}; create a new task.`)
      }
    },
  }
}
