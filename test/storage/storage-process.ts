/** A storage in a process of its own: sends where it listens, and on each message the most memory that it has had. */
import { once } from 'node:events'
import { serve } from '@hono/node-server'
import { openStorage } from './storage-fixture.ts'

const storage = await openStorage()
const server = serve({ port: 0, hostname: '127.0.0.1', fetch: storage.app.fetch })
await once(server, 'listening')
const address = server.address()
const { pathname, search } = new URL(await storage.presignUrl('big.tif'))
const port = typeof address === 'object' ? address?.port : undefined
process.send?.({ url: `http://127.0.0.1:${port}${pathname}${search}` })
process.on('message', () => {
  // In KiB, as the system counts it.
  process.send?.({ mostBytes: process.resourceUsage().maxRSS * 1024 })
})
process.on('disconnect', () => void storage.close().then(() => process.exit(0)))
