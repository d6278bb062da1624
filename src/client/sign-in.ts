import { readFile } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod/mini'
import { refuseBad } from './refusal.ts'

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

/** Who a program is for the service, and a token that proves it. */
export interface Identity {
  accessToken: string
  clientId: string
  orgId: string
}

/** Gets a new token. */
export type SignIn = () => Promise<Identity>

/**
 * Signs in as the project whose `console.json` a service has written.
 *
 * @param home - the service's state folder
 * @throws {Error} one sentence telling what the file lacks or the service refused
 */
export async function signInByConsole(origin: string, home: string): Promise<Identity> {
  const { project } = consoleSchema.parse(
    JSON.parse(await readFile(path.join(home, 'console.json'), 'utf8')),
  )
  const credential = project.workspace.details.credentials[0]?.oauth_server_to_server
  if (credential === undefined) throw new Error(`console.json in ${home} holds no credential.`)
  const form = new URLSearchParams({
    client_id: credential.client_id,
    client_secret: credential.client_secrets[0] ?? '',
    grant_type: 'client_credentials',
    scope: credential.scopes.join(','),
  })
  const response = await fetch(`${origin}/ims/token/v4`, { method: 'POST', body: form })
  const token = tokenSchema.parse(await (await refuseBad(response)).json())
  return {
    accessToken: token.access_token,
    clientId: credential.client_id,
    orgId: project.org.ims_org_id,
  }
}
