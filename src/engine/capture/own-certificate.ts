import { createHash } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { connect } from 'node:tls'
import { isWithin, type Reach } from '../../fetching/reach.ts'

/** What a server of this machine has to answer a connection, in milliseconds. */
const LONGEST_MS = 5000

/**
 * The key of the certificate that a server shows which is on this machine itself, where those who write programs sign their own: Chromium is
 * told to take this one key, and goes by authorities everywhere else.
 *
 * @returns the SHA-256 of the key in base64; undefined when the server is elsewhere, or there is none
 */
export async function findOwnKey(url: string, reach: Reach): Promise<string | undefined> {
  const { protocol, hostname, port } = new URL(url)
  if (protocol !== 'https:' || reach === 'internet') return undefined
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const found = await lookup(host).catch(() => undefined)
  if (found === undefined || isWithin(found.address, 'internet', true)) return undefined
  if (!isWithin(found.address, reach, true)) return undefined
  return askKey(found.address, port === '' ? 443 : Number(port), isIP(host) === 0 ? host : '')
}

function askKey(host: string, port: number, servername: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    // Nothing is sent over this connection.
    const socket = connect({ host, port, servername, rejectUnauthorized: false }, () => {
      const key = socket.getPeerX509Certificate()?.publicKey.export({ type: 'spki', format: 'der' })
      resolve(key && createHash('sha256').update(key).digest('base64'))
      socket.destroy()
    })
    socket.setTimeout(LONGEST_MS, () => socket.destroy())
    socket.on('error', () => resolve(undefined))
    socket.on('close', () => resolve(undefined))
  })
}
