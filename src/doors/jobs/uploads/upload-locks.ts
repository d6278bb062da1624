import type { Lock, Locker } from '@tus/server'
import { ServiceError } from '../../../base/errors.ts'
import type { SharedUploads } from './shared-uploads.ts'

/** How long a request waits for another one that has the upload in hand, in milliseconds. */
const MOST_WAIT_MS = 10_000

/** Lets one request at a time work on an upload. */
export interface UploadLocks extends Locker {
  /**
   * To be called by who has an upload locked before a part of it is kept.
   *
   * @throws {ServiceError} `locked` when another front end has taken it, since this one was silent for too long
   */
  check: (upload: string) => Promise<void>
}

/**
 * Makes what lets one request at a time work on an upload. Who comes next asks the one before to stop; that of the library
 * looks for its turn in every round of the event loop.
 *
 * @param options.shared - with other front ends, if there may be some
 * @param options.mostWaitMs - {@link MOST_WAIT_MS} unless given
 */
export function createUploadLocks(
  options: { shared?: SharedUploads | undefined; mostWaitMs?: number } = {},
): UploadLocks {
  const { shared, mostWaitMs = MOST_WAIT_MS } = options
  const holders = new Map<string, { stop: () => unknown; ended: Promise<void> }>()
  /** Those who wait until another front end leaves an upload. */
  const waiting = new Set<(upload: string | undefined) => void>()

  shared?.listen({
    asked(id) {
      const holder = holders.get(id)
      if (holder !== undefined) void holder.stop()
      else void shared.leave(id).catch(() => undefined)
    },
    left(id) {
      for (const look of waiting) look(id)
    },
  })

  async function takeFromOthers(id: string, patience: AbortSignal): Promise<void> {
    if (shared === undefined) return
    const { promise: ended, resolve: end } = Promise.withResolvers<void>()
    let next = Promise.withResolvers<void>()
    const look = (left: string | undefined): void => {
      if (left === undefined || left === id) next.resolve()
    }
    waiting.add(look)
    patience.addEventListener('abort', () => end(), { once: true })
    try {
      while (!(await shared.take(id))) {
        await Promise.race([next.promise, ended])
        if (patience.aborted) throw isLocked()
        next = Promise.withResolvers<void>()
      }
    } finally {
      waiting.delete(look)
    }
  }

  function newLock(id: string): Lock {
    let unlock: (() => void) | undefined
    return {
      async lock(signal, stop) {
        const patience = AbortSignal.any([signal, AbortSignal.timeout(mostWaitMs)])
        for (let holder = holders.get(id); holder !== undefined; holder = holders.get(id)) {
          holder.stop()
          await Promise.race([holder.ended, aborted(patience)])
          if (patience.aborted) throw isLocked()
        }
        const { promise: ended, resolve } = Promise.withResolvers<void>()
        holders.set(id, { stop, ended })
        unlock = () => {
          holders.delete(id)
          resolve()
        }
        try {
          await takeFromOthers(id, patience)
        } catch (error) {
          unlock()
          throw error
        }
      },
      async unlock() {
        // What could not be left is when another one asks for it.
        await shared?.leave(id).catch(() => undefined)
        unlock?.()
      },
    }
  }

  return {
    newLock,
    async check(id) {
      if (shared !== undefined && !(await shared.has(id))) throw isLocked()
    },
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}

function isLocked(): ServiceError {
  return new ServiceError(
    'locked',
    'Another request still sends a part of this upload; wait for its end, then ask with HEAD where to go on.',
  )
}
