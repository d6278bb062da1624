import { FetchError } from './fetched-file.ts'

/** What may be gone a moment later: a connection that was refused or broke, or a name server that was too busy. */
const TEMPORARY_CODES: readonly unknown[] = [
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
]

/** What a failure of Node.js says of a connection, as a {@link FetchError}; what is none, or an abort, comes back as it is. */
export function explain(error: unknown, otherwise: string): unknown {
  if (error instanceof FetchError || !(error instanceof Error) || error.name === 'AbortError') {
    return error
  }
  const code = 'code' in error ? error.code : undefined
  if (typeof code === 'string' && code.startsWith('Z_')) {
    return new FetchError('what the server compressed is damaged', { cause: error })
  }
  // That a connection ended says all that this code does.
  const suffix = typeof code !== 'string' || code === 'ECONNRESET' ? '' : ` (${code})`
  return new FetchError(`${otherwise}${suffix}`, {
    temporary: TEMPORARY_CODES.includes(code),
    cause: error,
  })
}

/** Says that nothing was heard of a server for so many milliseconds. */
export function tooSlow(idleMs: number): FetchError {
  return new FetchError(`the server was silent for ${idleMs / 1000} seconds`)
}

/** Says that a server has not answered within so many milliseconds, whatever else it has sent. */
export function tooLate(ms: number): FetchError {
  return new FetchError(`the server did not answer within ${ms / 1000} seconds`)
}
