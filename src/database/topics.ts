/** Those who listen, by what they want to hear of. */
export interface Topics {
  /** Calls all who listen to a topic. */
  readonly say: (topic: string, what: string) => void
  /** Calls everybody: something may have been missed. */
  readonly sayMissed: () => void
  /** See `Database.hear`. */
  readonly hear: (topic: string, listener: (what: string | undefined) => void) => () => void
}

/** Makes a room where nobody listens yet. */
export function createTopics(): Topics {
  const topics = new Map<string, Set<(what: string | undefined) => void>>()
  return {
    say(topic, what) {
      for (const listener of topics.get(topic) ?? []) listener(what)
    },
    sayMissed() {
      for (const listeners of topics.values()) for (const listener of listeners) listener(undefined)
    },
    hear(topic, listener) {
      const listeners = topics.get(topic) ?? new Set()
      topics.set(topic, listeners)
      // The same function may listen twice.
      const own = (what: string | undefined): void => listener(what)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
  }
}
