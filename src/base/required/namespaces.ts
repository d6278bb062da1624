import { AsyncLocalStorage } from 'node:async_hooks'

/** What an activation keeps, see {@link createNamespace}. */
interface Namespace {
  /** What is kept here; null outside of {@link Namespace.runAndReturn}. */
  readonly active: Record<string, unknown> | null
  get(key: string): unknown
  set<Value>(key: string, value: Value): Value
  /** Calls a function, for which and for all that it sets off things are kept. */
  runAndReturn<Result>(work: () => Result): Result
}

/**
 * What `cls-hooked` is to Adobe's metrics, made of what Node.js has for it by now: that package follows every promise of a process
 * by hooks, which is a seventh of what a rendition takes on the main thread.
 */
export function createNamespace(): Namespace {
  const storage = new AsyncLocalStorage<Record<string, unknown>>()
  return {
    get active() {
      return storage.getStore() ?? null
    },
    get: (key) => storage.getStore()?.[key],
    set(key, value) {
      const active = storage.getStore()
      if (active === undefined) throw new Error('Nothing is kept outside of an activation')
      active[key] = value
      return value
    },
    runAndReturn: (work) => storage.run({ ...storage.getStore() }, work),
  }
}
