import { generateKeyPair, randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import * as z from 'zod/mini'
import { openPrivateJson } from '../home/private-file.ts'
import type { SharedSecrets } from './shared-secrets.ts'

/** The scopes that the Asset Compute HTTP API asks of an access token ("Scopes"). */
export const SCOPES = [
  'openid',
  'AdobeID',
  'asset_compute',
  'read_organizations',
  'event_receiver',
  'event_receiver_api',
  'adobeio_api',
  'additional_info.roles',
  'additional_info.projectedProductContext',
] as const

/** Scopes by the metascope that stands for them in a JWT exchange (same page). */
export const METASCOPES: Readonly<Record<string, readonly string[]>> = {
  asset_compute_meta: ['asset_compute', 'read_organizations'],
  event_receiver_api: ['event_receiver', 'event_receiver_api'],
  ent_adobeio_sdk: [
    'adobeio_api',
    'additional_info.roles',
    'additional_info.projectedProductContext',
  ],
}

/** What `credentials.json` in the state folder has. */
export const credentialsSchema = z.object({
  orgId: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  technicalAccountId: z.string(),
  technicalAccountEmail: z.string(),
  /** PKCS#8 PEM. The client signs its JWTs with it, see {@link publicKeyOf}. */
  technicalAccountKey: z.string(),
  /** PKCS#8 PEM of the key that signs access tokens. */
  tokenKey: z.string(),
  /** PKCS#8 PEM of the key that signs a worker's events. */
  eventKey: z.string(),
  /** Signs presigned URLs, hexadecimal. */
  storageSecret: z.string(),
  /** `user:password` of the namespace in OpenWhisk's REST API. */
  runtimeKey: z.string(),
})

/** Every secret of one local service, and the identity of its one Developer Console project. */
export type Credentials = z.infer<typeof credentialsSchema>

const FILE = 'credentials.json'

const generateKey = promisify(generateKeyPair)

async function newKey(type: 'rsa' | 'ec'): Promise<string> {
  const { privateKey } =
    type === 'rsa'
      ? await generateKey('rsa', { modulusLength: 2048 })
      : await generateKey('ec', { namedCurve: 'P-256' })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString('hex')
}

async function newCredentials(): Promise<Credentials> {
  // RSA where Adobe's clients insist on RS256. The SDK signs events with whatever key it is given, and an elliptic
  // curve does that some thirty times faster.
  const [technicalAccountKey, tokenKey, eventKey] = await Promise.all([
    newKey('rsa'),
    newKey('rsa'),
    newKey('ec'),
  ])
  const technicalAccount = hex(12).toUpperCase()
  return {
    orgId: `${hex(12).toUpperCase()}@AdobeOrg`,
    clientId: hex(16),
    clientSecret: `p8e-${randomBytes(24).toString('base64url')}`,
    technicalAccountId: `${technicalAccount}@techacct.adobe.com`,
    technicalAccountEmail: `${randomUUID()}@techacct.adobe.com`,
    technicalAccountKey,
    tokenKey,
    eventKey,
    storageSecret: hex(32),
    runtimeKey: `${randomUUID()}:${randomBytes(48).toString('base64url')}`,
  }
}

async function complete(kept: Record<string, unknown>): Promise<object> {
  return { ...(await newCredentials()), ...kept }
}

/**
 * Reads the credentials of the service whose state is in `home`; makes them at its first start, and later those that a
 * newer version has besides.
 */
export function openCredentials(home: string): Promise<Credentials> {
  return openPrivateJson(path.join(home, FILE), credentialsSchema, newCredentials, complete)
}

/**
 * The same for front ends that have them in common.
 *
 * @param home - the state folder of this front end
 * @throws {Error} one sentence, when there are none yet, and this folder has some: its clients know others than would be made
 */
export function openSharedCredentials(secrets: SharedSecrets, home: string): Promise<Credentials> {
  return secrets.open(
    'credentials',
    credentialsSchema,
    async () => {
      if (!existsSync(path.join(home, FILE))) return newCredentials()
      throw new Error(
        `The database of DATABASE_URL is new, and ${home} has the state of a service: npm run migrate copies it there, or DARKROOM_HOME must name another folder.`,
      )
    },
    complete,
  )
}
