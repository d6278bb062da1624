/*
 * Runs Chromium for whoever has started this: with the rights of another user, and with a port of its own network that leads to
 * the socket of the proxy, where it has no other network. It is copied into sandboxes by itself, so that it imports nothing of
 * the project.
 */
import { spawn } from 'node:child_process'
import { connect, createServer } from 'node:net'

const [settings = '{}', command = '', ...args] = process.argv.slice(2)
const given: { socket?: string; port?: number; uid?: number; gid?: number } = JSON.parse(settings)

function start(): void {
  const { uid, gid } = given
  const child = spawn(command, args, {
    // The last two are what Chromium is told by and answers with.
    stdio: ['ignore', 'inherit', 'inherit', 3, 4],
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
  })
  child.on('error', (error) => {
    console.error(error.message)
    process.exit(1)
  })
  child.on('exit', (code) => process.exit(code ?? 1))
}

const { socket, port } = given
if (socket === undefined) start()
else {
  const bridge = createServer((client) => {
    const proxy = connect(socket)
    client.pipe(proxy).pipe(client)
    for (const [one, other] of [
      [client, proxy],
      [proxy, client],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
  })
  bridge.listen(port, '127.0.0.1', start)
}
