/** Runs tasks beside each other, never more than its limit at a time. */
export interface Queue {
  /**
   * Runs `task` as soon as there is room; of the tasks that wait, the one with the lowest `turn` goes first.
   *
   * @param signal - drops the task when it has not begun; one that has begun sees to that itself
   * @returns what the task returns, or rejects with what it throws or with the reason of the signal
   */
  run<T>(turn: number, task: () => Promise<T>, signal?: AbortSignal): Promise<T>
}

/** @param limit - how many tasks may run at the same time, 1 or more */
export function createQueue(limit: number): Queue {
  const waiting: { turn: number; start: () => void }[] = []
  let running = 0

  function startNext(): void {
    if (running >= limit) return
    const next = waiting.shift()
    if (next === undefined) return
    running += 1
    next.start()
  }

  async function waitForRoom(turn: number, signal: AbortSignal | undefined): Promise<void> {
    const room = Promise.withResolvers<void>()
    const entry = { turn, start: room.resolve }
    const drop = (): void => {
      const at = waiting.indexOf(entry)
      if (at === -1) return
      waiting.splice(at, 1)
      room.reject(signal?.reason)
    }
    const behind = waiting.findIndex((other) => other.turn > turn)
    waiting.splice(behind === -1 ? waiting.length : behind, 0, entry)
    signal?.addEventListener('abort', drop)
    startNext()
    try {
      await room.promise
    } finally {
      signal?.removeEventListener('abort', drop)
    }
  }

  return {
    async run(turn, task, signal) {
      signal?.throwIfAborted()
      await waitForRoom(turn, signal)
      try {
        signal?.throwIfAborted()
        return await task()
      } finally {
        running -= 1
        startNext()
      }
    },
  }
}
