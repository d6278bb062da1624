import type { Update } from './api.ts'
import type { Updates } from './update-channel.ts'

/** Between two signs of life, in milliseconds: what is between browser and service must not take the silence for an end. */
export const HEARTBEAT_MS = 15_000

/** A comment of server-sent events, which nobody is told of. */
const SIGN_OF_LIFE = new TextEncoder().encode(': \n\n')

/** Writes an update as a server-sent event, each once, however many pages there are. */
export function createUpdateWriter(): (update: Update) => Uint8Array {
  const written = new WeakMap<Update, Uint8Array>()
  const encoder = new TextEncoder()
  return (update) => {
    const event =
      written.get(update) ?? encoder.encode(`event: update\ndata: ${JSON.stringify(update)}\n\n`)
    written.set(update, event)
    return event
  }
}

/**
 * Follows the updates for one page, from its first read to its end. To a page that reads slower than they come, only the
 * newest of each request, case, job or export, of the assets and of the actions is kept; one that has not read for two signs of life is gone, or asks for
 * everything anew when it comes back.
 *
 * @param stopping - ends the stream
 * @param heartbeatMs - between two signs of life
 * @param mayStay - is asked at each sign of life; it may unless given
 */
export function streamUpdates(
  updates: Updates,
  write: (update: Update) => Uint8Array,
  stopping: AbortSignal,
  heartbeatMs = HEARTBEAT_MS,
  mayStay: () => Promise<boolean> = async () => true,
): ReadableStream<Uint8Array> {
  const pending = new Map<string, Update | undefined>()
  let isWanted = false
  let end: (() => void) | undefined

  function begin(controller: ReadableStreamDefaultController<Uint8Array>): () => void {
    const unsubscribe = updates.subscribe((update) => {
      pending.set(subjectOf(update), update)
      send(controller)
    })
    let isOver = false
    async function beat(): Promise<void> {
      if (pending.has('life')) return close()
      // Who cannot be asked now is asked at the next one.
      const stays = await mayStay().catch(() => true)
      if (isOver) return
      if (!stays) return close()
      pending.set('life', undefined)
      send(controller)
    }
    const heartbeat = setInterval(() => void beat(), heartbeatMs)
    const forget = () => {
      isOver = true
      unsubscribe()
      clearInterval(heartbeat)
      stopping.removeEventListener('abort', close)
      pending.clear()
    }
    function close(): void {
      forget()
      controller.close()
    }
    stopping.addEventListener('abort', close)
    // The browser counts as connected with the first byte.
    pending.set('life', undefined)
    return forget
  }

  function send(controller: ReadableStreamDefaultController<Uint8Array>): void {
    const [next] = pending
    if (!isWanted || next === undefined) return
    const [subject, update] = next
    isWanted = false
    pending.delete(subject)
    controller.enqueue(update === undefined ? SIGN_OF_LIFE : write(update))
  }

  return new ReadableStream(
    {
      // What is never read, such as the body for a HEAD, must not be followed.
      pull(controller) {
        end ??= begin(controller)
        isWanted = true
        send(controller)
      },
      cancel: () => end?.(),
    },
    { highWaterMark: 0 },
  )
}

function subjectOf(update: Update): string {
  if (update.about === 'request') return `request ${update.request.id}`
  if (update.about === 'removed-run') return `run ${update.id}`
  if (update.about === 'job') return `job ${update.job.id}`
  if (update.about === 'removed-job') return `job ${update.id}`
  if (update.about === 'export') return `export ${update.job.number}`
  if (update.about === 'removed-export') return `export ${update.number}`
  return update.about === 'case' ? `case ${update.action}/${update.name}` : update.about
}
