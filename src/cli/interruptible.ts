import { INTERRUPTIONS } from './own-service.ts'

/**
 * Does work that can be interrupted, by Ctrl-C for one: then it is given the time to leave nothing behind, and the process ends with
 * the status of that signal.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interruption = new AbortController()
  let status: number | undefined
  const listeners = Array.from(INTERRUPTIONS, ([signal, code]) => {
    const listener = (): void => {
      status ??= code
      interruption.abort()
    }
    process.on(signal, listener)
    return { signal, listener }
  })
  try {
    return await work(interruption.signal)
  } catch (error) {
    if (status !== undefined) process.exit(status)
    throw error
  } finally {
    for (const { signal, listener } of listeners) process.off(signal, listener)
  }
}
