import type { Delivery } from './delivery-store.ts'

/** How many deliveries are under way at once at most. */
const MOST = {
  /** To one webhook, or one URL. */
  receiver: 4,
  /** Of one user to one host. */
  host: 8,
  /** Of one user. */
  user: 64,
} as const

/** Says which delivery is next, so that nobody waits behind a receiver that is slow. */
export interface DeliveryTurns {
  add: (delivery: Delivery) => void
  /** The next one that may be under way beside those that are; undefined when there is none. */
  take: () => Delivery | undefined
  /** One that was taken is not under way any more. */
  release: (delivery: Delivery) => void
}

interface Receiver {
  readonly waiting: Delivery[]
  /** What it is being told about. */
  readonly subjects: Set<string>
}

interface Host {
  readonly user: number
  readonly receivers: Map<string, Receiver>
  underWay: number
}

/**
 * Makes the turns. A receiver is told things in their order as far as they are about the same job or task, and begins with
 * each in its order; the receivers of a host take turns, and so do the hosts.
 */
export function createDeliveryTurns(): DeliveryTurns {
  /** Those with something that waits or is under way. The last one that had its turn is the last. */
  const hosts = new Map<string, Host>()
  const underWay = new Map<number, number>()

  function add(delivery: Delivery): void {
    const host = hosts.get(hostKey(delivery)) ?? {
      user: delivery.user,
      receivers: new Map<string, Receiver>(),
      underWay: 0,
    }
    hosts.set(hostKey(delivery), host)
    const key = receiverKey(delivery)
    const receiver = host.receivers.get(key) ?? { waiting: [], subjects: new Set<string>() }
    host.receivers.set(key, receiver)
    receiver.waiting.push(delivery)
  }

  function take(): Delivery | undefined {
    for (const [key, host] of hosts) {
      if (host.underWay >= MOST.host) continue
      if ((underWay.get(host.user) ?? 0) >= MOST.user) continue
      const delivery = takeOf(host)
      if (delivery === undefined) continue
      host.underWay += 1
      underWay.set(host.user, (underWay.get(host.user) ?? 0) + 1)
      hosts.delete(key)
      hosts.set(key, host)
      return delivery
    }
    return undefined
  }

  function takeOf({ receivers }: Host): Delivery | undefined {
    for (const [key, receiver] of receivers) {
      const { waiting, subjects } = receiver
      if (subjects.size >= MOST.receiver) continue
      const index = waiting.findIndex(({ subject }) => !subjects.has(subject))
      const [delivery] = index < 0 ? [] : waiting.splice(index, 1)
      if (delivery === undefined) continue
      subjects.add(delivery.subject)
      receivers.delete(key)
      receivers.set(key, receiver)
      return delivery
    }
    return undefined
  }

  function release(delivery: Delivery): void {
    const host = hosts.get(hostKey(delivery))
    const receiver = host?.receivers.get(receiverKey(delivery))
    if (host === undefined || receiver === undefined) return
    const left = (underWay.get(host.user) ?? 0) - 1
    if (left > 0) underWay.set(host.user, left)
    else underWay.delete(host.user)
    host.underWay -= 1
    receiver.subjects.delete(delivery.subject)
    const isIdle = receiver.waiting.length === 0 && receiver.subjects.size === 0
    if (isIdle) host.receivers.delete(receiverKey(delivery))
    if (host.receivers.size === 0) hosts.delete(hostKey(delivery))
  }

  return { add, take, release }
}

function hostKey({ user, url }: Delivery): string {
  return `${user} ${URL.parse(url)?.host}`
}

function receiverKey({ webhook, url }: Delivery): string {
  return webhook ?? url
}
