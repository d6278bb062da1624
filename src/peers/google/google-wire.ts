import { SignJWT } from 'jose'
import * as z from 'zod/mini'
import { isRecord, parseJson } from '../../base/json.ts'
import { encodeSegment } from '../http/object-url.ts'
import { openWire, type Reply, type Wire } from '../http/wire.ts'
import type { PeerContext } from '../peer.ts'
import { type Reason, Refusal } from '../refusal.ts'
import { type GoogleOptions, readKey } from './google-options.ts'

const SCOPE = 'https://www.googleapis.com/auth/devstorage.read_write'
const tokenSchema = z.object({ access_token: z.string(), expires_in: z._default(z.number(), 3600) })
/** In milliseconds: how long before its end a token is not used any more. */
const SPARE_MS = 60_000

/** Sends requests with a token of a service account, which it gets from Google first. */
export function openGoogleWire(options: GoogleOptions, context: PeerContext): Wire {
  const tokens = openWire({ sign: ({ headers = {} }) => headers, reasonOf }, context)
  let token: { readonly text: string; readonly until: number } | undefined

  async function newToken(): Promise<{ text: string; until: number }> {
    const url = new URL('/token', context.google ?? 'https://oauth2.googleapis.com')
    const assertion = await new SignJWT({ scope: SCOPE })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .setIssuer(options.client_email)
      .setAudience('https://oauth2.googleapis.com/token')
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(readKey(options.private_key))
    const grant = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
    const body = new URLSearchParams({ grant_type: grant, assertion }).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const { text } = await tokens.ask({ method: 'POST', url, headers, body }, [400])
    const answer = z.safeParse(tokenSchema, parseJson(text))
    if (answer.success) {
      const { access_token, expires_in } = answer.data
      return { text: access_token, until: Date.now() + expires_in * 1000 - SPARE_MS }
    }
    // Google answers 400 when a key is not known, or not any more.
    const { code, message } = reasonOf({ text })
    const words = `the service account gets no token: ${code ?? 'the answer has none'}`
    throw new Refusal('denied', message === undefined ? words : `${words} (${message})`, {
      reason: code,
    })
  }

  return openWire(
    {
      async sign({ headers = {} }) {
        if (token === undefined || token.until < Date.now()) token = await newToken()
        return { ...headers, authorization: `Bearer ${token.text}` }
      },
      reasonOf,
    },
    context,
  )
}

/** Google's errors of storage, and those of tokens (RFC 6749). */
function reasonOf({ text }: Pick<Reply, 'text'>): Reason {
  const body = parseJson(text)
  if (!isRecord(body)) return { message: text.startsWith('<') ? undefined : text }
  const { error, error_description: description } = body
  if (typeof error === 'string') {
    return { code: error, message: typeof description === 'string' ? description : undefined }
  }
  if (!isRecord(error)) return {}
  const [first]: unknown[] = Array.isArray(error['errors']) ? error['errors'] : []
  const code = isRecord(first) ? first['reason'] : undefined
  const { message } = error
  return {
    code: typeof code === 'string' ? code : undefined,
    message: typeof message === 'string' ? message : undefined,
  }
}

/** The URL of a bucket's objects in the JSON API. */
export function objectsUrl(
  { bucket }: GoogleOptions,
  { google = 'https://storage.googleapis.com' }: PeerContext,
  prefix = '',
): string {
  return `${google}${prefix}/storage/v1/b/${encodeSegment(bucket)}/o`
}
