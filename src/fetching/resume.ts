import { setTimeout as sleep } from 'node:timers/promises'
import { FetchError, type FetchedFile } from './fetched-file.ts'

/** Opens a source, as `OpenSource` does; its files may say more than those. */
type Open<File extends FetchedFile> = (
  url: string,
  request: { readonly from: number; readonly signal: AbortSignal },
) => Promise<File>

/** How often and when a source is opened again that failed for the moment. */
export interface RetryOptions {
  /** How long to wait before each new attempt, in milliseconds; there are as many of them as pauses. */
  readonly pausesMs?: readonly number[]
  /** Waits; tests do not. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** See {@link RetryOptions.pausesMs}. */
export const PAUSES_MS: readonly number[] = [250, 1000, 4000]

/**
 * Opens sources that fail for the moment again, a few times for each. What breaks off in the middle is read on from
 * there, so that the reader sees one whole content from where it wanted it, exactly as long as was said at first.
 */
export function retrying<File extends FetchedFile>(
  open: Open<File>,
  { pausesMs = PAUSES_MS, pause = wait }: RetryOptions = {},
): Open<File> {
  return async (url, { from: start, signal }) => {
    const pauses = [...pausesMs]

    async function recover(error: unknown): Promise<void> {
      signal.throwIfAborted()
      const next = error instanceof FetchError && error.temporary ? pauses.shift() : undefined
      if (next === undefined) throw error
      await pause(next, signal)
    }

    async function reopen(from: number): Promise<File> {
      for (;;) {
        try {
          return await open(url, { from, signal })
        } catch (error) {
          await recover(error)
        }
      }
    }

    const first = await reopen(start)

    async function* read(): AsyncGenerator<Uint8Array> {
      const { size = Number.POSITIVE_INFINITY } = first
      let received = start
      for (let file = first; ;) {
        let position = file.start
        try {
          for await (const chunk of file.content) {
            const fresh = chunk.subarray(Math.max(received - position, 0))
            position += chunk.length
            received += fresh.length
            if (received > size) throw tooLong(size)
            if (fresh.length > 0) yield fresh
          }
          if (received < size && first.size !== undefined) throw tooShort(received, size)
          return
        } catch (error) {
          await recover(error)
        }
        // Where a content whose size is unknown goes on can be found only by reading it again.
        file = await reopen(first.size === undefined ? 0 : received)
        if (!isSame(file, first)) throw new FetchError('it changed while it was being fetched')
      }
    }

    return { ...first, start, content: read() }
  }
}

function isSame(file: FetchedFile, first: FetchedFile): boolean {
  return file.size === first.size && file.version === first.version
}

function tooLong(size: number): FetchError {
  return new FetchError(`it is longer than the ${size} bytes that it was said to have`)
}

function tooShort(received: number, size: number): FetchError {
  return new FetchError(`it ended after ${received} of ${size} bytes`, { temporary: true })
}

/** Waits so many milliseconds, or until it is ended. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal })
}
