import { randomUUID } from 'node:crypto'
import { redact } from '../../base/redact.ts'
import { FetchError } from '../../fetching/fetched-file.ts'
import type { StorageSettings } from '../storage-url.ts'
import type { Blobs } from './blobs.ts'
import { openBlobs } from './open-elsewhere.ts'

const TEXT = 'This was written to see whether the store works, and is removed at once.'
const URL_SECONDS = 60

/** What was found of a store. */
export interface Probed {
  /** Such as `the bucket “photos” at s3.example.com`. */
  readonly where: string
  /** What it does not do, as the end of a sentence; undefined when it does all that the service needs. */
  readonly failure: string | undefined
  /**
   * The rule that ends uploads in parts which were never ended: not needed, there, not there, or not told; with what adds it, and why it
   * is not told.
   */
  readonly rule:
    | { readonly is: 'needless' | 'there' }
    | { readonly is: 'missing'; readonly add: () => Promise<void> }
    | { readonly is: 'untold'; readonly why: string }
}

/**
 * Tries what the service does with a store: an object is written, read by a URL, listed and removed.
 *
 * @param now - the clock, in milliseconds of the epoch
 */
export async function probeStore(settings: StorageSettings, now: () => number): Promise<Probed> {
  const { signal } = new AbortController()
  const blobs = openBlobs(settings, { now, signal })
  const { where } = blobs
  const failure = await tryBlobs(blobs, now())
  const rule = failure === undefined ? await lookForRule(blobs) : ({ is: 'needless' } as const)
  return { where, failure, rule }
}

async function tryBlobs(blobs: Blobs, now: number): Promise<string | undefined> {
  const name = `clients/probes/${randomUUID()}`
  try {
    await blobs.write(name, chunksOf(TEXT), 'text/plain')
    const url = blobs.toRead(name, { expires: Math.floor(now / 1000) + URL_SECONDS })
    const answer = await fetch(url).catch(() => undefined)
    const text = await answer?.text()
    let isListed = false
    for await (const blob of blobs.list(name)) isListed ||= blob.name === name
    await blobs.remove([name])
    const isLeft = (await blobs.look(name)) !== undefined
    if (answer?.status !== 200 || text !== TEXT) {
      const how = answer === undefined ? 'cannot be connected to' : `is answered ${answer.status}`
      return `a URL made for reading ${how}; the clock of this machine, the region and the key must be right`
    }
    if (!isListed) return 'what was written is not listed'
    return isLeft ? 'what was removed is there still' : undefined
  } catch (error) {
    return whyOf(error)
  }
}

async function lookForRule({ abortRule }: Blobs): Promise<Probed['rule']> {
  if (abortRule === undefined) return { is: 'needless' }
  try {
    return (await abortRule.isThere()) ? { is: 'there' } : { is: 'missing', add: abortRule.add }
  } catch (error) {
    return { is: 'untold', why: whyOf(error) }
  }
}

function whyOf(error: unknown): string {
  if (!(error instanceof FetchError)) throw error
  return redact(error.message).replaceAll(/[\s\p{C}]+/gu, ' ')
}

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
