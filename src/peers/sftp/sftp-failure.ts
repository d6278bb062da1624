import { tooSlow } from '../../fetching/connection-error.ts'
import { FetchError } from '../../fetching/fetched-file.ts'
import { type PeerFailure, Refusal } from '../refusal.ts'

/** The statuses of draft-ietf-secsh-filexfer-02, section 7, and what they come to. */
const STATUSES: ReadonlyMap<unknown, { readonly name: string; readonly failure: PeerFailure }> =
  new Map([
    [2, { name: 'NO_SUCH_FILE', failure: 'missing' }],
    [3, { name: 'PERMISSION_DENIED', failure: 'denied' }],
    [4, { name: 'FAILURE', failure: 'failed' }],
    [5, { name: 'BAD_MESSAGE', failure: 'failed' }],
    [8, { name: 'OP_UNSUPPORTED', failure: 'failed' }],
  ])

/** What a failure of ssh2 says. */
export function sftpFailure(error: unknown): FetchError {
  if (error instanceof FetchError) return error
  const { message, cause } = error instanceof Error ? error : new Error()
  if (cause instanceof FetchError) return cause
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const level = error instanceof Error && 'level' in error ? error.level : undefined
  const status = STATUSES.get(code)
  if (status !== undefined) {
    const words = message === '' ? '' : ` (${message})`
    const reason = status.name
    return new Refusal(status.failure, `the server answered ${reason}${words}`, { reason })
  }
  if (level === 'client-authentication') {
    const words = 'the server refused the user or what it was to sign in with'
    return new Refusal('denied', words, { reason: 'AUTHENTICATION_FAILED' })
  }
  if (level === 'handshake' || level === 'protocol') {
    return new Refusal('failed', `there is no SSH with the server (${message})`)
  }
  if (level === 'client-timeout') return tooSlow(30)
  return new FetchError('the connection ended', { temporary: true, cause: error })
}
