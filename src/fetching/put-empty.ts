import { setTimeout as sleep } from 'node:timers/promises'
import { toEmptyUpload } from '../base/empty-upload.ts'
import { FetchError } from './fetched-file.ts'

const PAUSES_MS = [200, 1000] as const
const TIME_LIMIT_MS = 30_000

/** What is put, and how often. */
export interface PutOptions {
  /** The media type of what has no bytes. */
  readonly contentType: string
  /** How long to wait before each further attempt, in milliseconds. */
  readonly pausesMs?: readonly number[]
}

/**
 * Puts a file without bytes at a URL that somebody else has chosen. It gets this one call: a redirect is a refusal. What
 * fails for the moment is tried again.
 *
 * @throws {@link FetchError} when the target does not take it
 */
export async function putEmpty(
  url: string,
  { contentType, pausesMs = PAUSES_MS }: PutOptions,
): Promise<void> {
  for (const pauseMs of [...pausesMs, undefined]) {
    const failure = await attempt(url, contentType)
    if (failure === undefined) return
    if (pauseMs === undefined || !failure.temporary) throw failure
    await sleep(pauseMs)
  }
}

/** @returns why it was not taken */
async function attempt(url: string, contentType: string): Promise<FetchError | undefined> {
  try {
    const target = toEmptyUpload(url)
    const { ok, status } = await fetch(target.url, {
      method: 'PUT',
      headers: { ...target.headers, 'content-type': contentType, 'content-length': '0' },
      body: new Uint8Array(),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    })
    if (ok) return undefined
    const temporary = status >= 500 || status === 429
    return new FetchError(`the target answered ${status}`, { temporary })
  } catch (error) {
    return new FetchError('there is no connection', { temporary: true, cause: error })
  }
}
