/*
 * Gives Chromium, where it has no other network, a port of its own that leads to the socket of the proxy. It is copied into
 * sandboxes by itself, so that it imports nothing of the project, and runs there as the JavaScript that it also is, since taking
 * types away takes three times as long as all else that it does.
 */
import { closeSync, writeSync } from 'node:fs'
import { connect, createServer } from 'node:net'

/** Where it tells that the port is open, by writing anything. */
const READY = 5

const [socket = '', port = ''] = process.argv.slice(2)

const bridge = createServer((client) => {
  const proxy = connect(socket)
  client.pipe(proxy).pipe(client)
  client.on('error', () => proxy.destroy())
  client.on('close', () => proxy.destroy())
  proxy.on('error', () => client.destroy())
  proxy.on('close', () => client.destroy())
})
bridge.listen(Number(port), '127.0.0.1', () => {
  writeSync(READY, '\n')
  closeSync(READY)
})
