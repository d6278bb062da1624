import { readFileSync } from 'node:fs'
import path from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import * as z from 'zod/mini'

const consoleSchema = z.object({
  project: z.object({
    org: z.object({ ims_org_id: z.string() }),
    workspace: z.object({
      details: z.object({
        credentials: z.tuple([
          z.object({
            oauth_server_to_server: z.object({
              client_id: z.string(),
              client_secrets: z.tuple([z.string()]),
              scopes: z.array(z.string()),
            }),
          }),
        ]),
        runtime: z.object({
          namespaces: z.tuple([z.object({ name: z.string(), auth: z.string() })]),
        }),
      }),
    }),
  }),
})
const tokenSchema = z.object({ access_token: z.string() })
const pageSchema = z.object({
  events: z.array(z.object({ position: z.string(), event: z.looseObject({ type: z.string() }) })),
})

/** An entry of a journal as it is read over HTTP. */
export type JournalEntry = z.infer<typeof pageSchema>['events'][number]

/** Trusts the service whose state is in `home`, as `NODE_EXTRA_CA_CERTS` would. */
export function trust(home: string): void {
  const ca = readFileSync(path.join(home, 'ca.pem'), 'utf8')
  setDefaultCACertificates([...getCACertificates('default'), ca])
}

/** The Developer Console's download that the service wrote. */
export function readConsole(home: string) {
  const { project } = consoleSchema.parse(
    JSON.parse(readFileSync(path.join(home, 'console.json'), 'utf8')),
  )
  const { credentials, runtime } = project.workspace.details
  return {
    orgId: project.org.ims_org_id,
    credential: credentials[0].oauth_server_to_server,
    namespace: runtime.namespaces[0],
  }
}

/** Gets a token for the project's client; resolves with the headers of an authorized call. */
export async function signIn(
  origin: string,
  home: string,
  scopes?: readonly string[],
): Promise<Record<string, string>> {
  const { orgId, credential } = readConsole(home)
  const response = await fetch(`${origin}/ims/token/v4?client_id=${credential.client_id}`, {
    method: 'POST',
    body: new URLSearchParams({
      client_secret: credential.client_secrets[0],
      grant_type: 'client_credentials',
      scope: (scopes ?? credential.scopes).join(','),
    }),
  })
  const { access_token: token } = tokenSchema.parse(await response.json())
  return {
    authorization: `Bearer ${token}`,
    'x-gw-ims-org-id': orgId,
    'x-api-key': credential.client_id,
  }
}

/** Registers; resolves with the journal's URL. */
export async function register(origin: string, headers: Record<string, string>): Promise<string> {
  const response = await fetch(`${origin}/register`, { method: 'POST', headers })
  return z.object({ journal: z.string() }).parse(await response.json()).journal
}

/** Sends `POST /process` with any body. */
export async function sendProcess(
  origin: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<Response> {
  return fetch(`${origin}/process`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

/** Asks the service for a presigned URL. */
export async function presign(
  origin: string,
  headers: Record<string, string>,
  key: string,
  permissions: 'r' | 'w' | 'rw',
): Promise<string> {
  const response = await fetch(`${origin}/storage/presign`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ path: key, permissions, expiresInSeconds: 600 }),
  })
  return z.object({ url: z.string() }).parse(await response.json()).url
}

/** Puts bytes into the service's storage; resolves with a URL to read them. */
export async function upload(
  origin: string,
  headers: Record<string, string>,
  key: string,
  bytes: Uint8Array<ArrayBuffer> | string,
): Promise<string> {
  const url = await presign(origin, headers, key, 'rw')
  const response = await fetch(url, { method: 'PUT', body: bytes })
  if (!response.ok) throw new Error(`The upload was answered ${response.status}.`)
  return url
}

/** Reads a page of a journal, which may be empty. */
export async function readPage(
  url: string,
  headers: Record<string, string>,
): Promise<{ entries: JournalEntry[]; next: string }> {
  const response = await fetch(url, { headers })
  if (response.status !== 200 && response.status !== 204) {
    throw new Error(`The journal answered ${response.status}.`)
  }
  const entries = response.status === 200 ? pageSchema.parse(await response.json()).events : []
  return { entries, next: linkOf(response, 'next') }
}

/** Reads the journal from its beginning until it holds `count` events. */
export async function readJournal(
  journal: string,
  headers: Record<string, string>,
  count: number,
): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = []
  let next = journal
  while (entries.length < count) {
    const page = await readPage(next, headers)
    entries.push(...page.entries)
    next = page.next
  }
  return entries
}

/** The URL of one of a response's links. */
export function linkOf(response: Response, rel: string): string {
  const header = response.headers.get('link') ?? ''
  const link = header
    .split(/,\s*(?=<)/)
    .map((text) => /^<([^>]+)>;\s*rel="([^"]+)"$/.exec(text))
    .find((match) => match?.[2] === rel)?.[1]
  if (link === undefined) throw new Error(`There is no link ${rel} in ${header}.`)
  return new URL(link, response.url).href
}
