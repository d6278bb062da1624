/** Those who wait for word of something, such as that there is news of it; each thing has a name. */
export interface Words {
  /**
   * Listens from now on. Who looks for something only then misses no word about it, although looking takes its time.
   *
   * @param signal - ends the wait when it aborts
   */
  readonly listen: (name: string, signal: AbortSignal) => NextWord
  /** Whether somebody listens for word of it. */
  readonly isListenedFor: (name: string) => boolean
  /** Says a word of something to those who listen, or of everything when it is not known of what. */
  readonly say: (name: string | undefined) => void
}

/** The next word of something. */
export interface NextWord {
  /** Resolves when it is said, was said already, or has not been within so many milliseconds if they are given, and when nobody waits any more. */
  readonly within: (ms?: number) => Promise<void>
  /** Listens no more, and ends the wait; may be called again. */
  readonly leave: () => void
}

/** Makes a room in which nobody listens yet. */
export function createWords(): Words {
  const rooms = new Map<string, Set<() => void>>()

  return {
    listen(name, signal) {
      const { promise: word, resolve } = Promise.withResolvers<void>()
      const room = rooms.get(name) ?? new Set()
      rooms.set(name, room)
      let timer: NodeJS.Timeout | undefined
      function leave(): void {
        clearTimeout(timer)
        signal.removeEventListener('abort', leave)
        room.delete(leave)
        if (room.size === 0 && rooms.get(name) === room) rooms.delete(name)
        resolve()
      }
      room.add(leave)
      signal.addEventListener('abort', leave)
      if (signal.aborted) leave()
      return {
        within(ms) {
          // Nobody listens any more who has heard it.
          if (ms !== undefined && room.has(leave)) timer = setTimeout(leave, Math.max(0, ms))
          return word
        },
        leave,
      }
    },
    isListenedFor: (name) => rooms.has(name),
    say(name) {
      const meant = name === undefined ? [...rooms.values()] : [rooms.get(name) ?? []]
      for (const room of meant) for (const leave of room) leave()
    },
  }
}
