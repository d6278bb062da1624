import * as z from 'zod/mini'
import { CHANNEL_NAMES, type Channel, readChannel } from './channels.ts'

/** Why a subscription is refused, as the client is told. */
export interface Refusal {
  readonly code:
    | 'INVALID_DATA'
    | 'UNAUTHENTICATED'
    | 'NOT_FOUND'
    | 'TOO_MANY_REQUESTS'
    | 'INTERNAL_ERROR'
  readonly message: string
}

/** What a client asks to be told. */
export interface Wanted {
  /** The channel as the client names it; empty when it does not. */
  readonly name: string
  readonly channel: Channel | Refusal
  readonly token: string | undefined
}

const schema = z.object({
  channel: z.string(),
  auth: z.optional(z.object({ headers: z.optional(z.record(z.string(), z.unknown())) })),
})

const NO_MESSAGE: Refusal = {
  code: 'INVALID_DATA',
  message:
    'subscribe must be sent with {"channel": …, "auth": {"headers": {"Authorization": "Bearer KEY"}}}.',
}

const NO_CHANNEL: Refusal = {
  code: 'INVALID_DATA',
  message: `There is no channel of this name; it must be ${CHANNEL_NAMES}.`,
}

/** Reads what was sent with `subscribe`. */
export function readSubscribe(message: unknown): Wanted {
  const { data } = z.safeParse(schema, message)
  if (data === undefined) return { name: '', channel: NO_MESSAGE, token: undefined }
  const { channel: name, auth } = data
  return { name, channel: readChannel(name) ?? NO_CHANNEL, token: readToken(auth?.headers) }
}

/** Reads what was sent with `unsubscribe`: the name of a channel. */
export function readUnsubscribe(message: unknown): string | undefined {
  return z.safeParse(schema, message).data?.channel
}

/** The key that headers carry, whose names may be written in any case. */
function readToken(headers: Readonly<Record<string, unknown>> = {}): string | undefined {
  const entries = Object.entries(headers)
  const [, value] = entries.find(([name]) => name.toLowerCase() === 'authorization') ?? []
  return typeof value === 'string' ? /^Bearer\s+(\S+)$/i.exec(value)?.[1] : undefined
}
