import { createShares, type SharesOptions } from './shares.ts'
import { takeInTurn } from './take-in-turn.ts'

/** Runs tasks of several clients beside each other. */
export interface SharedQueue {
  /**
   * Runs `task` as soon as there is room: clients take turns, and the tasks of one begin in the order in which they came.
   *
   * @param signal - drops the task when it has not begun; one that has begun sees to that itself
   * @returns what the task returns, or rejects with what it throws or with the reason of the signal
   */
  readonly run: <T>(client: string, task: () => Promise<T>, signal?: AbortSignal) => Promise<T>
}

/** Makes a queue with a line for each client, and {@link createShares places} that they share. */
export function createSharedQueue(options: SharesOptions): SharedQueue {
  const shares = createShares(options)
  const lines = new Map<string, Set<() => void>>()

  function startNext(): void {
    for (let start = takeNext(); start !== undefined; start = takeNext()) start()
  }

  function takeNext(): (() => void) | undefined {
    return takeInTurn(
      lines,
      (line, client) => (shares.mayBegin(client) ? takeFirst(line) : undefined),
      ({ size }) => size === 0,
    )
  }

  async function waitForRoom(client: string, signal: AbortSignal | undefined): Promise<() => void> {
    const room = Promise.withResolvers<() => void>()
    const line = lines.get(client) ?? new Set<() => void>()
    lines.set(client, line)
    const start = (): void => room.resolve(shares.begin(client))
    const drop = (): void => {
      if (!line.delete(start)) return
      if (line.size === 0) lines.delete(client)
      room.reject(signal?.reason)
    }
    line.add(start)
    signal?.addEventListener('abort', drop)
    startNext()
    try {
      return await room.promise
    } finally {
      signal?.removeEventListener('abort', drop)
    }
  }

  return {
    async run(client, task, signal) {
      signal?.throwIfAborted()
      const leave = await waitForRoom(client, signal)
      try {
        signal?.throwIfAborted()
        return await task()
      } finally {
        leave()
        startNext()
      }
    },
  }
}

function takeFirst<Item>(line: Set<Item>): Item | undefined {
  for (const first of line) {
    line.delete(first)
    return first
  }
  return undefined
}
