/** Runs tasks beside each other, never more than its limit at a time. */
export interface Queue {
  /**
   * Runs `task` as soon as there is room; of the tasks that wait, the one with the lowest `turn` goes first.
   *
   * @returns what the task returns, or rejects with what it throws
   */
  run<T>(turn: number, task: () => Promise<T>): Promise<T>
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

  return {
    async run(turn, task) {
      const room = Promise.withResolvers<void>()
      const behind = waiting.findIndex((other) => other.turn > turn)
      waiting.splice(behind === -1 ? waiting.length : behind, 0, { turn, start: room.resolve })
      startNext()
      await room.promise
      try {
        return await task()
      } finally {
        running -= 1
        startNext()
      }
    },
  }
}
