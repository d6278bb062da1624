import { createReadStream, createWriteStream } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import * as z from 'zod/mini'
import { renditionEventSchema } from '../contract/event.ts'
import { parseJson } from '../contract/json.ts'

const consoleSchema = z.object({
  project: z.object({
    org: z.object({ ims_org_id: z.string() }),
    workspace: z.object({
      details: z.object({
        credentials: z.array(
          z.object({
            oauth_server_to_server: z.object({
              client_id: z.string(),
              client_secrets: z.array(z.string()),
              scopes: z.array(z.string()),
            }),
          }),
        ),
      }),
    }),
  }),
})
const tokenSchema = z.object({ access_token: z.string() })
const registeredSchema = z.object({ journal: z.string() })
const presignedSchema = z.object({ url: z.string() })
const refusedSchema = z.object({ message: z.string() })
const pageSchema = z.object({ events: z.array(z.object({ event: renditionEventSchema })) })

/** An event as a client reads it. */
export type JournalEvent = z.infer<typeof renditionEventSchema>

/** How long the URLs live that a client makes, in seconds. */
const URL_LIFETIME_SECONDS = 60 * 60

/** A registered client of a running service. */
export interface ServiceClient {
  /** Puts a file into the service's storage; resolves with a URL to read it. */
  upload: (file: string, key: string) => Promise<string>
  /** A URL to which a rendition can be put. */
  targetUrl: (key: string) => Promise<string>
  /**
   * Writes the rendition that an event tells of to `file`: what the event has in it, or else what was put at its target.
   *
   * @returns whether it was in the event
   */
  save: (event: JournalEvent, key: string, file: string) => Promise<boolean>
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
  const console = consoleSchema.parse(
    JSON.parse(await readFile(path.join(home, 'console.json'), 'utf8')),
  )
  const { project } = console
  const credential = project.workspace.details.credentials[0]?.oauth_server_to_server
  if (credential === undefined) throw new Error(`console.json in ${home} holds no credential.`)
  const form = new URLSearchParams({
    client_id: credential.client_id,
    client_secret: credential.client_secrets[0] ?? '',
    grant_type: 'client_credentials',
    scope: credential.scopes.join(','),
  })
  const token = await call(`${origin}/ims/token/v4`, { method: 'POST', body: form }, tokenSchema)
  const headers = {
    authorization: `Bearer ${token.access_token}`,
    'x-gw-ims-org-id': project.org.ims_org_id,
    'x-api-key': credential.client_id,
  }
  const json = { ...headers, 'content-type': 'application/json' }
  const registered = await call(`${origin}/register`, { method: 'POST', headers }, registeredSchema)
  // The end of the journal; asked for as `latest`, the service would wait for an event to come.
  let next = await linkToNext(`${registered.journal}?seek=-PT0S`)

  async function linkToNext(url: string): Promise<string> {
    return nextOf(await refuseBad(await fetch(url, { headers })), url)
  }

  async function presign(key: string, permissions: 'r' | 'w'): Promise<string> {
    const body = JSON.stringify({ path: key, permissions, expiresInSeconds: URL_LIFETIME_SECONDS })
    const { url } = await call(
      `${origin}/storage/presign`,
      { method: 'POST', headers: json, body },
      presignedSchema,
    )
    return url
  }

  return {
    async upload(file, key) {
      const { size } = await stat(file)
      const response = await fetch(await presign(key, 'w'), {
        method: 'PUT',
        headers: { 'content-length': String(size) },
        body: Readable.toWeb(createReadStream(file)),
        duplex: 'half',
      })
      await refuseBad(response)
      return presign(key, 'r')
    },
    targetUrl: (key) => presign(key, 'w'),
    async save({ data }, key, file) {
      if (typeof data === 'string') {
        await writeFile(file, Buffer.from(data.slice(data.indexOf(',') + 1), 'base64'))
        return true
      }
      const response = await refuseBad(await fetch(await presign(key, 'r')))
      if (response.body === null) throw new Error(`${key} has no content.`)
      await pipeline(Readable.fromWeb(response.body), createWriteStream(file))
      return false
    },
    async process(requestId, body) {
      const init = {
        method: 'POST',
        headers: { ...json, 'x-request-id': requestId },
        body: JSON.stringify(body),
      }
      await refuseBad(await fetch(`${origin}/process`, init))
    },
    async *events(consumed) {
      const signal = interrupted === undefined ? consumed : AbortSignal.any([consumed, interrupted])
      for (;;) {
        const response = await refuseBad(await fetch(next, { headers, signal }))
        next = nextOf(response, next)
        if (response.status === 204) continue
        for (const { event } of pageSchema.parse(await response.json()).events) yield event
      }
    },
  }
}

async function call<T>(url: string, init: RequestInit, schema: z.ZodMiniType<T>): Promise<T> {
  const response = await refuseBad(await fetch(url, init))
  return schema.parse(await response.json())
}

async function refuseBad(response: Response): Promise<Response> {
  if (response.ok) return response
  const text = await response.text()
  const { success, data } = z.safeParse(refusedSchema, parseJson(text))
  const { pathname } = new URL(response.url)
  throw new Error(
    `${pathname} answered ${response.status}: ${success ? data.message : text.slice(0, 200)}`,
  )
}

function nextOf(response: Response, base: string): string {
  const link = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get('link') ?? '')?.[1]
  if (link === undefined) throw new Error('The journal did not say where it goes on.')
  return new URL(link, base).href
}
