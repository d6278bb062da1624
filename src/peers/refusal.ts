import { FetchError } from '../fetching/fetched-file.ts'

/**
 * Why something could not be done at a peer: there is no such file or container, the credentials do not do, the host is not
 * there (or not one to be reached), or the peer said something else.
 */
export type PeerFailure = 'missing' | 'denied' | 'unreachable' | 'failed'

/** What a peer says of why it refuses. */
export interface Reason {
  /** What it calls it, such as `NoSuchKey`. */
  readonly code?: string | undefined
  /** What it says about it. */
  readonly message?: string | undefined
}

/** A peer's answer that is none to go on with. The message completes a sentence, as every {@link FetchError}'s does. */
export class Refusal extends FetchError {
  readonly failure: PeerFailure
  readonly reason: string | undefined

  constructor(
    failure: PeerFailure,
    message: string,
    { reason, temporary }: { reason?: string | undefined; temporary?: boolean } = {},
  ) {
    super(message, { temporary: temporary === true })
    this.failure = failure
    this.reason = reason
  }
}

/** What an answer over HTTP with a status other than success says. */
export function refusalOf(status: number, { code, message }: Reason): Refusal {
  const said = [code, message && code ? `(${message.replace(/\.\s*$/, '')})` : message]
  const words = said.filter((word) => word !== undefined && word !== '').join(' ')
  const temporary = status >= 500 || status === 429 || status === 408
  return new Refusal(
    failureOf(status),
    `the server answered ${status}${words === '' ? '' : ` ${words}`}`,
    { reason: code, temporary },
  )
}

/** What a status of HTTP comes to that is no success. */
export function failureOf(status: number): PeerFailure {
  if (status === 404 || status === 410) return 'missing'
  return status === 401 || status === 403 ? 'denied' : 'failed'
}
