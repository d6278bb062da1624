import { setTimeout as delay } from 'node:timers/promises'

/** Clients of one door, and what they know afterwards. */
export interface Crowd {
  /** Asks for something, and waits for its end. */
  readonly turn: () => Promise<void>
  /** Looks for all that was promised, once everything is quiet. */
  readonly check: () => Promise<Account>
  readonly close: () => Promise<void>
}

/** What has come of a door's work. */
export interface Account {
  /** By what they count. */
  readonly figures: Readonly<Record<string, number>>
  /** One sentence for each thing that is not as it was promised. */
  readonly wrong: readonly string[]
}

/** Between two tries, in milliseconds. */
const PAUSE_MS = 200

/** How long an answer may take until somebody asks again, in milliseconds. */
const PATIENCE_MS = 20_000

/**
 * Does it again until it is done, whatever comes in the way.
 *
 * @param until - after which nobody asks any more
 * @throws {Error} why it was not done the last time
 */
export async function insist<Done>(work: () => Promise<Done>, until: AbortSignal): Promise<Done> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (until.aborted) throw error
      await delay(PAUSE_MS)
    }
  }
}

/** Asks as `fetch` does, for so long as somebody has patience. */
export function ask(url: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) })
}

/**
 * Reads the whole of an answer.
 *
 * @throws {Error} when it is a refusal
 */
export async function bytesOf(answer: Response): Promise<Buffer<ArrayBuffer>> {
  const bytes = Buffer.from(await answer.arrayBuffer())
  if (!answer.ok) throw new Error(`${answer.status} ${bytes.toString().slice(0, 200)}`)
  return bytes
}

/** How often each is there. */
export function countEach(names: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
