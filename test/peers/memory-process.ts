import * as z from 'zod/mini'
import { EXPORT_PEERS, IMPORT_PEERS } from '../../src/peers/peers.ts'
import { contextOf } from './peer-fixture.ts'

// Puts a file somewhere and fetches it again, as often as it is told to, and tells the most memory that it has had.

const orderSchema = z.object({
  put: z.enum(['s3', 'sftp', 'upload']),
  find: z.enum(['s3', 'sftp', 'url']),
  options: z.record(z.string(), z.unknown()),
  bytes: z.number(),
})
const chunk = Buffer.alloc(64 * 1024, 'darkroom')

process.on('message', (message) => {
  void roundTrip(orderSchema.parse(message))
})

async function roundTrip({
  put,
  find,
  options,
  bytes,
}: z.infer<typeof orderSchema>): Promise<void> {
  const file = {
    name: 'large',
    size: bytes,
    contentType: 'text/plain',
    async *open(from: number) {
      for (let at = from; at < bytes; at += chunk.length) yield chunk
    },
  }
  await EXPORT_PEERS[put].put(options, file, contextOf())
  const [found] = await IMPORT_PEERS[find].find(options, contextOf())
  let received = 0
  const content = await found?.open(0, new AbortController().signal)
  for await (const piece of content ?? []) received += piece.length
  process.send?.({ received, mostBytes: process.resourceUsage().maxRSS * 1024 })
}
