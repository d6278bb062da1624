import * as z from 'zod/mini'
import { isRecord, parseJson } from '../../base/json.ts'
import { openWire, type Reply, type Wire } from '../http/wire.ts'
import type { PeerContext } from '../peer.ts'
import { type Reason, Refusal } from '../refusal.ts'
import type { OpenstackOptions } from './openstack-options.ts'

const answerSchema = z.object({
  token: z.object({
    catalog: z._default(
      z.array(
        z.object({
          type: z.string(),
          endpoints: z.array(
            z.object({ interface: z.string(), region: z.nullish(z.string()), url: z.string() }),
          ),
        }),
      ),
      [],
    ),
  }),
})

/** A user who has signed in. */
export interface SwiftAccount {
  /** The URL of the user's object storage. */
  readonly url: string
  /** Sends requests in the user's name. */
  readonly wire: Wire
}

/** Signs in with Keystone (API v3), and finds the object storage of a region. */
export async function signIn(
  options: OpenstackOptions,
  context: PeerContext,
): Promise<SwiftAccount> {
  const keystone = openWire({ sign: ({ headers = {} }) => headers, reasonOf }, context)
  const base = options.auth_url.replace(/\/+$/, '')
  const url = new URL(`${base.endsWith('/v3') ? base : `${base}/v3`}/auth/tokens`)
  const body = JSON.stringify({ auth: authOf(options) })
  const reply = await keystone.ask({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    body,
  })
  const token = reply.headers['x-subject-token']
  const answer = z.safeParse(answerSchema, parseJson(reply.text))
  if (typeof token !== 'string' || !answer.success) {
    throw new Refusal('failed', 'the server of auth_url does not answer as Keystone does')
  }
  const store = answer.data.token.catalog
    .filter(({ type }) => type === 'object-store')
    .flatMap(({ endpoints }) => endpoints)
    .find((endpoint) => endpoint.interface === 'public' && endpoint.region === options.region)
  if (store === undefined || !URL.canParse(store.url)) {
    throw new Refusal('missing', `the user has no object storage in the region ${options.region}`)
  }
  const sign = ({ headers = {} }) => ({ ...headers, 'x-auth-token': token })
  return { url: store.url.replace(/\/$/, ''), wire: openWire({ sign, reasonOf }, context) }
}

function authOf(options: OpenstackOptions) {
  const { username: name, password, tenant_name, tenant_id } = options
  const domain = { name: options.domain_name ?? 'Default' }
  const identity = { methods: ['password'], password: { user: { name, password, domain } } }
  if (tenant_id !== undefined) return { identity, scope: { project: { id: tenant_id } } }
  if (tenant_name === undefined) return { identity }
  return { identity, scope: { project: { name: tenant_name, domain } } }
}

/** Keystone's errors are JSON; Swift's a heading and a paragraph of HTML. */
function reasonOf({ text }: Reply): Reason {
  const body = parseJson(text)
  if (isRecord(body) && isRecord(body['error'])) {
    const { title, message } = body['error']
    return {
      code: typeof title === 'string' ? title : undefined,
      message: typeof message === 'string' ? message : undefined,
    }
  }
  const [, code, message] = /<h1>([^<]*)<\/h1><p>([^<]*)</i.exec(text) ?? []
  return { code, message }
}
