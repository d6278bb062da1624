import { redact } from '../base/redact.ts'
import { FetchError } from '../fetching/fetched-file.ts'
import { failureOf, type PeerFailure, Refusal } from './refusal.ts'

/** In characters, of what is told in a sentence. */
const LONGEST_REASON = 400

/** Something that could not be done at a peer. The message is one sentence, without what is secret in the options. */
export class PeerError extends Error {
  override readonly name = 'PeerError'
  readonly failure: PeerFailure
  /** What the peer itself calls it, such as `NoSuchKey`; undefined when it has no word for it. */
  readonly reason: string | undefined

  constructor(failure: PeerFailure, message: string, reason: string | undefined, cause: unknown) {
    super(message, { cause })
    this.failure = failure
    this.reason = reason
  }
}

/** What a sentence about a failure is made of. */
export interface Telling {
  /** What did not work, such as `The file “a” could not be fetched from the bucket “b”`. */
  readonly what: string
  /** Values that nobody else may see, should the peer repeat them. */
  readonly secrets: readonly string[]
}

/** Does something at a peer, and tells how it failed. What is no failure of the peer, such as an abort, stays what it is. */
export async function telling<T>(tell: Telling, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw toPeerError(tell, error)
  }
}

/** Reads what a peer sends, and tells how that failed. */
export async function* tellingContent(
  tell: Telling,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* content
  } catch (error) {
    throw toPeerError(tell, error)
  }
}

function toPeerError({ what, secrets }: Telling, error: unknown): unknown {
  if (!(error instanceof FetchError)) return error
  const refusal = error instanceof Refusal ? error : undefined
  const message = `${hide(what, secrets)}: ${clean(hide(error.message, secrets))}.`
  const { status } = error
  const failure = refusal?.failure ?? (status === undefined ? 'unreachable' : failureOf(status))
  return new PeerError(failure, message, refusal?.reason, error)
}

function hide(text: string, secrets: readonly string[]): string {
  return secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .filter((secret) => secret.length > 3)
    .reduce((hidden, secret) => hidden.replaceAll(secret, '…'), text)
}

/** What a peer wrote, as the end of a sentence: on one line, short, and without what a signed request is repeated with. */
function clean(text: string): string {
  const line = redact(text)
    .replaceAll(/[\s\p{C}]+/gu, ' ')
    .trim()
    .replace(/[.:]+$/, '')
  return line.length > LONGEST_REASON ? `${line.slice(0, LONGEST_REASON)}…` : line
}
