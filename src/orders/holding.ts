import type { Log } from '../base/log.ts'
import { type FrontEnds, NOBODY } from '../database/front-ends.ts'
import type { ServiceDatabase, ServiceWriting } from '../database/service-database.ts'
import type { AdoptedOrder, OrderStore } from './order-store.ts'

/**
 * What the front end that holds an order is told of it by another one: an item of it has ended, its activation is about to end, or it was
 * cancelled.
 */
export type Word = 'item' | 'end' | 'cancelled'

/** What is told when there are orders that nobody holds. */
const FREE = 'free'

const TOPIC = 'orders'

/** Sees to it that each pending order is held by one front end that is alive, and that this one hears of those that it holds. */
export interface Holding {
  /** Tells whoever holds an order something of it, once the work is committed. */
  readonly tell: (tables: ServiceWriting, word: Word, id: number) => Promise<void>
  /** Lets go of what others hold by now, and takes up what nobody does; from then on it does so whenever there may be something. */
  readonly takeOver: () => Promise<void>
  /** Lets others have what this front end holds, but for these orders; from then on it takes up nothing. Never rejects. */
  readonly letGo: (except: readonly number[]) => Promise<void>
  readonly close: () => void
}

/**
 * Makes the hold of a front end; it takes up nothing before {@link Holding.takeOver} is called for the first time.
 *
 * @param options.inHand - the orders that it believes to hold
 * @param options.onLost - is told of those of them that others hold
 * @param options.onTaken - is told of what it has taken up
 * @param options.onWord - is told what others have told of an order, which may be none of its own
 * @param options.onMissed - is told that such a word may have been missed
 */
export function createHolding(options: {
  database: ServiceDatabase
  store: Pick<OrderStore, 'adopt' | 'heldByOthers' | 'release'>
  frontEnds: FrontEnds
  inHand: () => readonly number[]
  onLost: (ids: ReadonlySet<number>) => void
  onTaken: (orders: readonly AdoptedOrder[]) => void
  onWord: (word: Word, id: number) => void
  onMissed: () => void
  log: Pick<Log, 'error'>
}): Holding {
  const { database, store, frontEnds, log } = options
  let isTaking = false
  let taken = Promise.resolve()

  async function takeNow(): Promise<void> {
    if (!isTaking) return
    const inHand = options.inHand()
    const lost = inHand.length === 0 ? [] : await store.heldByOthers(inHand)
    if (lost.length > 0) options.onLost(new Set(lost))
    const adopted = await store.adopt()
    if (adopted.length > 0) options.onTaken(adopted)
  }

  /** One after the other, or something could be taken twice. */
  function takeOver(): Promise<void> {
    const taking = taken.then(takeNow)
    taken = taking.catch(() => undefined)
    return taking
  }

  function takeAgain(): void {
    takeOver().catch((error: unknown) => {
      log.error(`What other front ends have left could not be taken up: ${String(error)}`)
    })
  }

  const unhear = database.hear(TOPIC, (what) => {
    if (what === undefined) options.onMissed()
    if (what === undefined || what === FREE) return takeAgain()
    const [word, id] = what.split(' ')
    if (word === 'item' || word === 'end' || word === 'cancelled') options.onWord(word, Number(id))
  })
  const forget = frontEnds.onGone(takeAgain)

  return {
    tell: (tables, word, id) => database.tell(tables, TOPIC, `${word} ${id}`),
    takeOver() {
      isTaking = true
      return takeOver()
    },
    async letGo(except) {
      isTaking = false
      // There is nobody else.
      if (frontEnds.id === NOBODY) return
      try {
        await taken
        await database.write(async (tables) => {
          await store.release(tables, except)
          await database.tell(tables, TOPIC, FREE)
        })
      } catch (error) {
        log.error(`What waits could not be left to other front ends: ${String(error)}`)
      }
    },
    close() {
      isTaking = false
      unhear()
      forget()
    },
  }
}
