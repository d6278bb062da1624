import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import * as z from 'zod/mini'
import { toEmptyUpload } from '../base/empty-upload.ts'
import { refuseBad } from './refusal.ts'
import type { Session } from './session.ts'
import { writeWhole } from './write-whole.ts'

const presignedSchema = z.object({ url: z.string() })

/** How long the URLs live that a client makes, in seconds. */
const URL_LIFETIME_SECONDS = 60 * 60

/** What can be put into the storage besides a file. */
export interface ObjectContent {
  body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | null
  /** In bytes; the upload fails when the body is shorter or longer. */
  size?: number | undefined
  /** Its media type. */
  type?: string | undefined
}

/** The storage of a service, as a program uses it. */
export interface Objects {
  /**
   * Puts a file, or something else, under a key. When it breaks off, the object is what it was.
   *
   * @param content - the path of a file, or the content itself
   * @throws {ServiceRefusal}
   */
  put: (key: string, content: string | ObjectContent) => Promise<void>
  /** A URL from which an object can be read. */
  readUrl: (key: string) => Promise<string>
  /** A URL to which a rendition can be put. */
  targetUrl: (key: string) => Promise<string>
  /**
   * Reads an object.
   *
   * @throws {ServiceRefusal} 404 when there is none, 416 for a range outside of it
   */
  get: (
    key: string,
    init?: { method?: 'GET' | 'HEAD'; headers?: Record<string, string>; signal?: AbortSignal },
  ) => Promise<Response>
}

/** Opens the storage of the service that a session is with. */
export function openObjects(session: Session): Objects {
  async function presign(
    key: string,
    permissions: 'r' | 'w',
    signal?: AbortSignal,
  ): Promise<string> {
    const response = await session.call('/storage/presign', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ path: key, permissions, expiresInSeconds: URL_LIFETIME_SECONDS }),
      ...(signal !== undefined && { signal }),
    })
    return presignedSchema.parse(await response.json()).url
  }

  return {
    async put(key, content) {
      const { body, size, type } = typeof content === 'string' ? await openFile(content) : content
      const url = await presign(key, 'w')
      const target = size === 0 ? toEmptyUpload(url) : { url, headers: {} }
      const response = await fetch(target.url, {
        method: 'PUT',
        headers: {
          ...target.headers,
          ...(size !== undefined && { 'content-length': String(size) }),
          ...(type !== undefined && { 'content-type': type }),
        },
        body,
        duplex: 'half',
        // To be able to follow a redirect, fetch() would keep all of the body in memory:
        // https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
        redirect: 'error',
      })
      await refuseBad(response)
    },
    readUrl: (key) => presign(key, 'r'),
    targetUrl: (key) => presign(key, 'w'),
    async get(key, { method = 'GET', ...init } = {}) {
      // A URL to read with of an object store is for GET alone.
      const response = await refuseBad(await fetch(await presign(key, 'r', init.signal), init))
      if (method === 'GET') return response
      await response.body?.cancel()
      return new Response(null, response)
    },
  }
}

/** Writes an object to a file, which is there when it is whole. */
export async function saveObject(
  objects: Objects,
  key: string,
  file: string,
  signal?: AbortSignal,
): Promise<void> {
  const options = signal === undefined ? {} : { signal }
  const { body } = await objects.get(key, options)
  if (body === null) throw new Error(`${key} has no content.`)
  await writeWhole(file, (unfinished) =>
    pipeline(Readable.fromWeb(body), createWriteStream(unfinished), options),
  )
}

async function openFile(file: string): Promise<ObjectContent> {
  const { size } = await stat(file)
  return { body: Readable.toWeb(createReadStream(file)), size }
}
