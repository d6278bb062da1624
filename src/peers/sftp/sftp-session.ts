import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import type { SFTPWrapper } from 'ssh2'
import { createEnding } from '../../base/ending.ts'
import { explain, tooSlow } from '../../fetching/connection-error.ts'
import { IDLE_MS } from '../../fetching/exchange.ts'
import { FetchError } from '../../fetching/fetched-file.ts'
import { checkAddress, lookupWithin } from '../../fetching/reach.ts'
import type { PeerContext } from '../peer.ts'
import { Refusal } from '../refusal.ts'
import { sftpFailure } from './sftp-failure.ts'
import type { SftpOptions } from './sftp-options.ts'

/** A connection to an SFTP server. */
export interface SftpSession {
  /**
   * Asks the server for something, and ends the session when it does not answer.
   *
   * @param begin - hands a callback, which gets an error or the answer, to one of ssh2's functions
   * @throws {@link FetchError} when it is refused, or when there is no connection any more
   */
  ask<T>(begin: (sftp: SFTPWrapper, done: Done<T>) => void): Promise<T>
  close(): void
}

/** What ssh2 calls with what became of a request. */
type Done<T> = (error: Error | null | undefined, answer: T) => void

/** Connects and signs in. */
export async function openSession(
  options: SftpOptions,
  { reach, idleMs = IDLE_MS, signal }: Pick<PeerContext, 'reach' | 'idleMs' | 'signal'>,
): Promise<SftpSession> {
  // A tenth of a second that the start of the service needs not take.
  const { default: ssh } = await import('ssh2')
  signal.throwIfAborted()
  const { host, port = 22, username, password, private_key, passphrase } = options
  checkAddress(host, reach, true)
  const client = new ssh.Client()
  const { end, unless } = createEnding()
  const socket = connect({ host, port, lookup: lookupWithin(reach, true) })
  const close = () => {
    signal.removeEventListener('abort', close)
    client.end()
    socket.destroy()
    if (signal.aborted) end(signal.reason)
    else end(new FetchError('the connection ended', { temporary: true }))
  }
  signal.addEventListener('abort', close)
  client.on('error', (error) => end(sftpFailure(error)))
  client.on('close', () => close())
  socket.on('error', (error) => end(explain(error, 'there is no connection')))
  socket.on('close', () => close())

  async function within<T>(work: Promise<T>): Promise<T> {
    const idle = setTimeout(() => {
      end(tooSlow(idleMs))
      close()
    }, idleMs)
    try {
      return await unless(work)
    } finally {
      clearTimeout(idle)
    }
  }

  try {
    await within(once(socket, 'connect'))
    const ready = once(client, 'ready')
    // A password may have to be typed as the answer to a question.
    client.on('keyboard-interactive', (_name, _instructions, _language, prompts, finish) =>
      finish(prompts.map(() => password ?? '')),
    )
    client.connect({
      sock: socket,
      username,
      readyTimeout: 0,
      tryKeyboard: password !== undefined,
      hostVerifier: (key: Buffer) => {
        const isRight = isExpected(key, options.host_fingerprint)
        if (!isRight)
          end(new Refusal('denied', 'the host has another key than host_fingerprint says'))
        return isRight
      },
      ...(password !== undefined && { password }),
      ...(private_key !== undefined && { privateKey: private_key }),
      ...(passphrase !== undefined && { passphrase }),
    })
    await within(ready)
    const opened = Promise.withResolvers<SFTPWrapper>()
    client.sftp((error, wrapper) =>
      error ? opened.reject(sftpFailure(error)) : opened.resolve(wrapper),
    )
    const sftp = await within(opened.promise)
    return {
      ask: async (begin) =>
        await within(
          new Promise((resolve, reject) => {
            begin(sftp, (error, answer) => (error ? reject(sftpFailure(error)) : resolve(answer)))
          }),
        ),
      close,
    }
  } catch (error) {
    close()
    signal.throwIfAborted()
    throw error instanceof FetchError ? error : unreadableKey(error)
  }
}

function isExpected(key: Buffer, fingerprint: string | undefined): boolean {
  const digest = createHash('sha256').update(key).digest('base64').replace(/=$/, '')
  return fingerprint === undefined || fingerprint.replace(/=$/, '') === `SHA256:${digest}`
}

/** Before it sends anything, ssh2 throws only at a key that it cannot read; its words may have parts of it. */
function unreadableKey(error: unknown): unknown {
  if (!(error instanceof Error) || !/key/i.test(error.message)) return error
  return new Refusal('denied', 'private_key cannot be read, or passphrase does not open it')
}
