import { writeFile } from 'node:fs/promises'
import { type Objects, openObjects, saveObject } from './objects.ts'
import { type JournalEvent, readDataUrl, readPage, register } from './read-journal.ts'
import { openSession, type Session } from './session.ts'
import { signInByConsole } from './sign-in.ts'
import { writeWhole } from './write-whole.ts'

/** A registered client of a running service. */
export interface ServiceClient {
  /** That of the service, such as `https://localhost:9443`. */
  readonly origin: string
  /** The service's storage. */
  readonly objects: Objects
  /**
   * Writes the rendition that an event tells of to `file`: what the event has in it, or else what was put at its target. The file is
   * there when it is whole.
   *
   * @returns whether it was in the event
   */
  save: (event: JournalEvent, key: string, file: string, signal?: AbortSignal) => Promise<boolean>
  /** See {@link sendProcess}. */
  process: (requestId: string, body: object) => Promise<void>
  /** Every event from now on, until the consumer has enough of them or `signal` aborts. */
  events: (signal: AbortSignal) => AsyncGenerator<JournalEvent, never>
}

/**
 * Signs in to a service and registers.
 *
 * @param home - the service's state folder, for its `console.json`
 * @param interrupted - ends every reading of events, since a service that is stopping answers at once and with none
 * @throws {Error} one sentence telling what the service refused
 */
export async function connect(
  origin: string,
  home: string,
  interrupted?: AbortSignal,
): Promise<ServiceClient> {
  const signIn = () => signInByConsole(origin, home)
  return registerClient(openSession(origin, signIn), interrupted)
}

/**
 * Registers a program that is signed in.
 *
 * @param interrupted - see {@link connect}
 * @throws {Error} one sentence telling what the service refused
 */
export async function registerClient(
  session: Session,
  interrupted?: AbortSignal,
): Promise<ServiceClient> {
  const objects = openObjects(session)
  // The end of the journal; asked for as `latest`, the service would wait for an event to come.
  let { next } = await readPage(session, `${await register(session)}?seek=-PT0S`)

  return {
    origin: session.origin,
    objects,
    async save({ data }, key, file, signal) {
      if (typeof data === 'string') {
        const { bytes } = readDataUrl(data)
        await writeWhole(file, (unfinished) => writeFile(unfinished, bytes))
        return true
      }
      await saveObject(objects, key, file, signal)
      return false
    },
    process: (requestId, body) => sendProcess(session, requestId, body),
    async *events(consumed) {
      const signal = interrupted === undefined ? consumed : AbortSignal.any([consumed, interrupted])
      for (;;) {
        const page = await readPage(session, next, signal)
        next = page.next
        yield* page.events
      }
    },
  }
}

/**
 * Sends `POST /process`.
 *
 * @throws {ServiceRefusal} 400 for what is wrong with the body, 404 when the program is not registered
 */
export async function sendProcess(
  session: Session,
  requestId: string,
  body: object,
): Promise<void> {
  await session.call('/process', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': requestId },
    body: JSON.stringify(body),
  })
}
