import type { Lock, Locker } from '@tus/server'
import { ServiceError } from '../../../base/errors.ts'

/** How long a request waits for another one that has the upload in hand, in milliseconds. */
const MOST_WAIT_MS = 10_000

/**
 * Makes what lets one request at a time work on an upload. Who comes next asks the one before to stop; that of the library
 * looks for its turn in every round of the event loop.
 */
export function createUploadLocks(mostWaitMs = MOST_WAIT_MS): Locker {
  const holders = new Map<string, { stop: () => unknown; ended: Promise<void> }>()

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
      },
      async unlock() {
        unlock?.()
      },
    }
  }

  return { newLock }
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
