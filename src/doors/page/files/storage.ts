import { codeOfStatus, ServiceError } from '../../../base/errors.ts'
import { type Objects, openObjects, saveObject } from '../../../client/objects.ts'
import { ServiceRefusal } from '../../../client/refusal.ts'
import type { Session } from '../../../client/session.ts'

/** What to say of a conversation that ended without an answer. */
type Broken = Pick<ServiceError, 'code' | 'message'>

const STOPPING: Broken = {
  code: 'stopping',
  message: 'The service cannot be reached; it is stopping.',
}
const BROKEN_OFF: Broken = {
  code: 'invalid',
  message: 'The upload broke off before its end; nothing was stored.',
}

/** What is known of an object. */
export interface StoredFile {
  size: number
  /** Its `Content-Type`. */
  type: string
}

/** The storage of the service, as the developer page uses it: what goes wrong is an {@link ServiceError} for the page. */
export interface Storage {
  /** @throws {ServiceError} 400 when the body breaks off, 507 when the disk is full */
  put: Objects['put']
  /** Undefined when there is no such object. */
  stat: (key: string) => Promise<StoredFile | undefined>
  /** @throws {ServiceError} 404 when there is no such object, 416 for a range outside of it */
  get: Objects['get']
  readUrl: Objects['readUrl']
  targetUrl: Objects['targetUrl']
  /** Writes an object to a file. */
  save: (key: string, file: string) => Promise<void>
}

/** Opens the storage of the service that a session is with. */
export function openStorage(session: Session): Storage {
  const objects = openObjects(session)
  const get: Storage['get'] = (key, init) => relay(objects.get(key, init))

  return {
    async put(key, content) {
      await relay(objects.put(key, content), BROKEN_OFF)
    },
    async stat(key) {
      try {
        const { headers } = await get(key, { method: 'HEAD' })
        return {
          size: Number(headers.get('content-length')),
          type: headers.get('content-type') ?? '',
        }
      } catch (error) {
        if (error instanceof ServiceError && error.status === 404) return undefined
        throw error
      }
    },
    get,
    readUrl: (key) => relay(objects.readUrl(key)),
    targetUrl: (key) => relay(objects.targetUrl(key)),
    save: (key, file) => relay(saveObject(objects, key, file)),
  }
}

/**
 * Hands the refusals of the service on to the page, in their words.
 *
 * @param work - a conversation with the service
 * @param broken - what to say when it ends without an answer
 * @throws {ServiceError}
 */
export async function relay<T>(work: Promise<T>, broken = STOPPING): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof ServiceRefusal) {
      const { status } = error
      throw new ServiceError(codeOfStatus(status), error.sentence || error.message, {
        status,
        cause: error,
      })
    }
    // What fetch() throws.
    if (error instanceof TypeError)
      throw new ServiceError(broken.code, broken.message, { cause: error })
    throw error
  }
}
