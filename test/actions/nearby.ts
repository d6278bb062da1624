import { writeSync } from 'node:fs'
import * as z from 'zod/mini'
import { nearbyService } from '../../src/base/nearby-service.ts'

const paramsSchema = z.looseObject({
  /** URLs that are opened. */
  open: z._default(z.array(z.string()), []),
  /** A URL that bytes are put to, and how many. */
  put: z.optional(z.object({ url: z.string(), bytes: z.int() })),
  /** So many are put at the same time. */
  times: z._default(z.int(), 1),
  /** What is written to the channel, past the runner: letters. */
  letters: z._default(z.array(z.object({ said: z.unknown(), bytes: z._default(z.int(), 0) })), []),
})

/** Where the runtime and the process of an action speak with each other. */
const CHANNEL = 3

/** Asks the service what it is told to ask, and tells what comes of it. */
export async function main(raw: unknown): Promise<object> {
  const { open, put, times, letters } = paramsSchema.parse(raw)
  const nearby = nearbyService()
  const opened = await Promise.all(open.map(async (url) => nearby?.open(url)))
  for (const each of opened) each?.end()
  const sent = await Promise.all(
    Array.from({ length: put === undefined ? 0 : times }, async () =>
      nearby?.send(
        { method: 'PUT', url: put?.url ?? '', headers: {} },
        Buffer.alloc(put?.bytes ?? 0),
      ),
    ),
  )
  for (const { said, bytes } of letters) {
    const json = Buffer.from(
      JSON.stringify(said).replaceAll('ID', String(process.env['__OW_ACTIVATION_ID'])),
    )
    const head = Buffer.alloc(8)
    head.writeUInt32BE(json.length, 0)
    head.writeUInt32BE(bytes, 4)
    writeSync(CHANNEL, Buffer.concat([head, json, Buffer.alloc(bytes)]))
  }
  if (letters.length > 0) await new Promise(() => undefined)
  return { opened: opened.map((each) => each?.object ?? null), sent }
}
