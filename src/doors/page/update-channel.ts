import type { Update } from './api.ts'

/** Tells every open page what has changed. */
export interface Updates {
  publish: (update: Update) => void
  /** @returns ends it */
  subscribe: (listener: (update: Update) => void) => () => void
  /** Whether anybody listens; what nobody looks at need not be measured. */
  hasListeners: () => boolean
}

/** Makes the channel between what changes and who looks at it. */
export function createUpdates(): Updates {
  const listeners = new Set<(update: Update) => void>()
  return {
    publish(update) {
      for (const listener of listeners) listener(update)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    hasListeners: () => listeners.size > 0,
  }
}
