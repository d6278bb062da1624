import { RenditionError } from '../contract/errors.ts'
import { nameWatermark } from '../renditions/watermark.ts'

/** More than any watermark, and little for an action; in bytes. */
const MAX_BYTES = 32 * 1024 * 1024
const MAX_REDIRECTS = 5
const TIME_LIMIT_MS = 30_000

/**
 * Gets the file behind a watermark's URL. Whoever sends a request chooses it, so only `https:` (and `data:`, which fetches
 * nothing) is followed, through redirects too, and neither an endless file nor a server that stalls holds the worker up.
 *
 * @throws {@link RenditionError} GenericError saying what is wrong with which URL
 */
export async function downloadWatermark(url: string): Promise<Buffer> {
  const fail = (what: string, cause?: unknown): never => {
    const sentence = `The watermark could not be fetched from ${nameWatermark(url)}: ${what}.`
    throw new RenditionError('GenericError', sentence, { cause })
  }
  try {
    const response = await follow(url, AbortSignal.timeout(TIME_LIMIT_MS), fail)
    return (await readAll(response)) ?? fail(`it has more than ${MAX_BYTES} bytes`)
  } catch (error) {
    if (error instanceof RenditionError) throw error
    return fail(explain(url, error), error)
  }
}

async function follow(
  start: string,
  signal: AbortSignal,
  fail: (what: string) => never,
): Promise<Response> {
  let url = start
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await fetch(url, { signal, redirect: 'manual' })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status >= 400 || location === null) {
      return response.ok ? response : fail(`the server answered ${response.status}`)
    }
    await response.body?.cancel()
    const next = URL.parse(location, url)
    if (next?.protocol !== 'https:') return fail('it redirects to a URL that is not https:')
    url = next.href
  }
  return fail(`it redirects more than ${MAX_REDIRECTS} times`)
}

/** @returns undefined as soon as the body turns out to be longer than {@link MAX_BYTES} */
async function readAll({ body }: Response): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > MAX_BYTES) return undefined
  }
  return Buffer.concat(chunks)
}

function explain(url: string, error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return `it took more than ${TIME_LIMIT_MS / 1000} seconds`
  }
  return /^data:/i.test(url) ? 'there is no data in it' : 'there is no connection'
}
