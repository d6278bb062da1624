import { channel } from 'node:diagnostics_channel'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import * as z from 'zod/mini'

const callSchema = z.object({
  url: z.string(),
  method: z._default(z.string(), 'GET'),
  /** With node:http, and not with fetch. */
  classic: z._default(z.boolean(), false),
  /** The answer is not read. */
  unread: z._default(z.boolean(), false),
  /** A URL: half of a body is sent, and the rest when it answers. */
  halfUntil: z.optional(z.string()),
})

type Call = z.infer<typeof callSchema>

const paramsSchema = z.looseObject({
  /** Made one after the other. */
  calls: z._default(z.array(callSchema), []),
  times: z._default(z.int(), 1),
  /** Made, and not waited for. */
  left: z.optional(z.string()),
  /** What the channels of requests are told, whatever it is. */
  published: z.optional(z.unknown()),
  exits: z._default(z.boolean(), false),
})

const CHANNELS = [
  'http.client.request.created',
  'http.client.response.finish',
  'undici:request:create',
  'undici:request:headers',
  'undici:request:trailers',
  'undici:request:error',
]

/** Makes the requests that it is told to. What becomes of them is of no interest to it. */
export async function main(raw: unknown): Promise<unknown> {
  const { calls, times, left, published, exits } = paramsSchema.parse(raw)
  for (let time = 0; time < times; time += 1) {
    for (const call of calls) {
      await (call.classic ? callClassic(call) : callFetch(call)).catch(() => undefined)
    }
  }
  if (left !== undefined) void fetch(left)
  if (published !== undefined) for (const name of CHANNELS) channel(name).publish(published)
  if (exits) process.exit(7)
  return {}
}

async function callFetch({ url, method, unread }: Call): Promise<void> {
  const response = await fetch(url, { method })
  if (!unread) await response.text()
}

function callClassic({ url, method, unread, halfUntil }: Call): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method }, (response) => {
      if (unread) resolve()
      else text(response).then(() => resolve(), reject)
    }).on('error', reject)
    if (halfUntil === undefined) {
      sent.end()
      return
    }
    sent.write('half')
    fetch(halfUntil).then(() => sent.end('half'), reject)
  })
}
