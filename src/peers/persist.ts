import { FetchError } from '../fetching/fetched-file.ts'
import { PAUSES_MS, type RetryOptions, wait } from '../fetching/resume.ts'

/** How something is tried again, until nobody wants it any more. */
export interface Persistence extends RetryOptions {
  readonly signal: AbortSignal
}

/** Does something again that fails for the moment, as often as there are pauses. */
export async function persist<T>(
  work: () => Promise<T>,
  { signal, pausesMs = PAUSES_MS, pause = wait }: Persistence,
): Promise<T> {
  for (const pauseMs of pausesMs) {
    try {
      return await work()
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof FetchError && error.temporary)) throw error
    }
    await pause(pauseMs, signal)
  }
  return await work()
}
