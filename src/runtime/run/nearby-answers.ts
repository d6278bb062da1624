import type { NearbyObject, NearbyRequest } from '../../base/nearby-service.ts'
import { MOST_ASKED, type NearbyAnswer, type NearbyAsk } from './protocol.ts'

/** What processes of actions that were not deployed may have of the service without a connection: what they would have by one. */
export interface Nearby {
  /**
   * Opens the object behind a URL.
   *
   * @returns it, and what lets its files go; undefined where a connection would be refused, or it is no URL of an object here
   */
  readonly open: (
    url: string,
  ) => { readonly object: NearbyObject; readonly release: () => Promise<void> } | undefined
  /**
   * Sends a request.
   *
   * @returns the status of the answer; undefined for a request that goes by connections alone
   */
  readonly send: (request: NearbyRequest, body: Uint8Array) => Promise<number | undefined>
}

/** Nothing: whatever is asked for goes by a connection. */
export const NOT_NEARBY: Nearby = { open: () => undefined, send: async () => undefined }

/** So many objects may an activation have open; others it gets by connections. */
const MOST_OPEN = 1000

/** The answers to what one process asks. */
export interface NearbyAnswers {
  /**
   * Answers something that one of its activations asks.
   *
   * @returns false for what the runner does not ask, such as more at a time
   */
  readonly answer: (ask: NearbyAsk, body: Uint8Array | undefined) => boolean
  /** An activation has ended, which reads nothing more. */
  readonly end: (activationId: string) => void
}

/**
 * Makes the {@link NearbyAnswers} of a process.
 *
 * @param options.isRunning - whether an activation runs in it
 * @param options.tell - tells it an answer
 */
export function createNearbyAnswers(options: {
  nearby: Nearby
  isRunning: (activationId: string) => boolean
  tell: (answer: NearbyAnswer) => void
}): NearbyAnswers {
  const { nearby, isRunning, tell } = options
  const releases = new Map<string, (() => Promise<void>)[]>()
  let asked = 0

  async function send({ id, method, url, headers }: SendAsk, body: Uint8Array): Promise<void> {
    asked += 1
    try {
      tell({ type: 'sent', id, status: await nearby.send({ method, url, headers }, body) })
    } catch {
      // A connection tells what is wrong.
      tell({ type: 'sent', id })
    } finally {
      asked -= 1
    }
  }

  function open({ id, activationId, url }: OpenAsk): void {
    const held = releases.get(activationId) ?? []
    releases.set(activationId, held)
    const opened = held.length < MOST_OPEN ? nearby.open(url) : undefined
    if (opened !== undefined) held.push(opened.release)
    tell({ type: 'opened', id, ...(opened && { object: toMessage(opened.object) }) })
  }

  return {
    answer(ask, body) {
      if (asked === MOST_ASKED || (ask.type === 'open' && body !== undefined)) return false
      const { id, activationId, type } = ask
      // It may have been cancelled just now.
      if (!isRunning(activationId)) tell({ type: type === 'open' ? 'opened' : 'sent', id })
      else if (type === 'open') open(ask)
      else void send(ask, body ?? new Uint8Array())
      return true
    },
    end(activationId) {
      const held = releases.get(activationId) ?? []
      releases.delete(activationId)
      // What cannot be removed now will be at the next start.
      for (const release of held) void release().catch(() => undefined)
    },
  }
}

type OpenAsk = Extract<NearbyAsk, { type: 'open' }>
type SendAsk = Extract<NearbyAsk, { type: 'send' }>
type OpenedObject = NonNullable<Extract<NearbyAnswer, { type: 'opened' }>['object']>

function toMessage({ files, disposition, ...object }: NearbyObject): OpenedObject {
  return {
    ...object,
    files: [...files],
    ...(disposition !== undefined && { disposition }),
  }
}
