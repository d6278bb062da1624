import { createHmac } from 'node:crypto'
import { ServiceError } from '../../../base/errors.ts'
import { isSameSecret } from '../../../base/same-secret.ts'
import type { Task } from '../tasks/records.ts'
import { FORM_SECONDS, UPLOADS_PATH } from './upload-form.ts'

/** The URLs by which the file of a task is sent in parts: whoever has one needs no other credentials. */
export interface TusUrls {
  /** Where an upload is begun. For a task it is always the same, and good as long as its form. */
  of: (task: Pick<Task, 'id' | 'createdAt'>) => string
  /** Where an upload that was begun goes on. */
  ofUpload: (task: Pick<Task, 'id' | 'createdAt'>, upload: string) => string
  /** When the URLs of a task end to be good, in milliseconds since 1970. */
  endOf: (task: Pick<Task, 'createdAt'>) => number
  /**
   * Checks the URL of a request.
   *
   * @throws {ServiceError} `forbidden` when it is not as it was given out, or has expired
   */
  verify: (taskId: string, query: Readonly<Record<string, string>>) => void
}

/** In seconds since 1970, as forms have it. */
function expiresOf(createdAt: number): number {
  return Math.floor(createdAt / 1000) + FORM_SECONDS
}

/**
 * Makes the URLs, signed with HMAC-SHA256.
 *
 * @param options.secret - whoever knows it can sign
 * @param options.origin - scheme, host and port that the URLs begin with
 * @param options.now - the clock, in milliseconds since 1970
 */
export function createTusUrls(options: {
  secret: string
  origin: () => string
  now: () => number
}): TusUrls {
  const { secret, origin, now } = options

  function sign(taskId: string, expires: string): string {
    const signed = ['upload in parts', taskId, `expires=${expires}`].join('\0')
    return createHmac('sha256', secret).update(signed).digest('hex')
  }

  function urlOf({ id, createdAt }: Pick<Task, 'id' | 'createdAt'>, path: string): string {
    const expires = String(expiresOf(createdAt))
    const query = new URLSearchParams({ expires, signature: sign(id, expires) })
    return `${origin()}${UPLOADS_PATH}/${id}/tus${path}?${query.toString()}`
  }

  return {
    of: (task) => urlOf(task, ''),
    ofUpload: (task, upload) => urlOf(task, `/${upload}`),
    endOf: ({ createdAt }) => expiresOf(createdAt) * 1000,
    verify(taskId, { expires = '', signature = '' }) {
      if (!isSameSecret(signature, sign(taskId, expires))) {
        throw new ServiceError(
          'forbidden',
          'The URL is not that of result.tus of this task; use it unaltered.',
        )
      }
      if (now() >= Number(expires) * 1000) {
        const when = new Date(Number(expires) * 1000).toISOString()
        throw new ServiceError('forbidden', `The URL expired at ${when}; create a new task.`)
      }
    },
  }
}
