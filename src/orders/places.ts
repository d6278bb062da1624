import { createShares, type Shares } from '../tasks/shares.ts'
import type { Order } from './order-store.ts'
import { isCustom } from './worker.ts'

/**
 * Activations that are under way here at a time: enough to keep every core busy, few enough that a killed service interrupts
 * little, and with those elsewhere below what a namespace allows, so that web calls find room.
 */
const PLACES_HERE = 16

/** Activations of custom workers, which mostly are elsewhere and so cost nothing here but waiting. */
const PLACES_ELSEWHERE = { places: 32, most: 48 }

/** Activations of a platform; together with those of custom workers as many as a namespace of Adobe I/O Runtime may have. */
const PLACES_OF_PLATFORM = { places: 40, most: 52 }

/** Those of one custom worker, which may be silent about all of them. */
const PLACES_OF_WORKER = { places: 16 }

/**
 * The places for activations that are under way. Those of custom workers are others than those of the actions here, so that a
 * worker which does not answer, or reports nothing, keeps nothing waiting but itself; and so are those of each platform. Clients share
 * all of them, and front ends those that are not here.
 */
export interface Places {
  /** Whether there are any for what is of the client of this order, and runs where it does. */
  readonly areFree: (order: Order) => boolean
  /** When there are: whether the worker of this order may have one of them. */
  readonly hasOneFor: (order: Order) => boolean
  /** Takes one; returns what is to be called when it is left, once or more often. */
  readonly take: (order: Order) => () => void
}

/**
 * Makes the places.
 *
 * @param platformOf - the name of the platform that an order's worker runs on, if it runs on one; none does unless given
 * @param frontEnds - how many front ends have their part of what is elsewhere; one unless given
 */
export function createPlaces(
  platformOf: (order: Order) => string | undefined = () => undefined,
  frontEnds: () => number = () => 1,
): Places {
  const here = createShares({ places: PLACES_HERE })
  const elsewhere = createShares({ ...PLACES_ELSEWHERE, among: frontEnds })
  const ofWorkers = new Map<string, { readonly shares: Shares; taken: number }>()

  const ofPlatforms = new Map<string, Shares>()

  function sharesOf(order: Order): Shares {
    const platform = platformOf(order)
    if (platform === undefined) return isCustom(order) ? elsewhere : here
    const shares =
      ofPlatforms.get(platform) ?? createShares({ ...PLACES_OF_PLATFORM, among: frontEnds })
    ofPlatforms.set(platform, shares)
    return shares
  }

  function takeOfWorker(order: Order): () => void {
    const { worker } = order
    const own = ofWorkers.get(worker) ?? {
      shares: createShares({ ...PLACES_OF_WORKER, among: frontEnds }),
      taken: 0,
    }
    ofWorkers.set(worker, own)
    own.taken += 1
    const leave = own.shares.begin(holderOf(order))
    let isLeft = false
    return () => {
      if (isLeft) return
      isLeft = true
      leave()
      own.taken -= 1
      if (own.taken === 0) ofWorkers.delete(worker)
    }
  }

  return {
    areFree: (order) => sharesOf(order).mayBegin(holderOf(order)),
    hasOneFor: (order) => ofWorkers.get(order.worker)?.shares.mayBegin(holderOf(order)) ?? true,
    take(order) {
      const leave = sharesOf(order).begin(holderOf(order))
      if (!isCustom(order)) return leave
      const leaveWorker = takeOfWorker(order)
      return () => {
        leave()
        leaveWorker()
      }
    },
  }
}

/** Clients are told apart by each door for itself. */
function holderOf({ door, client }: Order): string {
  return JSON.stringify([door, client])
}
