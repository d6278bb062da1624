import { LARGEST_SENT_BYTES, type NearbyService } from '../../base/nearby-service.ts'
import type { Exchanges } from './exchanges.ts'
import { MOST_ASKED, type NearbyAnswer, type NearbyAsk } from './protocol.ts'

/** The activation that asks. */
interface Asking {
  readonly id: string
  readonly exchanges: Pick<Exchanges, 'add'>
}

/**
 * Makes the way of a process to its service by the channel between them.
 *
 * @param options.ask - asks the service, with the body of a request
 * @param options.current - the activation that is calling
 * @returns the way, and what is to be told the answers
 */
export function createNearbyAsks(options: {
  ask: (ask: NearbyAsk, body?: Uint8Array) => void
  current: () => Asking | undefined
}): { readonly service: NearbyService; readonly hear: (answer: NearbyAnswer) => void } {
  const waiting = new Map<number, (answer: NearbyAnswer) => void>()
  let last = 0

  /** Asks for one thing, if there is room for it; what is told by it is an exchange like others. */
  async function ask(
    method: string,
    url: string,
    make: (about: { activationId: string; id: number }) => [NearbyAsk, Uint8Array?],
  ): Promise<{ answer: NearbyAnswer; told: (status: number) => void } | undefined> {
    const asking = options.current()
    if (asking === undefined || waiting.size === MOST_ASKED) return undefined
    const start = Date.now()
    const { promise, resolve } = Promise.withResolvers<NearbyAnswer>()
    last += 1
    waiting.set(last, resolve)
    options.ask(...make({ activationId: asking.id, id: last }))
    const answer = await promise
    const told = (status: number): void =>
      asking.exchanges.add({ method, url, start, end: Date.now(), status })
    return { answer, told }
  }

  return {
    service: {
      async open(url) {
        const asked = await ask('GET', url, (about) => [{ type: 'open', ...about, url }])
        if (asked?.answer.type !== 'opened' || asked.answer.object === undefined) return undefined
        const { disposition, ...object } = asked.answer.object
        return { object: { ...object, disposition }, end: () => asked.told(200) }
      },
      async send(request, body) {
        if (body.length > LARGEST_SENT_BYTES) return false
        const { method, url } = request
        const asked = await ask(method, url, (about) => [
          { type: 'send', ...about, ...request, headers: { ...request.headers } },
          body,
        ])
        const status = asked?.answer.type === 'sent' ? asked.answer.status : undefined
        const isTaken = status !== undefined && status >= 200 && status < 300
        if (isTaken) asked?.told(status)
        return isTaken
      },
    },
    hear(answer) {
      waiting.get(answer.id)?.(answer)
      waiting.delete(answer.id)
    },
  }
}
