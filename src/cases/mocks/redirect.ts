/**
 * Loaded into a process before its program (`--import`): connections to the mocked hosts go to the mock server instead,
 * whatever makes them: `fetch`, `node:https` or a library over them all end in `net.Socket.prototype.connect`.
 */
import { readFileSync } from 'node:fs'
import { Socket } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { redirectOptions, settingsSchema } from './settings.ts'

const { ca, ports } = settingsSchema.parse(
  JSON.parse(
    readFileSync(
      fileURLToPath(new URL(import.meta.url).searchParams.get('settings') ?? ''),
      'utf8',
    ),
  ),
)

setDefaultCACertificates([...getCACertificates('default'), ca])

const connect = Reflect.get(Socket.prototype, 'connect')

Reflect.set(Socket.prototype, 'connect', function (this: Socket, ...args: unknown[]): unknown {
  return Reflect.apply(connect, this, redirectOptions(args, ports))
})
